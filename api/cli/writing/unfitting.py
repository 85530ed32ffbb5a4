"""What does not fit, field by field: told after the option that it was given with, in the language that is spoken."""

from __future__ import annotations

from pydantic import ValidationError

from api.cli.wording.spoken import spoken
from api.sentences.french import phrase_of
from ledger.errors import InvalidCommand
from ledger.input.fitting import said_in_french, said_of


def unfitting(error: ValidationError, option: str, *, meant: str = "") -> InvalidCommand:
    """The refusal of the first thing that does not fit; in English it says too what is `meant` by the option."""
    wrong = error.errors(include_url=False)[0]
    said = said_of(wrong)
    french = said_in_french(wrong) or phrase_of(said)
    if spoken() == "fr" and french is not None:
        return InvalidCommand(f"{option} : {french}.")
    return InvalidCommand(f"{option}: {said} ({meant})." if meant else f"{option}: {said}.")
