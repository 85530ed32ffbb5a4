"""A question about one case: which, at which instants, and whether its personal values are opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from typing import Annotated
from uuid import UUID

from cyclopts import Group, Parameter

from api.cli.ledgers import office_days, warn_of_what_is_to_come
from api.cli.reading.asked_at import Asked, Instants
from api.cli.writing.acting import reader_of
from api.moments import id_of
from ledger.entry import Actor
from ledger.errors import InvalidCommand
from ledger.ids import case_stream, reference_of
from ledger.input.quoting import quoted
from ledger.personal.opening import Reading
from ledger.policy.access import Purpose
from ledger.policy.document.policy import Policy
from ledger.policy.in_force import Policies
from ledger.registers.flow.routing_weeks import routing_id
from ledger.registers.flow.sequences import sequence_id
from ledger.sealing.reading import ReadEntry
from ledger.service import Ledger

Ref = Annotated[str, Parameter(name="REF", help="The reference of the case.")]


@Parameter(name="*", group=Group("Personal values", sort_key=7))
@dataclass(frozen=True, kw_only=True)
class Opening:
    """Whether personal values are opened, for whom and why."""

    opened: Annotated[bool, Parameter(name="--open", negative="")] = False
    "Show personal values; that they were read is recorded."
    purpose: Annotated[str | None, Parameter(name="--purpose")] = None
    "What they are read for; '-' reads it from standard input, '@FILE' from a file."
    purpose_code: Annotated[Purpose | None, Parameter(name="--for")] = None
    "The task they are read for; the first that the reader's roles allow if left out."
    inquiry: Annotated[str | None, Parameter(name="--inquiry")] = None
    "The inquiry within whose scope they are read."
    member: Annotated[str | None, Parameter(name="--as", env_var="CASELEDGER_ACTOR")] = None
    "Who reads them: the code of a member of the policy."

    def reading(self, *streams: str, purpose: str) -> Reading:
        """What is to be opened of these streams; InvalidCommand if the inquiry's id is none."""
        inquiry = id_of(self.inquiry, option="--inquiry") if self.inquiry else None
        return Reading(streams, purpose, self.purpose_code, None, inquiry)

    def reader(self, ledger: Ledger) -> tuple[Actor, str] | None:
        """Who reads them and what for; None where nothing is opened."""
        return reader_of(self.member, self.purpose, ledger) if self.opened else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _About:
    """What a question is about: at which instants, and where the ledger stood when it was asked."""

    policies: Policies
    position: int
    when: Instants
    zone: tzinfo

    @property
    def policy(self) -> Policy | None:
        """The latest policy, by which codes are called; None where there is none."""
        return self.policies.latest.policy if self.policies.latest else None

    @property
    def foot(self) -> str:
        """The sentence at the foot of each answer."""
        return f"{self.when.told_of(self.position, self.zone)} ({self.zone})."

    @property
    def up_to_date(self) -> dict[str, object]:
        """What an answer is up to date with."""
        instants = {"at": self.when.at, "known_at": self.when.known_at, "as_of": self.when.as_of}
        return {"position": self.position, **instants}


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutCase(_About):
    """A question about one case."""

    case_id: UUID

    @property
    def reference(self) -> str:
        return reference_of(self.case_id)

    @property
    def stream(self) -> str:
        return case_stream(self.case_id)

    def counting(self, entries: Sequence[ReadEntry]) -> list[ReadEntry]:
        """The entries that the question is about, in the order in which it takes them."""
        return self.when.then.of_case(entries)

    def answer(self, **said: object) -> dict[str, object]:
        """What is said of the case, with what the answer is up to date with."""
        return {
            "case_id": self.case_id,
            "reference": self.reference,
            "up_to_date": self.up_to_date,
            **said,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutStream(_About):
    """A question about a stream that is no case: a party, the policy, the directory, ..."""

    stream: str

    @property
    def reference(self) -> str:
        return self.stream

    def answer(self, **said: object) -> dict[str, object]:
        """What is said of the stream, with what the answer is up to date with."""
        return {"stream": self.stream, "up_to_date": self.up_to_date, **said}


def about_stream(ledger: Ledger, named: str, asked: Asked) -> AboutStream | None:
    """A question about the stream that is named as `kind/id`, or as the one of its kind; None for what names a case."""
    kind, _, written = named.partition("/")
    ledger_id = ledger.store.ledger_id
    alone = {
        "policy": f"policy/{ledger.policy_id}",
        "directory": ledger.directory_stream,
        "routing": f"routing/{routing_id(ledger_id)}",
        "sequence": f"sequence/{sequence_id(ledger_id)}",
    }
    stream = named if written else alone.get(named, "")
    if not stream or kind == "case":
        return None
    if kind in _APART:
        raise InvalidCommand(f"What is kept apart is told by its own command: {_APART[kind]}.")
    if not ledger.store.stream(stream, upto_version=1):
        raise InvalidCommand(
            f"{quoted(named)} is no stream of this ledger: give the reference of a case, `policy`, `directory`, or a "
            "stream such as party/ID, as `export --format jsonl` names it."
        )
    return about_known(ledger, stream, asked)


def about_known(ledger: Ledger, stream: str, asked: Asked) -> AboutStream:
    """A question about a stream that is there and no case."""
    policies = ledger.policies()
    days = office_days(policies)
    when = asked.instants(days, now=ledger.clock())
    return AboutStream(
        stream=stream, policies=policies, position=ledger.store.tip(), when=when, zone=days.zone
    )


_APART = {
    "access": "`caseledger accesses`",
    "disclosure": "`caseledger disclosure trail`",
    "erasure": "`caseledger erasure show ID`",
    "hold": "`caseledger hold`",
    "inquiry": "`caseledger inquiry`",
}
"""The kinds of stream that are compartments of their own."""


def about_case(ledger: Ledger, ref: str, asked: Asked) -> AboutCase:
    """A question about the case that a reference names; CaseNotFound if there is none."""
    about = _about(ledger, ref, asked)
    if about.when.then.is_now:
        warn_of_what_is_to_come(ledger, office_days(about.policies))
    return about


def _about(ledger: Ledger, ref: str, asked: Asked) -> AboutCase:
    case_id, policies = ledger.find_case(ref), ledger.policies()
    days = office_days(policies)
    when = asked.instants(days, now=ledger.clock())
    return AboutCase(
        case_id=case_id, policies=policies, position=ledger.store.tip(), when=when, zone=days.zone
    )


def opened_entries(
    ledger: Ledger,
    ref: str,
    opening: Opening,
    asked: Asked,
    *,
    reader: tuple[Actor, str],
) -> list[ReadEntry]:
    """The case's entries that count with personal values opened; who read them and why is recorded before."""
    actor, purpose = reader
    return opened_about(ledger, _about(ledger, ref, asked), opening, actor, purpose=purpose)


def opened_about(
    ledger: Ledger,
    about: AboutCase | AboutStream,
    opening: Opening,
    actor: Actor,
    *,
    purpose: str,
) -> list[ReadEntry]:
    """The same of what a question is about, for whoever reads them."""
    reading = replace(opening.reading(about.stream, purpose=purpose), then=about.when.then)
    (found,) = ledger.open_values(reading, actor=actor)
    return found
