"""Looking up whoever calls without a number: by what they say is theirs, on record, and among what one may open."""

from __future__ import annotations

import pytest

from ledger.registers.keeping.accesses import ActRefused, PeopleSought, PersonalValuesRead
from tests.api.command_line import CommandLine
from tests.api.opening import party

INTAKE, ROADS = ("--as", "I-02"), ("--as", "R-02")


def opened(office: CommandLine, kind: str, *answers: str) -> str:
    said = [word for each in answers for word in ("--answer", each)]
    return office.asked("open", "phone", "--request-type", kind, "--region", "HAL", *said, *INTAKE)[
        "reference"
    ]


@pytest.fixture
def ada(office: CommandLine) -> dict[str, str]:
    """Ada has a pothole, told on the telephone, and an income case by a record of hers; Bo has one of each too."""
    record = party(office, "Ada Doucet", "902-555-0100")
    income = office.asked(
        "open", "letter", "--request-type", "INC-APP", "--requester", record, *INTAKE
    )["reference"]
    road = opened(office, "RDW-POT", "name=Ada Doucet", "contact=902 555 0100", "danger_now=no")
    opened(office, "RDW-POT", "name=Bo Chan", "contact=902 555 0177", "danger_now=no")
    return {"record": record, "income": income, "road": road}


def found(office: CommandLine, *said: str) -> set[str]:
    return {each["reference"] for each in office.asked("find", *said)["cases"]}


def test_a_caller_is_found_by_a_name_with_a_slip_or_a_number_on_cases_and_by_their_record(
    office: CommandLine, ada: dict[str, str]
) -> None:
    said = office.asked("find", "Doucette, ada", *INTAKE)
    roles = {each["reference"]: each["role"] for each in said["cases"]}
    assert roles == {ada["income"]: "requester", ada["road"]: None}
    assert [each["party"] for each in said["records"]] == [ada["record"]]
    assert (said["everywhere"], said["cases_compared"], said["records_compared"]) == (True, 3, 1)
    assert found(office, "9025550100", "Ada", *INTAKE) == {ada["income"], ada["road"]}
    assert found(office, "Ada", "902-555-0177", *INTAKE) == set()
    shown = office.done("find", "Doucet", *INTAKE).out
    assert "Ada Doucet" in shown
    assert "That you sought them is recorded" in shown
    due_at = next(each["due_at"] for each in said["cases"] if each["reference"] == ada["road"])
    assert due_at is not None
    assert shown.count("end of ") == 2, "a date that ends with its day is said as everywhere"


def test_that_somebody_was_sought_is_recorded_and_whose_values_were_shown_but_not_the_words(
    office: CommandLine, ada: dict[str, str]
) -> None:
    office.done("find", "Ada Doucet", "--purpose", "She lost her letter.", *INTAKE)
    office.done("find", "Zenobia Quux", *INTAKE)
    with office.ledger() as ledger:
        facts = [each.fact for each in ledger.entries(after=ledger.store.tip() - 3)]
        state = b"".join(row.state for row in ledger.store.entries(after=0, limit=1000))
    sought, read, nobody = facts
    assert isinstance(sought, PeopleSought)
    assert isinstance(read, PersonalValuesRead)
    assert isinstance(nobody, PeopleSought), "who finds nobody is on record too"
    assert sought.ground == "intake.intake.any"
    assert len(read.opened) == 2, "the case in whose answers it stands, and the record"
    assert b"Quux" not in state
    listed = office.asked("accesses", "--member", "I-02")
    assert (listed["searches"], listed["openings"]) == (2, 2)
    assert "sought" in office.done("accesses", "--member", "I-02").out
    trail = [each["row"]["act"] for each in listed["listed"]]
    assert trail == ["search.people", None, None, "search.people"]


def test_a_caseworker_finds_no_more_than_they_may_open_and_nobody_what_they_stepped_back_from(
    office: CommandLine, ada: dict[str, str]
) -> None:
    assert found(office, "Ada", *ROADS) == {ada["road"]}
    office.done("recuse", ada["road"], *ROADS)
    assert found(office, "Ada", *ROADS) == set()


def test_whoever_may_open_no_case_seeks_nobody_and_that_they_asked_is_recorded(
    office: CommandLine, ada: dict[str, str]
) -> None:
    refused = office("find", "Ada", "--as", "O-01")
    assert refused.code == 2
    assert refused.sentences[0].startswith("Nobody was sought, and that it was asked is recorded")
    with office.ledger() as ledger:
        (last,) = ledger.entries(after=ledger.store.tip() - 1)
    assert isinstance(last.fact, ActRefused)
    assert last.fact.act == "search.people"


def test_whoever_finds_nobody_is_told_how_older_cases_are_compared(office: CommandLine) -> None:
    asked = ("find", "Nobody Here", "--as", "I-02")
    assert "Older ones are compared with more --days: 36600 at most." in office.done(*asked).out
    assert "De plus anciens sont comparés" in office.done(*asked, "--language", "fr").out


def test_whoever_was_erased_is_found_no_more(office: CommandLine, ada: dict[str, str]) -> None:
    office.done(
        "erasure", "propose", "--party", ada["record"], "--authority", "consent_withdrawn",
        "--as", "D-01",
    )  # fmt: skip
    (listed,) = office.asked("erasure")["erasures"]
    office.done("erasure", "approve", listed["erasure_id"], "--as", "L-01")
    office.done("erasure", "carry-out", listed["erasure_id"], "--as", "D-01")
    assert found(office, "Ada", *INTAKE) == {ada["road"]}


def test_whose_task_it_is_not_seeks_nobody_though_they_may_open_any_case(
    office: CommandLine, ada: dict[str, str]
) -> None:
    """An auditor opens every case, to audit: the table of acts names who takes calls, as over HTTP."""
    assert office("find", "Ada", "--as", "A-01").code == 2


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ((), "Say one to 5 things that are theirs"),
        (("x" * 201,), "Say one to 5 things that are theirs"),
        (("?",), "too little to find anybody by"),
        (("Ada", "--days", "0"), "Give --days from 1"),
        (("Ada", "--purpose", "x"), "Say in 3 characters or more what somebody is sought for"),
    ],
)
def test_what_nobody_can_be_found_by_is_one_sentence(
    office: CommandLine, said: tuple[str, ...], told: str
) -> None:
    refused = office("find", *said, *INTAKE)
    assert (refused.code, told in refused.err, len(refused.sentences)) == (2, True, 1)
