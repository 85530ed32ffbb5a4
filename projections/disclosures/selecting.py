"""Selecting: what a release shows, from what was decided; whatever is withheld has its line in the index. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from ledger.errors import Refusal, UnlawfulTransition
from ledger.policy.document.disclosing import Exemption
from ledger.registers.disclosures.state import LINE
from projections.disclosures.dossier import Dossier, ReleaseFile
from projections.disclosures.index import WithholdingIndex
from projections.disclosures.index_lines import IndexRecord
from projections.releases.selection import (
    EntrySelection,
    Ground,
    IndexLine,
    PieceRange,
    Selection,
    StreamSelection,
)

_NAMED_INSIDE = frozenset({"subject", "regulator"})
"""The audiences whose recipient a bundle names: the person it is about, and who may ask for it."""


def selection_of(
    known: Dossier,
    release: ReleaseFile,
    found: Sequence[IndexRecord],
    exemptions: Mapping[str, Exemption],
) -> Selection:
    """What a release shows of the entries in scope; refused while a personal slot of them is undecided.

    `exemptions` are those of the policy, of which the ones that were applied are explained.
    """
    waiting = sum(len(each.undecided) for each in known.state.drawn.values())
    if waiting:
        raise Refusal(
            f"Personal slots in scope that are not decided: {waiting}; nothing is released before each is.",
            rule="every-slot-is-decided",
        )
    lines: dict[tuple[str, int], list[IndexRecord]] = {}
    for each in found:
        if each.stream is not None and each.entry is not None:
            lines.setdefault((each.stream, each.entry), []).append(each)
    authorised = release.authorised
    recipient = authorised.given_to if authorised.audience in _NAMED_INSIDE else None
    return Selection(
        streams=tuple(
            StreamSelection(
                stream,
                drawn.upto_version,
                tuple(
                    _entry(version, lines.get((stream, version), []))
                    for version in sorted(drawn.versions)
                ),
            )
            for stream, drawn in known.state.drawn.items()
        ),
        claim=authorised.claim,
        audience=authorised.audience,
        purpose=_not_erased(authorised.purpose),
        recipient=None if recipient is None else _not_erased(recipient),
        languages=authorised.languages,
        edition=authorised.edition,
        exemptions={code: exemptions[code] for code in authorised.exemptions if code in exemptions},
    )


def _entry(version: int, lines: Sequence[IndexRecord]) -> EntrySelection:
    slots: dict[str, Ground] = {}
    words: dict[str, tuple[PieceRange, ...]] = {}
    for each in lines:
        ground = Ground(each.line, each.exemption)
        if each.what == "entry":
            return EntrySelection(version, line=ground)
        if each.slot is None or each.slot == LINE:
            continue
        if each.words is None:
            slots[each.slot] = ground
        else:
            first, _, end = each.words.partition("-")
            piece = PieceRange(int(first), int(end), ground)
            words[each.slot] = (*words.get(each.slot, ()), piece)
    return EntrySelection(version, slots=slots, pieces=words)


def index_lines(index: WithholdingIndex) -> tuple[IndexLine, ...]:
    """The lines of an index as a bundle carries them."""
    return tuple(
        IndexLine(
            int(each["line"] or 0),
            str(each["exemption"]),
            {name: value for name, value in each.items() if name not in ("line", "exemption")},
        )
        for each in index.lines
    )


def release_of(known: Dossier, release_id: UUID) -> ReleaseFile:
    """A release that was authorised; refused where none of this id was."""
    found = known.releases.get(release_id)
    if found is None:
        raise UnlawfulTransition(
            "No such release of this disclosure was authorised: name one that was.",
            rule="of-a-release",
        )
    return found


def _not_erased(value: object) -> str:
    if not isinstance(value, str):
        raise Refusal(
            "The purpose or the recipient of this release was erased, so it cannot be made: abandon it.",
            rule="release-says-what-for",
        )
    return value
