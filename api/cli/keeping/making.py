"""Keeping a ledger from the command line: made, filled from elsewhere, written out, verified, rebuilt, watched."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from api.channels.bringing_in import bring_in
from api.channels.exports import ExportForm, Seen, export_file, write_export
from api.channels.mapping_files import find_any_mapping
from api.cli.edge import DONE, FOUND
from api.cli.keeping.import_shown import show_import
from api.cli.ledgers import office_days, opened, opened_with_views
from api.cli.progress import progress_bar
from api.cli.reading.asked_at import Asked
from api.cli.showing import say, show_json
from api.cli.wording.in_french import numbered, told
from api.machines import machine
from ledger.errors import InvalidCommand
from ledger.ids import case_stream
from ledger.service import Ledger
from ledger.settings import Settings
from ledger.store import refuse_unwritable

AsJson = Annotated[bool, Parameter(name="--json", negative="", help="Answer as JSON.")]


def init(*, as_json: AsJson = False) -> int:
    """Makes a new ledger with its vault and master key, in CASELEDGER_HOME or at CASELEDGER_DATABASE_URL."""
    settings = Settings()
    with Ledger.create(settings.location, master_key=settings.master_key_file) as ledger:
        ledger_id = ledger.store.ledger_id.hex()
    key = settings.master_key_file
    if as_json:
        show_json({"ledger_id": ledger_id, "place": _place(settings), "master_key": str(key)})
        return DONE
    say(
        told("A new ledger {id} lies in {place}.", id=ledger_id, place=told(_place(settings))),
        told(
            "Its master key is {key}: keep a copy elsewhere, for without it personal values cannot be read.",
            key=key,
        ),
        told(
            "Next: `caseledger policy publish FILE --as MEMBER`, or `caseledger import FILE --mapping MAP`."
        ),
    )
    return DONE


def import_(
    file: Annotated[
        Path, Parameter(name="FILE", help="An event log (XES or CSV) or requests (CSV), also .gz.")
    ],
    /,
    *,
    mapping: Annotated[str, Parameter(name="--mapping")],
    as_json: AsJson = False,
) -> int:
    """Brings in the history of another system, or requests that it exports; again adds nothing, more adds what is new.

    Parameters
    ----------
    mapping
        A mapping that comes with the program (receipt, helpdesk, web-form), or the path of your own.
    """
    found = find_any_mapping(mapping)
    with opened() as ledger, progress_bar("rows") as tell:
        report = bring_in(ledger, file, found, actor=machine("import"), progress=tell)
    if as_json:
        show_json(report.as_json())
    else:
        show_import(report, file.name)
    return DONE if report.sound else FOUND


def export(
    *,
    form: Annotated[ExportForm | None, Parameter(name="--format")] = None,
    case: Annotated[str | None, Parameter(name="--case")] = None,
    out: Annotated[Path | None, Parameter(name="--out")] = None,
    asked: Asked = Asked(),
) -> int:
    """Writes every entry as JSON lines, the cases as an event log, or who did what; personal values stay sealed.

    Parameters
    ----------
    form
        JSON lines, or an event log (CSV, XES, OCEL 2.0), or provenance (PROV-JSON); as --out ends, else JSON lines.
    case
        The reference of a case, to write out it alone.
    out
        A new file, named by its form (also .gz); standard output if left out.
    """
    with opened() as ledger:
        when = asked.instants(office_days(ledger.policies()), now=ledger.clock())
        stream = None if case is None else case_stream(ledger.find_case(case))
        seen = Seen(known_at=when.known_at, as_of=when.as_of, stream=stream)
        if out is None:
            write_export(ledger, sys.stdout.buffer, form or "jsonl", seen=seen)
            sys.stdout.buffer.flush()
            return DONE
        if form is not None and f".{form}" not in out.suffixes:
            raise InvalidCommand(
                f"{out.name} does not end in .{form}: name it so, or leave --format out."
            )
        count = export_file(ledger, out, seen=seen)
    say(numbered(count, "{count} entry is in {out}.", "{count} entries are in {out}.", out=out))
    return DONE


def rebuild(*, shards: int | None = None, as_json: AsJson = False) -> int:
    """Makes every view again from the ledger; until it is done the views before answer.

    Parameters
    ----------
    shards
        How many processes share the work: one a core if left out.
    """
    if shards is not None and shards < 1:
        raise InvalidCommand("--shards must be at least 1.")
    with opened_with_views() as (ledger, views), progress_bar("entries") as tell:
        refuse_unwritable(ledger.store)
        position = views.rebuild(ledger.store, shards=shards, progress=lambda at: tell(*at))
    if as_json:
        show_json({"position": position})
    else:
        say(told("The views are made again, up to date as of entry {position}.", position=position))
    return DONE


def rekey(*, as_json: AsJson = False) -> int:
    """Wraps every key of the vault anew under a new master key, which takes the place of the old one.

    A copy of the vault made before can then be opened with the old master key alone. Whoever else
    has the ledger open goes on under it, if they were given this same file.
    """
    settings = Settings()
    with opened() as ledger:
        epoch = ledger.change_master_key()
    if as_json:
        show_json({"epoch": epoch, "master_key": str(settings.master_key_file)})
    else:
        say(
            told(
                "The vault is wrapped under the master key of epoch {epoch}, {file}: back it up, and destroy every "
                "copy of the one before.",
                epoch=epoch,
                file=settings.master_key_file,
            )
        )
    return DONE


def _place(settings: Settings) -> str:
    return "the PostgreSQL database" if settings.database_url else str(settings.home)
