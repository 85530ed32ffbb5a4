"""Taking requests in: each row opens one case, once, or is set aside with its reason; the numbers add up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from api.channels.csv_log import read_csv
from api.channels.event_log import Survey
from api.channels.import_batches import begun, finished
from api.channels.import_report import ImportReport
from api.channels.log_files import digest_of, form_of, opened
from api.channels.request_mapping import RequestMapping
from api.channels.requests.asked import RequestIds, RowAsked, RowRead
from api.channels.rows import CaseRows, LogRow, SetAside, shown
from api.channels.source_times import UnreadableTime
from api.unwelcome import UNWELCOME
from ledger.commands import Command, Request
from ledger.entry import Actor, Receipt
from ledger.errors import InvalidCommand, LedgerError, Refusal
from ledger.ids import reference_of
from ledger.policy.in_force import PolicyVersion
from ledger.sealing.slots import canonical
from ledger.service import Ledger

_OPENS = "opening"
_AT_ONCE = 300
"""So many rows are made durable at once: a stop loses at most these, and taking the file again adds them."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A row, what it asks, how often it stands in the file, and its requests by what they do."""

    row: LogRow
    external_id: str
    times: int
    asked: RowAsked
    requests: Mapping[str, Request]


def take_requests(
    ledger: Ledger,
    path: Path,
    mapping: RequestMapping,
    *,
    actor: Actor,
    progress: Callable[[int, int], None] | None = None,
) -> ImportReport:
    """Opens a case for every row that opened none before, and says what came of every row.

    The file is read to its end before anything is recorded: InvalidCommand if it cannot be used. A row opens one case
    by what its source calls it; what it says otherwise later is set aside, so that no news is taken for told.
    """
    survey = _survey(path, mapping)
    version = ledger.policies().in_force(ledger.clock())
    report = begun(ledger, survey, mapping, names={}, actor=actor)
    rows = _asked(ledger, _cases(path, mapping), mapping, version, report, actor=actor)
    while some := list(islice(rows, _AT_ONCE)):
        _record(ledger, some, report)
        if progress is not None:
            progress(report.rows_told, survey.rows)
    return finished(ledger, report, path.name, actor=actor)


def _survey(path: Path, mapping: RequestMapping) -> Survey:
    form = form_of(path)
    if form != "csv":
        raise InvalidCommand(
            f"{path.name} is an event log in XES: requests are read from CSV; give a mapping with [case] and [event]."
        )
    cases = rows = 0
    for found in _cases(path, mapping):
        cases += isinstance(found, CaseRows)
        rows += found.row_count
    return Survey(form, digest_of(path), cases, rows, frozenset())


def _cases(path: Path, mapping: RequestMapping) -> Iterator[CaseRows | SetAside]:
    with opened(path) as stream:
        yield from read_csv(
            stream,
            file=path.name,
            case_keys=frozenset({mapping.request.id}),
            event_keys=mapping.columns,
            case_id=mapping.request.id,
            delimiter=mapping.csv.delimiter,
            encoding=mapping.csv.encoding,
        )


def _asked(
    ledger: Ledger,
    found: Iterable[CaseRows | SetAside],
    mapping: RequestMapping,
    version: PolicyVersion,
    report: ImportReport,
    *,
    actor: Actor,
) -> Iterator[_Asked]:
    for each in found:
        if isinstance(each, SetAside):
            report.set_aside.append(each)
            continue
        first, *others = each.rows
        external_id = each.attributes[mapping.request.id].strip()
        if not external_id:
            _set_aside(report, each.rows, f"it has no id ({shown(mapping.request.id)})")
            continue
        otherwise = [row for row in others if row.digest != first.digest]
        _set_aside(
            report,
            otherwise,
            "its id stands in the file once more before it, and says something else there",
        )
        same = [first, *(row for row in others if row.digest == first.digest)]
        try:
            _refuse_unwelcome(first)
            ids = RequestIds(ledger, mapping.log.name, external_id, first.digest.hex())
            asked = RowRead(first, mapping, version).asked(ids, now=ledger.clock())
        except UnreadableTime as error:
            _set_aside(report, same, f"its time {error}")
            continue
        except InvalidCommand as error:
            _set_aside(report, same, str(error))
            continue
        requests = _requests(asked, ids, first, actor)
        yield _Asked(first, external_id, len(same), asked, requests)


def _set_aside(report: ImportReport, rows: Iterable[LogRow], reason: str) -> None:
    report.set_aside += [SetAside(row.number, row.place, reason, row.digest.hex()) for row in rows]


def _refuse_unwelcome(row: LogRow) -> None:
    for column, said in row.event.items():
        if (found := UNWELCOME.search(said)) is not None:
            raise InvalidCommand(
                f"{shown(column)} holds the control character U+{ord(found[0]):04X}, which makes a text look other "
                "than it is"
            )


def _requests(asked: RowAsked, ids: RequestIds, row: LogRow, actor: Actor) -> Mapping[str, Request]:
    """What a row asks, in order; each stands for what the row says, whatever the policy makes of it by then."""
    said = canonical(dict(row.event))
    commands: Mapping[str, Command | None] = {
        "party": asked.party,
        _OPENS: asked.opening,
        "note": asked.note,
    }
    return {
        what: Request(
            command, actor, ids.opens if what == _OPENS else ids(f"asks-{what}"), asked=said
        )
        for what, command in commands.items()
        if command is not None
    }


def _record(ledger: Ledger, some: list[_Asked], report: ImportReport) -> None:
    new = [each for each in some if not _known(ledger, each, report)]
    outcomes = iter(ledger.handle_all([one for each in new for one in each.requests.values()]))
    for each in new:
        heard = dict(zip(each.requests, outcomes, strict=False))
        failed = next((one for one in heard.values() if isinstance(one, LedgerError)), None)
        opened = heard[_OPENS]
        if isinstance(opened, Receipt) and failed is None:
            _count(report, each, opened)
        elif isinstance(failed, Refusal | InvalidCommand):
            _set_aside(report, [each.row] * each.times, _why(opened, failed))
        elif failed is not None:
            raise failed


def _known(ledger: Ledger, each: _Asked, report: ImportReport) -> bool:
    """Whether the request opened a case before; what it says otherwise now is set aside, for somebody to tell there."""
    opening = each.requests[_OPENS]
    try:
        first = ledger.first_receipt(opening)
    except Refusal:
        assert opening.command_id is not None
        before = ledger.receipt_of_command(opening.command_id)
        assert before is not None, "another one was asked under this id"
        reference = reference_of(before.subject_id)
        reason = f"it opened the case {reference} before, and says something else now: tell it on that case"
        _set_aside(report, [each.row] * each.times, reason)
        return True
    if first is not None:
        _count(report, each, first)
    return first is not None


def _count(report: ImportReport, each: _Asked, receipt: Receipt) -> None:
    report.count_opened(
        receipt.subject_id,
        each.external_id,
        each.asked.opening.channel,
        each.times,
        *each.asked.findings,
        added_now=receipt.fresh,
    )


def _why(opened: Receipt | LedgerError, failed: LedgerError) -> str:
    if isinstance(opened, Receipt):
        reference = reference_of(opened.subject_id)
        return (
            f"it opened the case {reference}, and not all of it could be recorded there: {failed}"
        )
    return str(failed)
