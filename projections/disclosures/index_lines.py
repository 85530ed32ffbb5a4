"""The lines of the withholding index, with everything that any audience is told of them. Pure.

A line says what is withheld, where and how much of it, never what it says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, TypeAlias
from uuid import UUID

from ledger.policy.document.disclosing import Exemption
from ledger.policy.in_force import Policies
from ledger.policy.values import Language
from ledger.registers.disclosures.dispositions import ItemDisposed, Redaction
from ledger.registers.disclosures.items import DisclosureItemListed
from ledger.registers.disclosures.review import SlotDecided
from ledger.registers.disclosures.state import LINE, Range
from ledger.times import stamp
from projections.disclosures.dossier import ConsultationFile, Dossier, ItemFile, Ruling

IndexAudience: TypeAlias = Literal["notice", "applicant", "regulator"]
Cell: TypeAlias = str | int | None
_What: TypeAlias = Literal["entry", "slot", "words", "item", "pages"]


@dataclass(frozen=True, slots=True)
class IndexRecord:
    """A line of the index with everything that any audience is told."""

    line: int
    what: _What
    stream: str | None = None
    entry: int | None = None
    slot: str | None = None
    words: str | None = None
    words_total: int | None = None
    words_withheld: int | None = None
    item: int | None = None
    pages: str | None = None
    box: str | None = None
    exemption: str = ""
    statute: str | None = None
    section: str | None = None
    paragraph: str | None = None
    item_on: str | None = None
    item_type: str | None = None
    title: str | None = None
    author: str | None = None
    recipients: str | None = None
    pages_total: int | None = None
    pages_full: int | None = None
    pages_part: int | None = None
    pages_withheld: int | None = None
    disposition: str | None = None
    duty: str | None = None
    test: str | None = None
    interest: str | None = None
    override: str | None = None
    until: str | None = None
    severability: str | None = None
    harm: str | None = None
    factors_for: str | None = None
    factors_against: str | None = None
    override_reason: str | None = None
    privilege: str | None = None
    third_party: str | None = None
    position: str | None = None
    third_party_decision: str | None = None
    not_before: str | None = None
    earlier: str | None = None
    difference_explained: str | None = None
    proposed_by: str | None = None
    decided_by: str | None = None
    decided_at: str | None = None
    approved_by: str | None = None
    approved_at: str | None = None


def records(
    known: Dossier,
    policies: Policies,
    *,
    language: Language = "en",
    audience: IndexAudience = "regulator",
) -> tuple[IndexRecord, ...]:
    """Every line, numbered from 1: what is withheld of entries in the order drawn, then of documents."""
    lines = [*_of_slots(known), *_of_items(known)]
    return tuple(
        _record(number, line, known, policies, language, audience)
        for number, line in enumerate(lines, 1)
    )


@dataclass(frozen=True, slots=True)
class _Slot:
    """Something of an entry that is withheld."""

    stream: str
    version: int
    slot: str
    words: Range | None
    ruling: Ruling
    pieces: int


@dataclass(frozen=True, slots=True)
class _Cut:
    """A document, or pages of it, that are withheld."""

    item_id: UUID
    file: ItemFile
    disposed: ItemDisposed
    redaction: Redaction | None


def _of_slots(known: Dossier) -> Iterator[_Slot]:
    for stream, drawn in known.state.drawn.items():
        for version, slot in sorted(drawn.reviewed):
            if version not in drawn.versions or (slot != LINE and drawn.hidden(version)):
                continue
            reviewed, pieces = drawn.reviewed[version, slot], drawn.pieces.get((version, slot), 0)
            whole = reviewed.whole
            if whole is not None and whole.outcome == "withhold":
                ruling = known.rulings[stream, version, slot, None]
                yield _Slot(stream, version, slot, None, ruling, pieces)
                continue
            taken_to = 0
            for first, end in sorted(reviewed.words):
                if reviewed.words[first, end].outcome != "withhold" or end <= taken_to:
                    continue
                ruling = known.rulings[stream, version, slot, (first, end)]
                words = (max(first, taken_to), end)
                yield _Slot(stream, version, slot, words, ruling, pieces)
                taken_to = end


def _of_items(known: Dossier) -> Iterator[_Cut]:
    for item_id, file in known.items.items():
        lead = known.items[file.lead] if file.lead else file
        disposed = lead.disposed
        if disposed is None or disposed.disposition == "release_in_full":
            continue
        if disposed.redactions:
            for redaction in disposed.redactions:
                yield _Cut(item_id, file, disposed, redaction)
        else:
            yield _Cut(item_id, file, disposed, None)


def _record(
    number: int,
    line: _Slot | _Cut,
    known: Dossier,
    policies: Policies,
    language: Language,
    audience: IndexAudience,
) -> IndexRecord:
    said = line.ruling.said if isinstance(line, _Slot) else line.disposed
    codes = said.exemptions
    if isinstance(line, _Cut) and line.redaction is not None:
        codes = line.redaction.exemptions
    grounds = [
        found for code in codes if (found := _exemption(policies, said.policy, code)) is not None
    ]
    decided_by, decided_at = (
        (line.ruling.by, line.ruling.at)
        if isinstance(line, _Slot)
        else (line.file.by, line.file.at)
    )
    approval = known.approval
    place = _slot_place(line) if isinstance(line, _Slot) else _item_place(line, audience)
    differing = _differing(line, known)
    values: dict[str, Any] = {
        **place,
        "exemption": ", ".join(codes),
        "statute": _joined(each.statute for each in grounds),
        "section": _joined(each.section for each in grounds),
        "paragraph": said.paragraph,
        "duty": _joined(each.duty for each in grounds),
        "test": _joined(each.test for each in grounds),
        "interest": _joined(each.interest.say(language) for each in grounds if each.interest),
        "override": said.override,
        "until": _iso(said.until_on),
        "severability": _text(said.severability),
        "harm": _text(said.harm),
        "factors_for": _text(said.factors_for),
        "factors_against": _text(said.factors_against),
        "override_reason": _text(said.override_reason),
        **differing,
        "proposed_by": _proposed_by(said, known),
        "decided_by": decided_by,
        "decided_at": _iso(decided_at),
        "approved_by": approval.by if approval else None,
        "approved_at": _iso(approval.at) if approval else None,
    }
    return IndexRecord(line=number, what=_what(line), **values)


def _what(line: _Slot | _Cut) -> _What:
    if isinstance(line, _Cut):
        return "item" if line.redaction is None else "pages"
    if line.slot == LINE:
        return "entry"
    return "slot" if line.words is None else "words"


def _slot_place(line: _Slot) -> dict[str, Cell]:
    words = line.words
    return {
        "stream": line.stream,
        "entry": line.version,
        "slot": None if line.slot == LINE else line.slot,
        "words": f"{words[0]}-{words[1]}" if words else None,
        "words_total": line.pieces or None,
        "words_withheld": (words[1] - words[0] if words else line.pieces) or None,
    }


def _item_place(line: _Cut, audience: IndexAudience) -> dict[str, Cell]:
    listed, disposed, cut = line.file.listed, line.disposed, line.redaction
    full, part, withheld = pages_of(listed, disposed)
    told: dict[str, Cell] = {
        "item": listed.number,
        "pages": _pages(cut) if cut else None,
        "box": ",".join(map(str, cut.box)) if cut and cut.box else None,
        "item_on": _iso(listed.dated_on),
        "item_type": listed.media_type,
        "title": _description_for(
            listed.title, disposed.title_shown, audience, _text(listed.description)
        ),
        "author": _description_for(listed.author, disposed.author_shown, audience, None),
        "recipients": _description_for(
            listed.recipients, disposed.recipients_shown, audience, None
        ),
        "pages_total": listed.pages,
        "pages_full": full,
        "pages_part": part,
        "pages_withheld": withheld,
        "disposition": "duplicate_of" if line.file.lead else disposed.disposition,
        "privilege": listed.privilege,
    }
    return told


def _pages(cut: Redaction) -> str:
    if cut.first_page == cut.last_page:
        return str(cut.first_page)
    return f"{cut.first_page}-{cut.last_page}"


def pages_of(listed: DisclosureItemListed, disposed: ItemDisposed | None) -> tuple[int, int, int]:
    """How many pages of a document are given whole, in part and not at all; a duplicate follows its lead as far
    as its own pages go."""
    if disposed is None:
        return 0, 0, listed.pages
    withheld = min(disposed.pages_withheld, listed.pages)
    part = min(disposed.pages_part, listed.pages - withheld)
    if disposed.disposition != "release_in_full" and not disposed.redactions:
        return 0, 0, listed.pages
    return listed.pages - withheld - part, part, withheld


def _description_for(
    value: object, state: str, audience: IndexAudience, otherwise: str | None
) -> str | None:
    """A description as an audience is to see it: shown, generalised or withheld; the regulator sees all."""
    text = _text(value)
    if audience == "regulator" or state == "shown":
        return text or otherwise
    return otherwise if state == "generalised" and otherwise else f"({state})"


def _proposed_by(said: SlotDecided | ItemDisposed, known: Dossier) -> str | None:
    if isinstance(said, ItemDisposed) or said.proposal_id is None:
        return None
    suggestion = known.suggestions.get(said.proposal_id)
    return f"{suggestion.tool} ({suggestion.said.found_by})" if suggestion else None


def _differing(line: _Slot | _Cut, known: Dossier) -> dict[str, Cell]:
    """How it was treated before, with the reason why that differs; whom it was consulted with."""
    told: dict[str, Cell] = {}
    for difference in known.differences.values():
        same = (
            (difference.in_stream, difference.in_version, difference.slot)
            == (line.stream, line.version, line.slot)
            if isinstance(line, _Slot)
            else difference.mark == line.file.listed.mark
        )
        if same:
            explained = known.explained.get(difference.difference_id)
            told["earlier"] = f"{difference.treated_before} ({difference.earlier})"
            told["difference_explained"] = _text(explained.reason) if explained else None
    if isinstance(line, _Cut):
        for each in known.consultations.values():
            if line.item_id in each.notice.items:
                told |= _consulted(each)
    return told


def _consulted(file: ConsultationFile) -> dict[str, Cell]:
    notice, decided = file.notice, file.decided
    return {
        "third_party": notice.body or (f"party/{notice.party}" if notice.party else None),
        "position": file.answered.position if file.answered else None,
        "third_party_decision": decided.decision if decided else None,
        "not_before": _iso(decided.not_before_at) if decided else None,
    }


def _exemption(policies: Policies, digest: str, code: str) -> Exemption | None:
    """An exemption as the policy had it by which it was cited."""
    for version in policies.versions:
        if version.digest == digest:
            return version.policy.exemptions.get(code)
    return None


def _text(value: object) -> str | None:
    """A text that was opened; nothing for one that is absent, and `(sealed)` for one that was not opened."""
    if value is None:
        return None
    return value if isinstance(value, str) else "(sealed)"


def _joined(values: Iterator[str | None]) -> str | None:
    return "; ".join(each for each in values if each) or None


def _iso(value: date | datetime | None) -> str | None:
    if value is None:
        return None
    return stamp(value) if isinstance(value, datetime) else value.isoformat()
