"""What the simulated office shows when its weeks are over: board, SLA, one case's trail, and the proof."""

from __future__ import annotations

from api.cli.asked_at import Instants
from api.cli.edge import DONE, FOUND
from api.cli.ledgers import office_days
from api.cli.one_case import AboutCase, show_trail
from api.cli.reading import Question, show_board, show_sla
from api.cli.showing import say, show_json, show_table, words
from api.cli.views_compared import views_as_rebuilt
from api.department import OfficeRun
from ledger.evidence.verify import verify
from ledger.ids import case_stream
from ledger.service import Ledger
from projections.board import board
from projections.queues import queue
from projections.sla import sla
from projections.trail import entries_of, trail
from projections.views import Views

_IN_FRENCH = 2


def show_office(ledger: Ledger, views: Views, run: OfficeRun, *, as_json: bool) -> int:
    """Prints the office as it stands, or its figures as JSON; found if verification finds anything."""
    at = ledger.clock()
    views.catch_up(ledger.store)
    policies = ledger.policies()
    days = office_days(policies)
    boarded, clocks = board(views, at=at, days=days), sla(views, at=at)
    verified = verify(ledger.store, ledger.vault)
    findings = [*verified.findings, *views_as_rebuilt(views.location, ledger.store, tell=_nobody)]
    code = FOUND if findings else DONE
    if as_json:
        said = {"entries": verified.entries, "root": verified.root, "findings": findings}
        show_json({"run": run.as_json(), "board": boarded, "sla": clocks, "verified": said})
        return code
    when = Instants(at, None, None)
    question = Question(ledger, views, policies, when, days)
    say(
        f"{policies.in_force(at).policy.office.en}: {run.cases} cases in {run.working_days} working "
        f"days, until {at.astimezone(days.zone):%Y-%m-%d %H:%M}.",
        "",
    )
    show_board(question, boarded)
    say("")
    show_sla(question, clocks)
    say("")
    reference = _telling_case(ledger, views, run)
    about = AboutCase(ledger.find_case(reference), policies, ledger.store.tip(), when, days.zone)
    entries = entries_of(ledger.store, about.stream)
    show_trail(about, trail(entries, policies=policies, language="en"), "en")
    lines = trail(entries, policies=policies, language="fr")[:_IN_FRENCH]
    show_table(
        "The same in French begins",
        [words("what")],
        [(line.sentence,) for line in lines],
        empty="",
    )
    say("")
    if findings:
        show_table("Findings", [words("what")], [(each.sentence,) for each in findings], empty="")
    else:
        say(
            f"Verified: {verified.entries} entries, {verified.sealed_parts} sealed parts, and the views "
            "against a rebuild; all is as it was recorded.",
            f"Merkle root: {verified.root}",
        )
    return code


def _telling_case(ledger: Ledger, views: Views, run: OfficeRun) -> str:
    """The open case to which most has happened; the first one if none is open."""
    at = ledger.clock()
    teams = ledger.policies().in_force(at).policy.teams
    waiting = [each for team in teams for each in queue(views, team, at=at).cases]
    told = {each.row.reference: len(ledger.read(case_stream(each.case_id))) for each in waiting}
    most = max(
        waiting, key=lambda each: (told[each.row.reference], each.row.reference), default=None
    )
    return most.row.reference if most else str(run.first_case)


def _nobody(done: int, of: int) -> None:
    """Nobody is told how far it has come."""
