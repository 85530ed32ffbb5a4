"""Writing an export: into a stream, or into a file that appears when it is whole."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Literal, TypeAlias, cast, get_args

from api.channels.exports.event_logs import write_csv, write_xes
from api.channels.exports.json_lines import write_json_lines
from api.channels.exports.ocel import write_ocel
from api.channels.exports.prov import write_prov
from api.channels.exports.seen import ALL, Seen
from api.new_files import new_file
from ledger.errors import InvalidCommand
from ledger.service import Ledger

ExportForm: TypeAlias = Literal["jsonl", "csv", "xes", "jsonocel", "provjson"]
FORMS: tuple[str, ...] = get_args(ExportForm)
_WRITERS: Mapping[ExportForm, Callable[[Ledger, IO[bytes], Seen], int]] = {
    "jsonl": write_json_lines,
    "csv": write_csv,
    "xes": write_xes,
    "jsonocel": write_ocel,
    "provjson": write_prov,
}


def export_file(ledger: Ledger, path: Path, *, seen: Seen = ALL) -> int:
    """Writes an export into a new file in the form that its name says, also with `.gz` after it.

    Answers how many entries it holds. The file appears when it is whole; one that is there already is
    left alone and InvalidCommand raised.
    """
    form = form_of_name(path)
    with ExitStack() as stack:
        out = stack.enter_context(new_file(path))
        if path.suffix == ".gz":
            packer = gzip.GzipFile("", "wb", fileobj=out, mtime=0)
            out = cast("IO[bytes]", stack.enter_context(packer))
        return write_export(ledger, out, form, seen=seen)


def form_of_name(path: Path) -> ExportForm:
    """The form that a file's name says; InvalidCommand if it says none."""
    ending = Path(path.name.removesuffix(".gz")).suffix.removeprefix(".")
    for form in get_args(ExportForm):
        if ending == form:
            return form
    endings = ", ".join(f".{form}" for form in FORMS[:-1])
    raise InvalidCommand(
        f"{path.name} names no form of export: end it in {endings} or .{FORMS[-1]}."
    )


def write_export(ledger: Ledger, out: IO[bytes], form: ExportForm, *, seen: Seen = ALL) -> int:
    """Writes an export and answers how many entries it holds; memory holds one case at a time."""
    return _WRITERS[form](ledger, out, seen)
