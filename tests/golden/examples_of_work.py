"""A fact of each topic of what is done on a case and comes of it, with values that are easily got wrong."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ledger.case import alarms, corrections, links
from ledger.case.contact import calls, contacts, filing, notices, promises, translations
from ledger.case.custody import recusal
from ledger.case.escalation import climbing, ending, reaching
from ledger.case.history import imported
from ledger.case.intake import needs
from ledger.case.outcome import (
    appealed,
    deciding,
    readiness,
    reopening,
    resolving,
    returns,
    review,
    reviewed,
    settling,
)
from ledger.case.people import safe_contact
from ledger.case.work import followups, overdue, referral, tasks
from ledger.facts import Fact
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
    REQUESTER,
    some_id,
)


def of_what_is_owed() -> Iterable[Fact]:
    yield recusal.MemberRecused(member="N-02", team=None, owned=False)
    yield tasks.TaskAdded(
        task_id=some_id(16),
        kind="judgement",
        team="INC",
        member=None,
        skill="income",
        needs_delegation=True,
        due_at=LEAP_DAY,
        title=LONG,
    )
    yield tasks.TaskTaken(task_id=some_id(16), member="N-02")
    yield tasks.TaskCompleted(task_id=some_id(16), words=ACCENTS)
    yield tasks.TaskCancelled(task_id=some_id(16), because="resolved", words=None)
    yield tasks.TaskGivenBack(
        task_id=some_id(16), from_member="N-02", reason="workload", words=ACCENTS
    )
    yield tasks.TaskMoved(task_id=some_id(16), from_member="N-02", to_member=None, because="leaver")
    yield followups.FollowUpSet(
        follow_up_id=some_id(17),
        kind="commitment",
        member="N-02",
        due_at=LEAP_DAY,
        decision_id=None,
        words=COMBINING,
    )
    yield followups.FollowUpCompleted(follow_up_id=some_id(17), words=QUOTED)
    yield followups.FollowUpReassigned(
        follow_up_id=some_id(17), from_member="N-02", to_member="L-03", because="leaver"
    )
    yield referral.CaseReferred(
        referral_id=some_id(18),
        kind="transfer",
        body="Ministère des Ressources naturelles",
        consent="not_required",
        legal_basis="Loi, art. 8",
        told_by="them",
        sent=(some_id(9),),
        confirm_by=LEAP_DAY,
        words=ACCENTS,
    )
    yield referral.ReferralConfirmed(
        referral_id=some_id(18), received_at=NOON, their_reference="№ 17/2026"
    )
    yield referral.ReferralEnded(referral_id=some_id(18), ending="declined", words=QUOTED)
    yield overdue.ObligationOverdue(
        escalation_id=some_id(19),
        kind="follow_up",
        owed_id=some_id(17),
        parties=("N-02", "leader"),
        due_at=NOON,
    )


def of_escalation() -> Iterable[Fact]:
    yield reaching.RungReached(
        escalation_id=some_id(4),
        clock="DEC-15",
        generation=1,
        rung="two-days-left",
        parties=("owner", "leader"),
        reached_at=NOON,
        due_at=None,
    )
    yield reaching.ClockBreached(clock="DEC-15", generation=1, due_at=LEAP_DAY)
    yield alarms.CaseAlarmed(
        escalation_id=some_id(5), alarm="never_routed", party="intake", since=FIRST
    )
    yield reaching.CaseEscalated(
        escalation_id=some_id(6), party="director", reason="act", words=QUOTED
    )
    yield reaching.EscalationAcknowledged(
        escalation_id=some_id(6), action="accept_breach", act_by=None, words="Vu\u00a0: accepté."
    )
    yield climbing.EscalationClimbed(
        escalation_id=some_id(5), step=2, party="director", climbed_at=LEAP_DAY
    )
    yield reaching.AlertDelivered(escalation_id=some_id(6), method="e-mail")
    yield ending.AlarmEnded(escalation_id=some_id(5), alarm="owner_absent")


def of_contact() -> Iterable[Fact]:
    yield contacts.ContactLogged(
        contact_id=some_id(7),
        direction="inbound",
        channel="phone",
        kinds=("chase", "complaint"),
        reached=False,
        minutes=0,
        party=REQUESTER,
        words="Mi'kma'ki wela'lin \U0001f64f  toujours rien ",
        acts=("contacted",),
    )
    yield promises.ContactPromised(promise_id=some_id(15), by_at=LEAP_DAY, words=COMBINING)
    yield safe_contact.SafeContactSet(
        instruction_id=some_id(13), channels=("letter", "phone"), times=LONG, names=None
    )
    yield notices.NoticeIssued(
        notice_id=some_id(14),
        kind="refusal",
        template="REFUS",
        template_version="2026-03 β",
        policy=POLICY,
        language="fr",
        channel="letter",
        recipient=REQUESTER,
        to_requester=True,
        about=some_id(11),
        clock=None,
        rights_stated=True,
        subject=ACCENTS,
        words=LONG,
    )
    yield notices.NoticeGiven(notice_id=some_id(14), acts=("decision_given",))
    yield notices.NoticeFailed(
        notice_id=some_id(14),
        reason="wrong_recipient",
        undone=("decision_given",),
        replied=False,
        words=QUOTED,
    )
    yield calls.RequesterCalled(
        call_id=some_id(14),
        team="INC",
        drawn_on=date(2028, 2, 29),
        attempt=2,
        reached=False,
        counts=True,
        channel="phone",
        party=REQUESTER,
        words="J’attends depuis mars ; personne n’a rappelé.",
    )
    yield contacts.NoteAdded(note_id=some_id(8), text=LONG)
    yield filing.RecordItemAdded(
        item_id=some_id(9),
        media_type="application/pdf",
        size_bytes=LARGEST,
        pages=0,
        custodian="I-02",
        place_kept="armoire nº 4",
        digest="0f" * 32,
        title=ACCENTS,
        source=None,
        language="mic",
        translation_of=some_id(16),
        translates=None,
        translated_by="machine",
        translator="argos:1.9",
    )
    yield translations.TranslationReviewed(item_id=some_id(9), reviewed_by="IAP-02", words=QUOTED)
    yield links.CaseLinked(
        other_case=some_id(10), relation="not_the_same", similarity=0, reason=" \t\r\n"
    )


def of_outcome() -> Iterable[Fact]:
    yield needs.NeedMet(need="identity", complete_at=LEAP_DAY, words=ACCENTS)
    yield readiness.CaseMarkedReady(
        met=("complete",), confirmed=(), overridden=("evidence", "means-test")
    )
    yield readiness.ReadinessOverridden(check="evidence", reason=QUOTED)
    yield deciding.DecisionRecorded(
        decision_id=some_id(11),
        outcome="part",
        legal_basis="Loi sur l’aide, art. 5 (2) b)",
        delegation=None,
        evidence=(some_id(9), some_id(12)),
        reasons=LONG,
        acts=("decided",),
        decided_by="N-02",
        decided_for=None,
    )
    yield deciding.AmountDecided(decision_id=some_id(11), amount_cents=LARGEST)
    yield resolving.CaseResolved(
        outcome="duplicate-of",
        replied=True,
        words=None,
        settles_at=LEAP_DAY,
        resolved_by="form",
        resolver="machine",
    )
    yield reopening.CaseReopened(
        reason="appeal", clock_policy="continue", words=COMBINING, owner="N-02"
    )
    yield returns.ReturnProposed(
        contact_id=some_id(7),
        channel="phone",
        resolution=1,
        resolved_at=NOON,
        resolved_by=None,
        resolver=None,
    )
    yield returns.ReturnDecided(
        contact_id=some_id(7),
        answer="new_matter",
        resolution=LARGEST,
        resolved_at=NOON,
        resolved_by="N-02",
        resolver="person",
        settles_at=LEAP_DAY,
        words=QUOTED,
    )
    yield review.ReviewOpened(
        other_case=some_id(10), decision_id=some_id(11), decided_by=None, decided_for="INC"
    )
    yield review.ReviewRecorded(
        decision_id=some_id(16),
        finding="substituted",
        other_case=some_id(10),
        reviewed=some_id(11),
        legal_basis="Loi sur l’aide, art. 12",
        delegation="DÉL-7",
        evidence=(),
        reasons=LONG,
        acts=("decided",),
        decided_by="L-01",
        decided_for=None,
    )
    yield appealed.DecisionAppealed(
        appeal_id=some_id(18),
        decision_id=some_id(11),
        taken_to="court",
        body="Cour suprême de la Nouvelle-Écosse",
        words=QUOTED,
    )
    yield appealed.AppealEnded(appeal_id=some_id(18), ending="sent_back", words=None)
    yield reviewed.DecisionContested(other_case=some_id(10), reviewed=some_id(11))
    yield reviewed.DecisionReviewed(
        other_case=some_id(10),
        decision_id=some_id(16),
        reviewed=some_id(11),
        finding="upheld",
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


def of_history() -> Iterable[Fact]:
    yield imported.CaseImported(
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
    yield imported.ActivityRecorded(
        activity="Bevestiging ontvangst \u2013 T02", team=None, rows=(0, 1, LARGEST)
    )
    yield imported.OwnershipTransferred(
        from_team=None, from_owner=None, to_team="Groep 2", to_owner="x-ba9876543210"
    )
