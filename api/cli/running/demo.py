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
from api.cli.office.queues import show_sla
from api.cli.policies.rehearsing import show_rehearsal, totals
from api.cli.reading.about_case import AboutCase
from api.cli.reading.asked_at import Instants
from api.cli.reading.question import Question
from api.cli.showing import local, say, show_json, show_table, words
from api.cli.wording.as_refused import as_spoken
from api.cli.wording.in_french import numbered, told
from api.cli.wording.spoken import spoken
from api.department import YearLived
from api.department.year import NEW_LAW_ON
from ledger.evidence.verifying.verify import verify
from ledger.policy.values import Language
from ledger.service import Ledger
from projections.flow.board import board
from projections.lists.sla import ClockCount, sla
from projections.one_case.trail import entries_of, trail
from projections.policies.rehearsal import RehearsedClock, rehearsed
from projections.views import Views

_IN_THE_OTHER = 2
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
        lived: dict[str, Any] = {"run": run.as_json(), "board": boarded, "rates": rates}
        show_json({**lived, "sla": clocks, "rehearsal": rehearsal, "verified": said})
        return code
    say(
        told(
            "{office}: {cases} in {days}, until {at}.",
            office=policies.in_force(at).policy.office.say(spoken()),
            cases=numbered(run.cases, "{count} case", "{count} cases"),
            days=numbered(run.working_days, "{count} working day", "{count} working days"),
            at=local(at, days.zone),
        ),
        "",
    )
    show_board(question, boarded)
    say("")
    show_rates(question, rates)
    say("")
    show_sla(question, replace(clocks, clocks=tuple(_worst(clocks.clocks))))
    say(told("The {count} that need most; `caseledger sla` shows all.", count=_WORST), "")
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
        said = [(as_spoken(each.sentence),) for each in findings]
        show_table("Findings", [words("what")], said, empty="")
    else:
        say(
            told(
                "Verified: {entries}, {parts}, and the views against a rebuild; all is as it was recorded.",
                entries=numbered(verified.entries, "{count} entry", "{count} entries"),
                parts=numbered(
                    verified.sealed_parts, "{count} sealed part", "{count} sealed parts"
                ),
            ),
            told("Merkle root: {root}", root=verified.root),
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
    other: Language = "fr" if spoken() == "en" else "en"
    lines = trail(entries, policies=policies, language=other)[:_IN_THE_OTHER]
    title = "The same in French begins" if other == "fr" else "The same in English begins"
    show_table(title, [words("what")], [(line.sentence,) for line in lines], empty="")
    say("", told("How each of its dates was reckoned"), "")
    read = [each.entry for each in ledger.read(about.stream)]
    show_reckonings(read, policies, at=when.at, language=spoken())


def _nobody(done: int, of: int) -> None:
    """Nobody is told how far it has come."""
