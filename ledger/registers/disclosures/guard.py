"""The guard: what is treated otherwise than before is said before anything is sent.

Compared are the last releases of other disclosures to the same audience, and the one before of this. A
difference (shown and withheld, other words, another exemption) is an entry; an officer's reason another.
What is published is compared with the answer that it publishes as well: everybody may see less than the
applicant did, and what the applicant was refused only where an officer says why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from pydantic import Field

from ledger.commands import Circumstances
from ledger.entry import Entry, Happened
from ledger.errors import UnlawfulTransition
from ledger.facts import Fact, PersonalText, fact
from ledger.ids import derived_uuid, subject_id_of
from ledger.policy.document.disclosing import Audience
from ledger.registers.disclosures.items import is_given
from ledger.registers.disclosures.state import (
    STREAM,
    Difference,
    Disclosure,
    DisclosureCommand,
    Drawn,
    Item,
    Release,
    SlotReviewed,
    Subject,
    Treated,
    Treatment,
    decides,
    evolves,
    member_of_office,
    officer,
)
from ledger.registers.parts import with_changed
from ledger.times import EPOCH

SHOWN: Treatment = ("shown", ())
_WORDS = "words "
"""What is said of a slot begins so, if only these of its words are withheld."""


@fact
class TreatmentDiffers(Fact):
    """A slot or a document would be treated otherwise than in an earlier release, told for the audience of this one."""

    difference_id: UUID
    audience: Audience
    earlier: UUID
    in_stream: str | None
    in_version: int | None
    slot: str | None
    mark: str | None
    treated_before: str
    treated_after: str
    exemptions_before: tuple[str, ...]
    exemptions_after: tuple[str, ...]


@fact
class TreatmentCompared(Fact):
    """What is to be released to an audience was compared with so many earlier releases."""

    audience: Audience
    compared: int
    differences: int


@fact
class DifferenceExplained(Fact):
    """An officer said why something is treated otherwise than before."""

    difference_id: UUID
    reason: PersonalText


class CompareTreatment(DisclosureCommand):
    """Compare what is to be released with what these disclosures released before."""

    others: tuple[UUID, ...] = ()


class ExplainDifference(DisclosureCommand):
    """Say why something is treated otherwise than before."""

    differences: tuple[UUID, ...] = Field(min_length=1)
    reason: str = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class _Earlier:
    """A release that was made, and whether it is the answer that is to be published."""

    disclosure_id: UUID
    release: Release
    published: bool = False


@decides(CompareTreatment)
def compare_treatment(
    state: Disclosure, asked: CompareTreatment, around: Circumstances
) -> Sequence[Happened]:
    """A difference that is known and still there is not raised again."""
    member_of_office(around)
    state.known()
    own = subject_id_of(around.stream)
    earlier = [_Earlier(own, state.last_release)] if state.last_release else []
    for other in dict.fromkeys(asked.others):
        found: Any = around.look(f"{STREAM}/{other}") if other != own else None
        if not isinstance(found, Disclosure) or found.audience != state.audience:
            continue
        if found.last_release is not None:
            earlier.append(_Earlier(other, found.last_release))
    answer: Any = around.look(f"{STREAM}/{state.publishes}") if state.publishes else None
    if state.publishes and isinstance(answer, Disclosure) and answer.last_release is not None:
        earlier.append(_Earlier(state.publishes, answer.last_release, published=True))
    differing = [each for one in earlier for each in _differences(state, one)]
    fresh = [each for each in differing if each.difference_id not in state.differences]
    if state.compared and not fresh:
        return ()
    compared = TreatmentCompared(
        audience=state.audience, compared=len(earlier), differences=len(differing)
    )
    return tuple(around.happened(each) for each in (*fresh, compared))


@decides(ExplainDifference)
def explain_difference(
    state: Disclosure, asked: ExplainDifference, around: Circumstances
) -> Sequence[Happened]:
    """A person gives the reason, once."""
    officer(around, does="explains no difference")
    happened: list[Happened] = []
    for each in dict.fromkeys(asked.differences):
        found = state.known().differences.get(each)
        if found is None:
            raise UnlawfulTransition(
                f"No difference {each} was found in this disclosure: compare it first.",
                rule="of-a-difference",
            )
        if not found.answered:
            explained = DifferenceExplained(difference_id=each, reason=asked.reason)
            happened.append(around.happened(explained))
    return happened


def open_differences(state: Disclosure) -> tuple[UUID, ...]:
    """The differences that still hold and that nobody has explained."""
    items = _by_mark(state.items)
    return tuple(
        key
        for key, each in state.differences.items()
        if not each.answered and _treatment(each.of, state.drawn, items) == each.after
    )


def _differences(state: Disclosure, earlier: _Earlier) -> Iterator[TreatmentDiffers]:
    drawn, items = state.drawn, _by_mark(state.items)
    before_streams = {key: each for key, each in earlier.release.streams.items() if each.versions}
    before_items = _by_mark(earlier.release.items)
    subjects: dict[Subject, None] = {}
    for stream, each in drawn.items():
        if known := before_streams.get(stream):
            common = each.versions & known.versions
            keys = sorted({*each.reviewed, *known.reviewed})
            subjects |= {(stream, at, slot): None for at, slot in keys if at in common}
    subjects |= {mark: None for mark in items if mark in before_items}
    for subject in subjects:
        before = _treatment(subject, before_streams, before_items)
        after = _treatment(subject, drawn, items)
        if before == after or (earlier.published and not _gives_more(before, after)):
            continue
        in_stream, in_version, slot = subject if isinstance(subject, tuple) else (None, None, None)
        said = (str(earlier.disclosure_id), str(earlier.release.number), str(subject))
        yield TreatmentDiffers(
            difference_id=derived_uuid(EPOCH, *said, str(before), str(after)),
            audience=state.audience,
            earlier=earlier.disclosure_id,
            in_stream=in_stream,
            in_version=in_version,
            slot=slot,
            mark=subject if isinstance(subject, str) else None,
            treated_before=before[0],
            treated_after=after[0],
            exemptions_before=before[1],
            exemptions_after=after[1],
        )


def _by_mark(items: Mapping[UUID, Item]) -> dict[str, Item]:
    """The documents that lead, by their marks."""
    return {each.mark: each for each in items.values() if each.mark and each.lead is None}


def _treatment(
    subject: Subject, streams: Mapping[str, Drawn], items: Mapping[str, Item]
) -> Treatment:
    if isinstance(subject, str):
        item = items.get(subject)
        return SHOWN if item is None or item.treated is None else _of_item(item, item.treated)
    stream, version, slot = subject
    drawn = streams.get(stream)
    found = drawn.reviewed.get((version, slot)) if drawn else None
    return SHOWN if found is None else _of_slot(found)


def _gives_more(before: Treatment, after: Treatment) -> bool:
    """Whether anything may be given that was not; of which pages of a document are given nothing is known here."""
    given = after == SHOWN or is_given(after[0]) or after[0].startswith(_WORDS)
    return before != SHOWN and given and before[0] != after[0]


def _of_item(item: Item, treated: Treated) -> Treatment:
    if item.disposition == "release_in_full":
        return SHOWN
    return item.disposition or "withheld", tuple(sorted(treated.exemptions))


def _of_slot(found: SlotReviewed) -> Treatment:
    withheld = found.withheld
    cited = tuple(sorted({code for each in withheld for code in each.exemptions}))
    if found.whole is None or found.whole.outcome == "release":
        cut = sorted(key for key, each in found.words.items() if each.outcome == "withhold")
        if not cut:
            return SHOWN
        return _WORDS + ", ".join(f"{first}-{end}" for first, end in cut), cited
    return "withheld", cited


@evolves(TreatmentDiffers)
def _differs(state: Disclosure, fact: TreatmentDiffers, _happened: Happened | Entry) -> Disclosure:
    if fact.in_stream is None or fact.in_version is None or fact.slot is None:
        of: Subject = fact.mark or ""
    else:
        of = (fact.in_stream, fact.in_version, fact.slot)
    difference = Difference(of, (fact.treated_after, fact.exemptions_after))
    return replace(state, differences={**state.differences, fact.difference_id: difference})


@evolves(TreatmentCompared)
def _compared(
    state: Disclosure, _fact: TreatmentCompared, _happened: Happened | Entry
) -> Disclosure:
    return replace(state, compared=True)


@evolves(DifferenceExplained)
def _explained(
    state: Disclosure, fact: DifferenceExplained, _happened: Happened | Entry
) -> Disclosure:
    differences = with_changed(state.differences, fact.difference_id, answered=True)
    return replace(state, differences=differences)
