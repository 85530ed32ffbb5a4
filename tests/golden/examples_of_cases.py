"""A fact of each topic of how a case comes, whose it is and when it is due, with values that are easily got wrong."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ledger.case.clocks import approving, extending, facts, refusing, restated, restating, waiting
from ledger.case.custody import (
    adjudication,
    confirming,
    pulling,
    rehoming,
    returning,
    routing,
    transfers,
    unanswered,
)
from ledger.case.intake import external_ids, incomplete, information, opening, severity
from ledger.case.people import care, communication, concerned
from ledger.facts import Answers, Fact
from ledger.registers.people import dying, parties, representing
from ledger.registers.people import safe_contact as party_safe_contact
from tests.golden.values import (
    ACCENTS,
    CERTIFICATE,
    COMBINING,
    FIRST,
    LARGEST,
    LEAP_DAY,
    LONG,
    NOON,
    POLICY,
    QUOTED,
    REQUESTER,
    rungs,
    some_id,
)


def of_intake() -> Iterable[Fact]:
    yield opening.CaseOpened(
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
    yield opening.CaseClassified(
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
        request_id=some_id(1),
        fields=("income", "since_when"),
        reply_by=LEAP_DAY,
        channel=None,
        words="Veuillez joindre   trois relevés.\n\nMerci! ",
    )
    yield external_ids.ExternalIdGiven(
        record_id=some_id(17), source="Police régionale", requester=REQUESTER, external_id=ACCENTS
    )
    yield information.AskedAgain(request_id=some_id(1), fields=("income", "since_when"))
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


def of_people() -> Iterable[Fact]:
    yield concerned.CasePartyAdded(party=REQUESTER, role="staff_complained_about", reason=ACCENTS)
    yield concerned.CasePartyRemoved(party=REQUESTER, role="witness", reason=None)
    yield severity.SeverityAssessed(
        severity="harm_within_days",
        criterion="santé",
        before="other",
        urgency_stated=True,
        reason=COMBINING,
    )
    yield communication.CommunicationSettled(
        interview_language="mic", interpreter="Mi'kmawi'simk, Étienne’s", format=None
    )
    yield care.AdjustmentNoted(adjustment_id=some_id(70), flag="adjustment", adjustment=LONG)
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
    yield dying.PartyDied(died_on=None, evidence=QUOTED)
    yield dying.DeathCorrected(restored=(some_id(46), REQUESTER), reason=COMBINING)
    yield party_safe_contact.PartySafeContactSet(
        instruction_id=some_id(19), channels=("phone",), times=COMBINING, names=None
    )


def of_clocks() -> Iterable[Fact]:
    yield facts.ClockArmed(
        clock="DEC-15",
        generation=1,
        policy=None,
        started_at=FIRST,
        not_after_on=date(2028, 2, 29),
        due_at=LEAP_DAY,
        rungs=rungs(),
        certificate=CERTIFICATE,
    )
    yield facts.ClockPaused(
        clock="DEC-15",
        generation=2,
        wait_id=some_id(2),
        pause_ends_at=LEAP_DAY,
        certificate=CERTIFICATE,
    )
    yield facts.ClockResumed(
        clock="DEC-15",
        generation=3,
        due_at=NOON,
        rungs=rungs(),
        certificate={},
        reopened="resume",
    )
    yield facts.ClockStopped(
        clock="DEC-15", generation=3, outcome="superseded", due_at=None, cause="type_changed"
    )
    yield approving.ApprovalAsked(
        clock="MAKE-SAFE",
        generation=LARGEST,
        kept_at=NOON,
        due_at=LEAP_DAY,
        cause=None,
        evidence=(some_id(44), some_id(45)),
        asked_of="L-03",
    )
    yield incomplete.FoundIncomplete(
        fields=("description",),
        needs=("identity", "fee"),
        missing=("contact", "description"),
        request_type=None,
        was_complete_at=LEAP_DAY,
        evidence=(some_id(47),),
        approved_by="L-03",
        reason=QUOTED,
    )
    yield approving.DatingBackApproved(clock=None, generation=None, dated_at=FIRST)
    yield refusing.DatingBackRefused(
        clock="MAKE-SAFE", generation=2, kept_at=FIRST, ended_at=LEAP_DAY, reason=QUOTED
    )
    yield extending.ClockExtended(
        extension_id=some_id(40),
        clock="DEC-15",
        generation=1,
        authority="leader",
        reason="volume",
        amount=LARGEST,
        unit="working_days",
        base="due",
        notice_id=some_id(41),
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
        rungs=rungs(),
        certificate=CERTIFICATE,
    )
    yield extending.DutyDone(extension_id=some_id(40), party="commissioner", method="e-mail")
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
        evidence=(some_id(42), some_id(43)),
        approved_by="L-03",
        pause_ends_at=None,
        rungs=rungs(),
        certificate=CERTIFICATE,
    )
    yield restating.StartCorrected(
        moment="complete",
        was_at=None,
        at=LEAP_DAY,
        evidence=(some_id(44),),
        approved_by=None,
        reason=QUOTED,
    )
    yield waiting.WaitingBegan(wait_id=some_id(2), reason="third-party", words=LONG)
    yield waiting.WaitingEnded(wait_id=some_id(2))
    yield waiting.MilestoneReached(milestone="made_safe")


def of_custody() -> Iterable[Fact]:
    yield transfers.CaseTransferred(
        transfer_id=some_id(3),
        from_team=None,
        from_owner=None,
        to_team="INC",
        to_owner="N-02",
        reason="workload",
        accept_by=LEAP_DAY,
        handover=LONG,
        handover_digest="ab" * 32,
    )
    yield transfers.TransferAccepted(transfer_id=some_id(3), team="INC", owner=None)
    yield transfers.TransferDeclined(
        transfer_id=some_id(3), team=None, owner="I-02", reason="not-ours"
    )
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
    yield transfers.AccessEnded(team="INC", member=None, because="declined")
    yield unanswered.TransferUnanswered(
        transfer_id=some_id(3),
        escalation_id=some_id(13),
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
        escalation_id=some_id(14), because="second_return", parties=("D-01",), decide_by=LEAP_DAY
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
