"""Reading one case: how it stands, its trail, who was accountable, its clocks, and what its requester may be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from hashlib import sha256
from string import ascii_lowercase
from typing import Any, get_args

import orjson
from starlette.responses import Response

from api.http.answering.answers import answered, in_columns, tabled
from api.http.answering.shapes import names_of
from api.http.exchanges import Exchange
from api.http.reading.reads import (
    AS_OF,
    KNOWN_AT,
    Read,
    add_read,
    choice_of,
    parameter,
    wants_csv,
)
from api.http.rooms.case_shown import (
    CaseAsked,
    CaseShown,
    ClocksShown,
    EntriesShown,
    PeopleShown,
    SpansShown,
    StatusShown,
    TrailShown,
    known_case,
)
from api.http.rooms.trails import LANGUAGE, TRAIL_COLUMNS, language_asked, without_concealed
from api.http.routing.routes import Routes
from api.http.standing import answer
from api.shown.entries import EntryShown, entry_shown
from api.shown.people import people_on
from ledger.case import CASE
from ledger.case.state import Case
from ledger.errors import InvalidCommand
from ledger.personal.opening import Reading
from ledger.policy.access import Purpose
from ledger.sealing.reading import ReadEntry
from projections.answers import as_json
from projections.comparing.persons import person_known
from projections.flow.measured import MeasuredSpan, lasted, measured, quiet_windows
from projections.fold.told import Told, told
from projections.one_case.clocks_to_come import ClockToCome, clocks_to_come
from projections.one_case.details import DETAILS
from projections.one_case.passages import roles_on
from projections.one_case.people import TOLD_IN
from projections.one_case.requester_status import requester_status
from projections.one_case.standing import standing_of
from projections.one_case.trail import entries_of, trail
from projections.rows.cases import CASES
from projections.rows.clocks import CLOCKS, ClockRow
from projections.rows.escalations import ESCALATIONS
from projections.rows.spans import SPANS, SpanRow

_SPANS = (
    *names_of(SpanRow),
    *(each for each in names_of(MeasuredSpan) if each != "span"),
)
_CLOCKS = (
    *names_of(ClockRow),
    *(each for each in names_of(ClockToCome) if each != "clock"),
)
_TO_COME = {"state": "to_come"}
_INSTANTS = (KNOWN_AT, AS_OF)
_PURPOSES: tuple[Purpose, ...] = get_args(Purpose)


def case_routes() -> Routes:
    """Every read of cases."""
    routes = Routes(prefix="/v1", tag="Cases")

    def add(
        path: str,
        read: Read,
        shape: type,
        summary: str,
        *,
        query: Sequence[dict[str, Any]] = (),
        csv: bool = False,
        problems: Sequence[str] = (),
        opened: bool = False,
    ) -> None:
        add_read(
            routes,
            f"/cases/{{ref}}{path}",
            read,
            act=f"case.{path.removeprefix('/') or 'read'}",
            summary=summary,
            shape=shape,
            query=(*_INSTANTS, *query),
            problems=("case-not-found", *problems),
            csv=csv,
            opened=opened,
        )

    add("", _case, CaseShown, "A case as it stands")
    what = "What happened, in sentences that cite their entries"
    add("/trail", _trail, TrailShown, what, query=(LANGUAGE,), csv=True)
    add("/spans", _spans, SpansShown, "Who was accountable, from when until when", csv=True)
    what = "The clocks of a case, and what those that have not started wait for"
    add("/clocks", _clocks, ClocksShown, what, csv=True)
    add("/status", _status, StatusShown, "What the requester may be told", query=(LANGUAGE,))
    what = "Its entries with their digests and stored fields"
    add("/entries", _entries, EntriesShown, what, csv=True)
    purpose = parameter(
        "purpose",
        f"The task they are read for: one of {', '.join(_PURPOSES)}.",
        example="casework",
        required=True,
        enum=[*_PURPOSES],
    )
    wrong = ("malformed-request",)
    what = "Personal values, opened for a purpose; that they were read is recorded"
    add("/values", _values, EntriesShown, what, query=(purpose,), problems=wrong, opened=True)
    what = (
        "Who is concerned and how to reach them, opened for a purpose; that it was read is recorded"
    )
    add("/people", _people, PeopleShown, what, query=(purpose,), problems=wrong, opened=True)
    return routes


def _as_told(entries: list[ReadEntry]) -> list[Told]:
    return [told(each.entry) for each in entries]


def _case(exchange: Exchange) -> Response:
    """A case: how it stands, with whom, its clocks, its escalations, what is owed; no personal values."""
    asked = known_case(exchange, "case.read")
    ledger, then = exchange.service.ledger, asked.when.then
    read = ledger.read(asked.stream)
    entries = asked.counting(read)
    case: Case = then.state(CASE, read)
    standing = standing_of(
        case,
        _as_told(entries),
        requester=person_known(ledger.store, case.requester, then),
        policies=exchange.service.policies(),
        at=asked.when.at,
    )
    acts: Sequence[str] = exchange.request.app.state.case_acts
    shown = CaseShown(
        **{each.name: getattr(standing, each.name) for each in fields(standing)},
        about=asked.named(entries),
        people=people_on(ledger, case, then),
        may=tuple(act for act in acts if answer(exchange.principal, act, asked.relations).allowed),
    )
    tag = None
    if not asked.when.is_past:
        tag = f"{shown.about.version}-{shown.status}-{_in_letters(_elsewhere(shown))}"
    return answered(exchange.request, shown, tag=tag, position=entries[-1].entry.position)


def _elsewhere(case: CaseShown) -> bytes:
    """What is said though nothing happens on the case: what the policy lets one try, how its people are."""
    said = (case.may, case.to_come, case.people)
    met = (case.requester_has_died, case.safe_contact_is_settled)
    return orjson.dumps(as_json((*said, *met)))


def _in_letters(said: bytes) -> str:
    """Stands for what is said, in an entity tag that begins with the version."""
    digest = sha256(said).digest()
    return "".join(ascii_lowercase[each % len(ascii_lowercase)] for each in digest[:8])


def _trail(exchange: Exchange) -> Response:
    """What happened on a case, a sentence an entry, in the order in which it was recorded, in English or French.

    Each sentence cites its entry by position and digest; personal fields are named in `concealed` and left out.
    """
    asked = known_case(exchange, "case.trail")
    entries = asked.counting(exchange.service.ledger.read(asked.stream))
    language = language_asked(exchange)
    lines = trail(
        entries_of(exchange.service.ledger.store, asked.stream),
        policies=exchange.service.policies(),
        language=language,
        known_at=asked.when.known_at,
        as_of=asked.when.as_of,
    )
    position = max(each.position for each in lines)
    if wants_csv(exchange):
        rows = (as_json(line) for line in lines)
        return tabled(exchange.request, rows, columns=TRAIL_COLUMNS, position=position)
    shown = tuple(without_concealed(line) for line in lines)
    found = TrailShown(asked.named(entries), language, shown)
    return answered(exchange.request, found, position=position)


def _spans(exchange: Exchange) -> Response:
    """With whom a case was and in what state, without gap or overlap: they add up to the elapsed time to the second.

    Of each also how much of it fell into hours in which the office was open and, where an owner had it, how much into
    days with and without a recorded act of theirs. A resolution is `provisional` until it settles.
    """
    asked = known_case(exchange, "case.spans")
    entries = asked.counting(exchange.service.ledger.read(asked.stream))
    told = _as_told(entries)
    rows = SPANS.after(told)
    acts = [
        (each.entry.actor.id, each.entry.context.effective_at)
        for each in entries
        if each.entry.actor.kind == "person"
    ]
    version = exchange.service.in_force()
    hours = version.compiled.calendars.hours[version.policy.office.office_calendar]
    days, quiet = exchange.service.days(), quiet_windows(told)
    found = measured(rows, at=asked.when.at, days=days, hours=hours, acts=acts, quiet=quiet)
    if wants_csv(exchange):
        rows = ({**as_json(each.span), **as_json(each)} for each in found)
        return tabled(exchange.request, rows, columns=_SPANS, position=asked.position)
    shown = SpansShown(asked.named(entries), found, lasted(found))
    return answered(exchange.request, shown, position=asked.position)


def _clocks(exchange: Exchange) -> Response:
    """Every generation of its clocks; those to come follow from the policy too, so the tag is of all that is said."""
    asked = known_case(exchange, "case.clocks")
    read = exchange.service.ledger.read(asked.stream)
    entries = asked.counting(read)
    clocks = CLOCKS.after(_as_told(entries))
    case = asked.when.then.state(CASE, read)
    to_come = clocks_to_come(case, exchange.service.policies(), at=asked.when.at)
    if wants_csv(exchange):
        rows = (
            *(as_json(each) for each in clocks),
            *(_TO_COME | as_json(each) for each in to_come),
        )
        return tabled(exchange.request, rows, columns=_CLOCKS, position=asked.position)
    shown = ClocksShown(asked.named(entries), clocks, to_come)
    return answered(exchange.request, shown, position=asked.position)


def _status(exchange: Exchange) -> Response:
    """At what stage a request is, what is waited for, and what was promised by when, in sentences to be read out.

    It tells nothing personal, and of the office no more than the team.
    """
    asked = known_case(exchange, "case.status")
    entries = asked.counting(exchange.service.ledger.read(asked.stream))
    known = _as_told(entries)
    (row,), (details,) = CASES.after(known), DETAILS.after(known)
    version = exchange.service.policies().in_force(asked.when.at)
    language = language_asked(exchange)
    found = requester_status(
        row,
        details,
        version,
        at=asked.when.at,
        language=language,
        escalations=ESCALATIONS.after(known),
    )
    shown = StatusShown(asked.named(entries), found)
    return answered(exchange.request, shown, position=asked.position)


def _entries(exchange: Exchange) -> Response:
    """Each entry of a case as it was recorded, with its place in the log and its digest, by which it can be proved.

    Personal fields are named in `personal` and left out of `fields`: they are read under `/values`.
    """
    asked = known_case(exchange, "case.entries")
    entries = asked.counting(exchange.service.ledger.read(asked.stream))
    shown = tuple(entry_shown(each) for each in entries)
    if wants_csv(exchange):
        return in_columns(exchange.request, shown, EntryShown, position=asked.position)
    found = EntriesShown(asked.named(entries), shown)
    return answered(exchange.request, found, position=asked.position)


def _values(exchange: Exchange) -> Response:
    """The entries of a case that hold personal values, with them; who reads which of them and why is recorded before.

    The purpose must be one for which the role may see them, else it is refused, and the refusal is recorded. What is
    privileged stays sealed to an ombudsman.
    """
    asked = known_case(exchange, "case.values")
    reading = _reading(exchange, asked)
    asked.counting(exchange.service.ledger.read(asked.stream))
    (opened,) = exchange.opened(replace(reading, streams=(asked.stream,)))
    entries = asked.counting(opened)
    roles = roles_on(entries)
    shown = tuple(
        entry_shown(each, opened=True, roles=roles) for each in entries if _has_personal(each)
    )
    found = EntriesShown(asked.named(entries), shown)
    return answered(exchange.request, found, position=asked.position, opened=True)


def _people(exchange: Exchange) -> Response:
    """Whoever is concerned in a case, by all records of theirs: their names, how to reach them and how not.

    Who reads which of it and why is recorded before. The purpose must be one for which the role may see records of
    people, else it is refused, and the refusal is recorded. Without a purpose the case itself tells who they are.
    """
    asked = known_case(exchange, "case.people")
    reading = replace(_reading(exchange, asked), topics=TOLD_IN)
    ledger = exchange.service.ledger
    read = ledger.read(asked.stream)
    entries = asked.counting(read)
    found = people_on(
        ledger,
        asked.when.then.state(CASE, read),
        asked.when.then,
        lambda streams: exchange.opened(replace(reading, streams=streams)),
    )
    shown = PeopleShown(asked.named(entries), found)
    return answered(exchange.request, shown, position=asked.position, opened=True)


def _reading(exchange: Exchange, asked: CaseAsked) -> Reading:
    """What is to be opened of no stream yet, for the purpose and the reason that whoever asks gives."""
    purpose = choice_of(exchange, "purpose", _PURPOSES)
    code: Purpose | None = next((each for each in _PURPOSES if each == purpose), None)
    if code is None:
        raise InvalidCommand(
            f"purpose: say what the values are read for, one of {', '.join(_PURPOSES)}."
        )
    inquiry = exchange.principal.inquiry
    return Reading((), exchange.reason_to_read(), code, None, inquiry, then=asked.when.then)


def _has_personal(read: ReadEntry) -> bool:
    plan = type(read.entry.fact).plan
    return bool(plan.personal or plan.answers)
