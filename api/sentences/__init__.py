"""Sentences of what whoever asks is refused with: each English template with its French one, by chapter.

Those of `OF_THE_COMMAND_LINE` are said there alone; all others over HTTP too.
"""

from __future__ import annotations

from collections.abc import Mapping

from api.sentences import (
    beside,
    callers,
    cases,
    clocks,
    codes,
    command_line,
    command_line_deciding,
    command_line_typed,
    contact,
    disclosures,
    evidence,
    findings,
    flow,
    importing,
    keeping,
    machine,
    office,
    outcomes,
    parties,
    proving,
    reading,
    releases,
    requests,
    responsibility,
    service,
    storing,
)
from api.sentences.phrases import LETTERS, PHRASES, WORDS

CHAPTERS = (
    callers,
    requests,
    reading,
    service,
    codes,
    cases,
    responsibility,
    clocks,
    outcomes,
    contact,
    parties,
    disclosures,
    releases,
    flow,
    keeping,
    office,
    beside,
    evidence,
    storing,
)
OF_THE_COMMAND_LINE = (
    command_line,
    command_line_deciding,
    command_line_typed,
    machine,
    importing,
    proving,
    findings,
)
SENTENCES: Mapping[str, str] = {
    english: french
    for chapter in (*CHAPTERS, *OF_THE_COMMAND_LINE)
    for english, french in chapter.SENTENCES.items()
}

__all__ = ["CHAPTERS", "LETTERS", "OF_THE_COMMAND_LINE", "PHRASES", "SENTENCES", "WORDS"]
