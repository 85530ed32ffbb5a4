"""Dropping from the command line: what another system puts into a folder is imported, once or again and again."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import Annotated

from cyclopts import Parameter

from api.channels.dropping import DropFolder, Dropped
from api.channels.mapping_files import find_any_mapping
from api.cli.edge import DONE, FOUND
from api.cli.ledgers import opened
from api.cli.showing import number, say, show_json, show_table, words
from api.cli.stopping import interrupts_between_passes
from api.cli.wording.as_refused import as_spoken
from api.cli.wording.in_french import numbered, told
from api.machines import machine
from ledger.errors import InvalidCommand, LedgerUnavailable
from ledger.service import Ledger

_BECAME = {
    "imported": "imported",
    "in_part": "set aside in part",
    "refused": "set aside",
    "moving": "still written to",
}


def drop(
    folder: Annotated[Path, Parameter(name="FOLDER", help="Where another system puts its files.")],
    /,
    *,
    mapping: Annotated[str, Parameter(name="--mapping")],
    loop: Annotated[bool, Parameter(name="--loop", negative="")] = False,
    every: Annotated[int, Parameter(name="--every")] = 60,
    settle: Annotated[float, Parameter(name="--settle")] = 2.0,
    as_json: Annotated[bool, Parameter(name="--json", negative="", help="Answer as JSON.")] = False,
) -> int:
    """Imports every whole file of a folder, and moves each to `done` or `set-aside` with its report beside it.

    A file dropped again adds nothing. What is still written to, hidden, or ends in .part or .tmp stays.

    Parameters
    ----------
    mapping
        A mapping that comes with the program (receipt, helpdesk, web-form), or the path of your own.
    loop
        Look again and again, until it is stopped.
    every
        How many seconds lie between two looks of the loop.
    settle
        For how many seconds a file must stand still to be whole.
    """
    if every < 1 or not 0 <= settle <= 3600:
        raise InvalidCommand("--every must be at least 1 second, and --settle 0 to 3600.")
    found = DropFolder(folder, find_any_mapping(mapping))
    if not loop:
        with opened() as ledger:
            dropped = _pass(ledger, found, settle)
        _show(dropped, as_json=as_json)
        return DONE if all(each.sound for each in dropped) else FOUND
    with opened() as ledger, interrupts_between_passes() as rest:
        while True:
            if dropped := _pass(ledger, found, settle):
                _show(dropped, as_json=as_json)
            rest(every)


def _pass(ledger: Ledger, folder: DropFolder, settle: float) -> list[Dropped]:
    with suppress(LedgerUnavailable):  # nothing dropped needs no database: an outage ends no loop
        ledger.vault.look()  # what another process erased since is held no longer
    taken = folder.take(ledger, actor=machine("import"), settle_seconds=settle, rest=Event().wait)
    return list(taken)


def _show(dropped: list[Dropped], *, as_json: bool) -> None:
    if as_json:
        show_json([each.as_json() for each in dropped])
        return
    show_table(
        "What was dropped",
        [
            words("file"),
            words("became"),
            number("rows"),
            number("new cases"),
            words("why, or where"),
        ],
        [
            (
                each.name,
                told(_BECAME[each.became]),
                each.report.survey.rows if each.report else "",
                each.report.cases_added_now if each.report else "",
                as_spoken(each.reason) if each.reason else each.lies_in or "",
            )
            for each in dropped
        ],
        empty="Nothing lies there.",
    )
    if waiting := [each for each in dropped if each.became == "moving"]:
        say(
            numbered(
                len(waiting),
                "{count} file is still written to: taken the next time.",
                "{count} files are still written to: taken the next time.",
            )
        )
