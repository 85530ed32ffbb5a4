"""Group commit: many callers share one durable write, and what one of them is refused harms no other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from itertools import chain
from threading import Event

import pytest

from ledger.case.contact.contacts import LogContact
from ledger.case.corrections import CorrectEntry
from ledger.commands import Request
from ledger.entry import Receipt
from ledger.errors import InvalidCommand, LedgerError, Refusal
from ledger.evidence.trees.trees import leaves_of as stored_leaves
from ledger.registers.people.parties import RecordParty
from ledger.sealing.slots import b64u
from ledger.service import Ledger
from ledger.writer import streams
from tests.ledgers import FORM, INTAKE, Place
from tests.writer.office_work import (
    add_note,
    all_at_once,
    assert_clean,
    note,
    open_case,
    opening,
)
from tests.writer.stored import commits_on, held_open, stored_at

THREADS, COMMANDS = 16, 12


def test_sixteen_callers_share_few_transactions_and_each_answer_is_durable(
    place: Place, ledger: Ledger
) -> None:
    case_id = open_case(ledger)
    before = commits_on(place, ledger)

    def notes_each_seen_by_others() -> list[Receipt]:
        receipts: list[Receipt] = []
        for _ in range(COMMANDS):
            receipt = add_note(ledger, case_id)
            assert stored_at(place, receipt.position) == receipt.stream
            receipts.append(receipt)
        return receipts

    with held_open(place):
        receipts = asked_while_nobody_writes(ledger, [partial(add_note, ledger, case_id)] * THREADS)
        assert commits_on(place, ledger) - before <= 2
    receipts += chain(*all_at_once([notes_each_seen_by_others] * THREADS))
    assert len({receipt.position for receipt in receipts}) == THREADS * (COMMANDS + 1)
    leaves = list(stored_leaves(ledger.store, ledger.store.tip()))
    assert all(receipt.digest == b64u(leaves[receipt.position - 1]) for receipt in receipts)
    assert_clean(ledger)


def asked_while_nobody_writes(
    ledger: Ledger, callers: Sequence[Callable[[], Receipt]]
) -> list[Receipt]:
    """What the callers are answered, of whom one leads and waits, and the others have queued behind it by then."""
    group = ledger._writer._group
    with ThreadPoolExecutor(len(callers)) as threads:
        with ledger.store.exclusive():
            asking = [threads.submit(each) for each in callers]
            while group._crowd + len(group._queue) < len(callers):
                Event().wait(0.001)
        return [each.result() for each in asking]


def test_requests_handed_over_together_are_one_transaction(place: Place, ledger: Ledger) -> None:
    case_id = open_case(ledger)
    before = commits_on(place, ledger)
    with held_open(place):
        outcomes = ledger.handle_all([Request(note(ledger, case_id), INTAKE) for _ in range(50)])
        assert commits_on(place, ledger) - before == 1
    positions = [outcome.position for outcome in outcomes if isinstance(outcome, Receipt)]
    assert positions == list(range(ledger.store.tip() - 49, ledger.store.tip() + 1))


def test_requests_handed_over_together_see_those_before_them(ledger: Ledger) -> None:
    case_id = ledger.new_id()
    outcomes = ledger.handle_all(
        [
            Request(note(ledger, case_id), INTAKE),
            Request(opening(case_id), FORM),
            Request(note(ledger, case_id), INTAKE),
            Request(opening(case_id), FORM),
        ]
    )
    assert [type(outcome).__name__ for outcome in outcomes] == [
        "CaseNotFound",
        "Receipt",
        "Receipt",
        "Refusal",
    ]
    noted = ledger.store.stream(f"case/{case_id}")[-1].version + 1
    right = CorrectEntry(
        case_id=case_id, corrects=noted, values={"text": "not called"}, reason="Typed in haste"
    )
    wrong = right.model_copy(update={"values": {"outcome": "done"}})
    *_, corrected, refused = ledger.handle_all(
        [Request(each, INTAKE) for each in (note(ledger, case_id), right, wrong)]
    )
    assert isinstance(corrected, Receipt)
    assert isinstance(refused, InvalidCommand)
    assert "An entry NoteAdded has no field" in str(refused)
    assert_clean(ledger)


def test_more_streams_than_are_held_in_hand_are_gone_on_with_from_where_they_stand(
    place: Place, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "_STREAMS_HELD", 6)
    cases = [open_case(ledger) for _ in range(8)]
    for _ in range(2):
        for case_id in cases:
            last = ledger.store.stream(f"case/{case_id}")[-1].version
            receipt = ledger.handle(note(ledger, case_id), actor=INTAKE, expected_version=last)
            assert ledger.store.stream(f"case/{case_id}")[-1].position == receipt.position
    assert len(ledger.writer._streams._tips) <= 6
    assert_clean(ledger)


def test_a_refusal_harms_no_neighbour_and_records_nothing(ledger: Ledger) -> None:
    case_id = open_case(ledger)
    unknown_channel = LogContact(
        case_id=case_id,
        contact_id=ledger.new_id(),
        direction="inbound",
        channel="pigeon",
        kinds=("chase",),
    )
    tip = ledger.store.tip()

    def refused() -> object:
        with pytest.raises(InvalidCommand, match="pigeon"):
            ledger.handle(unknown_channel, actor=INTAKE)
        return None

    callers = [partial(add_note, ledger, case_id), refused] * 8
    receipts = [each for each in all_at_once(callers) if isinstance(each, Receipt)]
    assert sorted(receipt.position for receipt in receipts) == list(range(tip + 1, tip + 9))
    assert ledger.store.tip() == tip + 8
    assert_clean(ledger)


def unstorable(ledger: Ledger) -> list[Request]:
    """Requests that hold a value which canonical JSON cannot say, or which is no instant."""
    case_id = ledger.new_id()
    return [
        Request(opening(case_id, request_type="INC-APP", answers={"income": 2**53}), FORM),
        Request(
            opening(case_id, request_type="INC-APP", answers={"household_size": -(2**70)}), FORM
        ),
        Request(opening(case_id, answers={"name": "half a \ud83d letter"}), FORM),
        Request(RecordParty(party_id=ledger.new_id(), contact={"floor": 2**60}), FORM),
        Request(opening(case_id), FORM, basis="\ud800"),
        Request(opening(case_id), FORM, effective_at=datetime(2026, 1, 1)),
    ]


def test_what_cannot_be_stored_is_refused_in_a_sentence_and_harms_no_neighbour(
    ledger: Ledger,
) -> None:
    case_id = open_case(ledger)
    for request in unstorable(ledger):
        tip = ledger.store.tip()
        before, found, after = ledger.handle_all(
            [
                Request(note(ledger, case_id), INTAKE),
                request,
                Request(note(ledger, case_id), INTAKE),
            ]
        )
        assert isinstance(found, InvalidCommand), request
        assert str(found).endswith(".")
        assert isinstance(before, Receipt)
        assert isinstance(after, Receipt)
        assert (before.position, after.position) == (tip + 1, tip + 2)
    assert_clean(ledger)


@pytest.mark.parametrize("value", [44.6488, float("nan"), float("inf"), [1, {"deep": 0.5}]])
def test_a_number_that_is_not_whole_is_never_stored(ledger: Ledger, value: object) -> None:
    tip = ledger.store.tip()
    with pytest.raises((ValueError, LedgerError)):
        ledger.handle(
            RecordParty(party_id=ledger.new_id(), contact={"latitude": value}), actor=FORM
        )
    assert ledger.store.tip() == tip


def test_nothing_asked_is_nothing_done(ledger: Ledger) -> None:
    tip = ledger.store.tip()
    assert list(ledger.handle_all([])) == []
    assert ledger.store.tip() == tip


def test_a_reference_is_given_to_one_case_alone(ledger: Ledger) -> None:
    """Two ids whose last fifty bits are the same would be read out as one reference."""
    first = ledger.new_id()
    second = type(first)(int=first.int ^ 1 << 55)
    ledger.handle(opening(first), actor=FORM)
    tip = ledger.store.tip()
    with pytest.raises(Refusal, match="already taken") as refused:
        ledger.handle(opening(second), actor=FORM)
    assert refused.value.rule == "unique-reference"
    third = type(first)(int=second.int ^ 1)
    fourth = type(first)(int=third.int ^ 1 << 56)
    outcomes = ledger.handle_all([Request(opening(third), FORM), Request(opening(fourth), FORM)])
    assert [type(outcome).__name__ for outcome in outcomes] == ["Receipt", "Refusal"]
    assert ledger.store.tip() > tip
    assert_clean(ledger)


@pytest.mark.parametrize(
    ("basis", "correlation"),
    [
        ("s.8(2)", "5b2a9c4e-4f7e-4d0e-9d5e-1f2a3b4c5d6e"),
        ("complaint-17", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
        ("20(1)(b)/§4", "urn:uuid:5b2a9c4e-4f7e-4d0e-9d5e-1f2a3b4c5d6e"),
        (None, "4bf92f3577b34da6a3ce929d0e0e4736"),
    ],
)
def test_a_ground_is_a_code_and_a_correlation_an_id(
    ledger: Ledger, basis: str | None, correlation: str
) -> None:
    asked = Request(opening(ledger.new_id()), FORM, basis=basis, correlation=correlation)
    context = ledger.read(ledger.ask(asked).stream)[-1].entry.context
    assert (context.basis, context.correlation) == (basis, correlation)


@pytest.mark.parametrize(
    "said", ["Ann Smith rang", "ann@example.org", "x" * 129, "", "Élise", "line\nbreak", "a\u202eb"]
)
def test_words_that_could_name_somebody_go_into_no_slot_that_is_never_erased(
    ledger: Ledger, said: str
) -> None:
    tip = ledger.store.tip()
    told = ledger.handle_all(
        [
            Request(opening(ledger.new_id()), FORM, basis=said),
            Request(opening(ledger.new_id()), FORM, correlation=said),
        ]
    )
    for each in told:
        assert isinstance(each, InvalidCommand)
        assert "never erased" in str(each)
        assert not said or said not in str(each)
    assert ledger.store.tip() == tip
