"""The outbox: each alert that an escalation owes is delivered once, and that it was is recorded.

Effects are keyed by the entry that calls for them. Rebuilding views or replaying history owes nothing
again; a process that dies between the delivery and its record writes the same file once more. An alert
goes out while the office is open, for immediate danger at any hour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

import orjson

from api.inquiry_alerts import inquiry_alerts
from api.machines import machine
from api.rate_alerts import rate_alerts
from api.routing_alerts import routing_alerts
from ledger.case.escalation.reaching import RecordAlertDelivered
from ledger.commands import Request
from ledger.entry import Receipt
from ledger.errors import LedgerError, LedgerUnavailable
from ledger.evidence.durable_files import make_folder, write_durably
from ledger.ids import case_stream, derived_uuid
from ledger.policy.calendars.counting import BeyondCalendar
from ledger.policy.document.policy import Policy
from ledger.policy.in_force import PolicyVersion
from ledger.policy.routing.presence import Directory
from ledger.service import Ledger
from ledger.times import stamp
from projections.lists.exceptions import OwedAlert, alerts_owed
from projections.sentences.by_topic import CODES
from projections.views import Views


@dataclass(frozen=True, slots=True)
class Alert:
    """What somebody is told: which case, why, and to whom it is addressed."""

    escalation_id: UUID
    case_id: UUID
    reference: str
    reason: str
    parties: tuple[str, ...]
    recipients: tuple[str, ...]
    since_at: datetime
    clock: str | None
    climbed: int
    missing: tuple[str, ...]
    by_at: datetime | None
    text: dict[str, str]

    @property
    def name(self) -> str:
        """What tells it from every other alert: its escalation, and how far that has climbed."""
        return f"{self.escalation_id}.{self.climbed}" if self.climbed else str(self.escalation_id)

    def as_json(self) -> dict[str, Any]:
        """The alert in plain values."""
        return {
            "escalation_id": str(self.escalation_id),
            "case_id": str(self.case_id),
            "reference": self.reference,
            "reason": self.reason,
            "parties": list(self.parties),
            "recipients": list(self.recipients),
            "since_at": stamp(self.since_at),
            "clock": self.clock,
            "climbed": self.climbed,
            "missing": list(self.missing),
            "by_at": self.by_at and stamp(self.by_at),
            "text": self.text,
        }


class Telling(Protocol):
    """What is delivered: an alert of a case, or of the office."""

    @property
    def name(self) -> str:
        """What tells it from every other alert."""
        ...

    def as_json(self) -> dict[str, Any]:
        """The alert in plain values."""
        ...


class OfficeAlert(Telling, Protocol):
    """What is told about no one case, and how that it was delivered is recorded."""

    def delivered(self, ledger: Ledger, method: str) -> Request:
        """What records that it was delivered; its id derives from its cause."""
        ...


class Sink(Protocol):
    """Where alerts go. Delivering the same alert again must change nothing."""

    @property
    def method(self) -> str:
        """What the record calls this way of delivering."""
        ...

    def deliver(self, alert: Telling) -> None:
        """Delivers an alert, durably; LedgerUnavailable if it cannot."""
        ...


@dataclass(frozen=True, slots=True)
class OutboxFolder:
    """Alerts as files, one for each step of an escalation, whole or not there at all."""

    folder: Path
    method: str = "outbox"

    def deliver(self, alert: Telling) -> None:
        """Writes the alert durably, for its owner alone to read."""
        whole = self.folder / f"{alert.name}.json"
        said = orjson.dumps(alert.as_json(), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)
        try:
            make_folder(self.folder)
            write_durably(whole, said + b"\n")
        except OSError as error:
            raise LedgerUnavailable(
                f"The alert {whole.name} cannot be written to the outbox ({error.strerror or error}): "
                "it stays owed, and goes out with the next pass."
            ) from error


@dataclass(slots=True)
class Deliveries:
    """What a pass over the outbox came to; `held` waits for the office to open."""

    alerts: list[Alert] = field(default_factory=list[Alert])
    office: list[OfficeAlert] = field(default_factory=list["OfficeAlert"])
    """Those that are about no one case: rates not worked, weeks of routing, inquiries."""
    already: int = 0
    held: int = 0
    position: int = 0

    def as_json(self) -> dict[str, Any]:
        """The counts, and which escalations were told of."""
        return {
            "delivered": [str(alert.escalation_id) for alert in self.alerts],
            "office": [alert.name for alert in self.office],
            "already": self.already,
            "held": self.held,
            "position": self.position,
        }


def deliver_owed(ledger: Ledger, views: Views, sink: Sink) -> Deliveries:
    """Delivers every alert that is owed and may go out now, and records that it was."""
    done = Deliveries(position=views.catch_up(ledger.store))
    policies, now, directory = ledger.policies(), ledger.clock(), ledger.directory()
    office_open = policies.versions == () or _is_open(policies.in_force(now), now)
    for page in alerts_owed(views):
        going = [each for each in page if office_open or each.immediate]
        done.held += len(page) - len(going)
        alerts = [_alert(each, _Addressing.of(each, ledger, directory, now)) for each in going]
        for alert in alerts:
            sink.deliver(alert)
        _record(ledger, alerts, sink.method, done)
    if policies.versions:
        _tell_of_the_office(ledger, policies.in_force(now), sink, done, office_open=office_open)
    done.position = views.catch_up(ledger.store)
    return done


def _tell_of_the_office(
    ledger: Ledger, version: PolicyVersion, sink: Sink, done: Deliveries, *, office_open: bool
) -> None:
    """Delivers what is owed about no one case, while the office is open."""
    rates = rate_alerts(ledger, version, ledger.directory(), ledger.clock())
    routings, inquiries = routing_alerts(ledger, version), inquiry_alerts(ledger, version)
    for alert in (*rates, *routings, *inquiries):
        if not office_open:
            done.held += 1
            continue
        sink.deliver(alert)
        (outcome,) = ledger.handle_all([alert.delivered(ledger, sink.method)])
        match outcome:
            case Receipt(fresh=True):
                done.office.append(alert)
            case Receipt():
                done.already += 1
            case LedgerError():
                raise outcome


def _record(ledger: Ledger, alerts: Sequence[Alert], method: str, done: Deliveries) -> None:
    requests = [
        Request(
            RecordAlertDelivered(
                case_id=alert.case_id, escalation_id=alert.escalation_id, method=method
            ),
            machine("outbox"),
            derived_uuid(
                alert.since_at,
                "alert-delivered",
                case_stream(alert.case_id),
                str(alert.escalation_id),
                *([str(alert.climbed)] if alert.climbed else ()),
            ),
            causation=str(alert.escalation_id),
        )
        for alert in alerts
    ]
    for alert, outcome in zip(alerts, ledger.handle_all(requests) if requests else (), strict=True):
        match outcome:
            case Receipt(fresh=True):
                done.alerts.append(alert)
            case Receipt():
                done.already += 1
            case LedgerError():
                raise outcome


def _is_open(version: PolicyVersion, now: datetime) -> bool:
    """Whether the office is open; where its calendar has ended nothing is held back."""
    hours = version.compiled.calendars.hours[version.policy.office.office_calendar]
    try:
        return hours.is_open(now)
    except BeyondCalendar:
        return True


def _alert(owed: OwedAlert, addressing: _Addressing | None) -> Alert:
    return Alert(
        escalation_id=owed.escalation_id,
        case_id=owed.case_id,
        reference=owed.reference,
        reason=owed.reason,
        parties=owed.parties,
        recipients=addressing.recipients(owed) if addressing is not None else owed.parties,
        since_at=owed.since_at,
        clock=owed.clock,
        climbed=owed.climbed,
        missing=owed.missing,
        by_at=owed.by_at,
        text={"en": _in_english(owed), "fr": _in_french(owed)},
    )


@dataclass(frozen=True, slots=True)
class _Addressing:
    """By what it is told who the parties of a case are: the policy, who is there, and who stepped back from it."""

    version: PolicyVersion
    directory: Directory
    on: date
    recused: frozenset[str]

    @classmethod
    def of(
        cls, owed: OwedAlert, ledger: Ledger, directory: Directory, now: datetime
    ) -> _Addressing | None:
        """That of a case; None while no policy says who anybody is."""
        policies = ledger.policies()
        if not policies.versions:
            return None
        version = policies.in_force(now)
        on = version.compiled.calendars.days_of(version.policy.office.zone).date_of(now)
        recused = ledger.state_of(case_stream(owed.case_id)).moves.recused
        return cls(version, directory, on, recused)

    def recipients(self, owed: OwedAlert) -> tuple[str, ...]:
        """Who the parties are, as the policy and the case say, or who stands in; else the leader or the director.

        Whoever is on call is told, all of them who are there; who dispatches for a team is its dispatchers.
        Nobody is told who stepped back from the case: where the leader and the director did, the team is,
        and a team of which somebody did by each of the others who are there.
        """
        policy = self.version.policy
        team = policy.teams.get(owed.team or "")
        leader, director = self._there(team.leader if team else None), self._director()
        known = {
            "owner": [self._there(owed.owner) or leader],
            "team": self._people(owed.team),
            "leader": [leader],
        }
        known |= {party: [self._there(party) or leader] for party in policy.members}
        known["on_call"] = [self._there(each) for each in (team.on_call if team else ())]
        known["dispatcher"] = [self._there(each) for each in _dispatchers(policy, owed.team)]
        last = self._people(owed.team) if self.recused else []
        told: list[str] = []
        for party in owed.parties:
            found = [each for each in known.get(party, ()) if each]
            by_leader = leader if party in ("on_call", "dispatcher") else None
            one = by_leader or director
            told += found or ([one] if one else last) or [party]
        return tuple(dict.fromkeys(told))

    def _there(self, member: str | None) -> str | None:
        """Who is there for a member today: they or who stands in; None if nobody is, or whoever it is stepped back."""
        there = self.directory.stand_in(member, self.on) if member is not None else None
        return None if there in self.recused else there

    def _people(self, team: str | None) -> list[str]:
        """A team by its name, or where somebody of it stepped back the others of it who are there."""
        members = self.version.policy.members
        people = [code for code, each in members.items() if team in each.teams]
        if team is None or self.recused.isdisjoint(people):
            return [team] if team is not None else []
        there = (self._there(each) for each in people if members[each].kind == "person")
        return [each for each in there if each]

    def _director(self) -> str | None:
        """Who is there for the director, else the director all the same, unless they stepped back."""
        director = self.version.policy.office.director
        return self._there(director) or (None if director in self.recused else director)


def _dispatchers(policy: Policy, team: str | None) -> list[str]:
    """The people of a team who have the role of its dispatcher; of all teams while none has the case."""
    return [
        code
        for code, member in policy.members.items()
        if "dispatcher" in member.roles and (team is None or team in member.teams)
    ]


def _in_english(owed: OwedAlert) -> str:
    since = f"{owed.since_at:%Y-%m-%d %H:%M} UTC"
    if owed.climbed:
        since += ", not answered in time"
    if owed.clock is not None:
        return f"Case {owed.reference}: clock {owed.clock} reached '{owed.reason}' at {since}."
    alarm = CODES.get(f"alarm.{owed.reason}")
    said = alarm.en if alarm else f"it was escalated ({owed.reason})"
    if owed.missing:
        said += f"; missing: {', '.join(owed.missing)}"
    if owed.by_at is not None:
        said += f"; it is to lapse at {owed.by_at:%Y-%m-%d %H:%M} UTC"
    return f"Case {owed.reference}: {said} ({since})."


def _in_french(owed: OwedAlert) -> str:
    since = f"{owed.since_at:%Y-%m-%d %H:%M} UTC"
    if owed.climbed:
        since += ", resté sans réponse"
    if owed.clock is not None:
        return f"Dossier {owed.reference} : l'échéance {owed.clock} a atteint « {owed.reason} » ({since})."
    alarm = CODES.get(f"alarm.{owed.reason}")
    said = alarm.fr if alarm else f"il a été signalé ({owed.reason})"
    if owed.missing:
        said += f"; il manque : {', '.join(owed.missing)}"
    if owed.by_at is not None:
        said += f"; péremption prévue le {owed.by_at:%Y-%m-%d %H:%M} UTC"
    return f"Dossier {owed.reference} : {said} ({since})."
