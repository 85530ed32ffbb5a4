"""A command id stands for one command: asked again, here or elsewhere, it gives the first receipt."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial

import pytest

from ledger.commands import Request
from ledger.entry import Actor, Receipt
from ledger.errors import InvalidCommand, Refusal, VersionConflict
from ledger.service import Ledger
from ledger.times import EPOCH
from tests.ledgers import FORM, INTAKE, Place
from tests.writer.office_work import (
    add_note,
    all_at_once,
    assert_clean,
    in_another_process,
    note,
    numbered_note,
    open_case,
    opening,
)

SPAWN = multiprocessing.get_context("spawn")


def test_the_same_command_again_gives_the_first_receipt_and_records_nothing(
    ledger: Ledger,
) -> None:
    case_id, command_id = open_case(ledger), ledger.new_id()
    command = note(ledger, case_id)
    first = ledger.handle(command, actor=INTAKE, command_id=command_id)
    later = add_note(ledger, case_id)
    again = ledger.handle(command, actor=INTAKE, command_id=command_id)
    assert (first.fresh, again.fresh) == (True, False)
    assert again == first
    assert ledger.store.tip() == later.position


def test_a_command_of_several_entries_has_its_receipt_at_the_last_of_them(ledger: Ledger) -> None:
    command_id, command = ledger.new_id(), opening(ledger.new_id(), request_type="GEN-ENQ")
    first = ledger.handle(command, actor=FORM, command_id=command_id)
    assert (first.version, first.position) == (4, ledger.store.tip())
    assert ledger.handle(command, actor=FORM, command_id=command_id) == first


def test_twice_in_one_batch_is_recorded_once(ledger: Ledger) -> None:
    case_id, command_id = open_case(ledger), ledger.new_id()
    command, other = note(ledger, case_id), note(ledger, case_id)
    first, again, refused = ledger.handle_all(
        [
            Request(command, INTAKE, command_id),
            Request(command, INTAKE, command_id),
            Request(other, INTAKE, command_id),
        ]
    )
    assert isinstance(first, Receipt)
    assert isinstance(again, Receipt)
    assert first == again
    assert (first.fresh, again.fresh) == (True, False)
    assert isinstance(refused, Refusal)
    assert first.position == ledger.store.tip()


def test_of_many_callers_with_one_id_one_records(ledger: Ledger) -> None:
    case_id = open_case(ledger)
    receipts = all_at_once([partial(numbered_note, ledger, case_id, 1)] * 8)
    assert sum(receipt.fresh for receipt in receipts) == 1
    assert len(set(receipts)) == 1
    assert_clean(ledger)


def test_the_id_of_another_command_is_refused(ledger: Ledger) -> None:
    case_id, command_id = open_case(ledger), ledger.new_id()
    command = note(ledger, case_id)
    ledger.handle(command, actor=INTAKE, command_id=command_id)
    tip = ledger.store.tip()
    others = [
        Request(note(ledger, case_id), INTAKE, command_id),
        Request(command.model_copy(update={"text": "another"}), INTAKE, command_id),
        Request(command, Actor("person", "I-03", team="INT"), command_id),
        Request(command, INTAKE, command_id, effective_at=EPOCH),
        Request(command, INTAKE, command_id, asked=b"what was said from outside"),
        Request(opening(ledger.new_id()), FORM, command_id),
    ]
    for refused in ledger.handle_all(others):
        assert isinstance(refused, Refusal)
        assert refused.rule == "one-command-an-id"
        assert str(command_id) in str(refused)
    assert ledger.store.tip() == tip


def test_what_was_said_from_outside_is_what_its_id_stands_for(ledger: Ledger) -> None:
    """What was left out may be filled in otherwise by now: the first receipt is the answer all the same."""
    case_id, command_id = open_case(ledger), ledger.new_id()
    said, command = partial(Request, actor=INTAKE, command_id=command_id), note(ledger, case_id)
    filled_in = command.model_copy(update={"note_id": ledger.new_id()})
    first, again, other_words, other_kind = ledger.handle_all(
        [
            said(command, asked=b"{}"),
            said(filled_in, asked=b"{}"),
            said(command, asked=b"[]"),
            said(opening(case_id), asked=b"{}"),
        ]
    )
    assert again == first
    assert isinstance(other_words, Refusal)
    assert isinstance(other_kind, Refusal)
    assert ledger.receipt_of_command(command_id) == first
    assert ledger.receipt_of_command(ledger.new_id()) is None
    assert ledger.first_receipt(said(command, asked=b"{}")) == first


def test_what_the_policy_says_of_whoever_asks_is_no_part_of_what_they_ask(ledger: Ledger) -> None:
    """Whose answer was lost asks again after a policy gave them another team, or their system another version."""
    case_id = open_case(ledger)
    for actor, by_now in (
        (INTAKE, replace(INTAKE, team="RDW")),
        (Actor("machine", "city", version="1"), Actor("machine", "city", version="2", team="INT")),
    ):
        command_id, command = ledger.new_id(), note(ledger, case_id)
        first = ledger.handle(command, actor=actor, command_id=command_id)
        asked = Request(command, by_now, command_id)
        assert ledger.first_receipt(asked) == first
        again, beside = ledger.handle_all([asked, asked])
        assert again == beside == first
        changed = Request(command.model_copy(update={"text": "another"}), by_now, command_id)
        for other in (changed, Request(command, Actor("machine", "desk", version="2"), command_id)):
            with pytest.raises(Refusal):
                ledger.first_receipt(other)


def test_a_first_receipt_is_given_even_where_the_version_seen_is_stale_by_now(
    ledger: Ledger,
) -> None:
    """The caller that lost the answer asks again with all that it asked before."""
    case_id, command_id = open_case(ledger), ledger.new_id()
    command = note(ledger, case_id)
    seen = len(ledger.store.stream(f"case/{case_id}"))
    first = ledger.handle(command, actor=INTAKE, command_id=command_id, expected_version=seen)
    assert (
        ledger.handle(command, actor=INTAKE, command_id=command_id, expected_version=seen) == first
    )


def test_a_refused_command_leaves_its_id_free(ledger: Ledger) -> None:
    command_id, case_id = ledger.new_id(), ledger.new_id()
    with pytest.raises(InvalidCommand):
        ledger.handle(opening(case_id, region="MOON"), actor=FORM, command_id=command_id)
    assert ledger.handle(opening(case_id), actor=FORM, command_id=command_id).fresh


def test_after_reopening_the_first_receipt_is_given_still(place: Place) -> None:
    with place.office() as ledger:
        case_id = open_case(ledger)
        first = numbered_note(ledger, case_id, 1)
    with place.open() as again:
        receipt = numbered_note(again, case_id, 1)
        assert (receipt, receipt.fresh) == (first, False)
        with pytest.raises(Refusal, match="was used for another command"):
            numbered_note(again, open_case(again), 1)


def test_processes_that_ask_the_same_at_once_record_it_once(place: Place, ledger: Ledger) -> None:
    case_id = open_case(ledger)
    tip = ledger.store.tip()
    with ProcessPoolExecutor(1, mp_context=SPAWN) as pool:
        others = pool.submit(
            in_another_process, place.location, place.master_key, case_id, notes=20, first=5
        )
        ours = [numbered_note(ledger, case_id, number) for number in range(25)]
        theirs = others.result()
    assert ours[5:] == theirs
    assert [mine.fresh != their.fresh for mine, their in zip(ours[5:], theirs, strict=True)] == [
        True
    ] * 20
    assert ledger.store.tip() == tip + 25
    assert_clean(ledger)


def test_a_stale_version_is_a_conflict_that_says_what_was_expected_and_what_is(
    ledger: Ledger,
) -> None:
    case_id = open_case(ledger)
    seen = add_note(ledger, case_id).version
    add_note(ledger, case_id)
    tip = ledger.store.tip()
    for expected in (seen, seen + 2, 0):
        with pytest.raises(VersionConflict) as conflict:
            ledger.handle(note(ledger, case_id), actor=INTAKE, expected_version=expected)
        assert (conflict.value.expected, conflict.value.actual) == (expected, seen + 1)
    assert ledger.store.tip() == tip


def test_of_edits_of_one_version_one_wins_and_notes_go_in_beside_it(ledger: Ledger) -> None:
    case_id = open_case(ledger)
    seen = add_note(ledger, case_id).version

    def edit() -> str:
        with pytest.raises(VersionConflict) as conflict:
            ledger.handle(note(ledger, case_id), actor=INTAKE, expected_version=seen)
        assert conflict.value.expected == seen
        assert conflict.value.actual > seen
        return "conflict"

    def beside() -> str:
        add_note(ledger, case_id)
        return "noted"

    edited = ledger.handle_all(
        [Request(note(ledger, case_id), INTAKE, expected_version=seen) for _ in range(3)]
    )
    assert [type(outcome).__name__ for outcome in edited] == [
        "Receipt",
        "VersionConflict",
        "VersionConflict",
    ]
    answers = all_at_once([edit, beside] * 4)
    assert answers == ["conflict", "noted"] * 4


def test_a_new_stream_is_expected_at_version_0(ledger: Ledger) -> None:
    case_id = ledger.new_id()
    assert ledger.handle(opening(case_id), actor=FORM, expected_version=0).fresh
