"""The directory of staff from the command line: shown, and taken in from the system that knows who is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import Parameter

from api.channels.directories import (
    Change,
    Compared,
    Leaving,
    Listed,
    Person,
    Unsettled,
    compared,
    proposed,
    read_directory,
)
from api.cli.edge import DONE, FOUND
from api.cli.ledgers import office_days, opened, opened_with_views
from api.cli.office.attendance import rehomed
from api.cli.office.finding import stands_said
from api.cli.reading.asked_at import Asked
from api.cli.showing import Column, say, show_json, show_table, words
from api.cli.wording.as_refused import as_spoken
from api.cli.wording.coded import listed
from api.cli.wording.in_french import FRENCH, Spoken, numbered, told
from api.cli.wording.spoken import speaking
from api.cli.writing.acting import Acting
from api.new_files import new_file
from api.policy_files import read_policy_file, shipped_packs
from api.shown.presence import members
from ledger.commands import Request
from ledger.entry import Actor
from ledger.errors import InvalidCommand, LedgerError, NotAuthorised, Refusal
from ledger.policies_then import version_then
from ledger.policy.document.policy import Member, Policy
from ledger.policy.reading.toml import read_policy
from ledger.registers.directory import RecordLeaver
from ledger.service import Ledger
from projections.views import Views

CodeIn = Literal["externalId", "userName"]


def show(*, language: Spoken = "en", asked: Asked = Asked()) -> int:
    """Shows who is a member, of which teams and in which roles, and who is absent or has left."""
    with speaking(language), opened() as ledger:
        policies = ledger.policies()
        days = office_days(policies)
        when = asked.instants(days, now=ledger.clock())
        policy = version_then(ledger, when.then, when.at).policy
        directory, on = ledger.directory(when.then), days.date_of(when.at)
        found = tuple(members(directory, policy, on))
        if asked.as_json:
            show_json({"on": on, "members": found})
            return DONE
        show_table(
            told("Members on {on}", on=on),
            [Column("member"), Column("teams"), words("roles"), Column("stands")],
            [
                (
                    each.member, ", ".join(each.teams), listed("role", each.roles),
                    stands_said(each.stands, each.stands_on),
                )
                for each in found
            ],
            empty="The policy in force has no members.",
        )  # fmt: skip
    return DONE


def import_(
    file: Annotated[Path, Parameter(name="FILE", help="Users in SCIM 2.0 (JSON), or CSV.")],
    /,
    *,
    code_in: Annotated[CodeIn, Parameter(name="--code-in")] = "externalId",
    policy: Annotated[Path | None, Parameter(name="--policy")] = None,
    out: Annotated[Path | None, Parameter(name="--out")] = None,
    dry_run: Annotated[bool, Parameter(name="--dry-run", negative="")] = False,
    member: Annotated[str | None, Parameter(name="--as", env_var="CASELEDGER_ACTOR")] = None,
    role: Annotated[str | None, Parameter(name="--role")] = None,
    as_json: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> int:
    """Records who has left, and proposes joiners and changes as a policy to be published; exit code 1 if any waits.

    Parameters
    ----------
    code_in
        The attribute that holds a member's code, if there is no column `code`; userName where it is empty.
    policy
        The policy file that the proposal is to be made from.
    out
        Where the proposed policy is written.
    dry_run
        Say what would follow, and record nothing.
    member
        Who acts: the leader of whoever leaves, or the director.
    role
        The role acted in.
    as_json
        Answer as JSON.
    """
    acting = Acting(member=member, role=role)
    _refuse_half(policy, out)
    acting.named()
    listed = read_directory(_bytes(file), file=file.name, code_in=code_in)
    with opened_with_views() as (ledger, views):
        policies, now = ledger.policies(), ledger.clock()
        in_force, today = policies.in_force(now).policy, office_days(policies).date_of(now)
        actor = acting.actor(ledger, policies)
        found = compared(listed, in_force, ledger.directory(), today=today)
        by_hand = _proposed(policy, out, found.changes)  # what is refused here, nobody has left for
        settled = [] if dry_run else [_left(ledger, views, each, actor) for each in found.leaving]
    result = _Result(listed, found, settled, by_hand, dry_run=dry_run)
    if as_json:
        show_json(result.as_json())
    else:
        result.tell(out)
    return result.code


def proposals(
    *,
    policy: Annotated[Path | None, Parameter(name="--policy")] = None,
    out: Annotated[Path | None, Parameter(name="--out")] = None,
    language: Spoken = "en",
    asked: Asked = Asked(),
) -> int:
    """Shows whom the directory's system proposes over SCIM and the policy does not have; exit code 1 if any waits.

    Parameters
    ----------
    policy
        The policy file that the proposal is to be made from.
    out
        Where the proposed policy is written.
    """
    with speaking(language):
        _refuse_half(policy, out)
        people, found = _proposed_over_scim(asked)
        by_hand = _proposed(policy, out, found.changes)
        result = _Result(people, found, (), by_hand, dry_run=False)
        if asked.as_json:
            show_json(result.as_json())
        else:
            result.tell(out)
    return FOUND if found.changes and out is None else result.code


def _proposed_over_scim(asked: Asked) -> tuple[Listed, Compared]:
    """Whom the directory's system proposes, and what follows from it."""
    with opened() as ledger:
        days = office_days(ledger.policies())
        when = asked.instants(days, now=ledger.clock())
        in_force = version_then(ledger, when.then, when.at).policy
        today, directory = days.date_of(when.at), ledger.directory(when.then)
    people = Listed(
        tuple(
            Person(code, active=True, groups=each.teams or None, roles=each.roles or None)
            for code, each in sorted(directory.proposals.items())
            if each.active and code not in directory.leavers
        ),
        (),
    )
    return people, compared(people, in_force, directory, today=today)


def _refuse_half(policy: Path | None, out: Path | None) -> None:
    if (policy is None) != (out is None):
        raise InvalidCommand("--policy and --out go together: the file as it is, and the proposal.")


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise InvalidCommand(
            f"{file} cannot be read ({error.strerror}): give users in SCIM, or CSV."
        ) from error


def _left(ledger: Ledger, views: Views, leaving: Leaving, actor: Actor) -> int | Unsettled:
    """How many cases were given to somebody else, or why the leaver could not be recorded."""
    command = RecordLeaver(
        directory_id=ledger.directory_id,
        member=leaving.member,
        left_on=leaving.left_on,
        successor=leaving.successor,
    )
    (outcome,) = ledger.handle_all([Request(command, actor)])
    match outcome:
        case Refusal() | InvalidCommand() | NotAuthorised():
            return Unsettled(leaving.member, str(outcome))
        case LedgerError():
            raise outcome
        case _:
            return rehomed(ledger, views, leaving.member, actor)


def _proposed(policy: Path | None, out: Path | None, changes: Sequence[Change]) -> tuple[str, ...]:
    """Writes the policy with the changes, once it is seen to say just that; who is to be changed by hand."""
    if policy is None or out is None:
        return ()
    before, text = read_policy_file(policy)
    said, by_hand = proposed(text, changes)
    made = [each for each in changes if each.member not in by_hand]
    after = read_policy(said, file=out.name, packs=shipped_packs)
    members = {**before.members, **{each.member: _member_after(before, each) for each in made}}
    if after != before.model_copy(update={"members": members}):
        raise InvalidCommand(
            f"{policy.name} cannot be changed line by line: write each member on a line of their own under "
            "[members], or make the changes by hand."
        )
    with new_file(out) as file:
        file.write(said.encode())
    return by_hand


def _member_after(before: Policy, change: Change) -> Member:
    known = {} if change.joins else before.members[change.member].model_dump(exclude_unset=True)
    return Member.model_validate({**known, **change.fields})


@dataclass(frozen=True, slots=True)
class _Result:
    """What became of a file."""

    listed: Listed
    found: Compared
    settled: Sequence[int | Unsettled]
    by_hand: Sequence[str]
    dry_run: bool

    @property
    def waiting(self) -> tuple[Unsettled, ...]:
        """Everybody for whom a person has to do something."""
        refused = tuple(each for each in self.settled if isinstance(each, Unsettled))
        by_hand = (
            Unsettled(each, "has no line of their own in the policy file: change it by hand")
            for each in self.by_hand
        )
        return (*self.found.unsettled, *refused, *by_hand)

    @property
    def code(self) -> int:
        return FOUND if self.waiting or self.listed.set_aside or not self.listed.whole else DONE

    @property
    def left(self) -> list[tuple[Leaving, int | None]]:
        """Who was recorded as having left, and how many of their cases went to somebody else."""
        if self.dry_run:
            return [(each, None) for each in self.found.leaving]
        both = zip(self.found.leaving, self.settled, strict=True)
        return [(each, moved) for each, moved in both if isinstance(moved, int)]

    def as_json(self) -> dict[str, object]:
        """It for a program; names of people are only in the proposed policy."""
        return {
            "recorded": not self.dry_run,
            "left": [
                {
                    "member": each.member,
                    "left_on": each.left_on,
                    "successor": each.successor,
                    "rehomed": moved,
                }
                for each, moved in self.left
            ],
            "proposed": [
                {"member": each.member, "joins": each.joins, "fields": _nameless(each)}
                for each in self.found.changes
            ],
            "waiting": self.waiting,
            "set_aside": [{"row": row, "why": why} for row, why in self.listed.set_aside],
            "unchanged": self.found.unchanged,
            "whole": self.listed.whole,
        }

    def tell(self, out: Path | None) -> None:
        """It for a person."""
        rows = [
            (
                each.member,
                told("would leave") if self.dry_run else told("left"),
                _of_leaving(each, moved),
            )
            for each, moved in self.left
        ]
        rows += [
            (each.member, told("joins") if each.joins else told("changes"), _of_change(each))
            for each in self.found.changes
        ]
        rows += [(each.member, told("waits"), _why(each.why)) for each in self.waiting]
        rows += [
            (told("row {row}", row=row), told("set aside"), _why(why))
            for row, why in self.listed.set_aside
        ]
        show_table(
            "What the directory says",
            [Column("member"), Column("what"), words("more")],
            rows,
            empty="Nothing that is not so already.",
        )
        say(numbered(self.found.unchanged, "{count} is as before.", "{count} are as they were."))
        if not self.listed.whole:
            say(told("The file is one page of more: give the others too."))
        if self.found.changes:
            say(
                told(
                    "Joiners and changes are proposed in {out}: read it, then `caseledger policy publish {out}`.",
                    out=out,
                )
                if out is not None
                else told(
                    "Joiners and changes are for the policy: give --policy FILE --out PROPOSED to have them written "
                    "into it."
                )
            )


def _nameless(change: Change) -> dict[str, Any]:
    return {name: value for name, value in change.fields.items() if name != "name"}


def _of_leaving(leaving: Leaving, moved: int | None) -> str:
    said = (
        told("on {on}, {successor} takes over", on=leaving.left_on, successor=leaving.successor)
        if leaving.successor
        else told("on {on}, nobody named takes over", on=leaving.left_on)
    )
    if moved is None:
        return said
    return f"{said}, {numbered(moved, '{count} case re-homed', '{count} cases re-homed')}"


def _of_change(change: Change) -> str:
    said = _nameless(change).items()
    return "; ".join(
        f"{told(name)} {listed('role', codes) if name == 'roles' else ', '.join(codes)}"
        for name, codes in said
    )


def _why(said: str) -> str:
    """Why somebody waits for a person, or a row was set aside: a refusal, or a reason of the directory's own."""
    return told(said) if said in FRENCH else as_spoken(said)
