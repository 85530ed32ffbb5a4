"""What happened to a request as it is typed for `caseledger due`: spans, amounts and authorities in a word each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from api.due.asked import GOES_ON, GoesOn, Prolonged, Reopened, Waited
from ledger.errors import InvalidCommand

_OPTIONS: Final = {"waits": "--wait", "extensions": "--extend", "resets": "--reset"}
_AMOUNT_AT_MOST: Final = 100_000


def option_of(field: str) -> str:
    """What is typed to say it."""
    return _OPTIONS.get(field, f"--{field.replace('_', '-')}")


def waited(text: str) -> Waited:
    """`REASON:FROM..TO`, without the second date while it lasts."""
    reason, colon, span = text.partition(":")
    if not (reason and colon):
        raise InvalidCommand(
            f"--wait '{text}' names no reason: write it as fee:2027-02-08..2027-02-24."
        )
    return Waited(reason, *_span(span, "--wait"))


def reopened(text: str) -> Reopened:
    """`STOPPED..REOPENED`, and after `=` how: continue, resume or restart, else as the clock says."""
    span, equals, said = text.partition("=")
    stopped, again = _span(span, "--reopened")
    if again is None:
        raise InvalidCommand(
            f"--reopened '{text}' needs both times: write 2027-02-08..2027-03-01=resume."
        )
    mode: GoesOn | None = next((each for each in GOES_ON if each == said), None)
    if equals and mode is None:
        raise InvalidCommand(f"--reopened '{text}': after = write {', '.join(GOES_ON)}.")
    return Reopened(stopped, again, mode)


def prolonged(texts: Sequence[str], notices: Sequence[str]) -> tuple[Prolonged, ...]:
    """`[AUTHORITY:]AMOUNT[@NOTICE]` each; one that says no notice takes the next of those that stand apart."""
    apart = iter(notices)
    return tuple(_prolonged(text, apart) for text in texts)


def _prolonged(text: str, apart: Iterator[str]) -> Prolonged:
    rest, _, notice = text.partition("@")
    named, colon, amount = rest.rpartition(":")
    if not amount.isdecimal() or not 0 < int(amount) <= _AMOUNT_AT_MOST:
        raise InvalidCommand(
            f"--extend '{text}' names no amount: write 30, or head:30@2027-03-10 with its notice."
        )
    return Prolonged(int(amount), named if colon else None, notice or next(apart, None))


def _span(text: str, option: str) -> tuple[str, str | None]:
    first, dots, last = text.partition("..")
    if not first or not dots:
        raise InvalidCommand(
            f"{option} '{text}' says no span: write it as 2027-02-08..2027-02-24, "
            "and leave out the second date while it lasts."
        )
    return first, last or None
