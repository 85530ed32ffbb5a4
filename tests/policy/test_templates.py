"""Templates in the policy: in every language of the office, their placeholders filled in, the rights stated."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from ledger.policy.checking import check
from ledger.policy.document.policy import Policy
from ledger.policy.document.stored import document_of
from ledger.policy.reading.references import wrong_references
from ledger.policy.telling.templates import filling
from tests.case.writing import TEMPLATES
from tests.ledgers import office_policy


def policy(code: str, *path: str, to: object = None) -> Policy:
    """The office's policy with templates, one thing in them other, or left out."""
    templates: Any = deepcopy(TEMPLATES)
    here = templates[code]
    for step in path[:-1]:
        here = here[step]
    if to is None:
        del here[path[-1]]
    else:
        here[path[-1]] = to
    return Policy.model_validate({**document_of(office_policy()), "templates": templates})


def wrong(found: Policy) -> list[tuple[str, str]]:
    return [(".".join(map(str, path)), said) for path, said in wrong_references(found)]


def doubtful(found: Policy) -> list[str]:
    return [
        each.sentence for each in check(found, date(2026, 3, 2)) if each.key.startswith("templates")
    ]


def test_a_template_in_one_language_only_is_wrong() -> None:
    ((key, said),) = wrong(policy("ACK", "texts", "fr"))
    assert key == "templates.ACK.texts"
    assert said == "has no fr: a notice exists in every language of the office"


def test_a_placeholder_that_nobody_fills_in_is_wrong() -> None:
    ((key, said),) = wrong(policy("ACK", "texts", "en", "body", to="Dear {name},"))
    assert key == "templates.ACK.texts.en"
    assert said.startswith("has the placeholder 'name', which nobody fills in")
    assert not wrong(policy("ACK", "asks", to=["name"]))


def test_a_template_is_for_types_that_are_there() -> None:
    ((key, _),) = wrong(policy("DECISION", "types", to=["INC-OLD"]))
    assert key == "templates.DECISION.types.0"


def test_a_sound_set_of_templates_has_nothing_to_find() -> None:
    sound = policy("ACK", "version", to="2")
    assert (wrong(sound), doubtful(sound)) == ([], [])


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            policy("DECISION", "texts", "fr", "rights"),
            "templates.DECISION is of the kind decision and does not state the recipient's rights.",
        ),
        (
            policy("ACK", "texts", "fr", "body", to="Reçue."),
            "templates.ACK says other things in one language than in another: their placeholders differ.",
        ),
    ],
)
def test_rights_left_out_and_texts_that_differ_are_found(found: Policy, said: str) -> None:
    assert doubtful(found) == [said]


def test_braces_that_hold_no_name_stay_as_they_are() -> None:
    text = policy("ACK", "texts", "en", "body", to="{} { } {reference} {{reference}}").templates
    subject, words = filling(text["ACK"].texts["en"], {"reference": "R-1"})
    assert subject == ((None, "Your request "), ("reference", "R-1"), (None, ""))
    assert "".join(said for _, said in words) == "{} { } R-1 {R-1}"


def test_a_sentence_that_a_value_ends_itself_gets_no_second_full_stop() -> None:
    """A letter asked "we need: Since when?." of people."""
    text = policy("ACK", "texts", "en", "body", to="We need: {reference}. Thank you.").templates
    for value, expected in {
        "Since when?": "We need: Since when? Thank you.",
        "the fee": "We need: the fee. Thank you.",
    }.items():
        _, words = filling(text["ACK"].texts["en"], {"reference": value})
        assert "".join(said for _, said in words) == expected
