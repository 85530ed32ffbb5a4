"""Where a case is: with whom, what is due first and what it lacks, under the receipt of what may have changed that."""

from __future__ import annotations

from api.cli.ledgers import clock_zone, office_days
from api.cli.showing import due, say
from api.verbs import Around
from ledger.case.clocks.standing import deadlines
from ledger.case.intake.needs import Need, told_of
from ledger.case.state import Case
from ledger.commands import Command
from ledger.entry import Receipt
from ledger.ids import reference_of
from ledger.policy.document.policy import Policy


def show_place(around: Around, command: Command, receipt: Receipt) -> None:
    """Says where the case is, as it stands now."""
    case: Case = around.ledger.state_of(receipt.stream)
    zone = office_days(around.policies).zone
    said = [_with_whom(case, around.policy)]
    if dated := deadlines(case, around.policies):
        first, code = min(dated)
        late = "overdue since" if first <= around.ledger.clock() else "first due"
        said.append(f"{late} {due(first, zone, of=clock_zone(around.policies, code))} ({code})")
    if case.missing:
        said.append(f"missing {', '.join(sorted(case.missing))}")
    say(f"{'; '.join(said)}.")
    for need in _unconfirmed(case, around.policy):
        asked = f"`caseledger confirm-need {reference_of(receipt.subject_id)} {need}`"
        say(f"They told of {need}, and nobody has confirmed it: {asked} once it is seen.")
    if case.moves.decide_by is not None:
        by = due(case.moves.decide_by, zone)
        say(f"It stands still until it is adjudicated, by {by}: `caseledger adjudicate`.")
    if case.proposal is not None:
        by = f"{case.proposal.team}, by {due(case.proposal.confirm_by, zone)}"
        say(f"It is to be confirmed by somebody of {by}: `caseledger confirm`.")


def _unconfirmed(case: Case, policy: Policy) -> tuple[Need, ...]:
    kind = policy.types.get(case.request_type or "")
    unmet = kind.unmet(case.needs) if kind is not None and case.status == "open" else ()
    return told_of(unmet, case.answered, policy)


def _with_whom(case: Case, policy: Policy) -> str:
    if case.status == "resolved":
        if case.resolution is not None and case.resolution.returning is not None:
            return (
                "It is resolved; somebody says by `caseledger decide-return` whether it came back"
            )
        return "It is resolved: `caseledger reopen` opens it again"
    if case.team is None:
        return "With nobody yet"
    found = policy.teams.get(case.team)
    team = case.team if found is None else f"{case.team} {found.en}"
    if case.owner is not None:
        return f"With {case.owner} of {team}"
    return f"Waits for its turn with {team}"
