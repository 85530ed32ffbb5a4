"""Where a case is: with whom, what is due first and what it lacks, under the receipt of what may have changed that."""

from __future__ import annotations

from api.cli.ledgers import clock_zone, office_days
from api.cli.showing import due, say
from api.cli.wording.coded import coded, fields_said, with_name
from api.cli.wording.in_french import told
from api.verbs import Around
from ledger.case.clocks.standing import deadlines
from ledger.case.intake.information import AskedAgain
from ledger.case.intake.needs import Need, told_of
from ledger.case.outcome.settling import DecideReturn
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
        late = first <= around.ledger.clock()
        text = "overdue since {at} ({clock})" if late else "first due {at} ({clock})"
        by = due(first, zone, of=clock_zone(around.policies, code))
        said.append(told(text, at=by, clock=code))
    if case.missing:
        said.append(
            told("missing {fields}", fields=fields_said(sorted(case.missing), around.policy))
        )
    say("; ".join(said) + ".")
    for need in _unconfirmed(case, around.policy):
        asked = f"`caseledger confirm-need {reference_of(receipt.subject_id)} {need}`"
        say(
            told(
                "They told of {need}, and nobody has confirmed it: {asked} once it is seen.",
                need=coded("need", need),
                asked=asked,
            )
        )
    handed = case.handover
    if handed is not None and handed.accept_by is not None and not handed.unanswered:
        to = with_name(handed.to_team, around.policy, "teams")
        say(
            told(
                "It is to be accepted by {to}, by {by}; until then whoever handed it over answers for it.",
                to=f"{handed.to_owner}, {to}" if handed.to_owner else to,
                by=due(handed.accept_by, zone),
            )
        )
    if case.moves.decide_by is not None:
        by = due(case.moves.decide_by, zone)
        say(
            told(
                "It stands still until it is adjudicated, by {by}: `caseledger adjudicate`.", by=by
            )
        )
    if case.proposal is not None:
        say(
            told(
                "It is to be confirmed by somebody of {team}, by {by}: `caseledger confirm`.",
                team=case.proposal.team,
                by=due(case.proposal.confirm_by, zone),
            )
        )


def show_asked(around: Around, command: Command, receipt: Receipt) -> None:
    """Says which of what was asked for the requester had given before, as the handover of the case held it."""
    latest = around.ledger.read(receipt.stream, upto_version=receipt.version)[-1].entry.fact
    if isinstance(latest, AskedAgain):
        say(
            told(
                "They gave this before, and the handover of the case held it: {fields}. That they were asked again is "
                "on record.",
                fields=fields_said(latest.fields, around.policy),
            )
        )


def show_decided(around: Around, command: Command, receipt: Receipt) -> None:
    """Says what follows from what a person made of a contact after the resolution."""
    if isinstance(command, DecideReturn) and command.answer == "new_matter":
        say(
            told(
                "It is for a case of its own: `caseledger open` it, then `caseledger link` that one to {reference}.",
                reference=reference_of(receipt.subject_id),
            )
        )
        return
    show_place(around, command, receipt)


def _unconfirmed(case: Case, policy: Policy) -> tuple[Need, ...]:
    kind = policy.types.get(case.request_type or "")
    unmet = kind.unmet(case.needs) if kind is not None and case.status == "open" else ()
    return told_of(unmet, case.answered, policy)


def _with_whom(case: Case, policy: Policy) -> str:
    if case.status == "resolved":
        if case.resolution is not None and case.resolution.returning is not None:
            return told(
                "It is resolved; somebody says by `caseledger decide-return` whether it came back"
            )
        return told("It is resolved: `caseledger reopen` opens it again")
    if case.team is None:
        return told("With nobody yet")
    team = with_name(case.team, policy, "teams")
    if case.owner is not None:
        return told("With {owner} of {team}", owner=case.owner, team=team)
    return told("Waits for its turn with {team}", team=team)
