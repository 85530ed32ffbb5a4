"""Templates give back what stands in a sentence, and of those that fit the one with the most words is meant."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from api.sentences.templates import Template, Templates

WORDS = st.text(alphabet="abc ", min_size=1, max_size=8)
VALUES = st.text(alphabet="XYZ0123456789-'. ", max_size=12)


@given(st.lists(st.tuples(WORDS, VALUES), min_size=1, max_size=5), WORDS)
def test_what_stands_in_the_holes_comes_back(parts: list[tuple[str, str]], last: str) -> None:
    names = [f"hole_{place}" for place in range(len(parts))]
    words = [*(each for each, _ in parts), last]
    # a value that holds the words after it would end there: each is as short as can be
    assume(
        all(
            after not in value + after[:-1]
            for (_, value), after in zip(parts, words[1:], strict=True)
        )
    )
    written = (
        "".join(f"{each}{{{name}}}" for (each, _), name in zip(parts, names, strict=True)) + last
    )
    values = dict(zip(names, (value for _, value in parts), strict=True))
    template = Template.read(written)
    assert template.values_in(template.filled(values)) == values


def test_of_those_that_fit_the_one_with_the_most_words_is_meant() -> None:
    templates = Templates(
        {
            "{what} is late.": "{what} tarde.",
            "The case {case} is late.": "Le dossier {case} tarde.",
            "{what} is late: {why}.": "{what} tarde : {why}.",
            "The case is late.": "Le dossier tarde.",
        }
    )

    def told(sentence: str) -> str | None:
        found = templates.found(sentence)
        return None if found is None else found[0].filled(found[1])

    assert told("The case is late.") == "Le dossier tarde."
    assert told("The case 7 is late.") == "Le dossier 7 tarde."
    assert told("A reply is late.") == "A reply tarde."
    assert told("A reply is late: rain.") == "A reply tarde : rain."
    assert told("A reply is early.") is None


def test_the_same_value_stands_wherever_its_hole_does() -> None:
    template = Template.read("{team} asks {team}.")
    assert template.values_in("RDW asks RDW.") == {"team": "RDW"}
    assert template.values_in("RDW asks INC.") is None


def test_words_do_not_overlap() -> None:
    assert Template.read("a {x} a.").values_in("a a.") is None
