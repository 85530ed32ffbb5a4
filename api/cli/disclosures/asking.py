"""What every command on a disclosure does: find it, ask its verb, show the receipt, and say what could not follow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Annotated, Any, TypeVar
from uuid import UUID

from cyclopts import Parameter
from pydantic import BaseModel, ValidationError

from api.cli.as_of_checkpoint import proofs_to_give_out
from api.cli.edge import DONE
from api.cli.ledgers import caught_up, office_days, opened_with_views_at_hand
from api.cli.progress import progress_bar
from api.cli.reading.asked_at import AskedThen
from api.cli.showing import warn
from api.cli.wording.as_refused import as_spoken
from api.cli.wording.coded import coded
from api.cli.wording.in_french import told
from api.cli.writing.acting import Acting
from api.cli.writing.given_words import GivenWords
from api.cli.writing.recording import recorded, show_receipt
from api.cli.writing.refused import refused
from api.cli.writing.unfitting import unfitting
from api.cli.writing.ways import said_here
from api.moments import date_of
from api.verbs import Around, Verb, filled, followed
from api.verbs.disclosures import DISCLOSING, disclosure_as_it_stands
from api.verbs.disclosures.asked_of import answering, disclosure_then
from ledger.commands import Command, Request
from ledger.entry import Actor, Entry, Receipt
from ledger.errors import DisclosureNotFound, InvalidCommand, LedgerError
from ledger.ids import derived_uuid
from ledger.input.fitting import first_of
from ledger.keeping import stepped_back
from ledger.personal.opening import Reading
from ledger.policy.acting.acts import REFUSED, Attempt, may
from ledger.policy.acting.roles import roles_of
from ledger.registers.disclosures import STREAM, Disclosure
from ledger.registers.disclosures.grounds import Override, Reasons
from ledger.service import Ledger
from ledger.then import NOW, Then
from ledger.times import EPOCH

M = TypeVar("M", bound=BaseModel)
Id = Annotated[
    str, Parameter(name="ID", help="The disclosure: its id, or the reference of its request.")
]
_OPTIONS = {"cases": "--case"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A verb that was asked: the command that it came to, and its receipt."""

    command: Command
    receipt: Receipt


@dataclass(frozen=True)
class Desk:
    """One disclosure, open on the desk: what lies around it, who acts, how it stands, the words that were given."""

    around: Around
    acting: Acting
    disclosure_id: UUID
    state: Disclosure
    words: GivenWords
    then: Then = NOW

    @property
    def ledger(self) -> Ledger:
        return self.around.ledger

    @property
    def currency(self) -> str | None:
        """That of the office, in which amounts are told."""
        return self.around.policy.office.currency

    def text(self, said: str | None, option: str) -> str | None:
        """A text that was given, or what stands where it points to; None where none was."""
        return None if said is None else self.words.text(said, option=option)

    def own_entries(self, *, purpose: str) -> list[Entry]:
        """The entries of the disclosure itself, opened."""
        stream = f"{STREAM}/{self.disclosure_id}"
        reading = Reading((stream,), purpose, "disclosure", then=self.then)
        (found,) = self.ledger.open_values(reading, actor=self.around.actor)
        return [each.entry for each in found]

    def ask(self, name: str, /, **said: Any) -> Asked:
        """Asks a verb of the disclosure, and what follows from it."""
        return asked(name, self._with(said), self.acting)

    def step(self, name: str, /, **said: Any) -> Asked:
        """The same, of a verb that is a part of what was asked: under an id of its own."""
        return asked(name, self._with(said), self.acting, step=name)

    def record(self, name: str, command: Command) -> Asked:
        """Records a command of a verb that was made here, and what follows from it."""
        around = self._with({})
        refuse_by_the_table(name, around)
        return _recorded(DISCLOSING[name], around, self.acting, command, step=name)

    def _with(self, said: Mapping[str, Any]) -> Around:
        return replace(self.around, given={"disclosure_id": self.disclosure_id, **said})

    def show(self, done: Asked, **made: object) -> int:
        """Shows the receipt."""
        show_receipt(done.receipt, as_json=self.acting.as_json, **made)
        return DONE


def refuse_by_the_table(name: str, around: Around) -> None:
    """Refuses whom the table of acts refuses a verb, as over HTTP; that it was asked is on record."""
    given = around.given
    refuse_act(
        around.ledger,
        around.actor,
        f"disclosure.{name}",
        disclosure_id=given.get("disclosure_id"),
        case_id=given.get("case_id"),
    )


def refuse_act(
    ledger: Ledger,
    actor: Actor,
    act: str,
    *,
    disclosure_id: UUID | None = None,
    case_id: UUID | None = None,
) -> None:
    """The same of any act on one disclosure, or on what is none yet."""
    about = None if disclosure_id is None else f"{STREAM}/{disclosure_id}"
    if disclosure_id is not None:
        case_id = disclosure_as_it_stands(ledger, disclosure_id).case_id
    left = case_id is not None and stepped_back(ledger, actor, case_id)
    roles = roles_of(ledger.policies().in_force(ledger.clock()).policy, actor)
    found = may(Attempt(act, roles, frozenset({"recused"} if left else {"none"})))
    if not found.allowed:
        sentence = (
            f"Nothing was done, and that it was asked is recorded: it was asked by {actor.id}, "
            f"{REFUSED[found.reason]}; ask somebody whose task it is."
        )
        raise refused(ledger, actor, ground=found.reason, sentence=sentence, about=about)


def asked(name: str, around: Around, acting: Acting, *, step: str | None = None) -> Asked:
    """Asks a verb with what was given, and what follows from it."""
    refuse_by_the_table(name, around)
    verb = DISCLOSING[name]
    given = dict(around.given)
    around = replace(around, given=given)
    if verb.own is not None:
        given[verb.own] = verb.own_id(around.ledger, acting.own_command_id())
    filled(verb, around, given)
    return _recorded(verb, around, acting, built(verb.command, **given), step=step)


def _recorded(
    verb: Verb, around: Around, acting: Acting, command: Command, *, step: str | None
) -> Asked:
    """Records a command; what could not follow from it is said on stderr."""
    request = acting.request(command, around.actor)
    if step is not None:
        request = _part_of(request, step)
    by = around.actor if verb.machine is None else verb.machine()
    receipt = recorded(around.ledger, replace(request, actor=by), verbose=acting.verbose)
    for each in followed(verb, around, request, receipt):
        if isinstance(each.outcome, LedgerError):
            why = said_here(as_spoken(str(each.outcome)))
            warn("Recorded, but not on the case of the request: {why}", why=why)
    return Asked(command, receipt)


def own_id_of(done: Asked, name: str) -> str:
    """The id of what a verb recorded, as it is shown."""
    return str(getattr(done.command, name))


def _part_of(request: Request, step: str) -> Request:
    asked_under = request.command_id
    own = None if asked_under is None else derived_uuid(EPOCH, str(asked_under), step)
    return replace(request, command_id=own, expected_version=None)


@contextmanager
def surroundings(acting: Acting, given: Mapping[str, Any]) -> Iterator[Around]:
    """The ledger and what lies around a verb, for whoever acts."""
    acting.named()
    with opened_with_views_at_hand() as (ledger, open_views):
        policies = ledger.policies()
        actor = acting.actor(ledger, policies)
        proofs = partial(proofs_to_give_out, ledger)
        yield Around(
            ledger,
            open_views,
            policies,
            actor,
            given,
            _option_of,
            lambda: caught_up(open_views(), ledger),
            proofs,
            progress_bar,
        )


def _option_of(field: str) -> str:
    return _OPTIONS.get(field, f"--{field.replace('_', '-')}")


@contextmanager
def desk(said: str, acting: Acting, asked: AskedThen = AskedThen()) -> Iterator[Desk]:
    """The disclosure that is meant, ready to be worked on, or as it stood at the instant that is asked about."""
    with surroundings(acting, {}) as around:
        ledger, days = around.ledger, office_days(around.policies)
        then = asked.instants(days, now=ledger.clock()).then
        disclosure_id = disclosure_meant(ledger, said)
        state = disclosure_then(ledger, disclosure_id, then)
        if state.case_id is None:
            raise DisclosureNotFound(
                "Nothing was known of this disclosure then: ask about a later instant."
            )
        yield Desk(around, acting, disclosure_id, state, GivenWords(), then)


def disclosure_meant(
    ledger: Ledger, said: str, *, among: Callable[[Disclosure], bool] = lambda _: True
) -> UUID:
    """The disclosure of this id, or the one that answers the case of this reference; InvalidCommand where several do.

    By a reference one `among` those is meant that can be. Those that were ended count for none, unless all were: then
    it is the newest.
    """
    try:
        known = UUID(said)
    except ValueError:
        case_id = ledger.find_case(said)
        found = [each for each in answering(ledger, case_id) if among(each[1])]
        if not found:
            raise DisclosureNotFound(
                f"No disclosure answers {said} yet: begin one with `caseledger disclosure begin {said}`."
            ) from None
        standing = [each for each in found if not each[1].ended] or found[-1:]
        if len(standing) > 1:
            ids = ", ".join(
                told("{id} (for: {audience})", id=key, audience=coded("audience", each.audience))
                for key, each in standing
            )
            raise InvalidCommand(
                f"Several disclosures answer {said}: say which by its id: {ids}."
            ) from None
        return standing[0][0]
    disclosure_as_it_stands(ledger, known).known()
    return known


def built(kind: type[M], **said: Any) -> M:
    """The command, or a part of one; InvalidCommand names what is wrong in it."""
    try:
        return kind(**said)
    except ValidationError as error:
        raise unfitting(error, first_of(error)[0].replace("_", "-")) from error


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


def ids_meant(said: Sequence[str], *, among: Iterable[UUID]) -> tuple[UUID, ...]:
    """The ids that were given, or those `among` which have these numbers in the list that showed them."""
    known = [*among]
    try:
        return tuple(_numbered(each, known) or UUID(each) for each in said)
    except ValueError as error:
        raise InvalidCommand(
            "Each is named by its number or its id, as the list of them shows: give that."
        ) from error


def _numbered(said: str, known: Sequence[UUID]) -> UUID | None:
    place = int(said) if said.isdecimal() and len(said) < _DIGITS_OF_AN_ID else 0
    return known[place - 1] if 1 <= place <= len(known) else None


_DIGITS_OF_AN_ID = 32
