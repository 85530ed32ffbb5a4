"""Reading one case: how it stands, its trail, who was accountable, its clocks, and what its requester may be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from starlette.responses import Response

from api.http.answers import answered, tabled
from api.http.exchanges import Exchange, When
from api.http.problems import EdgeProblem
from api.http.reads import (
    AS_OF,
    KNOWN_AT,
    MIN_POSITION,
    add_read,
    choice_of,
    parameter,
    wants_csv,
)
from api.http.routes import Routes
from api.http.standing import allow, answer, case_as_it_stands, relations_to_case
from ledger.errors import CaseNotFound, InvalidCommand
from ledger.evidence.reading import ReadEntry
from ledger.ids import case_stream, reference_of
from ledger.opening import Reading
from ledger.policy.access import Purpose
from ledger.policy.acts import Relation
from ledger.policy.values import Language
from projections.answers import as_json
from projections.cases import CASES, status
from projections.clocks import CLOCKS
from projections.details import DETAILS
from projections.escalations import ESCALATIONS
from projections.measured import measured
from projections.obligations import OBLIGATIONS
from projections.requester_status import requester_status
from projections.spans import SPANS
from projections.told import told
from projections.trail import entries_of, trail

_INSTANTS = (KNOWN_AT, AS_OF, MIN_POSITION)
_LANGUAGE = parameter(
    "language", "English (en) or French (fr); else by Accept-Language.", example="en"
)
_TRAIL_COLUMNS = (
    "position",
    "version",
    "digest",
    "recorded_at",
    "known_at",
    "effective_at",
    "actor",
    "topic",
    "sentence",
)
_PURPOSES: tuple[Purpose, ...] = (
    "intake",
    "casework",
    "contact",
    "supervision",
    "task",
    "disclosure",
    "subject_access",
    "retention",
    "audit",
    "inquiry",
    "integration",
)


def case_routes() -> Routes:
    """Every read of cases."""
    routes = Routes(prefix="/v1", tag="Cases")
    for path, read, act, summary, query, csv in (
        ("", _case, "case.read", "A case as it stands", (), False),
        (
            "/trail",
            _trail,
            "case.trail",
            "What happened, in sentences that cite their entries",
            (_LANGUAGE,),
            True,
        ),
        ("/spans", _spans, "case.spans", "Who was accountable, from when until when", (), False),
        ("/clocks", _clocks, "case.clocks", "The clocks of a case", (), False),
        ("/status", _status, "case.status", "What the requester may be told", (_LANGUAGE,), False),
        (
            "/entries",
            _entries,
            "case.entries",
            "Its entries with their digests and stored fields",
            (),
            False,
        ),
    ):
        add_read(
            routes,
            f"/cases/{{ref}}{path}",
            read,
            act=act,
            summary=summary,
            query=(*_INSTANTS, *query),
            problems=("case-not-found",),
            csv=csv,
        )
    add_read(
        routes,
        "/cases/{ref}/values",
        _values,
        act="case.values",
        summary="Personal values, opened for a purpose; that they were read is recorded",
        query=(
            *_INSTANTS,
            parameter(
                "purpose",
                f"The task they are read for: one of {', '.join(_PURPOSES)}.",
                example="casework",
                required=True,
            ),
        ),
        problems=("case-not-found", "malformed-request"),
    )
    return routes


@dataclass(frozen=True, slots=True)
class CaseAsked:
    """A question about one case that whoever asks may ask."""

    case_id: UUID
    when: When

    @property
    def stream(self) -> str:
        return case_stream(self.case_id)

    def counting(self, entries: list[ReadEntry]) -> list[ReadEntry]:
        """The entries that the question is about, in the order in which it takes them."""
        found = entries
        if self.when.known_at is not None:
            found = [each for each in found if each.entry.context.known_at <= self.when.known_at]
        if self.when.as_of is not None:
            as_of = self.when.as_of
            found = [each for each in found if each.entry.context.effective_at <= as_of]
            found.sort(
                key=lambda each: (
                    each.entry.version > 1,
                    each.entry.context.effective_at,
                    each.entry.version,
                )
            )
        if not found:
            raise CaseNotFound(
                f"Nothing was known of {reference_of(self.case_id)} then: ask about a later instant."
            )
        return found


def known_case(exchange: Exchange, act: str) -> CaseAsked:
    """The case that is asked about, where whoever asks may; the refusal is on record where they may not."""
    service = exchange.service
    case_id = service.ledger.find_case(exchange.request.path_params["ref"])
    relations = _relations(exchange, case_id)
    allow(service, exchange.principal, act, relations, about=case_stream(case_id))
    return CaseAsked(case_id, exchange.when())


def _relations(exchange: Exchange, case_id: UUID) -> frozenset[Relation]:
    case = case_as_it_stands(exchange.service, case_id)
    return relations_to_case(exchange.service, exchange.principal, case_id, case)


def _up_to_date(exchange: Exchange, about: CaseAsked, entries: list[ReadEntry]) -> dict[str, Any]:
    when = about.when
    return {
        "case_id": about.case_id,
        "reference": reference_of(about.case_id),
        "version": entries[-1].entry.version,
        "up_to_date": {
            "position": exchange.service.ledger.store.tip(),
            "at": when.at,
            "known_at": when.known_at,
            "as_of": when.as_of,
        },
    }


def _language(exchange: Exchange) -> Language:
    said = choice_of(exchange, "language", ("en", "fr"))
    return "fr" if (said or exchange.language) == "fr" else "en"


def _case(exchange: Exchange) -> Response:
    """A case: how it stands, with whom, its clocks, its escalations, what is owed; no personal values."""
    about = known_case(exchange, "case.read")
    entries = about.counting(exchange.service.ledger.read(about.stream))
    known = [told(each.entry) for each in entries]
    (row,), (details,) = CASES.after(known), DETAILS.after(known)
    stands = status(row, about.when.at)
    clocks = tuple({each.clock: each for each in CLOCKS.after(known)}.values())
    said = {
        **_up_to_date(exchange, about, entries),
        "status": stands,
        "case": {**as_json(row), **as_json(details)},
        "clocks": clocks,
        "escalations": ESCALATIONS.after(known),
        "owed": [each for each in OBLIGATIONS.after(known) if each.ended_at is None],
        "may": _may(exchange, about.case_id),
    }
    tag = None if about.when.is_past else f"{entries[-1].entry.version}-{stands}"
    return answered(exchange.request, said, tag=tag, position=entries[-1].entry.position)


def _may(exchange: Exchange, case_id: UUID) -> list[str]:
    """Which acts whoever asks may try on the case: what a page shows as buttons."""
    relations = _relations(exchange, case_id)
    acts = exchange.request.app.state.case_acts
    return [act for act in acts if answer(exchange.principal, act, relations).allowed]


def _trail(exchange: Exchange) -> Response:
    about = known_case(exchange, "case.trail")
    language = _language(exchange)
    lines = trail(
        entries_of(exchange.service.ledger.store, about.stream),
        policies=exchange.service.policies(),
        language=language,
        known_at=about.when.known_at,
        as_of=about.when.as_of,
    )
    if wants_csv(exchange):
        return tabled(exchange.request, (as_json(line) for line in lines), columns=_TRAIL_COLUMNS)
    shown = [
        {
            **as_json(line),
            "fields": {k: v for k, v in as_json(line.fields).items() if k not in line.concealed},
        }
        for line in lines
    ]
    said = {
        "case_id": about.case_id,
        "reference": reference_of(about.case_id),
        "language": language,
        "trail": shown,
    }
    return answered(
        exchange.request, said, position=max((each.position for each in lines), default=None)
    )


def _spans(exchange: Exchange) -> Response:
    about = known_case(exchange, "case.spans")
    entries = about.counting(exchange.service.ledger.read(about.stream))
    rows = [row for row in SPANS.after([told(each.entry) for each in entries]) if not row.resolved]
    acts = [
        (each.entry.actor.id, each.entry.context.effective_at)
        for each in entries
        if each.entry.actor.kind == "person"
    ]
    version = exchange.service.in_force()
    hours = version.compiled.calendars.hours[version.policy.office.office_calendar]
    found = measured(rows, at=about.when.at, days=exchange.service.days(), hours=hours, acts=acts)
    said = {
        **_up_to_date(exchange, about, entries),
        "spans": found,
        "seconds": sum(each.seconds for each in found),
    }
    return answered(exchange.request, said)


def _clocks(exchange: Exchange) -> Response:
    about = known_case(exchange, "case.clocks")
    entries = about.counting(exchange.service.ledger.read(about.stream))
    clocks = CLOCKS.after([told(each.entry) for each in entries])
    return answered(exchange.request, {**_up_to_date(exchange, about, entries), "clocks": clocks})


def _status(exchange: Exchange) -> Response:
    about = known_case(exchange, "case.status")
    entries = about.counting(exchange.service.ledger.read(about.stream))
    known = [told(each.entry) for each in entries]
    (row,), (details,) = CASES.after(known), DETAILS.after(known)
    found = requester_status(
        row,
        details,
        exchange.service.policies().in_force(about.when.at),
        at=about.when.at,
        language=_language(exchange),
    )
    return answered(
        exchange.request, {**_up_to_date(exchange, about, entries), "requester_status": found}
    )


def _entries(exchange: Exchange) -> Response:
    about = known_case(exchange, "case.entries")
    entries = about.counting(exchange.service.ledger.read(about.stream))
    shown = [entry_shown(each) for each in entries]
    return answered(exchange.request, {**_up_to_date(exchange, about, entries), "entries": shown})


def entry_shown(read: ReadEntry, *, opened: bool = False) -> dict[str, Any]:
    """An entry in plain values; personal ones are left out, and named, unless they were opened."""
    entry = read.entry
    fields: dict[str, Any] = as_json(entry.fact)
    plan = type(entry.fact).plan
    personal = [name for name, _ in plan.personal]
    if not opened:
        for name in personal:
            fields.pop(name, None)
        if plan.answers:
            fields["answers"] = fields["answers"].get("office", {})
    return {
        "position": entry.position,
        "stream": entry.stream,
        "version": entry.version,
        "topic": entry.topic,
        "digest": read.digest,
        "actor": entry.actor.slot(),
        "context": entry.context.slot(),
        "fields": fields,
        "personal": sorted(personal),
    }


def _values(exchange: Exchange) -> Response:
    about = known_case(exchange, "case.values")
    purpose = choice_of(exchange, "purpose", _PURPOSES)
    code: Purpose | None = next((each for each in _PURPOSES if each == purpose), None)
    if code is None:
        raise InvalidCommand(
            f"purpose: say what the values are read for, one of {', '.join(_PURPOSES)}."
        )
    words = exchange.audit_reason
    if words is None:
        raise EdgeProblem(
            "malformed-request", "Say in the header Audit-Reason why the values are read."
        )
    principal = exchange.principal
    reading = Reading((about.stream,), words, code, None, principal.inquiry)
    (opened,) = exchange.service.ledger.open_values(reading, actor=principal.actor)
    exchange.service.projector.nudge()
    entries = about.counting(opened)
    shown = [
        entry_shown(each, opened=True)
        for each in entries
        if type(each.entry.fact).plan.personal or type(each.entry.fact).plan.answers
    ]
    return answered(exchange.request, {**_up_to_date(exchange, about, entries), "entries": shown})
