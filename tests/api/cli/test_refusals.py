"""What a rule forbids is refused in one sentence that names the rule and what to do; nothing is recorded of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.api.command_line import CommandLine, refuses
from tests.api.correspondence import TEMPLATES
from tests.ledgers import OFFICE

CHANGES = (
    ('format = "caseledger.policy/1"\n', 'format = "caseledger.policy/1"\npacks = ["us"]\n'),
    ('clocks = ["CALL-8", "ANSWER-30"]', 'clocks = ["CALL-8", "ANSWER-30", "US-FOIA"]'),
    ("wip = { active = 15, paused = 20 }", "wip = { active = 1, paused = 20 }"),
    (
        "[delegations.DEL-INC-2026]\n",
        """[delegations.DEL-OLD]
en = "Income assistance decisions, as they were"
fr = "Décisions d'aide au revenu, telles quelles étaient"
authority = "Sample instrument of delegation 2023-12"
members = ["N-02"]
types = ["INC-APP"]
begins_on = 2024-01-01
ends_on = 2025-12-31

[delegations.DEL-INC-2026]
""",
    ),
)
NOW = datetime.now(UTC)


def days_ago(days: int) -> str:
    return (NOW - timedelta(days=days)).isoformat()


@pytest.fixture
def strict(empty: CommandLine, tmp_path: Path) -> CommandLine:
    """The command line on an office with tight limits, a law of tolls, and a delegation that ended."""
    text = OFFICE.read_text(encoding="utf-8") + TEMPLATES
    for old, new in CHANGES:
        assert old in text, old
        text = text.replace(old, new, 1)
    file = tmp_path / "strict.toml"
    file.write_text(text, encoding="utf-8")
    empty.done("policy", "publish", str(file), "--from", "2025-01-02", "--as", "D-01")
    return empty


def opened(office: CommandLine, request_type: str, *words: str) -> str:
    return office.asked("open", "phone", "--request-type", request_type, *words, "--as", "I-02")[
        "reference"
    ]


def applied(office: CommandLine, *words: str) -> str:
    """An application with all that it needs."""
    answers = (
        "name=@@a",
        "contact=@@b",
        "language=en",
        "description=@@c",
        "household_size=3",
        "income=9",
    )
    given = [word for answer in answers for word in ("--answer", answer)]
    return opened(office, "INC-APP", *given, *words)


def a_loop_of_substitutes(office: CommandLine) -> tuple[str, ...]:
    office.done("absent", "N-02", "--substitute", "N-03", "--as", "N-02")
    return ("absent", "N-03", "--substitute", "N-02", "--as", "N-03")


def an_approval_of_oneself(office: CommandLine) -> tuple[str, ...]:
    ref = applied(office, "--reached-body-at", days_ago(35))
    item = office.asked(
        "item", ref, "--digest", "0" * 64, "--media-type", "text/plain", "--size-bytes", "1",
        "--custodian", "N-02", "--place-kept", "INC", "--as", "N-02",
    )["item_id"]  # fmt: skip
    at = days_ago(34)
    office.done("approve", ref, "DEC-15", "--dated-at", at, "--as", "N-02")
    return (
        "wait", ref, "particulars", "--at", at, "--evidence", item, "--as", "N-02",
    )  # fmt: skip


def an_extension_past_its_cap(office: CommandLine) -> tuple[str, ...]:
    ref = applied(office, "--reached-body-at", days_ago(1))
    return extend(ref, "90", days_ago(0))


def an_extension_past_its_time(office: CommandLine) -> tuple[str, ...]:
    ref = applied(office, "--reached-body-at", days_ago(60))
    return extend(ref, "5", days_ago(0))


def extend(ref: str, amount: str, given_at: str) -> tuple[str, ...]:
    return (
        "extend", ref, "DEC-15", amount, "--authority", "leader", "--reason", "volume",
        "--notice-given-at", given_at, "--notice-method", "letter", "--as", "L-03",
    )  # fmt: skip


def a_toll_used_twice(office: CommandLine) -> tuple[str, ...]:
    ref = opened(office, "GEN-ENQ", "--reached-body-at", days_ago(3))
    office.done("wait", ref, "particulars", "--at", days_ago(2), "--as", "I-02")
    office.done("resume", ref, "--at", days_ago(1), "--as", "I-02")
    return ("wait", ref, "particulars", "--as", "I-02")


def a_calendar_that_ends_before_the_due_date(office: CommandLine) -> tuple[str, ...]:
    return ("due", "UK-FOIA", "--received", "2029-12-20")


def a_delegation_that_lapsed(office: CommandLine) -> tuple[str, ...]:
    ref = applied(office)
    return (
        "decide", ref, "granted", "--legal-basis", "Regulation 4(1)", "--reasons", "@@a",
        "--as", "N-02", "--delegation", "DEL-OLD",
    )  # fmt: skip


def a_transfer_to_somebody_absent(office: CommandLine) -> tuple[str, ...]:
    ref = opened(office, "RDW-WIN")
    office.done("pull", "RDW", "--as", "R-02")
    office.done("absent", "N-02", "--as", "N-02")
    return ("transfer", ref, "INC", "--to-owner", "N-02", "--reason", "skill", "--as", "R-02")


def a_pull_above_the_limit(office: CommandLine) -> tuple[str, ...]:
    for _ in range(2):
        opened(office, "RDW-WIN")
    office.done("pull", "RDW", "--as", "R-02")
    return ("pull", "RDW", "--as", "R-02")


def a_closed_case_touched_again(office: CommandLine) -> tuple[str, ...]:
    ref = opened(office, "GEN-ENQ")
    office.done("resolve", ref, "done", "--as", "I-02")
    return ("wait", ref, "particulars", "--as", "I-02")


def a_date_of_birth_in_the_future(office: CommandLine) -> tuple[str, ...]:
    stream = office.asked("party", "--name", "@@ada", "--as", "I-02")["stream"]
    return ("born", stream.removeprefix("party/"), "2099-07-01", "--as", "I-02")


def a_forbidden_channel(office: CommandLine) -> tuple[str, ...]:
    stream = office.asked("party", "--name", "@@ada", "--as", "I-02")["stream"]
    party = stream.removeprefix("party/")
    ref = opened(office, "GEN-ENQ", "--requester", party)
    office.done("party-safe-contact", party, "--channel", "phone", "--as", "I-02")
    return (
        "contact", ref, "--direction", "outbound", "--channel", "phone", "--kind", "reassurance",
        "--as", "I-02",
    )  # fmt: skip


def a_template_in_one_language(office: CommandLine) -> tuple[str, ...]:
    file = office.home.parent / "one-language.toml"
    text = OFFICE.read_text(encoding="utf-8") + TEMPLATES.partition("texts.fr")[0]
    file.write_text(text, encoding="utf-8")
    return ("policy", "publish", str(file), "--as", "D-01")


Forbidden = Callable[[CommandLine], tuple[str, ...]]
REFUSED: list[tuple[Forbidden, tuple[str, ...]]] = [
    (a_loop_of_substitutes, ("lead back to N-03", ": ")),
    (an_approval_of_oneself, ("let a second person who did not step back approve it first",)),
    (an_extension_past_its_cap, ("by 10 working days at most in all", "so 10 are left")),
    (
        an_extension_past_its_time,
        ("the time was over before its notice was given", "so decide now"),
    ),
    (
        a_toll_used_twice,
        ("'particulars' once, and has been, first from", "go on with what is there"),
    ),
    (a_calendar_that_ends_before_the_due_date, ("ends", "2029-12-31", "publish")),
    (a_delegation_that_lapsed, ("DEL-OLD", "31 December 2025")),
    (a_transfer_to_somebody_absent, ("N-02 is absent", "or the team INC alone")),
    (a_pull_above_the_limit, ("R-02 has 1 active cases and the limit is 1", "hand over one first")),
    (a_closed_case_touched_again, ("The case is resolved", "reopen it first")),
    (a_date_of_birth_in_the_future, ("1 July 2099 lies in the future", "give the date again")),
    (a_forbidden_channel, ("forbids the channel phone", "use one other than phone")),
    (a_template_in_one_language, ("has no fr", "every language of the office")),
]


@pytest.mark.parametrize(("forbidden", "says"), REFUSED, ids=lambda it: getattr(it, "__name__", ""))
def test_it_is_refused_in_one_sentence_and_nothing_is_recorded(
    strict: CommandLine, forbidden: Forbidden, says: tuple[str, ...]
) -> None:
    words = forbidden(strict)
    with strict.ledger() as ledger:
        facts = [each.topic for each in ledger.entries()]
    said = strict(*words)
    shown = said.err.partition("Safe contact, on any case")[2].partition("\n")[2] or said.err
    refuses(type(said)(said.code, said.out, shown), *says)
    with strict.ledger() as ledger:
        after = [each.topic for each in ledger.entries()][len(facts) :]
    assert set(after) <= {"PersonalValuesRead", "ActRefused"}, (
        "who looked and who was refused, no more"
    )
