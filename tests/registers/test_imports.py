"""Imports: a batch is begun, goes on where it stopped, and is finished once."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from ledger.errors import UnlawfulTransition
from ledger.registers.integrations.imports import (
    IMPORT,
    BeginImport,
    FinishImport,
    ImportBegun,
    ImportFinished,
)
from tests.deciding import given, number

BEGIN = BeginImport(
    batch=number(1),
    source="permits",
    mapping="permits",
    mapping_digest="aa" * 32,
    format="xes",
    file_digest="bb" * 32,
    names={"x-11": "Ada Doucet"},
)
FINISH = FinishImport(
    batch=number(1), report={"cases": 2, "rows": {"read": 7}}, set_aside={"3": "no time"}
)


def test_an_import_begins_with_its_file_its_mapping_and_the_names_apart() -> None:
    given(of=IMPORT, stream=BEGIN.stream).when(BEGIN).then(
        ImportBegun(
            source="permits",
            mapping="permits",
            mapping_digest="aa" * 32,
            format="xes",
            file_digest="bb" * 32,
            names={"x-11": "Ada Doucet"},
        )
    )


def test_an_import_begun_again_goes_on_where_it_stopped() -> None:
    given(of=IMPORT).asked(BEGIN).when(BEGIN).nothing()
    given(of=IMPORT).asked(BEGIN).asked(FINISH).when(BEGIN).nothing()


def test_an_import_is_finished_with_numbers_and_what_was_set_aside() -> None:
    given(of=IMPORT, stream=FINISH.stream).asked(BEGIN).when(FINISH).then(
        ImportFinished(report={"cases": 2, "rows": {"read": 7}}, set_aside={"3": "no time"})
    )


def test_an_import_is_finished_once() -> None:
    given(of=IMPORT).asked(BEGIN).asked(FINISH).when(FINISH).nothing()


def test_an_import_that_was_not_begun_is_not_finished() -> None:
    given(of=IMPORT).when(FINISH).refused(
        UnlawfulTransition, saying="begin it first", rule="begun-before-finished"
    )


@pytest.mark.parametrize("report", [{"share": 0.5}, {"shares": [{"of": 1.0}]}])
def test_a_report_holds_whole_numbers_alone(report: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match="is not a whole number"):
        FinishImport.model_validate({**FINISH.model_dump(), "report": report})
