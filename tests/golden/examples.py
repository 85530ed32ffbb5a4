"""A fact of each topic, at its present schema version, with values that are easily got wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from uuid import UUID

from ledger.case import (
    adjudication,
    alarms,
    calls,
    care,
    chasing,
    climbing,
    clocks,
    confirming,
    contact,
    corrections,
    custody,
    escalation,
    extending,
    followups,
    history,
    information,
    intake,
    links,
    needs,
    notices,
    outcome,
    overdue,
    people,
    promises,
    pulling,
    readiness,
    recusal,
    referral,
    rehoming,
    restated,
    restating,
    returning,
    returns,
    review,
    routing,
    safe_contact,
    settling,
    severity,
    tasks,
    unanswered,
    waiting,
)
from ledger.facts import Answers, Fact
from ledger.registers import (
    anchors,
    countermeasures,
    directory,
    draws,
    imports,
    parties,
    policies,
    rates,
    representing,
    routing_weeks,
    sequences,
    signing,
    tray,
)
from ledger.registers import safe_contact as party_safe_contact
from tests.golden.disclosure_examples import of_disclosures
from tests.golden.examples_of_keeping import keeping_facts

LARGEST = 2**53 - 1
POLICY = "5c0f" * 16
REQUESTER = UUID("0197a000-0000-7000-8000-0000000000aa")
NOON = datetime(2026, 3, 8, 16, 0, tzinfo=UTC)
LEAP_DAY = datetime(2028, 2, 29, 23, 59, 59, 999999, tzinfo=UTC)
FIRST = datetime(1970, 1, 1, tzinfo=UTC)
LONG = " ".join(
    ["Neige mouillée,", "verglas…", "\u00a0dit-elle\t–", "ŝŭ 雪 ❄️ \U0001f9ca\r\n"] * 120
)
ACCENTS = "Élise «\u00a0Zoë\u00a0» d’Entremont-Ó Súilleabháin"
COMBINING = "e\u0301 is not \u00e9,\u2028 nor is \u1e9b\u0323 \u017f\u0323\u0307"
QUOTED = 'She said: "back\\slash" / \b\f\n\r\t\x7f\u0000\u001f.'
CERTIFICATE = {
    "unit": "working_days",
    "amount": 10,
    "counted": 0,
    "largest": LARGEST,
    "smallest": -LARGEST,
    "none": None,
    "yes": True,
    "no": False,
    "zone": "America/Halifax",
    "disregarded": [["2026-03-08", "2026-03-09"], []],
    "empty": {},
    "neuf": {"é": "ç", "z": 1, "A": 2, "a": 3, "": "no name"},
}


def _id(number: int) -> UUID:
    return UUID(int=0x0197A000_0000_7000_8000_000000000000 + number)


def _rungs() -> tuple[clocks.RungAt, ...]:
    return (
        clocks.RungAt(code="three-quarters", at=NOON, parties=("owner",)),
        clocks.RungAt(code="breach", at=LEAP_DAY, parties=("owner", "leader")),
        clocks.RungAt(code="nobody-told", at=FIRST, parties=()),
    )


def _facts() -> Iterable[Fact]:
    yield from keeping_facts()
    yield from _of_intake()
    yield from _of_people()
    yield from _of_clocks()
    yield from _of_custody()
    yield from _of_what_is_owed()
    yield from _of_escalation()
    yield from _of_contact()
    yield from _of_outcome()
    yield from _of_history()
    yield from _of_registers()
    yield from _of_the_tray()
    yield from _of_chases()
    yield from _of_rates()
    yield from _of_draws_and_sequences()
    yield from _of_evidence()
    yield from of_disclosures()


def _of_intake() -> Iterable[Fact]:
    yield intake.CaseOpened(
        reference="7ZK3Q-0M9TB-4",
        channel="desk",
        channel_family="walk_in",
        request_type="INC-APP",
        programme="INC",
        region="WES-CLARE",
        language="fr",
        severity="rights_or_money_at_a_date",
        severity_criterion=None,
        urgency_stated=True,
        flags=("adjustment", "safe-contact"),
        effort_points=0,
        reached_body_at=NOON,
        reached_office_at=None,
        complete_at=LEAP_DAY,
        answered=("household_size", "income", "name"),
        missing=(),
        requester=REQUESTER,
        policy=POLICY,
        answers=Answers(
            office={"household_size": LARGEST, "since_when": None, "danger_now": False},
            personal={"name": ACCENTS, "income": 0, "description": LONG, "contact": None},
        ),
        source="Grüße/ιστός",
        external_id="№ 17/2026",
    )
    yield intake.CaseClassified(
        request_type="RDW-POT",
        programme="RDW",
        region=None,
        language=None,
        severity="immediate_danger",
        severity_criterion="critère: chaussée effondrée",
        flags=(),
        effort_points=LARGEST,
        missing=("civic_location",),
        complete_at=None,
        policy=POLICY,
        reason=COMBINING,
    )
    yield information.InformationRequested(
        request_id=_id(1),
        fields=("income", "since_when"),
        reply_by=LEAP_DAY,
        channel=None,
        words="Veuillez joindre   trois relevés.\n\nMerci! ",
    )
    yield information.AskedAgain(request_id=_id(1), fields=("income", "since_when"))
    yield information.InformationReceived(
        request_id=None,
        channel="letter",
        answered=("income",),
        missing=("since_when",),
        flags_raised=("adjustment",),
        complete_at=None,
        requester=REQUESTER,
        answers=Answers(
            office={"since_when": "2026-02-29?"},
            personal={"income": -LARGEST, "adjustment": "", "safe_contact": True},
        ),
    )
    yield routing.CaseRouted(
        policy=POLICY,
        team="INC",
        rule="income-in-french",
        by_default=False,
        decided={"rule": "income-in-french", "load": {"INC": 0, "INT": LARGEST}, **CERTIFICATE},
    )


def _of_people() -> Iterable[Fact]:
    yield people.CasePartyAdded(party=REQUESTER, role="staff_complained_about", reason=ACCENTS)
    yield people.CasePartyRemoved(party=REQUESTER, role="witness", reason=None)
    yield severity.SeverityAssessed(
        severity="harm_within_days",
        criterion="santé",
        before="other",
        urgency_stated=True,
        reason=COMBINING,
    )
    yield care.AdjustmentNoted(adjustment_id=_id(70), flag="adjustment", adjustment=LONG)
    yield care.FlagClearingAsked(flag="adjustment", asked_by="L-01", reason=QUOTED)
    yield care.FlagCleared(flag="adjustment", asked_by="L-01", reason="")
    yield confirming.RoutingConfirmed(team="INC", proposed="INT", reason=ACCENTS)
    yield parties.PartyContactGiven(
        language=None, name=None, contact={"téléphone": "902 555 0100", "order": [1, {"z": None}]}
    )
    yield parties.PartyIdentified(
        assurance="verified", before="claimed", evidence="Permis «\u00a0A\u00a0»"
    )
    yield parties.PartyLinkDecided(
        other_party=REQUESTER, verdict="cannot_say", similarity=0, evidence=ACCENTS
    )
    yield representing.RepresentativeAppointed(
        representative=REQUESTER,
        authority="guardian",
        until_on=date(2028, 2, 29),
        scope=COMBINING,
    )
    yield representing.RepresentationEnded(representative=REQUESTER, reason=None)
    yield parties.PartyBirthRecorded(
        of_age=False, majority_age=19, born_on="2012-02-29", of_age_on="2031-03-01"
    )
    yield parties.PartyDied(died_on=None, evidence=QUOTED)
    yield party_safe_contact.PartySafeContactSet(
        instruction_id=_id(19), channels=("phone",), times=COMBINING, names=None
    )


def _of_clocks() -> Iterable[Fact]:
    yield clocks.ClockArmed(
        clock="DEC-15",
        generation=1,
        policy=None,
        started_at=FIRST,
        not_after_on=date(2028, 2, 29),
        due_at=LEAP_DAY,
        rungs=_rungs(),
        certificate=CERTIFICATE,
    )
    yield clocks.ClockPaused(
        clock="DEC-15",
        generation=2,
        wait_id=_id(2),
        pause_ends_at=LEAP_DAY,
        certificate=CERTIFICATE,
    )
    yield clocks.ClockResumed(
        clock="DEC-15",
        generation=3,
        due_at=NOON,
        rungs=_rungs(),
        certificate={},
        reopened="resume",
    )
    yield clocks.ClockStopped(
        clock="DEC-15", generation=3, outcome="superseded", due_at=None, cause="type_changed"
    )
    yield extending.ClockExtended(
        extension_id=_id(40),
        clock="DEC-15",
        generation=1,
        authority="leader",
        reason="volume",
        amount=LARGEST,
        unit="working_days",
        base="due",
        notice_id=_id(41),
        notice_given_at=NOON,
        notice_method=None,
        duties=(
            extending.DutyOwed(party="commissioner", by_on=date(2028, 2, 29)),
            extending.DutyOwed(party="director", by_on=date(1970, 1, 1)),
        ),
        was_due_at=LEAP_DAY,
        due_at=None,
        armed_again=("three-quarters",),
        pause_ends_at=FIRST,
        rungs=_rungs(),
        certificate=CERTIFICATE,
    )
    yield extending.DutyDone(extension_id=_id(40), party="commissioner", method="e-mail")
    yield restated.ClockRestated(
        clock="DEC-15",
        generation=2,
        cause="backdated",
        succeeds=None,
        policy=POLICY,
        calendars="ab12" * 16,
        started_at=NOON,
        was_due_at=LEAP_DAY,
        due_at=NOON,
        promised_at=LEAP_DAY,
        overtakes=("breach", "three-quarters"),
        overtakes_breach=True,
        evidence=(_id(42), _id(43)),
        approved_by="L-03",
        pause_ends_at=None,
        rungs=_rungs(),
        certificate=CERTIFICATE,
    )
    yield restating.StartCorrected(
        moment="complete",
        was_at=None,
        at=LEAP_DAY,
        evidence=(_id(44),),
        approved_by=None,
        reason=QUOTED,
    )
    yield waiting.WaitingBegan(wait_id=_id(2), reason="third-party", words=LONG)
    yield waiting.WaitingEnded(wait_id=_id(2))
    yield waiting.MilestoneReached(milestone="made_safe")


def _of_custody() -> Iterable[Fact]:
    yield custody.CaseTransferred(
        transfer_id=_id(3),
        from_team=None,
        from_owner=None,
        to_team="INC",
        to_owner="N-02",
        reason="workload",
        accept_by=LEAP_DAY,
        handover=LONG,
        handover_digest="ab" * 32,
    )
    yield custody.TransferAccepted(transfer_id=_id(3), team="INC", owner=None)
    yield custody.TransferDeclined(transfer_id=_id(3), team=None, owner="I-02", reason="not-ours")
    yield pulling.CasePulled(
        team="INC",
        owner="N-02",
        offered=3,
        place=1,
        active=0,
        limit=LARGEST,
        assigned=True,
        lane="dated",
        latest_start_at=LEAP_DAY,
        working_minutes=90,
        fits=("language:fr",),
        lacks=("skill:income",),
        passed_over={"skill:road": 2, "région": LARGEST},
        order_upto=LARGEST,
        immediate=1,
        paused=0,
        paused_limit=20,
    )
    yield pulling.CaseSkipped(team="INC", member="N-02", reason="conflict")
    yield rehoming.CaseRehomed(
        because="absence", team=None, from_owner="N-02", to_owner=None, leader="L-03"
    )
    yield custody.AccessEnded(team="INC", member=None, because="declined")
    yield unanswered.TransferUnanswered(
        transfer_id=_id(3),
        escalation_id=_id(13),
        team="INC",
        leader=None,
        parties=("L-03", "L-01"),
        accept_by=LEAP_DAY,
    )
    yield returning.CaseReturned(
        from_team="INC",
        from_owner=None,
        to_team="INT",
        reason="misrouted",
        returns=2,
        words=ACCENTS,
    )
    yield adjudication.AdjudicationRequired(
        escalation_id=_id(14), because="second_return", parties=("D-01",), decide_by=LEAP_DAY
    )
    yield adjudication.CaseAdjudicated(
        from_team=None,
        from_owner="N-02",
        to_team="INC",
        to_owner=None,
        reason="wrong-team",
        binds_until=LEAP_DAY,
        words=None,
    )


def _of_what_is_owed() -> Iterable[Fact]:
    yield recusal.MemberRecused(member="N-02", team=None, owned=False)
    yield tasks.TaskAdded(
        task_id=_id(16),
        kind="judgement",
        team="INC",
        member=None,
        skill="income",
        needs_delegation=True,
        due_at=LEAP_DAY,
        title=LONG,
    )
    yield tasks.TaskTaken(task_id=_id(16), member="N-02")
    yield tasks.TaskCompleted(task_id=_id(16), words=ACCENTS)
    yield tasks.TaskCancelled(task_id=_id(16), because="resolved", words=None)
    yield tasks.TaskMoved(task_id=_id(16), from_member="N-02", to_member=None, because="leaver")
    yield followups.FollowUpSet(
        follow_up_id=_id(17),
        kind="commitment",
        member="N-02",
        due_at=LEAP_DAY,
        decision_id=None,
        words=COMBINING,
    )
    yield followups.FollowUpCompleted(follow_up_id=_id(17), words=QUOTED)
    yield followups.FollowUpReassigned(
        follow_up_id=_id(17), from_member="N-02", to_member="L-03", because="leaver"
    )
    yield referral.CaseReferred(
        referral_id=_id(18),
        kind="transfer",
        body="Ministère des Ressources naturelles",
        consent="not_required",
        legal_basis="Loi, art. 8",
        told_by="them",
        sent=(_id(9),),
        confirm_by=LEAP_DAY,
        words=ACCENTS,
    )
    yield referral.ReferralConfirmed(
        referral_id=_id(18), received_at=NOON, their_reference="№ 17/2026"
    )
    yield overdue.ObligationOverdue(
        escalation_id=_id(19),
        kind="follow_up",
        owed_id=_id(17),
        parties=("N-02", "leader"),
        due_at=NOON,
    )


def _of_escalation() -> Iterable[Fact]:
    yield escalation.RungReached(
        escalation_id=_id(4),
        clock="DEC-15",
        generation=1,
        rung="two-days-left",
        parties=("owner", "leader"),
        reached_at=NOON,
        due_at=None,
    )
    yield escalation.ClockBreached(clock="DEC-15", generation=1, due_at=LEAP_DAY)
    yield alarms.CaseAlarmed(
        escalation_id=_id(5), alarm="never_routed", party="intake", since=FIRST
    )
    yield escalation.CaseEscalated(
        escalation_id=_id(6), party="director", reason="act", words=QUOTED
    )
    yield escalation.EscalationAcknowledged(
        escalation_id=_id(6), action="accept_breach", act_by=None, words="Vu\u00a0: accepté."
    )
    yield climbing.EscalationClimbed(
        escalation_id=_id(5), step=2, party="director", climbed_at=LEAP_DAY
    )
    yield escalation.AlertDelivered(escalation_id=_id(6), method="e-mail")


def _of_contact() -> Iterable[Fact]:
    yield contact.ContactLogged(
        contact_id=_id(7),
        direction="inbound",
        channel="phone",
        kinds=("chase", "complaint"),
        reached=False,
        minutes=0,
        party=REQUESTER,
        words="Mi'kma'ki wela'lin \U0001f64f  toujours rien ",
        acts=("contacted",),
    )
    yield promises.ContactPromised(promise_id=_id(15), by_at=LEAP_DAY, words=COMBINING)
    yield safe_contact.SafeContactSet(
        instruction_id=_id(13), channels=("letter", "phone"), times=LONG, names=None
    )
    yield notices.NoticeIssued(
        notice_id=_id(14),
        kind="refusal",
        template="REFUS",
        template_version="2026-03 β",
        policy=POLICY,
        language="fr",
        channel="letter",
        recipient=REQUESTER,
        to_requester=True,
        about=_id(11),
        clock=None,
        rights_stated=True,
        subject=ACCENTS,
        words=LONG,
    )
    yield notices.NoticeGiven(notice_id=_id(14), acts=("decision_given",))
    yield notices.NoticeFailed(
        notice_id=_id(14),
        reason="wrong_recipient",
        undone=("decision_given",),
        replied=False,
        words=QUOTED,
    )
    yield calls.RequesterCalled(
        call_id=_id(14),
        team="INC",
        drawn_on=date(2028, 2, 29),
        attempt=2,
        reached=False,
        counts=True,
        channel="phone",
        party=REQUESTER,
        words="J’attends depuis mars ; personne n’a rappelé.",
    )
    yield contact.NoteAdded(note_id=_id(8), text=LONG)
    yield contact.RecordItemAdded(
        item_id=_id(9),
        media_type="application/pdf",
        size_bytes=LARGEST,
        pages=0,
        custodian="I-02",
        place_kept="armoire nº 4",
        digest="0f" * 32,
        title=ACCENTS,
        source=None,
    )
    yield links.CaseLinked(
        other_case=_id(10), relation="not_the_same", similarity=0, reason=" \t\r\n"
    )


def _of_outcome() -> Iterable[Fact]:
    yield needs.NeedMet(need="identity", complete_at=LEAP_DAY, words=ACCENTS)
    yield readiness.CaseMarkedReady(
        met=("complete",), confirmed=(), overridden=("evidence", "means-test")
    )
    yield readiness.ReadinessOverridden(check="evidence", reason=QUOTED)
    yield outcome.DecisionRecorded(
        decision_id=_id(11),
        outcome="part",
        legal_basis="Loi sur l’aide, art. 5 (2) b)",
        delegation=None,
        evidence=(_id(9), _id(12)),
        reasons=LONG,
        acts=("decided",),
        decided_by="N-02",
        decided_for=None,
    )
    yield outcome.AmountDecided(decision_id=_id(11), amount_cents=LARGEST)
    yield outcome.CaseResolved(
        outcome="duplicate-of",
        replied=True,
        words=None,
        settles_at=LEAP_DAY,
        resolved_by="form",
        resolver="machine",
    )
    yield outcome.CaseReopened(
        reason="appeal", clock_policy="continue", words=COMBINING, owner="N-02"
    )
    yield returns.ReturnProposed(
        contact_id=_id(7),
        channel="phone",
        resolution=1,
        resolved_at=NOON,
        resolved_by=None,
        resolver=None,
    )
    yield returns.ReturnDecided(
        contact_id=_id(7),
        answer="new_matter",
        resolution=LARGEST,
        resolved_at=NOON,
        resolved_by="N-02",
        resolver="person",
        settles_at=LEAP_DAY,
        words=QUOTED,
    )
    yield review.ReviewOpened(
        other_case=_id(10), decision_id=_id(11), decided_by=None, decided_for="INC"
    )
    yield review.ReviewRecorded(
        decision_id=_id(16),
        finding="substituted",
        other_case=_id(10),
        reviewed=_id(11),
        legal_basis="Loi sur l’aide, art. 12",
        delegation="DÉL-7",
        evidence=(),
        reasons=LONG,
        acts=("decided",),
        decided_by="L-01",
        decided_for=None,
    )
    yield settling.CaseSettled(
        resolution=1, resolved_at=NOON, resolved_by="N-02", resolver="person", window_ended_at=None
    )
    yield corrections.EntryCorrected(
        corrects=LARGEST,
        fields=("income", "région"),
        values={"income": 0, "région": None, "words": LONG, "yes": True},
        reason="Transposé: 12 → 21",
    )


def _of_history() -> Iterable[Fact]:
    yield history.CaseImported(
        reference="00000-00000-0",
        channel="Balie",
        channel_family="walk_in",
        request_type=None,
        received_at=FIRST,
        team="Groep 1",
        responsible="x-0123456789ab",
        findings=("events_after_end", "no_owner"),
        external_id="zaak-№-0000000000000001",
    )
    yield history.ActivityRecorded(
        activity="Bevestiging ontvangst \u2013 T02", team=None, rows=(0, 1, LARGEST)
    )
    yield history.OwnershipTransferred(
        from_team=None, from_owner=None, to_team="Groep 2", to_owner="x-ba9876543210"
    )


def _of_registers() -> Iterable[Fact]:
    yield directory.AbsenceRecorded(
        absence_id=_id(15),
        member="N-02",
        from_on=date(2028, 2, 29),
        until_on=None,
        planned=False,
        substitute="N-03",
    )
    yield directory.AbsenceEnded(absence_id=_id(15), member="N-02", back_on=date(1970, 1, 1))
    yield directory.MemberLeft(member="N-02", left_on=date(2028, 2, 29), successor=None)
    yield directory.MemberProposed(
        member="R-09", active=True, teams=("RDW",), roles=("caseworker", "intake")
    )
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
    yield chasing.ChaseStepReached(
        escalation_id=_id(80),
        step=5,
        act="lapse",
        party="leader",
        missing=("household_size", "income"),
        reached_at=NOON,
        by_at=None,
        undecided="not_told",
    )
    yield chasing.ChaseLapsed(step=5, missing=(), told_at=FIRST, by_at=LEAP_DAY)
    yield chasing.ChaseStopped(chase="délai-20", reason=COMBINING)


def _of_the_tray() -> Iterable[Fact]:
    yield tray.MachineMailReceived(
        mail_kind="bounce",
        about_case=_id(0),
        sender="mailer-daemon@exemple.ca",
        subject=ACCENTS,
        digest="ef" * 32,
    )
    yield tray.TrayItemHandled(handling="notice_failed", about_case=_id(0), words=QUOTED)


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
        countermeasure_id=_id(13),
        team="INC",
        missed_on=date(2028, 2, 28),
        cause="hard_cases",
        owner="N-02",
        check_on=date(2028, 2, 29),
        action="Deux personnes au lieu d’une, jusqu’à midi.",
    )
    yield countermeasures.MissJoined(
        countermeasure_id=_id(13), team="INC", missed_on=date(2028, 2, 29)
    )
    yield countermeasures.CountermeasureClosed(
        countermeasure_id=_id(13), team="INC", worked=False, words=None
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
        drawn=(draws.DrawnCase(case_id=_id(15), stratum="waiting"),),
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
    yield signing.EntriesLost(first_position=1, last_position=LARGEST, signed_root="r" * 43)


def examples() -> Mapping[str, Fact]:
    """A fact of each topic by its topic."""
    return {each.topic: each for each in _facts()}
