"""The baseline from the command line: the same figures before and after a day, over this ledger or any log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

from cyclopts import Parameter

from api.channels.importing import import_log
from api.channels.mapping_files import find_mapping
from api.cli.edge import DONE
from api.cli.flow.figures_shown import lines_of
from api.cli.flow.flows import Which, asking_of, refuse_to_come, told_lives
from api.cli.ledgers import office_days
from api.cli.progress import progress_bar
from api.cli.reading.asked_at import Asked
from api.cli.reading.question import NOTHING_YET, Question, question
from api.cli.showing import Column, number, say, show_json, show_table, words
from api.cli.wording.in_french import SaidIn, told
from api.cli.wording.spoken import speaking
from api.machines import machine
from api.moments import date_of
from ledger.errors import InvalidCommand
from ledger.policy.in_force import Policies
from ledger.policy.telling.days import day_said
from ledger.service import Ledger
from ledger.times import EPOCH
from projections.figures.figure import Window
from projections.flow.lives import Lives
from projections.measures import Report, report
from projections.views import Views


def baseline(
    file: Annotated[
        Path | None, Parameter(name="FILE", help="An event log; else this ledger.")
    ] = None,
    /,
    *,
    mapping: str | None = None,
    split: str | None = None,
    first: Annotated[str | None, Parameter(name="--from")] = None,
    last: Annotated[str | None, Parameter(name="--until")] = None,
    which: Which = Which(),
    observed_from: str | None = None,
    said_in: SaidIn = "en",
    asked: Asked = Asked(),
) -> int:
    """Shows the same figures before a day and from it on, each as things stood at the end of its days.

    A log is read into a ledger of its own that is thrown away afterwards: nothing is recorded.

    Parameters
    ----------
    mapping
        For FILE: a mapping that comes with the program (receipt, helpdesk), or the path of your own.
    split
        The first day of the second half; the middle of the log if left out.
    first
        The first day; that of the first receipt if left out.
    last
        The last day; that on which something last happened if left out.
    observed_from
        The day on which the record began, if cases received before it could only be seen from then on.
    """
    with speaking(said_in), _about(file, mapping, asked) as asking:
        lived = told_lives(asking)
        whole = _whole(asking, lived, first, last)
        if whole is None:
            say(told(NOTHING_YET))
            return DONE
        split_on = date_of(split, option="--split") if split else _middle(whole)
        if not whole.first_on < split_on < whole.until_on:
            raise InvalidCommand(
                f"--split {split_on} leaves nothing on one side: name a day after {whole.first_on} "
                f"and before {whole.until_on}."
            )
        seen_from = date_of(observed_from, option="--observed-from") if observed_from else None
        halves = (Window(whole.first_on, split_on), Window(split_on, whole.until_on))
        before, after = (
            report(
                lived, asking_of(asking, half, which.filters(asking, lived), seen_from=seen_from)
            )
            for half in halves
        )
        if asked.as_json:
            show_json(
                {
                    "position": lived.position,
                    "known_at": asking.when.known_at,
                    "split_on": split_on,
                    "before": before,
                    "after": after,
                }
            )
        else:
            _show(halves, before, after, asking.policies)
            say(
                told(
                    "Cases: {count}; up to date as of entry {position} ({zone}). As things stood at the end of each "
                    "half.",
                    count=len(lived.cases),
                    position=lived.position,
                    zone=asking.days.name,
                )
            )
    return DONE


@contextmanager
def _about(file: Path | None, mapping: str | None, asked: Asked) -> Iterator[Question]:
    """The question, of this ledger or of one that holds the file alone."""
    if file is None:
        if mapping is not None:
            raise InvalidCommand(
                "--mapping is for a FILE: name the file, or leave the mapping out."
            )
        with question(asked) as asking:
            yield asking
        return
    if mapping is None:
        raise InvalidCommand(
            "Say how the file is read: give --mapping receipt, or one of your own."
        )
    found = find_mapping(mapping)
    with TemporaryDirectory(prefix="caseledger-baseline-") as folder:
        home = Path(folder) / "home"
        with (
            Ledger.create(home, master_key=Path(folder) / "master.key") as ledger,
            Views.open(home) as views,
        ):
            with progress_bar("rows") as tell:
                import_log(ledger, file, found, actor=machine("import"), progress=tell)
            policies = ledger.policies()
            days = office_days(policies)
            yield Question(ledger, views, policies, asked.instants(days, now=ledger.clock()), days)


def _whole(question: Question, lived: Lives, first: str | None, last: str | None) -> Window | None:
    """From the first receipt to the last thing that happened; None where nothing did."""
    cases = lived.cases.values()
    if not cases:
        return None
    days = question.days
    first_at = min(life.received_at for life in cases)
    last_at = max((move.at for life in cases for move in life.moves()), default=EPOCH)
    first_on = date_of(first, option="--from") if first else days.date_of(first_at)
    last_on = date_of(last, option="--until") if last else days.date_of(last_at)
    if last is not None:
        refuse_to_come(question, last_on)
    if first is None and last is None and last_on <= first_on:
        raise InvalidCommand(
            f"All that happened lies on {day_said(first_on)}: name days before and after with --from and --until, or "
            "wait for some."
        )
    if last_on <= first_on:
        raise InvalidCommand("--until must be after --from: there must be days before and after.")
    return Window(first_on, last_on + timedelta(days=1))


def _middle(whole: Window) -> date:
    return whole.first_on + timedelta(days=whole.days // 2)


def _show(halves: tuple[Window, Window], before: Report, after: Report, policies: Policies) -> None:
    one = {line.name: line for line in lines_of(before, policies)}
    two = {line.name: line for line in lines_of(after, policies)}
    names = [*one, *(name for name in two if name not in one)]
    said = [
        told("{first} to {last}", first=half.first_on, last=half.until_on - timedelta(days=1))
        for half in halves
    ]
    show_table(
        told("Before: {before}. After: {after}.", before=said[0], after=said[1]),
        [words("figure"), Column("before", "right"), number("of"), Column("after", "right"),
         number("of"), words("to know of the second")],
        [
            (
                name,
                one[name].number if name in one else "",
                one[name].n if name in one else "",
                two[name].number if name in two else "",
                two[name].n if name in two else "",
                (two.get(name) or one[name]).note,
            )
            for name in names
        ],
        empty=NOTHING_YET,
    )  # fmt: skip
