"""A fact of each topic of a disclosure, with values that are easily got wrong."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from uuid import UUID

from ledger.facts import Fact
from ledger.registers.disclosures import (
    approving,
    consulting,
    delivering,
    dispositions,
    ending,
    fees,
    guard,
    heads_up,
    items,
    opening,
    releasing,
    review,
    searching,
)

POLICY = "5c0f" * 16
LEAP = date(2028, 2, 29)
NIGHT = datetime(2028, 2, 29, 23, 59, 59, 999999, tzinfo=UTC)
SAID = "«\u00a0Zoë\u00a0» said: “no”\t–\r\n e\u0301 \U0001f9ca"
LINE = fees.FeeLine(basis="search", quantity=9, unit="half_hour", rate_cents=1500, free=6)


def _id(number: int) -> UUID:
    return UUID(int=0x0197A000_0000_7000_8000_000000001000 + number)


def of_disclosures() -> Iterable[Fact]:
    """Every fact of a disclosure, by its rooms."""
    yield from _of_scope()
    yield from _of_fees()
    yield from _of_items()
    yield from _of_consultations()
    yield from _of_review()
    yield from _of_release()


def _of_scope() -> Iterable[Fact]:
    yield opening.DisclosureOpened(
        case_id=_id(1),
        audience="subject",
        applicant_class="decline",
        party=_id(2),
        publishes=None,
        policy=POLICY,
    )
    yield opening.ClarificationAsked(words=SAID)
    yield opening.DisclosureScoped(
        cases=(_id(3), _id(1)),
        party=None,
        from_at=None,
        until_at=NIGHT,
        topics=("CaseOpened",),
        narrowed=True,
        words=SAID,
    )
    yield opening.StreamDrawn(
        in_stream=f"case/{_id(3)}",
        upto_version=2**53 - 1,
        whole=False,
        entries=(
            opening.DrawnEntry(
                version=1, personal=(opening.DrawnSlot(slot="answers.name", pieces=2),)
            ),
            opening.DrawnEntry(version=7),
        ),
    )
    yield searching.SearchLogged(
        search_id=_id(4),
        custodian="Dépôt, «\u00a0Halifax\u00a0»",
        tasked_on=LEAP,
        systems=("mail", "shared drive"),
        covers_from_on=None,
        covers_until_on=LEAP,
        found=0,
        nil_signed_by="R-02",
        minutes=90,
        terms=SAID,
    )
    yield searching.DisclosureTimeLogged(
        work_id=_id(5), activity="sever", minutes=15, cost_cents=None, words=None
    )


def _of_fees() -> Iterable[Fact]:
    yield fees.FeeEstimated(
        lines=(LINE,), total_cents=4500, deposit_cents=0, refuses=False, words=SAID
    )
    yield fees.FeeWaiverAsked(words=SAID)
    yield fees.FeeWaiverDecided(waiver="part", waived_cents=500, reason=SAID)
    yield fees.FeePaid(paid_cents=4000, owed_cents=0)
    yield fees.FeeRefunded(refunded_cents=1, reason=SAID)
    yield fees.FeeSettled(lines=(LINE,), total_cents=4500, estimated_cents=4500)


def _of_items() -> Iterable[Fact]:
    yield items.DisclosureItemListed(
        item_id=_id(6),
        number=1,
        pages=138,
        dated_on=LEAP,
        media_type="application/pdf",
        custodian="IAP",
        privilege="litigation",
        mark="m" * 43,
        lead=_id(7),
        digest="0a" * 32,
        title=SAID,
        description="A memorandum",
        author=None,
        recipients=SAID,
        source="archive",
    )
    yield items.ItemDuplicated(item_id=_id(6), lead=_id(7), duplicate="near", reason=SAID)
    yield items.PrivilegeWaived(item_id=_id(6), audience="regulator", holder=SAID, words=None)
    yield dispositions.ItemDisposed(
        item_id=_id(6),
        disposition="release_in_part",
        pages_full=135,
        pages_part=1,
        pages_withheld=2,
        redactions=(
            dispositions.Redaction(first_page=3, last_page=4, exemptions=("NS-20",)),
            dispositions.Redaction(
                first_page=9, last_page=9, box=(0, 250, 1000, 300), exemptions=("NS-14", "NS-20")
            ),
        ),
        exemptions=("NS-20", "NS-14"),
        paragraph="(3)(a)",
        override="does_not_prevail",
        until_on=LEAP,
        title_shown="generalised",
        author_shown="withheld",
        recipients_shown="shown",
        publish_on=None,
        policy=POLICY,
        referred_to=None,
        where_public=None,
        harm=SAID,
        factors_for=SAID,
        factors_against=SAID,
        override_reason=SAID,
        severability=None,
        reason=None,
    )


def _of_consultations() -> Iterable[Fact]:
    yield consulting.ConsultationNoticeGiven(
        consultation_id=_id(8),
        consultation="third_party",
        party=_id(2),
        body=None,
        items=(_id(6),),
        slots=0,
        provision="s. 27(1)",
        represent_by_at=NIGHT,
        decide_by_at=None,
        certificates={"represent": {"clock": "X", "none": None}, "decide": {}},
        words=SAID,
    )
    yield consulting.RepresentationsReceived(
        consultation_id=_id(8), position="objects_in_part", oral=True, words=SAID
    )
    yield consulting.ConsultationDecided(
        consultation_id=_id(8),
        decision="release_in_part",
        not_before_at=NIGHT,
        certificate={"clock": "Y"},
        words=SAID,
    )
    yield consulting.ConsultationReviewSought(consultation_id=_id(8), body="Court", words=None)
    yield consulting.ConsultationReviewEnded(consultation_id=_id(8), upheld=False, words=SAID)


def _of_review() -> Iterable[Fact]:
    yield review.WithholdingProposed(
        proposal_id=_id(9),
        in_stream=f"case/{_id(3)}",
        in_version=1,
        slot="answers.description",
        first=0,
        end=2,
        exemption="NS-20",
        found_by="phone",
    )
    yield review.SlotDecided(
        in_stream=f"case/{_id(3)}",
        in_version=1,
        slot="answers.description",
        first=None,
        end=None,
        outcome="withhold",
        exemptions=("NS-20", "NS-14"),
        paragraph="(1)",
        override=None,
        until_on=LEAP,
        proposal_id=_id(9),
        policy=POLICY,
        harm=SAID,
        factors_for=SAID,
        factors_against=SAID,
        override_reason=None,
        severability=SAID,
        reason=None,
    )
    yield guard.TreatmentDiffers(
        difference_id=_id(10),
        audience="applicant",
        earlier=_id(11),
        in_stream=None,
        in_version=None,
        slot=None,
        mark="m" * 43,
        treated_before="withhold_in_full",
        treated_after="shown",
        exemptions_before=("NS-14",),
        exemptions_after=(),
    )
    yield guard.TreatmentCompared(audience="applicant", compared=3, differences=1)
    yield guard.DifferenceExplained(difference_id=_id(10), reason=SAID)


def _of_release() -> Iterable[Fact]:
    yield approving.ClaimDecided(claim="none", reason=SAID)
    yield approving.DisclosureApproved(
        sole_officer=True, slots=412, items=0, policy=POLICY, words=SAID
    )
    yield approving.DisclosureReturned(reason=SAID)
    yield approving.DisclosureAnswered(
        outcome="neither_confirm_nor_deny",
        exemptions=(),
        notice_id=None,
        complain_within_days=60,
        complain_to="Commissioner",
        contact=SAID,
        reasons=SAID,
    )
    yield releasing.ReleaseAuthorised(
        release_id=_id(12),
        number=2,
        audience="regulator",
        claim="stated_scope",
        languages=("fr", "en"),
        supersedes=_id(13),
        exemptions=("NS-20",),
        edition=2,
        given_to=SAID,
        purpose=SAID,
    )
    yield releasing.DisclosureReleased(
        release_id=_id(12),
        number=2,
        audience="regulator",
        bundle="be" * 32,
        checkpoint_size=2**53 - 1,
        checkpoint_root="r" * 43,
    )
    yield releasing.ReleaseAbandoned(release_id=_id(12), reason=SAID)
    yield delivering.ReleaseDelivered(release_id=_id(12), method="in_person")
    yield delivering.ReleaseDeliveryFailed(
        release_id=_id(12), failure="wrong_recipient", words=SAID
    )
    yield heads_up.HeadsUpGiven(
        heads_up_id=_id(14),
        office="The Minister's office",
        told="P. Rivate",
        items=(_id(6),),
        release_id=_id(12),
        words=SAID,
    )
    yield ending.DisclosureEnded(reason=SAID)
    yield delivering.PublicationDecided(publish=True, not_before_at=NIGHT, reason=SAID)
