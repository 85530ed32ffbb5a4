"""The load that routing and limits see is exact, whoever wrote what and whatever seeded it."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import count
from random import Random
from threading import Thread, current_thread
from uuid import UUID

import pytest

from ledger.awaited import AwaitedLedger
from ledger.case.clocks.waiting import BeginWaiting, EndWaiting
from ledger.case.contact.contacts import AddNote
from ledger.case.custody.pulling import CasePulled, PullCase
from ledger.case.custody.routing import CaseRouted
from ledger.case.custody.transfers import AcceptTransfer, TransferCase
from ledger.case.outcome.resolving import ResolveCase
from ledger.commands import Command, Request
from ledger.entry import Actor, Receipt
from ledger.errors import LedgerError, LedgerUnavailable, Refusal, UnreadableEntry
from ledger.policy.load import Load
from ledger.service import Ledger
from ledger.writer import loads
from tests.ledgers import INTAKE, Place
from tests.patience import WITHIN_SECONDS
from tests.writer.left import leave_unreadable
from tests.writer.office_work import (
    all_at_once,
    assert_clean,
    assert_seen_exactly,
    load_folded,
    note,
    open_case,
    opening,
)

DISPATCHER = Actor("person", "D-01", role="dispatcher")
MEMBERS = {"INT": ("I-02", "I-03", "N-03"), "INC": ("N-02", "N-03", "N-04"), "RDW": ("R-02",)}


def random_command(ledger: Ledger, chance: Random, cases: list[UUID], waits: list[UUID]) -> Command:
    """Something that may move the load: opening, pulling, waiting, handing over, resolving."""
    if not cases or chance.random() < 0.3:
        cases.append(ledger.new_id())
        kind = chance.choice(("GEN-ENQ", "INC-APP", "RDW-POT"))
        language = chance.choice(("en", "fr"))
        return opening(cases[-1], request_type=kind, language=language)
    case_id, team = chance.choice(cases), chance.choice(tuple(MEMBERS))
    match chance.randrange(6):
        case 0 | 1:
            owner = chance.choice(MEMBERS[team])
            page = tuple(chance.sample(cases, min(len(cases), 5)))
            return PullCase(case_ids=page, team=team, owner=owner)
        case 2:
            waits.append(ledger.new_id())
            return BeginWaiting(case_id=case_id, wait_id=waits[-1], reason="particulars")
        case 3:
            return EndWaiting(case_id=case_id, wait_id=chance.choice(waits or [case_id]))
        case 4:
            return TransferCase(
                case_id=case_id, transfer_id=case_id, to_team=team, reason="workload"
            )
        case _:
            if chance.random() < 0.5:
                return AcceptTransfer(case_id=case_id, transfer_id=case_id)
            return ResolveCase(case_id=case_id, outcome="done")


@pytest.mark.parametrize("seed", [1, 2])
def test_two_that_write_beside_each_other_see_the_same_load(place: Place, seed: int) -> None:
    chance, cases, waits = Random(seed), list[UUID](), list[UUID]()
    with place.office() as one, place.open() as other:
        for _ in range(120):
            ledger = chance.choice((one, other))
            place.clock.pass_by(minutes=1)
            command = random_command(ledger, chance, cases, waits)
            try:
                ledger.handle(command, actor=DISPATCHER)
            except LedgerError:
                continue
        assert assert_seen_exactly(one) > 15
        assert_clean(other)


def test_what_is_decided_sees_the_load_of_what_the_same_write_decided_before(place: Place) -> None:
    with place.office() as ledger:
        cases = [open_case(ledger, request_type="GEN-ENQ") for _ in range(2)]
    with place.open() as again:  # which knows no load yet
        done = ResolveCase(case_id=cases[0], outcome="done")
        opens = opening(again.new_id(), request_type="INC-APP", language="fr")
        answers = again.handle_all([Request(each, DISPATCHER) for each in (done, opens)])
        assert all(isinstance(each, Receipt) for each in answers), answers
        assert assert_seen_exactly(again) == 1


def test_a_load_seeded_from_the_views_is_carried_on_to_the_present(place: Place) -> None:
    chance, cases, waits = Random(3), list[UUID](), list[UUID]()
    with place.office() as ledger:
        for _ in range(60):
            try:
                ledger.handle(random_command(ledger, chance, cases, waits), actor=DISPATCHER)
            except LedgerError:
                continue
        half, tip = ledger.store.tip() // 2, ledger.store.tip()
        seeds = [(position, load_folded(ledger, upto=position)) for position in (0, half, tip)]
    for seed in seeds:
        with place.open(standing=lambda seed=seed: seed) as again:
            case_id = open_case(again, request_type="INC-APP", language="fr")
            routed = again.read(f"case/{case_id}")[-1].entry.fact
            assert isinstance(routed, CaseRouted)
            before = load_folded(again, upto=again.store.tip() - len(again.read(f"case/{case_id}")))
            assert {team: points for team, points, _ in routed.decided["load"]} == {
                "INC": before.of("INC"),
                "INT": before.of("INT"),
            }


def twelve_opened(ledger: Ledger) -> list[UUID]:
    """So many cases, which make a log that takes more than one turn to fold."""
    return [open_case(ledger, request_type="INC-APP", language="fr") for _ in range(12)]


def test_a_load_that_takes_long_to_fold_is_folded_while_others_write(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before, whoever wrote stood still until a whole log was folded, as where the views are gone."""
    monkeypatch.setattr(loads, "FOLDED_IN_TURN", 20)
    with place.office() as other:
        twelve_opened(other)
        asked = count(1)

        def nothing_known() -> tuple[int, Load]:
            if next(asked) == 2:  # the first one asked in its turn, and let go of it
                open_case(other, request_type="INC-APP", language="fr")
            return 0, Load()

        with place.open(standing=nothing_known) as one:
            open_case(one, request_type="INC-APP", language="fr")
            open_case(other, request_type="INC-APP", language="fr")
            open_case(one, request_type="INC-APP", language="fr")
            assert assert_seen_exactly(one) == 16
            assert next(asked) == 4


def at_each_case(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the views be asked after each case that is folded."""
    for name, said in (
        ("FOLDED_IN_TURN", 20),
        ("_FOLDED_AT_ONCE", 1),
        ("_VIEWS_ASKED_EVERY_SECONDS", 0),
    ):
        monkeypatch.setattr(loads, name, said)


def test_a_load_is_folded_no_further_once_the_views_tell_it(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before, whoever opened a case waited until a whole log was folded, long after the views were made anew."""
    at_each_case(monkeypatch)
    with place.office() as other:
        twelve_opened(other)
        told, asked = (other.store.tip(), load_folded(other)), count(1)

        def made_meanwhile() -> tuple[int, Load]:
            return (0, Load()) if next(asked) < 4 else told

        with place.open(standing=made_meanwhile) as one:
            open_case(one, request_type="INC-APP", language="fr")
            assert assert_seen_exactly(one) == 13
            assert next(asked) == 7, "of twelve cases two were folded"


def test_views_that_come_on_far_behind_the_log_do_not_have_its_load_folded_anew(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_each_case(monkeypatch)
    with place.office() as other:
        twelve_opened(other)
        asked = count(1)

        def coming_on() -> tuple[int, Load]:
            position = next(asked)
            return position, load_folded(other, upto=position)

        with place.open(standing=coming_on) as one:
            open_case(one, request_type="INC-APP", language="fr")
            assert assert_seen_exactly(one) == 13
            assert next(asked) == 16, "once for each case, and where it begins and ends"


@pytest.mark.parametrize("awaited", [False, True])
def test_whoever_needs_no_load_is_answered_while_another_of_the_same_process_folds_it(
    place: Place, monkeypatch: pytest.MonkeyPatch, *, awaited: bool
) -> None:
    """Before, all commands of a process stood still for eleven seconds of its time at 300,000 entries."""
    monkeypatch.setattr(loads, "FOLDED_IN_TURN", 20)
    with place.office() as other:
        case_ids = twelve_opened(other)
    asked, positions = count(1), list[int]()
    with ThreadPoolExecutor(1) as beside, ExitStack() as opened:

        def nothing_known() -> tuple[int, Load]:
            if next(asked) == 2:  # the first one asked in its turn, and let go of it
                noting = beside.submit(note, case_ids[0])
                positions.append(noting.result(timeout=WITHIN_SECONDS).position)
            return 0, Load()

        one = opened.enter_context(place.open(standing=nothing_known))
        gathered = opened.enter_context(AwaitedLedger(one))

        def ask(command: Command) -> Receipt:
            return asyncio.run(gathered.ask(Request(command, INTAKE)))

        def note(case_id: UUID) -> Receipt:
            command = AddNote(case_id=case_id, note_id=case_id, text="seen meanwhile")
            return ask(command) if awaited else one.handle(command, actor=INTAKE)

        opens = opening(one.new_id(), request_type="INC-APP", language="fr")
        routed = ask(opens) if awaited else one.handle(opens, actor=INTAKE)
        assert positions[0] < routed.position
        assert assert_seen_exactly(one) == 13


def test_what_is_asked_of_a_case_beside_its_opening_waits_for_the_load_with_it(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before, a GeoReport request over cold views was answered as if its case were not there, and lost its note."""
    monkeypatch.setattr(loads, "FOLDED_IN_TURN", 20)
    with place.office() as other:
        twelve_opened(other)
    with place.open(standing=lambda: (0, Load())) as one, AwaitedLedger(one) as gathered:
        opens = opening(one.new_id(), request_type="INC-APP", language="fr")
        note = AddNote(case_id=opens.case_id, note_id=opens.case_id, text="By the bridge.")

        async def both() -> list[Receipt]:
            asked = (gathered.ask(Request(each, INTAKE)) for each in (opens, note))
            return await asyncio.gather(*asked)

        opened, noted = asyncio.run(both())
        assert (noted.stream, noted.version) == (opened.stream, opened.version + 1)


def test_who_closes_a_ledger_waits_for_no_load_that_is_folded(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before, a service that was told to stop went on until a whole log was folded, for nobody."""
    monkeypatch.setattr(loads, "FOLDED_IN_TURN", 20)
    with place.office() as other:
        twelve_opened(other)
    asked_by: list[Thread] = []
    with ThreadPoolExecutor(1) as beside, ExitStack() as opened:

        def nothing_known() -> tuple[int, Load]:
            asked_by.append(current_thread())
            if len(asked_by) == 2:  # the first one asked in its turn, and let go of it
                beside.submit(gathered.close)
                writer = asked_by[0]
                writer.join(WITHIN_SECONDS)  # it ends once the ledger is being closed
                assert not writer.is_alive()
            return 0, Load()

        one = opened.enter_context(place.open(standing=nothing_known))
        gathered = opened.enter_context(AwaitedLedger(one))
        opens = opening(one.new_id(), request_type="INC-APP", language="fr")
        tip = one.store.tip()
        with pytest.raises(LedgerUnavailable, match="is closed"):
            asyncio.run(gathered.ask(Request(opens, INTAKE)))
        assert one.store.tip() == tip


def test_a_load_of_what_this_version_cannot_read_is_told_to_whoever_needs_it_and_to_nobody_else(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loads, "FOLDED_IN_TURN", 1)
    with place.office() as ledger:
        theirs, ours = (open_case(ledger, request_type="GEN-ENQ") for _ in range(2))
        leave_unreadable(ledger, theirs)
    with place.open() as again:
        with pytest.raises(UnreadableEntry, match="upgrade"):
            open_case(again, request_type="INC-APP", language="fr")
        assert again.handle(note(again, ours), actor=INTAKE).fresh


def test_nobody_is_given_the_same_case_twice_and_the_limit_holds_in_a_race(ledger: Ledger) -> None:
    """Twelve active cases a member of intake is what the office's policy allows."""
    cases = tuple(open_case(ledger, request_type="GEN-ENQ") for _ in range(30))

    def pulling(member: str) -> list[UUID | str]:
        answers: list[UUID | str] = []
        for _ in range(8):
            command = PullCase(case_ids=cases, team="INT", owner=member)
            try:
                answers.append(ledger.handle(command, actor=Actor("person", member)).subject_id)
            except Refusal as refused:
                answers.append(refused.rule)
        return answers

    callers = [lambda member=member: pulling(member) for member in ("I-02", "I-03") * 2]
    answers = all_at_once(callers)
    pulled = [each for answer in answers for each in answer if isinstance(each, UUID)]
    assert len(set(pulled)) == len(pulled) == 24
    assert {each for answer in answers for each in answer} - set(pulled) == {
        "work-in-progress-limit"
    }
    facts = [
        (entry.subject_id, entry.fact.place)
        for entry in ledger.entries()
        if isinstance(entry.fact, CasePulled)
    ]
    first_waiting = [(case_id, place) for place, case_id in enumerate(cases[:24], start=1)]
    assert facts == first_waiting
    load = load_folded(ledger)
    assert load.active == {"I-02": 12, "I-03": 12}
    assert assert_seen_exactly(ledger) >= 24


def test_an_empty_queue_says_so(ledger: Ledger) -> None:
    cases = tuple(open_case(ledger, request_type="GEN-ENQ") for _ in range(2))
    command = PullCase(case_ids=cases, team="INT", owner="I-02")
    for expected in cases:
        assert ledger.handle(command, actor=INTAKE).subject_id == expected
    with pytest.raises(Refusal) as refused:
        ledger.handle(command, actor=INTAKE)
    assert refused.value.rule == "pull-order"
    with pytest.raises(Refusal) as refused:
        ledger.handle(PullCase(case_ids=cases[:1], team="INT", owner="I-02"), actor=INTAKE)
    assert refused.value.rule == "pull-order"
