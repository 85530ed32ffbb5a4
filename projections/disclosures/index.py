"""The withholding index for three audiences, issued anew with each release. Pure.

The notice has the code at the site; the applicant's schedule describes and says what the ground protects;
the regulator's or court's version gives the whole record of how it was decided. A number means the same
line in all three.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from uuid import UUID

from ledger.policy.in_force import Policies
from ledger.policy.values import Language
from projections.disclosures.dossier import Dossier
from projections.disclosures.index_lines import (
    Cell,
    IndexAudience,
    IndexRecord,
    pages_of,
    records,
)

_ALL = tuple(each.name for each in fields(IndexRecord))
_UPTO: Mapping[IndexAudience, str] = {
    "notice": "paragraph", "applicant": "severability", "regulator": "approved_at"
}  # fmt: skip
"""The last column that each audience is given: the columns are in the order of how much they say."""


def columns(audience: IndexAudience) -> tuple[str, ...]:
    """The columns of the index for an audience, in order."""
    return _ALL[: _ALL.index(_UPTO[audience]) + 1]


@dataclass(frozen=True, slots=True)
class Sums:
    """Pages and documents of the whole list, duplicates and what is not responsive counted too."""

    items: int
    duplicates: int
    not_responsive: int
    pages: int
    pages_full: int
    pages_part: int
    pages_withheld: int
    pages_of_duplicates: int
    slots_withheld: int
    words_withheld: int


@dataclass(frozen=True, slots=True)
class WithholdingIndex:
    """The index of a disclosure for one audience, as of a release: `version` of it, which it supersedes, its lines."""

    disclosure_id: UUID
    release_id: UUID | None
    version: int
    supersedes: UUID | None
    audience: IndexAudience
    columns: tuple[str, ...]
    lines: tuple[Mapping[str, Cell], ...]
    sums: Sums
    statement: str


_STATEMENT = {
    "en": "All that could reasonably be severed from what is withheld was released; each line says whether "
    "all or part is withheld.",
    "fr": "Tout ce qui pouvait raisonnablement être prélevé de ce qui est retenu a été communiqué; chaque ligne "
    "indique si la retenue est totale ou partielle.",
}


def withholding_index(
    known: Dossier,
    policies: Policies,
    *,
    disclosure_id: UUID,
    audience: IndexAudience,
    release_id: UUID | None,
    language: Language = "en",
) -> WithholdingIndex:
    """The index for an audience of what stands in a dossier; of a release, the dossier as it was authorised."""
    found = records(known, policies, language=language, audience=audience)
    shown = columns(audience)
    release = known.releases.get(release_id) if release_id else None
    return WithholdingIndex(
        disclosure_id=disclosure_id,
        release_id=release_id,
        version=release.authorised.number if release else len(known.releases) + 1,
        supersedes=release.authorised.supersedes if release else None,
        audience=audience,
        columns=shown,
        lines=tuple({name: asdict(each)[name] for name in shown} for each in found),
        sums=sums_of(known, found),
        statement=_STATEMENT[language],
    )


def sums_of(known: Dossier, found: Sequence[IndexRecord]) -> Sums:
    """What the list of documents adds up to, and how much of entries is withheld."""
    pages = full = part = withheld = of_duplicates = not_responsive = duplicates = 0
    for file in known.items.values():
        lead = known.items[file.lead] if file.lead else file
        whole, some, none = pages_of(file.listed, lead.disposed)
        pages += file.listed.pages
        full, part, withheld = full + whole, part + some, withheld + none
        if file.lead:
            duplicates += 1
            of_duplicates += file.listed.pages
        elif lead.disposed and lead.disposed.disposition == "not_responsive":
            not_responsive += 1
    return Sums(
        items=len(known.items),
        duplicates=duplicates,
        not_responsive=not_responsive,
        pages=pages,
        pages_full=full,
        pages_part=part,
        pages_withheld=withheld,
        pages_of_duplicates=of_duplicates,
        slots_withheld=sum(each.what in ("entry", "slot") for each in found),
        words_withheld=sum(each.words_withheld or 0 for each in found),
    )
