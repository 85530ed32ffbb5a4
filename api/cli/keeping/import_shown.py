"""What came of an import, for people: numbers that add up, then each finding and each row set aside."""

from __future__ import annotations

from collections import Counter

from api.channels.import_report import ImportReport, ListedFinding
from api.cli.showing import Column, number, say, show_table, words
from api.cli.wording.as_refused import as_spoken
from api.cli.wording.in_french import numbered, told

_LISTED = 20


def show_import(report: ImportReport, file: str) -> None:
    """Prints the report; of very many findings the first of each kind, the rest by their count."""
    show_table(
        numbered(
            report.survey.rows,
            "{file}: {count} row of {cases}, from {source}",
            "{file}: {count} rows of {cases}, from {source}",
            file=file,
            cases=numbered(report.survey.cases, "{count} case", "{count} cases"),
            source=report.source,
        ),
        [words("what became of them"), number("rows"), number("cases")],
        [
            (told("recorded"), report.rows_recorded, report.cases_recorded),
            (told("repeats of a row"), report.rows_repeated, ""),
            (told("set aside, with the reason"), report.rows_set_aside, ""),
            (told("brought in before"), report.rows_imported_before, report.cases_imported_before),
        ],
        empty="The file holds no rows.",
    )
    say(
        told(
            "Added now: {cases}. Continued since before: {continued}. Ended late: {late}. Hand-offs between persons: "
            "{handoffs}.",
            cases=numbered(report.cases_added_now, "{count} case", "{count} cases"),
            continued=report.cases_continued,
            late=report.ended_late,
            handoffs=report.handoffs,
        )
    )
    counts = Counter(each.finding.code for each in report.findings)
    firsts = {each.finding.code: each for each in reversed(report.findings)}
    show_table(
        "Findings",
        [Column("code"), number("cases"), words("for example")],
        [(code, count, _example(firsts[code])) for code, count in sorted(counts.items())],
        empty="Nothing looked wrong.",
    )
    if report.set_aside:
        show_table(
            told("Set aside (the first {count}; all with --json)", count=_LISTED),
            [number("row"), words("why")],
            [
                (each.row or each.place, as_spoken(each.reason))
                for each in report.set_aside[:_LISTED]
            ],
            empty="",
        )


def _example(found: ListedFinding) -> str:
    said = as_spoken(found.finding.sentence)
    return told("{case}: {finding}", case=found.case, finding=said)
