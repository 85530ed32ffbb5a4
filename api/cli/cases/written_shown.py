"""What is written on a case, shown: what exists in which language, and its record items with their translations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from api.cli.showing import Column, number, show_table, words
from api.cli.wording.in_french import numbered, told
from api.cli.wording.spoken import spoken
from projections.one_case.written import WrittenPart
from projections.sentences.wording import Wording


def show_written(parts: Sequence[WrittenPart]) -> None:
    """Prints the languages in which parts of the case exist, and its record items; nothing where there are none."""
    wording = Wording(spoken())
    known = [each for each in parts if each.language is not None]
    if known:
        counted = {
            language: Counter(each.part for each in known if each.language == language)
            for language in sorted({each.language for each in known if each.language})
        }
        show_table(
            "What exists in which language",
            [Column("language"), words("parts")],
            [
                (
                    wording.value("language", language),
                    ", ".join(_several(*each) for each in count.items()),
                )
                for language, count in counted.items()
            ],
            empty="",
        )
    items = [each for each in parts if each.part == "item"]
    if items:
        show_table(
            "Record items",
            [
                Column("item"), number("no."), Column("kind"), number("pages"), Column("language"),
                words("translates"), words("translated by"), words("reviewed by"),
            ],
            [
                (
                    each.item_id, each.version, each.media_type, each.pages,
                    each.language if spoken() == "en" else wording.value("language", each.language),
                    _original(each), _maker(each), _reviewers(each),
                )
                for each in items
            ],
            empty="",
        )  # fmt: skip


def _several(part: str, count: int) -> str:
    if part == "information":
        return numbered(count, "{count} piece of information", "{count} pieces of information")
    return f"{count} {told(f'{part}s' if count > 1 else part)}"


def _original(part: WrittenPart) -> str | None:
    if part.translates is not None:
        return told("no. {version}", version=part.translates)
    return str(part.translation_of) if part.translation_of else None


def _maker(part: WrittenPart) -> str | None:
    if not part.is_translation:
        return None
    return f"{told(part.translated_by or '')} {part.translator}"


def _reviewers(part: WrittenPart) -> str | None:
    if not part.is_translation:
        return None
    return ", ".join(part.reviewed_by) or told("nobody yet")
