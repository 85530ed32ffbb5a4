"""A fact of each topic of how records are kept, with values that are easily got wrong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID

from ledger.case import erased, holding
from ledger.facts import Fact
from ledger.registers.inquiries import alarming, answering, marking, opening, recommending
from ledger.registers.integrations import api_keys, subscriptions
from ledger.registers.keeping import accesses, disposals, erasures, given_out, holds


def _id(number: int) -> UUID:
    return UUID(int=0x0197A000_0000_7000_8000_000000001000 + number)


def keeping_facts() -> Iterator[Fact]:
    """Every such fact."""
    yield from _accesses()
    yield from _holds()
    yield given_out.CaseGivenOut(
        case_id=_id(0),
        shows_values=True,
        bundle="ab" * 32,
        checkpoint_size=41,
        checkpoint_root="k97Sra0zQDOs5GHw",
        audience="l’ombudsman",
        given_to=None,
        purpose="Plainte 17",
    )
    yield from _erasures()
    yield from _inquiries()
    yield from _webhooks()


def _accesses() -> Iterator[Fact]:
    case = f"case/{_id(0)}"
    yield accesses.PersonalValuesRead(
        opened=(
            accesses.StreamOpened(
                stream=case,
                upto_version=2**53 - 1,
                slots=(
                    accesses.SlotsOpened(
                        topic="CaseOpened", slots=("answers.nom_complet",), versions=((1, 1),)
                    ),
                    accesses.SlotsOpened(topic="NoteAdded", slots=("text",), versions=((2, 9),)),
                ),
            ),
            accesses.StreamOpened(stream=f"party/{_id(1)}", upto_version=1),
        ),
        reader="A-01",
        role="auditor",
        purpose_code="audit",
        ground="auditor.audit.any",
        inquiry=None,
        recording=2,
        purpose="Vérification annuelle\u00a0: « qui a lu quoi »",
    )
    yield accesses.ReadingRefused(
        streams=(case, f"party/{_id(1)}"),
        stream=case,
        reader="O-01",
        purpose_code="inquiry",
        ground="inquiry-expired",
        inquiry=_id(2),
        recording=2,
        purpose="",
    )
    yield accesses.PeopleSought(
        reader="I-02",
        role="intake",
        purpose_code=None,
        ground="intake.intake.any",
        everywhere=True,
        records=False,
        recording=2,
        purpose="Au téléphone, sans numéro",
    )
    yield accesses.ActRefused(
        act="case.decide", about=case, asker="I-02", role="intake", ground="no-such-task"
    )
    yield api_keys.ApiKeyIssued(
        member="form",
        scopes=("case.open", "feed.*"),
        expires_at=datetime(2027, 3, 1, tzinfo=UTC),
        digest="ab" * 32,
        label="Le formulaire web",
    )
    yield api_keys.ApiKeyRevoked(reason="Perdue, dit-on")


def _holds() -> Iterator[Fact]:
    yield holds.HoldPlaced(
        cases=(_id(0), _id(3)), ground="inquiry", inquiry=_id(2), reason="À conserver, d’ici là"
    )
    yield holds.HoldReleased(reason=None)
    yield holding.CaseHeld(hold_id=_id(4), ground=None)
    yield holding.CaseHoldEnded(hold_id=_id(4))


def _erasures() -> Iterator[Fact]:
    yield erasures.ErasureProposed(
        authority="order",
        party=_id(1),
        cases=(_id(0),),
        disposal=(
            disposals.DisposalItem(
                case_id=_id(3),
                retention="R2",
                start_on=date(2028, 2, 29),
                due_on=date(2031, 4, 1),
                to_archives="index",
            ),
        ),
        proposed_by="D-01",
        instrument="Ordonnance nº 2027-14",
        reason=None,
    )
    yield erasures.ErasureApproved(approved_by="L-01")
    yield erasures.ErasureRefused(act="carry_out", asked_by="D-01", held=(_id(0), _id(3)))
    yield erasures.ArchivesReceived(
        cases=(_id(3),), size_bytes=2**53 - 1, digest="d" * 43, receipt="Reçu nº\u00a07"
    )
    yield erasures.ErasureBegun(
        keys=("A" * 22, "_-" * 11), streams=(f"case/{_id(0)}", f"party/{_id(1)}"), begun_by="L-01"
    )
    yield erasures.ErasureCarriedOut(
        keys_destroyed=2,
        parts_deleted=2**53 - 1,
        epoch=3,
        backups_until=None,
        releases=(f"release/{_id(5)}",),
    )
    yield erased.ContentErased(erasure_id=_id(6), authority="order", extent="person")


def _inquiries() -> Iterator[Fact]:
    leap, first = (
        datetime(2028, 2, 29, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(1970, 1, 1, tzinfo=UTC),
    )
    yield opening.InquiryOpened(
        office="OMB-NS",
        cases=(_id(0), _id(3)),
        hold_id=_id(4),
        expires_at=leap,
        clock="INQUIRY-20",
        due_at=leap,
        certificate={"amount": 20, "none": None, "neuf": [9, "é"]},
        reference="N/réf. 2027-88",
        recipient="Mᵐᵉ Doucet, enquêteuse",
        purpose="",
    )
    yield opening.InquiryReplyExtended(was_due_at=None, due_at=leap, reasons="Volume\u00a0!")
    yield alarming.InquiryAlarmed(called="expiry", about=None, since_at=first)
    yield alarming.InquiryAlertDelivered(
        called="comments", about=_id(31), since_at=first, method="outbox"
    )
    yield opening.InquiryClosed(words=None)
    yield answering.QuestionAsked(question_id=_id(7), number=2**53 - 1, words="Pourquoi\u00a0?")
    yield answering.QuestionAnswered(
        question_id=_id(7),
        fault="accepted_in_part",
        entries=(answering.EntryCited(stream=f"case/{_id(0)}", version=2),),
        words="Parce que…",
    )
    yield answering.DraftReceived(draft_id=_id(8), comments_by_at=leap, words=None)
    yield answering.CommentsSent(draft_id=_id(8), words="Page 2, «\u00a0tard\u00a0»")
    yield recommending.RecommendationMade(
        recommendation_id=_id(9), due_on=date(2028, 2, 29), words="S’excuser"
    )
    yield recommending.RecommendationAnswered(
        recommendation_id=_id(9), answer="refused", due_on=None, reasons="Déjà fait"
    )
    yield recommending.RecommendationCarriedOut(recommendation_id=_id(9), words=None)
    yield marking.SharingMarked(case_id=_id(0), version=3, share=False, reason="Un tiers")
    yield marking.PrivilegeLogged(
        case_id=_id(0),
        version=4,
        privilege="cabinet",
        on=date(2028, 2, 29),
        waived=False,
        author="Me Ó Súilleabháin",
        recipients="",
        nature="Avis",
        holder="Le Conseil exécutif",
    )


def _webhooks() -> Iterator[Fact]:
    leap = datetime(2028, 2, 29, 23, 59, 59, 999999, tzinfo=UTC)
    yield subscriptions.SubscriptionMade(
        member="crm",
        scopes=("case.*", "feed.read"),
        url="https://xn--rcepteur-b1a.example/crochet?voie=1%202",
        topics=("CaseOpened", "CaseResolved"),
        after=2**53 - 1,
    )
    yield subscriptions.SubscriptionMoved(url="https://[2001:db8::1]:8443/")
    yield subscriptions.SecretRenewed(generation=2, former_until=leap)
    yield subscriptions.SubscriptionPaused(why="gone")
    yield subscriptions.SubscriptionResumed()
    yield subscriptions.SubscriptionEnded()
    yield subscriptions.DeliveriesReached(upto=2**53 - 1)
    yield subscriptions.DeliveryGivenUp(
        entry=17, about=f"case/{_id(0)}", attempts=31, refused_since=leap, status=422
    )
    yield subscriptions.DeliveryOwedAgain(entries=(17, 2**53 - 1))
    yield subscriptions.DeliveryMadeGood(entry=17)
