"""What the fields of a command can hold, what is usual more often than what is strange: for laws."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from ledger.commands import Command
from tests.deciding import (
    CASE_ID,
    MONDAY,
    number,
)

ids = st.integers(1, 3).map(number)


def mostly(usual: Sequence[Any], strange: object) -> st.SearchStrategy[Any]:
    return st.sampled_from([*usual, *usual, *usual, strange])


teams = mostly(["INT", "RDW", "INC"], "NAVY")
members = mostly(["I-02", "R-02", "R-03", "N-02", "L-02"], "watch") | st.just("nobody")
types = mostly(["RDW-POT", "RDW-WIN", "INC-APP", "INC-CHG", "GEN-ENQ"], "NOWHERE")
channels = mostly(["phone", "web"], "telex")
outcomes = mostly(["done", "granted", "refused", "withdrawn", "lapsed"], "perhaps")
clocks = st.sampled_from(["MAKE-SAFE", "FIX-10", "CALL-8", "ANSWER-30", "ACK-2", "DEC-15"])
roles = st.sampled_from(["requester", "subject", "witness"])
evidence: st.SearchStrategy[Any] = st.just(()) | ids.map(lambda item: (item,))
words = st.none() | st.text(max_size=20)
answers = st.fixed_dictionaries(
    {},
    optional={
        "name": st.text(max_size=5),
        "contact": st.just("by post"),
        "language": mostly(["en", "fr"], "xx"),
        "description": st.just("Help."),
        "civic_location": st.just("12 Main St"),
        "danger_now": st.booleans() | st.none(),
        "household_size": mostly([1, 2], True),
        "income": st.integers(0, 10**6),
        "since_when": mostly(["2026-01-05"], "2026-02-30"),
        "account_no": st.just("C-7"),
        "adjustment": st.just("An interpreter."),
    },
)
near = st.integers(-20_000, 60_000).map(lambda minutes: MONDAY + timedelta(minutes=minutes))


def of_the_case(
    kind: type[Command], /, **fields: st.SearchStrategy[Any]
) -> st.SearchStrategy[Command]:
    return st.builds(kind, case_id=st.just(CASE_ID), **fields)
