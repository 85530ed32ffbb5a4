"""What the simulated department shows when its months are over: board, rates, SLA, one case, and the proof."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from api.cli.cases.one_case import show_trail
from api.cli.due.of_a_case import show_reckonings
from api.cli.edge import DONE, FOUND
from api.cli.evidence.views_compared import views_as_rebuilt
from api.cli.flow.rates import rates_today, show_rates
from api.cli.ledgers import office_days
from api.cli.office.board import show_board
from api.cli.office.reading import show_sla
from api.cli.policies.rehearsing import show_rehearsal, totals
from api.cli.reading.about_case import AboutCase
from api.cli.reading.asked_at import Instants
from api.cli.reading.question import Question
from api.cli.showing import say, show_json, show_table, words
from api.cli.wording.spoken import spoken
from api.department import YearLived
from api.department.year import NEW_LAW_ON
from ledger.evidence.verifying.verify import verify
from ledger.input.quoting import counted, in_entries
from ledger.service import Ledger
from projections.flow.board import board
from projections.lists.sla import ClockCount, sla
from projections.one_case.trail import entries_of, trail
from projections.policies.rehearsal import RehearsedClock, rehearsed
from projections.views import Views

_IN_FRENCH = 2
_WORST = 12
_ACCESS = "FOI-"


def show_department(ledger: Ledger, views: Views, run: YearLived, *, as_json: bool) -> int:
    """Prints the department as it stands, or its figures as JSON; found if verification finds anything."""
    at = ledger.clock()
    views.catch_up(ledger.store)
    policies = ledger.policies()
    when, days = Instants(at, None, None), office_days(policies)
    question = Question(ledger, views, policies, when, days)
    rates = rates_today(question)
    boarded = board(views, at=at, days=days, rates=[each.day for each in rates])
    clocks = sla(views, at=at)
    access = list(_of_access(ledger, views))
    verified = verify(ledger.store, ledger.vault)
    findings = [*verified.findings, *views_as_rebuilt(views.location, ledger.store, tell=_nobody)]
    code = FOUND if findings else DONE
    if as_json:
        said = {"entries": verified.entries, "root": verified.root, "findings": findings}
        rehearsal = {"on": NEW_LAW_ON, "totals": totals(access), "clocks": access}
        told: dict[str, Any] = {"run": run.as_json(), "board": boarded, "rates": rates}
        show_json({**told, "sla": clocks, "rehearsal": rehearsal, "verified": said})
        return code
    say(
        f"{policies.in_force(at).policy.office.en}: {counted(run.cases, 'case', 'cases')} in "
        f"{counted(run.working_days, 'working day', 'working days')}, until {at.astimezone(days.zone):%Y-%m-%d %H:%M}.",
        "",
    )
    show_board(question, boarded)
    say("")
    show_rates(question, rates)
    say("")
    show_sla(question, replace(clocks, clocks=tuple(_worst(clocks.clocks))))
    say(f"The {_WORST} that need most; `caseledger sla` shows all.", "")
    for case_id in run.told_cases:
        _show_case(question, case_id)
    show_rehearsal(
        access,
        access,
        NEW_LAW_ON,
        days.zone,
        dict.fromkeys((each.clock for each in access), days.zone),
    )
    say("")
    if findings:
        show_table("Findings", [words("what")], [(each.sentence,) for each in findings], empty="")
    else:
        say(
            f"Verified: {in_entries(verified.entries)}, "
            f"{counted(verified.sealed_parts, 'sealed part', 'sealed parts')}, and the views "
            "against a rebuild; all is as it was recorded.",
            f"Merkle root: {verified.root}",
        )
    return code


def _worst(clocks: Iterable[ClockCount]) -> list[ClockCount]:
    """The counts with most that is late or soon will be."""
    return sorted(
        clocks, key=lambda each: (each.overdue, each.due_soon, each.ended_late), reverse=True
    )[:_WORST]


def _of_access(ledger: Ledger, views: Views) -> Iterable[RehearsedClock]:
    """The open clocks of access requests, by today's law and by the one that is about to be in force."""
    other = ledger.policies().in_force(ledger.clock()).compiled
    found = rehearsed(ledger, views, other, on=NEW_LAW_ON)
    return [each for each in found if each.clock.startswith(_ACCESS)]


def _show_case(question: Question, case_id: UUID) -> None:
    """One case from receipt to review: what happened, and how each of its dates was reckoned."""
    ledger, policies, when = question.ledger, question.policies, question.when
    about = AboutCase(
        case_id=case_id,
        policies=policies,
        position=ledger.store.tip(),
        when=when,
        zone=question.days.zone,
    )
    entries = entries_of(ledger.store, about.stream)
    show_trail(about, trail(entries, policies=policies, language=spoken()))
    lines = trail(entries, policies=policies, language="fr")[:_IN_FRENCH]
    french = [(line.sentence,) for line in lines]
    show_table("The same in French begins", [words("what")], french, empty="")
    say("", "How each of its dates was reckoned", "")
    told = [each.entry for each in ledger.read(about.stream)]
    show_reckonings(told, policies, at=when.at, language="en")


def _nobody(done: int, of: int) -> None:
    """Nobody is told how far it has come."""
