"""The chronology of a release, in volumes of a bounded size: what each shown entry says, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from ledger.evidence.signing.notes import Checkpoint
from ledger.ids import reference_of
from ledger.policy.document.disclosing import Exemption
from ledger.policy.in_force import Policies
from ledger.policy.values import Language
from ledger.times import instant
from projections.one_case.trail import begun_by
from projections.releases import sentences as says
from projections.releases.chronology_html import as_html
from projections.releases.chronology_pdf import as_pdf
from projections.releases.packing import File
from projections.releases.said import Told, told
from projections.releases.selection import EntrySelection, Selection, StreamSelection
from projections.releases.streams import ReleasedStream
from projections.sentences.sentence import Sentence
from projections.sentences.wording import Wording

_ENTRIES_A_VOLUME = 120
_FIRST_EDITION = 1
"""Of a release, whose audience was told by its code and whose exemptions were named and not explained."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One stream in words: in each language what is told of each shown entry, in the order of versions."""

    stream: str
    chosen: Sequence[EntrySelection]
    told: Mapping[Language, Mapping[int, Told]]
    out_of_scope: int
    names_withheld: bool
    """Whether lines that are withheld are mentioned, which a release that claims nothing does not."""
    begun: Mapping[int, int]
    """By an entry that goes on with another one, such as the letter that was given, that other one; both are shown."""

    def as_json(self) -> Mapping[str, Any]:
        """The sentences alone, as they lie beside the entries."""
        languages = sorted(self.told)
        return {
            "entries": [
                {
                    "version": each.version,
                    **{said: self.told[said][each.version].sentence for said in languages},
                }
                for each in self.chosen
                if each.line is None
            ]
        }


def chapter_of(found: ReleasedStream, policies: Policies, selection: Selection) -> Chapter:
    """A released stream in the words of each language of its release."""
    chosen = {each.version: each for each in found.chosen}
    return Chapter(
        stream=found.stream,
        chosen=found.chosen,
        told={
            language: {
                version: told(entry, chosen[version], policies, language)
                for version, entry in found.shown.items()
            }
            for language in selection.languages
        },
        out_of_scope=found.out_of_scope,
        names_withheld=selection.claim != "none",
        begun=begun_by(
            (version, entry.entry.fact, chosen[version].slots)
            for version, entry in sorted(found.shown.items())
        ),
    )


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands at the front of each volume."""

    selection: Selection
    checkpoint: Checkpoint
    signed_at: str


def volumes_of(streams: Sequence[StreamSelection]) -> list[list[StreamSelection]]:
    """The streams in volumes, a stream never divided: so that a volume's memory does not grow with the release."""
    volumes: list[list[StreamSelection]] = [[]]
    entries = 0
    for each in streams:
        if entries and entries + len(each.entries) > _ENTRIES_A_VOLUME:
            volumes.append([])
            entries = 0
        volumes[-1].append(each)
        entries += len(each.entries)
    return volumes


def volume_files(
    chapters: Sequence[Chapter], cover: Cover, *, number: int, count: int
) -> Iterator[File]:
    """A volume as a page and as a document, in each language of the release."""
    for language in sorted(cover.selection.languages):
        said = volume_in(chapters, cover, language, number=number, count=count)
        place = f"data/chronology/{language}-{number:04}"
        yield File(f"{place}.html", as_html(said))
        yield File(f"{place}.pdf", as_pdf(said, dated=cover.signed_at))


def volume_in(
    chapters: Sequence[Chapter], cover: Cover, language: Language, *, number: int, count: int
) -> dict[str, Any]:
    """All that a volume says in one language, for whatever renders it."""

    def say(sentence: Sentence, **fields: object) -> str:
        return sentence.fitting(language, fields).format(**fields)

    selection, wording = cover.selection, Wording(language)
    by_code = selection.edition == _FIRST_EDITION
    audience = selection.audience if by_code else wording.value("audience", selection.audience)
    facts = [(says.FOR_AUDIENCE, audience)]
    if selection.recipient is not None:
        facts.append((says.FOR_RECIPIENT, selection.recipient))
    facts += [
        (says.FOR_PURPOSE, selection.purpose),
        (says.FOR_CLAIM, say(says.CLAIMS[selection.claim])),
    ]
    at = wording.instant(instant(cover.signed_at))
    title = says.TITLE if count == 1 else says.VOLUME
    explained = [] if by_code else list(_explained(selection.exemptions, wording))
    said: dict[str, Any] = {
        "language": language,
        "title": say(title, number=number, count=count),
        "facts": [[say(name), value] for name, value in facts],
        "notes": [
            say(
                says.SIGNED,
                size=cover.checkpoint.size,
                origin=cover.checkpoint.origin,
                at=f"{at} UTC",
            ),
            say(says.RENDERING),
            say(says.NOT_PROVEN),
        ],
        "chapters": [_chapter(each, language) for each in chapters],
    }
    if explained:
        said["exemptions"] = {"title": say(says.EXEMPTIONS), "facts": explained}
    return said


def _explained(exemptions: Mapping[str, Exemption], wording: Wording) -> Iterator[list[str]]:
    """Each exemption that was applied, by its code, in the short words of the policy."""
    for code, each in exemptions.items():
        duty = says.MANDATORY if each.duty == "mandatory" else says.DISCRETIONARY
        interest = each.interest.say(wording.language) if each.interest is not None else ""
        fields = {
            "name": each.say(wording.language),
            "section": each.section,
            "statute": each.statute or "",
            "duty": duty.say(wording.language),
            "interest": interest,
        }
        yield [code, wording.filled(says.EXEMPTION, fields)]


def _chapter(chapter: Chapter, language: Language) -> dict[str, Any]:
    def say(sentence: Sentence, **fields: object) -> str:
        return sentence.fitting(language, fields).format(**fields)

    kind, _, identity = chapter.stream.partition("/")
    heading = (
        say(says.CASE, reference=reference_of(UUID(identity)))
        if kind == "case"
        else say(says.RECORD, stream=chapter.stream)
    )
    entries: list[dict[str, Any]] = []
    for each in chapter.chosen:
        title = say(says.ENTRY, version=each.version)
        if each.line is None:
            said = _entry(chapter.told[language][each.version], say)
            if (earlier := chapter.begun.get(each.version)) is not None:
                said["facts"].append([say(says.GOES_ON_WITH), say(says.ENTRY, version=earlier)])
            entries.append({"title": title, **said})
        elif chapter.names_withheld:
            ground = each.line
            said = say(says.LINE_WITHHELD, exemption=ground.exemption, line=ground.line)
            entries.append({"title": title, "sentence": said, "facts": []})
    beyond = chapter.out_of_scope
    note = say(says.OUT_OF_SCOPE, count=beyond) if beyond else ""
    return {"title": heading, "entries": entries, "note": note}


def _entry(entry: Told, say: Any) -> dict[str, Any]:
    """An entry's sentence, and its times, of which those that are the same are told once."""
    times = (
        (entry.effective_at, say(says.HAPPENED)),
        (entry.known_at, say(says.KNOWN)),
        (entry.recorded_at, say(says.RECORDED)),
    )
    facts: list[list[str]] = []
    for value, same in groupby(times, key=itemgetter(0)):
        first, *others = (name for _, name in same)
        facts.append([", ".join((first, *(name.lower() for name in others))), value])
    return {"sentence": entry.sentence, "facts": [*facts, [say(says.BY), entry.actor]]}
