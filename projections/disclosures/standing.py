"""How a disclosure stands: what was decided of each slot and document, and what it still waits for. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ledger.errors import Refusal
from ledger.ids import reference_of
from ledger.policy.calendars.zones import LocalDays
from ledger.policy.document.disclosing import Audience, ConsultationKind
from ledger.policy.telling.days import day_in_words
from ledger.policy.telling.money import amount
from ledger.policy.values import Language
from ledger.registers.disclosures import Disclosure
from ledger.registers.disclosures.approving import refuse_unready
from ledger.registers.disclosures.guard import open_differences
from ledger.registers.disclosures.state import Claim, Outcome, Range, SlotReviewed
from projections.disclosures.dossier import Dossier
from projections.sentences.disclosure import NEXT_STEPS


@dataclass(frozen=True, slots=True)
class ConsultationNow:
    """A consultation: by when they answer, whether they did, and before when nothing is released."""

    consultation_id: UUID
    kind: ConsultationKind
    represent_by_at: datetime | None
    decide_by_at: datetime | None
    answered: bool
    decided: bool
    not_before_at: datetime | None
    review_open: bool


@dataclass(frozen=True, slots=True)
class ReleaseNow:
    """A release: the digest of its bundle once it was made, and whether it reached anybody."""

    release_id: UUID
    number: int
    bundle: str | None
    released_at: datetime | None
    delivered_at: datetime | None
    delivery_failed: bool


@dataclass(frozen=True, slots=True)
class DisclosureNow:
    """A disclosure in figures: what it covers, what of it is decided, its fee, its consultations and releases."""

    disclosure_id: UUID
    request: str | None
    audience: Audience
    opened_at: datetime | None
    standing: str
    streams: int
    items: int
    pages: int
    undecided: int
    proposals_open: int
    differences_open: int
    claim: Claim | None
    publishes: UUID | None
    """The disclosure whose answer this one gives to everybody."""
    approved: bool
    answered: bool
    sole_officer: bool
    approved_alone: int
    fee_owed_cents: int
    minutes: int
    cost_cents: int
    consultations: tuple[ConsultationNow, ...]
    releases: tuple[ReleaseNow, ...]


@dataclass(frozen=True, slots=True)
class WordsNow:
    """Words of a slot of which something was decided: from the first to before the end."""

    first: int
    end: int
    outcome: Outcome
    exemptions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SlotNow:
    """A slot in scope, with how many words it has: what was decided of all of it, if anything was, and of words."""

    stream: str
    entry: int
    slot: str
    pieces: int
    outcome: Outcome | None
    exemptions: tuple[str, ...]
    words: tuple[WordsNow, ...]


@dataclass(frozen=True, slots=True)
class DocumentNow:
    """A document: its place in the list, the one that it is a duplicate of, and what becomes of it."""

    item_id: UUID
    number: int
    pages: int
    privileged: bool
    lead: UUID | None
    disposition: str | None
    exemptions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProposalNow:
    """What the finder proposed to withhold, and whether a person has answered."""

    proposal_id: UUID
    stream: str
    entry: int
    slot: str
    words: Range | None
    exemption: str
    answered: bool


@dataclass(frozen=True, slots=True)
class DifferenceNow:
    """What is treated otherwise than before, how it is now, and whether anybody has said why."""

    difference_id: UUID
    stream: str | None
    entry: int | None
    slot: str | None
    treated: str
    exemptions: tuple[str, ...]
    explained: bool


def now(disclosure_id: UUID, known: Dossier) -> DisclosureNow:
    """A disclosure in figures."""
    state = known.state
    return DisclosureNow(
        disclosure_id=disclosure_id,
        request=reference_of(state.case_id) if state.case_id else None,
        audience=state.audience,
        opened_at=known.opened_at,
        standing=standing_of(state),
        streams=len(state.drawn),
        items=len(state.items),
        pages=sum(each.pages for each in state.items.values()),
        undecided=sum(len(each.undecided) for each in state.drawn.values()),
        proposals_open=sum(not each.answered for each in state.proposals.values()),
        differences_open=len(open_differences(state)),
        claim=state.claim,
        publishes=state.publishes,
        approved=state.approved,
        answered=state.answered,
        sole_officer=known.approval.sole_officer if known.approval else False,
        approved_alone=known.approved_alone,
        fee_owed_cents=state.fees.owed,
        minutes=sum(each.minutes for each in (*known.times, *known.searches)),
        cost_cents=sum(each.cost_cents or 0 for each in known.times),
        consultations=tuple(
            ConsultationNow(
                consultation_id=key,
                kind=each.kind,
                represent_by_at=each.represent_by_at,
                decide_by_at=each.decide_by_at,
                answered=each.answered,
                decided=each.decided,
                not_before_at=each.not_before_at,
                review_open=each.review_open,
            )
            for key, each in state.consultations.items()
        ),
        releases=tuple(
            ReleaseNow(
                release_id=key,
                number=each.number,
                bundle=each.bundle,
                released_at=each.released_at,
                delivered_at=each.delivered_at,
                delivery_failed=each.failed,
            )
            for key, each in state.releases.items()
        ),
    )


def standing_of(state: Disclosure) -> str:
    """How a disclosure stands, in a word or two."""
    last = state.last_release
    if state.ended:
        return "ended as begun by mistake"
    if state.pending_release is not None:
        return "a release is being made"
    if state.clarifying:
        return "waits for the applicant"
    if last is not None and last.failed:
        return "delivery failed"
    if last is not None and state.approved:
        return "delivered" if last.delivered_at else "released"
    if state.approved:
        return "approved"
    if state.drawn or state.items:
        return "in review"
    return "scoped" if state.scoped else "begun"


def waits_for(
    state: Disclosure,
    currency: str | None,
    *,
    days: LocalDays,
    published: bool,
    language: Language = "en",
    refused_in: Callable[[str], str] = str,
) -> str | None:
    """What is to be done next before it is approved, answered, received or published, in a sentence, or None.

    Amounts are in the currency of the office, and days those of its zone. `published` says that another disclosure
    gave its answer to everybody. `refused_in` tells a refusal in the language.
    """
    if state.ended:
        return None
    try:
        refuse_unready(state)
    except Refusal as refused:
        return refused_in(str(refused))
    next_step = _next_step(state, published=published)
    if next_step is None:
        return None
    owed = amount(state.fees.owed, currency, language)
    from_at = state.publish_from_at
    day = from_at and day_in_words(days.date_of(from_at), language)
    return NEXT_STEPS[next_step].say(language).format(owed=owed, day=day)


def _next_step(state: Disclosure, *, published: bool) -> str | None:
    """The step that is to be taken once nothing stands in the way of an approval."""
    if state.pending_release is not None:
        return "make"
    if not state.approved:
        return "approve"
    if state.publishes is None and not state.answered:
        return "answer"
    if state.fees.owed:
        return "pay"
    last = state.last_release
    if last is None and not state.compared:
        return "compare"
    if state.publishes is None and last is not None and (last.failed or not last.delivered_at):
        return "deliver"
    if state.published and not published:
        return "publish" if state.publish_from_at is None else "publish_from"
    return None


def slots(state: Disclosure) -> tuple[SlotNow, ...]:
    """Every personal slot in scope, and every other slot of which something was decided."""
    found: list[SlotNow] = []
    for stream, drawn in state.drawn.items():
        keys = dict.fromkeys(
            (*drawn.pieces, *(key for key in drawn.reviewed if key[0] in drawn.versions))
        )
        for key in sorted(keys):
            reviewed = drawn.reviewed.get(key)
            whole = reviewed.whole if reviewed else None
            found.append(
                SlotNow(
                    stream=stream,
                    entry=key[0],
                    slot=key[1],
                    pieces=drawn.pieces.get(key, 0),
                    outcome=whole.outcome if whole else None,
                    exemptions=whole.exemptions if whole else (),
                    words=_words(reviewed) if reviewed else (),
                )
            )
    return tuple(found)


def _words(reviewed: SlotReviewed) -> tuple[WordsNow, ...]:
    return tuple(
        WordsNow(first, end, each.outcome, each.exemptions)
        for (first, end), each in sorted(reviewed.words.items())
    )


def documents(state: Disclosure) -> tuple[DocumentNow, ...]:
    """Every document in the order of the list."""
    return tuple(
        DocumentNow(
            item_id=key,
            number=number,
            pages=each.pages,
            privileged=each.privileged,
            lead=each.lead,
            disposition=each.disposition,
            exemptions=each.treated.exemptions if each.treated else (),
        )
        for number, (key, each) in enumerate(state.items.items(), 1)
    )


def proposals(state: Disclosure) -> tuple[ProposalNow, ...]:
    """Everything that was proposed."""
    return tuple(
        ProposalNow(
            proposal_id=key,
            stream=each.stream,
            entry=each.version,
            slot=each.slot,
            words=each.words,
            exemption=each.exemption,
            answered=each.answered,
        )
        for key, each in state.proposals.items()
    )


def differences(state: Disclosure) -> tuple[DifferenceNow, ...]:
    """Every difference that was found."""
    found: list[DifferenceNow] = []
    for key, each in state.differences.items():
        stream, entry, slot = each.of if isinstance(each.of, tuple) else (None, None, None)
        treated, exemptions = each.after
        found.append(DifferenceNow(key, stream, entry, slot, treated, exemptions, each.answered))
    return tuple(found)
