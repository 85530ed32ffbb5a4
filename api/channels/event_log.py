"""An event log on disk: checked whole before anything of it is used, then read case by case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from api.channels.case_reading import read_histories
from api.channels.csv_log import read_csv
from api.channels.histories import CaseHistory
from api.channels.log_files import LogForm, digest_of, form_of, opened
from api.channels.mapping import Mapping
from api.channels.mapping_files import unknown
from api.channels.rows import CaseRows, SetAside
from api.channels.xes import KeysMet, read_xes
from ledger.errors import InvalidCommand


@dataclass(frozen=True, slots=True)
class Survey:
    """What a file holds: its form, the SHA-256 of its bytes, its cases and rows counted, whom it names."""

    form: LogForm
    digest: str
    cases: int
    rows: int
    people: frozenset[str]


@dataclass(frozen=True, slots=True)
class EventLog:
    """A file and the mapping by which it is read."""

    path: Path
    mapping: Mapping

    def survey(self) -> Survey:
        """Reads the file to its end and records nothing; InvalidCommand if it cannot be used.

        A file that is cut off, broken in the middle or without an attribute that the mapping names
        is thereby refused before the first of its cases is recorded.
        """
        form = form_of(self.path)
        met = KeysMet()
        cases = rows = 0

        def counted() -> Iterator[CaseRows | SetAside]:
            nonlocal cases, rows
            for found in self._cases(form, met):
                cases += isinstance(found, CaseRows)
                rows += found.row_count
                yield found

        people = set[str]()
        for each in read_histories(counted(), self.mapping):
            if isinstance(each, CaseHistory):
                people |= each.people
        if form == "xes":
            self._refuse_unknown(met)
        return Survey(form, digest_of(self.path), cases, rows, frozenset(people))

    def histories(self) -> Iterator[CaseHistory | SetAside]:
        """Each case in the order in which the file has it, and each thing set aside."""
        return read_histories(self._cases(form_of(self.path), None), self.mapping)

    def _cases(self, form: LogForm, met: KeysMet | None) -> Iterator[CaseRows | SetAside]:
        keys = self.mapping.case_keys, self.mapping.event_keys
        with opened(self.path) as stream:
            match form:
                case "xes":
                    yield from read_xes(
                        stream, file=self.path.name, case_keys=keys[0], event_keys=keys[1], met=met
                    )
                case "csv":
                    yield from read_csv(
                        stream,
                        file=self.path.name,
                        case_keys=keys[0],
                        event_keys=keys[1],
                        case_id=self.mapping.case.id,
                        delimiter=self.mapping.csv.delimiter,
                        encoding=self.mapping.csv.encoding,
                    )

    def _refuse_unknown(self, met: KeysMet) -> None:
        for whose, named, found in (
            ("case", self.mapping.case_keys, met.case),
            ("event", self.mapping.event_keys, met.event),
        ):
            for key in sorted(named - found):
                raise InvalidCommand(
                    unknown(
                        f"{self.path.name} has no {whose} with the attribute '{key}', "
                        "which the mapping names",
                        key,
                        sorted(found),
                        told_as=f"attributes of its {whose}s",
                    )
                    + "."
                )
