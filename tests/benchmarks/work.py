"""What the office is asked: the lives of cases as requests, always the same for the same number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from hashlib import sha256
from itertools import islice
from random import Random
from uuid import UUID

from ledger.case.clocks.waiting import BeginWaiting, EndWaiting
from ledger.case.contact.contacts import AddNote, LogContact
from ledger.case.custody.pulling import PullCase
from ledger.case.custody.transfers import AcceptTransfer, TransferCase
from ledger.case.intake.opening import OpenCase
from ledger.case.outcome.resolving import ResolveCase
from ledger.commands import Command, Request
from ledger.entry import Actor
from ledger.ids import uuid7
from ledger.times import EPOCH
from tests.benchmarks.office import CHANNELS, REGIONS, TYPES, members_of

CONTACT_WORDS = 16

_PROSE = (
    "the road in front of our house has a deep hole since last week and my neighbour fell with "
    "her bicycle please send somebody soon we called twice already nobody answered thank you"
)
_VOCABULARY = _PROSE.split()
_LIVES_AT_ONCE = 64


def case_number(number: int) -> UUID:
    """The id of the case of this number; ids of later cases are later, as UUIDv7 are."""
    return _id("case", number)


def opening(number: int) -> Request:
    """A form, a call or a visit becomes a case, with its clocks and its route: 3 or 4 entries."""
    chance = Random(number)
    asked = OpenCase(
        case_id=case_number(number),
        channel=chance.choice(CHANNELS),
        request_type=_type_of(number),
        region=_region_of(number),
        language="en",
        answers={
            "name": f"Person {number}",
            "contact": f"person{number}@example.org",
            "description": words(chance, 24),
            "place": f"{number % 900} Main Street",
            "urgent": chance.random() < 0.1,
            "household": chance.randint(1, 6),
        },
    )
    return Request(asked, Actor("machine", "form", version="1"), _id("open", number))


def contact(number: int, nth: int) -> Request:
    """A call about a case, what was said noted in 16 words: 1 entry."""
    chance = Random(f"{number}/{nth}")
    asked = LogContact(
        case_id=case_number(number),
        contact_id=_id(f"contact-{nth}", number),
        direction="inbound",
        channel="phone",
        kinds=("chase",),
        minutes=chance.randint(1, 20),
        words=words(chance, CONTACT_WORDS),
    )
    return Request(asked, _owner(number), _id(f"log-contact-{nth}", number, later=nth))


def life(number: int) -> Iterator[Request]:
    """Everything that is asked of one case: of 32, one rests unopened, one waits, thirty are resolved."""
    case_id, owner, team = case_number(number), _owner(number), team_of(number)
    yield opening(number)
    if number % 32 == 3:
        return
    yield _asked(number, owner, PullCase(case_ids=(case_id,), team=team, owner=owner.id))
    match number % 4:
        case 0:
            called_back = LogContact(
                case_id=case_id,
                contact_id=_id("call-back", number),
                direction="outbound",
                channel="phone",
                kinds=("chase",),
                words=words(Random(number), 12),
            )
            yield _asked(number, owner, called_back)
        case 1:
            yield from _handed_over(number, owner, team)
        case 2:
            wait_id = _id("wait", number)
            began = BeginWaiting(case_id=case_id, wait_id=wait_id, reason="particulars")
            yield _asked(number, owner, began)
            if number % 32 == 2:
                return
            yield _asked(number, owner, EndWaiting(case_id=case_id, wait_id=wait_id))
        case _:
            yield contact(number, 0)
            text = words(Random(-number), 20)
            note = AddNote(case_id=case_id, note_id=_id("note", number), text=text)
            yield _asked(number, owner, note)
    yield _asked(number, owner, ResolveCase(case_id=case_id, outcome="done"))


def lives(first: int, *, cases: int) -> Iterator[Request]:
    """The lives of so many cases, 64 at once and in turn, as an office has them."""
    numbers = iter(range(first, first + cases))
    running = [life(number) for number in islice(numbers, _LIVES_AT_ONCE)]
    while running:
        going_on: list[Iterator[Request]] = []
        for requests in running:
            request = next(requests, None)
            if request is None:
                number = next(numbers, None)
                if number is None:
                    continue
                requests = life(number)
                request = next(requests)
            yield request
            going_on.append(requests)
        running = going_on


def by_caller(requests: Iterable[Request], callers: int) -> list[list[Request]]:
    """The requests shared out, all of one case to the same caller, in their order."""
    shares: list[list[Request]] = [[] for _ in range(callers)]
    for request in requests:
        shares[caller_of(request.command.stream, callers)].append(request)
    return shares


def caller_of(stream: str, callers: int) -> int:
    """Which caller asks everything of this stream."""
    return int(stream[-4:], 16) % callers


def words(chance: Random, count: int) -> str:
    """So many words of plain prose."""
    return " ".join(chance.choices(_VOCABULARY, k=count))


def team_of(number: int) -> str:
    """The team that the rules give the case to."""
    return f"{TYPES[_type_of(number)]}-{_region_of(number)}"


def _handed_over(number: int, owner: Actor, team: str) -> Iterator[Request]:
    case_id, transfer_id = case_number(number), _id("transfer", number)
    receiver = members_of(team)[(number + 1) % 6]
    transfer = TransferCase(
        case_id=case_id,
        transfer_id=transfer_id,
        to_team=team,
        to_owner=receiver,
        reason="workload",
        handover=words(Random(number), 30),
    )
    yield _asked(number, owner, transfer)
    accept = AcceptTransfer(case_id=case_id, transfer_id=transfer_id)
    yield _asked(number, Actor("person", receiver, role="caseworker", team=team), accept)


def _asked(number: int, actor: Actor, command: Command) -> Request:
    return Request(command, actor, _id(type(command).__name__, number))


def _owner(number: int) -> Actor:
    team = team_of(number)
    return Actor("person", members_of(team)[number % 6], role="caseworker", team=team)


def _type_of(number: int) -> str:
    return tuple(TYPES)[number // 4 % len(TYPES)]


def _region_of(number: int) -> str:
    return REGIONS[number // 16 % len(REGIONS)]


def _id(what: str, number: int, *, later: int = 0) -> UUID:
    at = EPOCH + timedelta(minutes=number, days=later)
    return uuid7(at, sha256(f"{what}/{number}".encode()).digest())
