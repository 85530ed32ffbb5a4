"""What came of an import, for people: numbers that add up, then each finding and each row set aside."""

from __future__ import annotations

from collections import Counter

from api.channels.import_report import ImportReport
from api.cli.showing import Column, number, say, show_table, words
from ledger.input.quoting import counted

_LISTED = 20


def show_import(report: ImportReport, file: str) -> None:
    """Prints the report; of very many findings the first of each kind, the rest by their count."""
    show_table(
        f"{file}: {counted(report.survey.rows, 'row', 'rows')} of {counted(report.survey.cases, 'case', 'cases')}, "
        f"from {report.source}",
        [words("what became of them"), number("rows"), number("cases")],
        [
            ("recorded", report.rows_recorded, report.cases_recorded),
            ("repeats of a row", report.rows_repeated, ""),
            ("set aside, with the reason", report.rows_set_aside, ""),
            ("brought in before", report.rows_imported_before, report.cases_imported_before),
        ],
        empty="The file holds no rows.",
    )
    say(
        f"Added now: {counted(report.cases_added_now, 'case', 'cases')}. Continued since before: "
        f"{report.cases_continued}. Ended late: {report.ended_late}. Hand-offs between persons: {report.handoffs}.",
    )
    counts = Counter(each.finding.code for each in report.findings)
    firsts = {each.finding.code: each for each in reversed(report.findings)}
    show_table(
        "Findings",
        [Column("finding"), number("cases"), words("for example")],
        [
            (code, count, f"{firsts[code].case}: {firsts[code].finding.sentence}")
            for code, count in sorted(counts.items())
        ],
        empty="Nothing looked wrong.",
    )
    if report.set_aside:
        show_table(
            f"Set aside (the first {_LISTED}; all with --json)",
            [number("row"), words("why")],
            [(each.row or each.place, each.reason) for each in report.set_aside[:_LISTED]],
            empty="",
        )
