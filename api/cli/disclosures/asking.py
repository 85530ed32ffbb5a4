"""What every command on a disclosure does: find it, ask, show the receipt, and tell its case what follows."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Annotated, Any, TypeVar
from uuid import UUID

from cyclopts import Parameter
from pydantic import BaseModel, ValidationError

from api.cli.acting import Acting
from api.cli.edge import DONE
from api.cli.given_words import GivenWords
from api.cli.ledgers import opened
from api.cli.recording import recorded, show_receipt
from api.moments import date_of
from ledger.case import CASE
from ledger.case.escalation import EscalateCase
from ledger.case.state import Case
from ledger.case.waiting import BeginWaiting, EndWaiting, ReachMilestone
from ledger.commands import Command, Request
from ledger.entry import Actor, Entry, Receipt
from ledger.errors import DisclosureNotFound, InvalidCommand, LedgerError
from ledger.ids import case_stream, derived_uuid
from ledger.opening import Reading
from ledger.policy.access import Purpose
from ledger.policy.document import Policy
from ledger.registers.disclosures import DISCLOSURE, STREAM, Disclosure
from ledger.registers.disclosures.grounds import Override, Reasons
from ledger.service import Ledger
from ledger.times import EPOCH

M = TypeVar("M", bound=BaseModel)
Id = Annotated[
    str, Parameter(name="ID", help="The disclosure: its id, or the reference of its request.")
]


@dataclass(frozen=True)
class Desk:
    """One disclosure, open on the desk: the ledger, who acts, how it stands, and the words of the command line."""

    ledger: Ledger
    acting: Acting
    actor: Actor
    disclosure_id: UUID
    state: Disclosure
    words: GivenWords

    @property
    def policy(self) -> Policy:
        """The policy in force."""
        return self.ledger.policies().in_force(self.ledger.clock()).policy

    @property
    def case(self) -> Case:
        """How the case of the request stands."""
        return Case() if self.state.case_id is None else case_of(self.ledger, self.state.case_id)

    def text(self, said: str | None, option: str) -> str | None:
        """A text that was given, or what stands where it points to; None where none was."""
        return None if said is None else self.words.text(said, option=option)

    def own_id(self, *causes: str) -> UUID:
        """A new id for what is recorded, the same again for the same command id."""
        asked = self.acting.own_command_id()
        if asked is None:
            return self.ledger.new_id()
        return derived_uuid(EPOCH, *causes, str(asked))

    @property
    def purpose_code(self) -> Purpose:
        """For which task of the access office personal values are opened."""
        return "subject_access" if self.state.audience == "subject" else "disclosure"

    def opened(self, streams: Sequence[str], *, purpose: str) -> list[list[Entry]]:
        """The entries of these streams with personal values opened, recorded before as one reading."""
        reading = Reading(tuple(streams), purpose, self.purpose_code)
        found = self.ledger.open_values(reading, actor=self.actor)
        return [[each.entry for each in read] for read in found]

    def own_entries(self, *, purpose: str) -> list[Entry]:
        """The entries of the disclosure itself, opened."""
        reading = Reading((f"{STREAM}/{self.disclosure_id}",), purpose, "disclosure")
        (found,) = self.ledger.open_values(reading, actor=self.actor)
        return [each.entry for each in found]

    def ask(self, command: type[Command], **said: Any) -> Receipt:
        """Asks one command of the disclosure."""
        return self._record(built(command, disclosure_id=self.disclosure_id, **said))

    def _record(self, command: Command) -> Receipt:
        request = self.acting.request(command, self.actor)
        return recorded(self.ledger, request, verbose=self.acting.verbose)

    def show(self, receipt: Receipt, **made: object) -> int:
        """Shows the receipt."""
        show_receipt(receipt, as_json=self.acting.as_json, **made)
        return DONE

    def tell_case(
        self, receipt: Receipt, command: Callable[[UUID, UUID], Command | None], *, what: str
    ) -> None:
        """Lets follow on the case of the request what an act brings with it; said on stderr where it cannot.

        Its id derives from the entry that calls for it, so that asking again repeats nothing.
        """
        case_id = self.state.case_id
        if case_id is None or not receipt.fresh:
            return
        made_id = derived_uuid(EPOCH, receipt.digest, what)
        found = command(case_id, made_id)
        if found is None:
            return
        request = self.acting.request(found, self.actor)
        follows = replace(
            request, command_id=made_id, expected_version=None, causation=receipt.digest
        )
        try:
            recorded_or_raise(self.ledger, follows)
        except LedgerError as error:
            sys.stderr.write(f"Recorded, but not on the case of the request: {error}\n")

    def begin_wait(self, receipt: Receipt, reason: str | None) -> None:
        """Lets the case wait for a reason of the policy, if it names one."""
        if reason is not None:
            self.tell_case(
                receipt,
                lambda case_id, made: BeginWaiting(case_id=case_id, wait_id=made, reason=reason),
                what="waits",
            )

    def end_wait(self, receipt: Receipt, reason: str | None) -> None:
        """Lets a wait for that reason end, if one is open."""

        def ending(case_id: UUID, _made: UUID) -> Command | None:
            waits = case_of(self.ledger, case_id).waits
            found = [each for each in waits if each.reason == reason and each.to_at is None]
            return EndWaiting(case_id=case_id, wait_id=found[0].wait_id) if found else None

        if reason is not None:
            self.tell_case(receipt, ending, what="waits no more")

    def reach(self, receipt: Receipt, milestone: str) -> None:
        """Says on the case that an act was done which its clocks start or stop on."""
        self.tell_case(
            receipt,
            lambda case_id, _made: ReachMilestone(case_id=case_id, milestone=milestone),
            what=milestone,
        )

    def escalate(self, receipt: Receipt, reason: str) -> None:
        """Brings the case before the leader of its team."""
        self.tell_case(
            receipt,
            lambda case_id, made: EscalateCase(
                case_id=case_id, escalation_id=made, party="leader", reason=reason
            ),
            what="escalated",
        )


def recorded_or_raise(ledger: Ledger, request: Request) -> None:
    """Raises the error that a request was answered with, if it was."""
    (outcome,) = ledger.handle_all([request])
    if isinstance(outcome, LedgerError):
        raise outcome


@contextmanager
def desk(said: str, acting: Acting) -> Iterator[Desk]:
    """The disclosure that is meant, ready to be worked on."""
    acting.named()
    with opened() as ledger:
        actor = acting.actor(ledger.policies(), at=ledger.clock())
        disclosure_id = disclosure_meant(ledger, said)
        state = state_of(ledger, disclosure_id)
        yield Desk(ledger, acting, actor, disclosure_id, state, GivenWords())


def disclosure_meant(ledger: Ledger, said: str) -> UUID:
    """The disclosure of this id, or the newest that answers the case of this reference."""
    try:
        found = UUID(said)
    except ValueError:
        case_id = ledger.find_case(said)
        answering = [each for each in disclosures(ledger) if each[1].case_id == case_id]
        if not answering:
            raise DisclosureNotFound(
                f"No disclosure answers {said} yet: begin one with `caseledger disclosure begin {said}`."
            ) from None
        return answering[-1][0]
    state_of(ledger, found).known()
    return found


def disclosures(ledger: Ledger) -> Iterator[tuple[UUID, Disclosure]]:
    """Every disclosure with how it stands, those first that were begun first."""
    for stream in ledger.store.streams(STREAM):
        found = UUID(stream.partition("/")[2])
        yield found, state_of(ledger, found)


def state_of(ledger: Ledger, disclosure_id: UUID) -> Disclosure:
    """How a disclosure stands."""
    state = DISCLOSURE.initial
    for read in ledger.read(f"{STREAM}/{disclosure_id}"):
        state = DISCLOSURE.evolve(state, read.entry)
    return state


def case_of(ledger: Ledger, case_id: UUID) -> Case:
    """How a case stands."""
    found: Any = CASE.initial
    for read in ledger.read(case_stream(case_id)):
        found = CASE.evolve(found, read.entry)
    return found


def built(kind: type[M], **said: Any) -> M:
    """The command, or a part of one; InvalidCommand names what is wrong in it."""
    try:
        return kind(**said)
    except ValidationError as error:
        wrong = error.errors(include_url=False)[0]
        name = ".".join(str(part) for part in wrong["loc"])
        what = wrong["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
        raise InvalidCommand(f"{name.replace('_', '-')}: {what[:1].lower()}{what[1:]}.") from error


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Why:
    """Under which exemptions something is withheld, and what its record needs."""

    under: Annotated[tuple[str, ...], Parameter(name="--under", negative="")] = ()
    "An exemption of the policy; repeat for each, in order."
    paragraph: str | None = None
    "The paragraph of it, such as (3)(a)."
    until_on: str | None = None
    "The date until which it withholds, as 2046-07-01."
    harm: str | None = None
    "Which harm is foreseen, and how it follows; '-' or '@FILE' reads it."
    factors_for: Annotated[str | None, Parameter(name="--for")] = None
    "What spoke for giving it, where the exemption is discretionary."
    factors_against: Annotated[str | None, Parameter(name="--against")] = None
    "What spoke against giving it."
    override: Override | None = None
    "Whether the public interest prevails."
    override_reason: str | None = None
    "How the public interest was weighed."
    severability: str | None = None
    "Why no part of it can be given."

    def reasons(self, at: Desk) -> Reasons | None:
        """The reasons that were given; None if no exemption was."""
        if not self.under:
            return None
        try:
            return Reasons(
                exemptions=self.under,
                paragraph=self.paragraph,
                override=self.override,
                until_on=date_of(self.until_on, option="--until-on") if self.until_on else None,
                harm=at.text(self.harm, "--harm"),
                factors_for=at.text(self.factors_for, "--for"),
                factors_against=at.text(self.factors_against, "--against"),
                override_reason=at.text(self.override_reason, "--override-reason"),
                severability=at.text(self.severability, "--severability"),
            )
        except ValidationError as error:
            raise InvalidCommand(
                "--paragraph must be 100 characters at most: cite the paragraph, and say the rest in --harm."
            ) from error


def ids_meant(said: Sequence[str]) -> tuple[UUID, ...]:
    """The ids that were given, as a list showed them."""
    try:
        return tuple(UUID(each) for each in said)
    except ValueError as error:
        raise InvalidCommand(
            "Each is named by its id, as the list of them shows: give that."
        ) from error
