"""A fact of each topic, at its present schema version, with values that are easily got wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from ledger.case.escalation import chase_steps
from ledger.case.intake import chasing
from ledger.facts import Fact
from ledger.registers import anchors, directory, policies, signing, tray
from ledger.registers.flow import countermeasures, draws, rates, routing_weeks, sequences
from ledger.registers.integrations import imports, provisioned
from ledger.registers.people import parties
from tests.golden.disclosure_examples import of_disclosures
from tests.golden.examples_of_cases import of_clocks, of_custody, of_intake, of_people
from tests.golden.examples_of_keeping import keeping_facts
from tests.golden.examples_of_work import (
    of_contact,
    of_escalation,
    of_history,
    of_outcome,
    of_what_is_owed,
)
from tests.golden.values import (
    ACCENTS,
    COMBINING,
    FIRST,
    LARGEST,
    LEAP_DAY,
    LONG,
    NOON,
    POLICY,
    QUOTED,
    some_id,
)


def _facts() -> Iterable[Fact]:
    yield from keeping_facts()
    yield from of_intake()
    yield from of_people()
    yield from of_clocks()
    yield from of_custody()
    yield from of_what_is_owed()
    yield from of_escalation()
    yield from of_contact()
    yield from of_outcome()
    yield from of_history()
    yield from _of_registers()
    yield from _of_the_tray()
    yield from _of_chases()
    yield from _of_rates()
    yield from _of_draws_and_sequences()
    yield from _of_evidence()
    yield from of_disclosures()


def _of_registers() -> Iterable[Fact]:
    yield directory.AbsenceRecorded(
        absence_id=some_id(15),
        member="N-02",
        from_on=date(2028, 2, 29),
        until_on=None,
        planned=False,
        substitute="N-03",
    )
    yield directory.AbsenceEnded(absence_id=some_id(15), member="N-02", back_on=date(1970, 1, 1))
    yield directory.MemberLeft(member="N-02", left_on=date(2028, 2, 29), successor=None)
    yield provisioned.MemberProposed(
        member="R-09", active=True, teams=("RDW",), roles=("caseworker", "intake")
    )
    yield provisioned.MemberUnlisted(member="R-09")
    yield provisioned.MemberNamedElsewhere(member="R-09", pseudonym="x-0123456789ab")
    yield imports.ImportBegun(
        source="journal d’événements",
        mapping="receipt",
        mapping_digest="1e" * 32,
        format="xes",
        file_digest="2d" * 32,
        names={"x-0123456789ab": "Zoë Ó Súilleabháin", "x-ba9876543210": ""},
    )
    yield imports.ImportFinished(
        report={"rows": LARGEST, "cases": 0, "findings": {"naïve_time": 1}, "began": "première"},
        set_aside={"17": "Row 17: «\u00a031 février\u00a0» is not a date.", "18": None},
    )
    yield parties.PartyRecorded(
        kind="organisation",
        assurance="verified",
        language=None,
        name=LONG,
        contact={"courriel": "élise@exemple.ca", "floors": [0, LARGEST, None], "": {"a": []}},
    )
    yield policies.PolicyPublished(
        number=1,
        digest=POLICY,
        effective_from=FIRST,
        tz_version="2026a",
        document={"format": "caseledger.policy/1", "office": {"fr": "Bureau d’Halifax"}, "n": 0},
        names={"I-02": "Luc Thibodeau", "Ü-01": "李小龍"},
    )


def _of_chases() -> Iterable[Fact]:
    yield chasing.ChaseBegun(
        chase="délai-20",
        policy=POLICY,
        request_type="INC-APP",
        steps=(
            chasing.ChaseStepAt(act="ask", at=NOON, working_days=0),
            chasing.ChaseStepAt(act="warn", at=LEAP_DAY, working_days=15),
        ),
    )
    yield chase_steps.ChaseStepReached(
        escalation_id=some_id(80),
        step=5,
        act="lapse",
        party="leader",
        missing=("household_size", "income"),
        reached_at=NOON,
        by_at=None,
        undecided="not_told",
    )
    yield chase_steps.ChaseLapsed(step=5, missing=(), told_at=FIRST, by_at=LEAP_DAY)
    yield chasing.ChaseStopped(chase="délai-20", reason=COMBINING)


def _of_the_tray() -> Iterable[Fact]:
    yield tray.MachineMailReceived(
        mail_kind="bounce",
        about_case=some_id(0),
        sender="mailer-daemon@exemple.ca",
        subject=ACCENTS,
        digest="ef" * 32,
    )
    yield tray.TrayItemHandled(handling="notice_failed", about_case=some_id(0), words=QUOTED)


def _of_rates() -> Iterable[Fact]:
    yield rates.RateSet(
        team="INC",
        set_on=date(2028, 2, 28),
        target=0,
        target_on=date(2028, 2, 29),
        attendance={"2028-02-29": 50},
        waiting=LARGEST,
        arrivals=0,
        arrivals_days=1,
        season_permille=1150,
        weight=(1, 2),
        per_day=(940, 21),
        capacity=None,
        capacity_from=None,
        feasible=None,
        earliest_days=None,
        median_days=(5, 2),
        below_floor=True,
        counted_upto=LARGEST,
        policy=POLICY,
    )
    yield rates.RateDropped(team="INC", words=QUOTED)
    yield rates.EffortRecorded(
        team="INC",
        on=date(2028, 2, 29),
        contact_minutes=15,
        case_minutes=90,
        staff_minutes_a_day=LARGEST,
        found_by="sampled",
        sample=30,
    )
    yield countermeasures.RateDayClosed(
        team="INC",
        on=date(2028, 2, 29),
        waiting=0,
        per_day=(0, 1),
        needed=LARGEST,
        processed=3,
        returned=4,
    )
    yield countermeasures.MissRecorded(team="INC", on=date(2028, 2, 29), short_by=LARGEST)
    yield countermeasures.CountermeasureRecorded(
        countermeasure_id=some_id(13),
        team="INC",
        missed_on=date(2028, 2, 28),
        cause="hard_cases",
        owner="N-02",
        check_on=date(2028, 2, 29),
        action="Deux personnes au lieu d’une, jusqu’à midi.",
    )
    yield countermeasures.MissJoined(
        countermeasure_id=some_id(13), team="INC", missed_on=date(2028, 2, 29)
    )
    yield countermeasures.CountermeasureClosed(
        countermeasure_id=some_id(13), team="INC", worked=False, words=None
    )
    yield routing_weeks.RoutingWeekClosed(
        week_on=date(2028, 2, 28),
        routed=LARGEST,
        by_default=0,
        above_percent=None,
        not_tried={"région": 1, "danger": 2},
        troubles=("default_overused", "rules_not_tried"),
    )
    yield routing_weeks.RoutingAlertDelivered(week_on=date(2028, 2, 28), method="outbox")
    yield countermeasures.RateAlertDelivered(team="RDW", missed_on=date(2028, 2, 29), method="")
    yield countermeasures.RateNotWorked(
        team="INC", missed_on=date(2028, 2, 29), party="leader", since=LEAP_DAY
    )


def _of_draws_and_sequences() -> Iterable[Fact]:
    yield draws.CallsDrawn(
        team="INC",
        on=date(2028, 2, 29),
        opened_at=NOON,
        head_position=LARGEST,
        head="d" * 43,
        seed="5e" * 32,
        frame={"closed": 0, "waiting": 1, "unanswered_or_returned": LARGEST},
        frame_digest="f7" * 32,
        excluded={"safe contact is set": 3},
        drawn=(draws.DrawnCase(case_id=some_id(15), stratum="waiting"),),
    )
    yield sequences.SequenceSet(
        on=date(2028, 2, 29),
        queues=(
            sequences.QueuePlan(team="INC", hours=40, holds=10, planned_on=date(2028, 3, 31)),
            sequences.QueuePlan(team="INT", hours=0),
        ),
        words=LONG,
    )
    yield sequences.QueueAdvanced(
        team="INC",
        on=date(2028, 2, 29),
        from_state="clearing",
        to_state="cleared",
        hours=10,
        hours_moved=30,
        moved_to="INT",
        words=QUOTED,
    )


def _of_evidence() -> Iterable[Fact]:
    yield anchors.LogAnchored(
        heads="h" * 43, leaves=LARGEST, streams=0, signed_at=LEAP_DAY, witnessed=None
    )
    yield signing.KeyIntroduced(purpose="receipt", key="a/receipts+12345678+AQID/+8=")
    yield signing.KeyRetired(purpose="witness", key="é.example/w+00000000+BAID")
    yield signing.WitnessQuorumSet(quorum=LARGEST)
    yield signing.WitnessAddressed(
        key="é.example/w+00000000+BAID", url="https://witness.example/é?a=1"
    )
    yield signing.EntriesLost(first_position=1, last_position=LARGEST, signed_root="r" * 43)


def examples() -> Mapping[str, Fact]:
    """A fact of each topic by its topic."""
    return {each.topic: each for each in _facts()}
