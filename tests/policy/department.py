"""The sample department as tests use it: its text, its policy, whole answers to its forms, and days counted by hand."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from ledger.policy.checking import asked_by
from ledger.policy.compiled.policy import CompiledPolicy, compile_policy
from ledger.policy.document.conditions import Answer, RoutingFacts
from ledger.policy.document.policy import Policy
from ledger.policy.document.stored import digest_policy, document_of
from ledger.policy.in_force import Policies, PolicyVersion
from ledger.policy.reading.toml import read_policy
from ledger.times import EPOCH
from tests.policy.law import NS_SAMPLE_DAYS, changed

DEPARTMENT = Path(__file__).parents[2] / "api" / "department" / "department.toml"
TEXT = DEPARTMENT.read_text(encoding="utf-8")
EVENT_ON = "2027-08-20"
"""The date of every event and plan, unless a test says otherwise."""
DAMAGED_ON = "2025-08-20"
"""The date of the damage that is claimed."""
BORN_ON = "1984-02-29"
ONE_DAY = timedelta(days=1)


def with_changes(*changes: tuple[str, str]) -> str:
    """The text with pieces replaced."""
    return changed(TEXT, *changes)


def line_in(text: str, piece: str) -> int:
    """The line on which a piece begins."""
    return text[: text.index(piece)].count("\n") + 1


@cache
def department() -> Policy:
    """The policy."""
    return read_policy(TEXT, file=DEPARTMENT.name)


@cache
def compiled() -> CompiledPolicy:
    """The policy ready for use, as version 1."""
    return compile_policy(department(), version=1)


@cache
def published() -> Policies:
    """The policy as the only one published, in force from the beginning."""
    document = document_of(department())
    return Policies((PolicyVersion(1, digest_policy(department()), EPOCH, "2026a", document),))


def answers_to(request_type: str, **said: Answer) -> dict[str, Answer]:
    """An answer to everything that a type asks, required or not but for what raises a flag; `said` goes before."""
    policy = department()
    answers: dict[str, Answer] = {}
    event_on = DAMAGED_ON if request_type == "RDW-CLM" else EVENT_ON
    for code in asked_by(policy, policy.types[request_type]):
        field = policy.fields[code]
        if field.raises_flag is not None:
            continue
        match field.kind:
            case "number" | "money":
                answers[code] = 12_000
            case "date":
                past = BORN_ON if code.endswith("dob") else DAMAGED_ON
                answers[code] = past if field.past else event_on
            case "yes_no":
                answers[code] = False
            case "choice":
                answers[code] = next(iter(field.choices))
            case "text" | "item":
                answers[code] = "As told."
    return {**answers, **said}


def facts(request_type: str | None, region: str | None = "HAL", **said: Any) -> RoutingFacts:
    """What routing knows of a case in English, by telephone, of no special severity."""
    plain: dict[str, Any] = {"channel": "phone", "language": "en", "severity": "other"}
    return RoutingFacts(type=request_type, region=region, **{**plain, **said})


def counts(day: date) -> bool:
    """Whether the department works on a day, by the list of holidays that the vectors of clocks were made with."""
    return day.weekday() < 5 and day.isoformat() not in NS_SAMPLE_DAYS


def working_day(start_on: date, amount: int) -> date:
    """The n-th working day after a date, or before it, walked day by day."""
    day, left = start_on, abs(amount)
    while left:
        day += ONE_DAY if amount > 0 else -ONE_DAY
        left -= counts(day)
    return day


def rolled(start_on: date, days: int) -> date:
    """So many days after a date, moved on to a working day."""
    day = start_on + days * ONE_DAY
    while not counts(day):
        day += ONE_DAY
    return day


TYPES = """
RDW-POT | civic_location danger_now | MAKE-SAFE FIX-10 | R2 |
RDW-WIN | civic_location since_when | ACK-1 FIX-2 | R2 |
RDW-DRN | civic_location | ACK-2 FIX-30 | R7 |
RDW-SGN | civic_location danger_now | MAKE-SAFE FIX-5 | R2 |
RDW-ACC | lot plan fee_paid | ACK-2 DEC-20 | R10 | J
RDW-CLM | civic_location event_date vehicle loss_amount photo | ACK-2 DEC-40 LIMITATION | R7 | J
INC-APP | dob id_proof household income expenses address | ACK-1 DEC-15 | R7S | J
INC-EMG | danger_now household | CALL-4H DEC-1 | R7S | J
INC-SPC | account_no purpose | ACK-1 DEC-15 | R7S | J
INC-CHG | account_no since_when | ACK-1 FIX-10 | R7S |
INC-OVP | account_no ground | ACK-1 DEC-20 | R7S | J
INC-CHS | child_dob household income start_date | ACK-1 DEC-15 | RMAJ | J
HSG-APP | household income address region | ACK-2 DEC-30 | R7S | J
HSG-RPR | unit_no danger_now access_times | MAKE-SAFE FIX-15 | R7 |
HSG-SUP | household income landlord | ACK-2 DEC-30 | R7S | J
HSG-TEN | landlord tenancy_dates ground fee_paid hearing_pref | ACK-2 HEAR-30 ORDER-14 | R10 | J
HSG-ADP | purpose (unit_no address) | ACK-2 DEC-30 | R7S | J
LIC-CRT | registrant event_date event_place id_proof fee_paid | DEC-5 | R2 |
LIC-NAM | dob id_proof fee_paid purpose | ACK-2 DEC-30 | PERM | J
LIC-COR | registrant document_wanted id_proof | ACK-2 DEC-30 | PERM | J
LIC-BUS | business_no premises activity fee_paid | ACK-2 DEC-20 | R7 | J
LIC-EVT | activity event_date premises | DEC-15 | R2 | J
ENV-SPL | civic_location substance danger_now | CALL-1H REPORT-5 | PERM |
ENV-WEL | civic_location well_type | ACK-1 VISIT-10 | R10 |
ENV-SEP | lot plan fee_paid | ACK-2 DEC-30 | R25 | J
ENV-WET | lot plan start_date fee_paid | ACK-2 DEC-60 | R25 | J
ENV-CMP | civic_location since_when | ACK-2 VISIT-15 | R7 |
IAC-GEN | records_wanted date_range fee_paid | FOI-NS PUBLISH-14 | R7A | J
IAC-SLF | records_wanted id_proof about_self | FOI-NS | R7A | J
IAC-COR | correction_text id_proof | FOI-NS-COR | R7A | J
IAC-CPL | | ACK-2 DEC-20 | R7 | J
IAC-REV | decision_ref ground | ACK-2 DEC-20 | RORIG | J
IAC-MBR | member consent | ACK-1 DEC-10 | R7 |
"""
"""Type, what it requires, its clocks, its retention class, and J where the decision needs delegated authority."""
