"""Accesses: a reading of personal data is recorded once, with its purpose."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from ledger.errors import InvalidCommand
from ledger.registers.accesses import ACCESS, PersonalValuesRead, ReadPersonalValues
from tests.case.cases import ENQUIRY
from tests.deciding import CASE_ID, given, number

READ = ReadPersonalValues(
    access_id=number(1), read_stream=f"case/{CASE_ID}", upto_version=4, purpose="To call her back."
)


def test_a_reading_says_what_was_shown_up_to_which_entry_and_why() -> None:
    given(of=ACCESS, stream=READ.stream).when(READ).then(
        PersonalValuesRead(
            read_stream=f"case/{CASE_ID}", upto_version=4, purpose="To call her back."
        )
    )


def test_a_reading_is_recorded_once() -> None:
    given(of=ACCESS).asked(READ).when(READ).nothing()


@pytest.mark.parametrize("purpose", ["", "hm"])
def test_nothing_is_read_without_a_purpose(purpose: str) -> None:
    with pytest.raises(ValidationError):
        ReadPersonalValues.model_validate({**READ.model_dump(), "purpose": purpose})


def test_of_an_access_nothing_else_is_asked() -> None:
    refused = given(of=ACCESS).when(ENQUIRY).refused_by
    assert isinstance(refused, InvalidCommand)
