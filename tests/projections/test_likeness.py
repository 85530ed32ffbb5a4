"""Likeness: by the words that both say, whatever their order; what somebody decided about is not proposed again."""

from __future__ import annotations

from uuid import UUID

from hypothesis import given as whatever
from hypothesis import strategies as st

from projections.comparing.likeness import Comparable, Likeness, proposed
from tests.deciding import number

HOLE = "A deep hole in front of the school on Elm Street"
ONE, OTHER, THIRD = number(1), number(2), number(3)


def of(thing: UUID, *decided: UUID, **words: str) -> Comparable:
    return Comparable(thing, words, frozenset(decided))


def similarity(one: Comparable, other: Comparable) -> int | None:
    found = proposed(one, [other], at_least=0)
    return found[0].similarity if found else None


def test_the_same_words_in_another_order_and_form_are_wholly_alike() -> None:
    one = of(ONE, name="Ada Doucet", description=HOLE)
    other = of(
        OTHER, name="DOUCET, Ada", description="on Elm Street, in front of the school: a deep hole!"
    )
    assert proposed(one, [other], at_least=1000) == (
        Likeness(OTHER, 1000, {"description": 1000, "name": 1000}),
    )


def test_longer_words_weigh_more_than_shorter_ones() -> None:
    one = of(ONE, name="Ada", description=HOLE)
    somebody_else = similarity(one, of(OTHER, name="Bob", description=HOLE))
    something_else = similarity(one, of(OTHER, name="Ada", description="The ferry was late again."))
    assert somebody_else is not None
    assert something_else is not None
    assert somebody_else > 900 > 600 > something_else


def test_where_both_say_nothing_about_the_same_there_is_no_likeness() -> None:
    assert similarity(of(ONE, name="Ada"), of(OTHER, description=HOLE)) is None
    assert similarity(of(ONE), of(OTHER)) is None


def test_what_another_system_calls_the_same_is_wholly_alike_whatever_it_says() -> None:
    one, other = (
        of(thing, description=said)._replace(
            elsewhere=frozenset({("crm", "L-7"), ("police", "17")})
        )
        for thing, said in ((ONE, HOLE), (OTHER, "The ferry was late again."))
    )
    (found,) = proposed(one, [other], at_least=1000)
    assert (found.similarity, found.by["external_id"]) == (1000, 1000)
    assert found.by["description"] < 600
    for elsewhere in ({("hr", "L-7"), ("crm", "L-8")}, set[tuple[str, str]]()):
        apart = other._replace(elsewhere=frozenset(elsewhere))
        assert proposed(one, [apart], at_least=1000) == ()


def test_what_is_not_alike_enough_or_decided_about_from_either_side_is_not_proposed() -> None:
    one = of(ONE, THIRD, description=HOLE)
    likest, nearly, decided, deciding, itself = (
        of(OTHER, description=HOLE),
        of(number(4), description=f"{HOLE} and another"),
        of(THIRD, description=HOLE),
        of(number(5), ONE, description=HOLE),
        of(ONE, description=HOLE),
    )
    found = proposed(one, [nearly, decided, deciding, itself, likest], at_least=600)
    assert [each.other for each in found] == [OTHER, number(4)]
    assert [each.other for each in proposed(one, [nearly, likest], at_least=1000)] == [OTHER]


said = st.dictionaries(st.sampled_from(["name", "description", "where"]), st.text(max_size=40))


@whatever(said, said)
def test_two_are_as_much_alike_from_either_side(one: dict[str, str], other: dict[str, str]) -> None:
    there, back = (
        similarity(of(ONE, **one), of(OTHER, **other)),
        similarity(of(OTHER, **other), of(ONE, **one)),
    )
    assert there == back
    assert there is None or 0 <= there <= 1000
