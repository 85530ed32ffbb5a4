"""The ombudsman's file from the command line: shown, or written into a new file."""

from __future__ import annotations

from datetime import tzinfo
from pathlib import Path
from uuid import UUID

import orjson

from api.cli.ledgers import office_days
from api.cli.reading.asked_at import Instants
from api.cli.showing import Column, local, say, show_json, show_table, words
from api.cli.wording.in_french import numbered, told
from api.new_files import new_file, refuse_taken
from api.shown.inquiry_files import source_of
from ledger.entry import Actor
from ledger.ids import reference_of
from ledger.service import Ledger
from projections.answers import as_json as plain
from projections.inquiries.contents import FileLine, InquiryFile
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
        lines = sum(len(each.lines) for each in found.rows)
        say(
            told(
                "The file is in {out}: {lines} in {rows}.",
                out=out,
                lines=numbered(lines, "{count} line", "{count} lines"),
                rows=numbered(len(found.rows), "{count} row", "{count} rows"),
            )
        )
    elif as_json:
        show_json(found)
    else:
        _show(found, office_days(source.policies).zone)
        streams = (source.inquiry, *source.cases.values())
        last = max(each.entry.position for entries in streams for each in entries)
        say(when.foot(last, office_days(source.policies)))


def _show(found: InquiryFile, zone: tzinfo) -> None:
    """Row by row; where it is about several cases each line says of which."""
    cases = {_case_of(line) for row in found.rows for line in row.lines} - {""}
    for row in found.rows:
        dated = any("effective_at" in line.values for line in row.lines)
        several = len(cases) > 1 and any(map(_case_of, row.lines))
        show_table(
            f"{row.en} / {row.fr}",
            [
                *([Column("case")] if several else []),
                *([Column("when")] if dated else []),
                words("said in English"), words("said in French"), Column("entries"),
            ],
            [
                (
                    *([_case_of(line)] if several else []),
                    *([local(line.values.get("effective_at"), zone)] if dated else []),
                    line.en,
                    line.fr,
                    " ".join(f"{each.position}:{each.digest[:8]}" for each in line.cites),
                )
                for line in row.lines
            ],
            empty="Nothing is recorded.",
        )  # fmt: skip


def _case_of(line: FileLine) -> str:
    """The case whose entry a line cites first, by its reference; empty where it cites none."""
    kind, _, id_ = line.cites[0].stream.partition("/") if line.cites else ("", "", "")
    return reference_of(UUID(id_)) if kind == "case" else ""
