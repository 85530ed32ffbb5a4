"""The ombudsman's file from the command line: shown, or written into a new file."""

from __future__ import annotations

from datetime import tzinfo
from pathlib import Path
from uuid import UUID

import orjson

from api.cli.ledgers import office_days
from api.cli.reading.asked_at import Instants
from api.cli.showing import Column, local, say, show_json, show_table, words
from api.new_files import new_file, refuse_taken
from api.shown.inquiry_files import source_of
from ledger.entry import Actor
from ledger.input.quoting import counted
from ledger.service import Ledger
from projections.answers import as_json as plain
from projections.inquiries.contents import InquiryFile
from projections.inquiries.file import inquiry_file


def write_file(
    ledger: Ledger,
    inquiry_id: UUID,
    when: Instants,
    *,
    actor: Actor,
    out: str | None,
    adjustments: bool,
    as_json: bool,
) -> None:
    """Shows the file of an inquiry, or writes it into a new file."""
    if out is not None:
        refuse_taken(Path(out))
    source = source_of(ledger, inquiry_id, actor=actor, adjustments=adjustments, then=when.then)
    found = inquiry_file(source)
    if out is not None:
        raw = orjson.dumps(plain(found), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)
        with new_file(Path(out)) as file:
            file.write(raw + b"\n")
        lines = counted(sum(len(each.lines) for each in found.rows), "line", "lines")
        say(f"The file is in {out}: {lines} in {counted(len(found.rows), 'row', 'rows')}.")
    elif as_json:
        show_json(found)
    else:
        _show(found, office_days(source.policies).zone)
        told = (source.inquiry, *source.cases.values())
        last = max(each.entry.position for entries in told for each in entries)
        say(when.foot(last, office_days(source.policies)))


def _show(found: InquiryFile, zone: tzinfo) -> None:
    for row in found.rows:
        dated = any("effective_at" in line.values for line in row.lines)
        show_table(
            f"{row.en} / {row.fr}",
            [*([Column("when")] if dated else []), words("said"), words("dit"), Column("entries")],
            [
                (
                    *([local(line.values.get("effective_at"), zone)] if dated else []),
                    line.en,
                    line.fr,
                    " ".join(f"{each.position}:{each.digest[:8]}" for each in line.cites),
                )
                for line in row.lines
            ],
            empty="Nothing is recorded.",
        )
