"""Likely duplicates from the command line: proposed, read on record, decided by a person, and not proposed again."""

from __future__ import annotations

from tests.api.command_line import CommandLine
from tests.api.opening import BY, party

HOLE = "A deep hole in front of the school on Elm Street"
AGAIN = "There is a deep hole on Elm Street in front of the school"


def hole(office: CommandLine, requester: str, words: str) -> str:
    return office.asked(
        "open", "phone", "--request-type", "RDW-POT", "--region", "HAL", "--requester", requester,
        "--answer", "danger_now=no", "--answer", f"description={words}", *BY,
    )["reference"]  # fmt: skip


def readings(office: CommandLine) -> int:
    with office.ledger() as ledger:
        return sum(each.topic == "PersonalValuesRead" for each in ledger.entries())


def test_a_repeat_is_proposed_with_how_alike_it_is_and_so_is_the_record_of_whoever_asked(
    office: CommandLine,
) -> None:
    ada, again = (
        party(office, "Ada Doucet", "902-555-0100"),
        party(office, "Doucet, Ada", "9025550100"),
    )
    first, repeat = hole(office, ada, HOLE), hole(office, again, AGAIN)
    hole(office, party(office, "Bo Chan", "902-555-0177"), "The sign at the ferry is gone")
    found = office.asked("duplicates", repeat, *BY)
    assert [each["reference"] for each in found["cases"]] == [first]
    assert found["cases"][0]["similarity"] > 850
    assert [(each["party"], each["by"]["name"]) for each in found["records"]] == [(ada, 1000)]
    assert (found["compared"], found["requester"]) == (2, again)
    assert readings(office) == 2, "that the cases and the records were read is recorded"
    shown = office.done("duplicates", repeat, *BY).out
    assert f"caseledger link {repeat} CASE --relation same_matter" in shown
    assert f"caseledger same-person {again} PARTY same" in shown


def test_a_record_of_another_system_that_people_write_down_twice_is_proposed_by_what_it_is_called(
    office: CommandLine,
) -> None:
    said = (
        "open", "web", "--request-type", "RDW-POT", "--source", "crm", "--external-id", "L-7",
    )  # fmt: skip
    first, second = (office.asked(*said, *BY)["reference"] for _ in range(2))
    office.asked(*said[:-1], "L-8", *BY)
    (found,) = office.asked("duplicates", second, *BY)["cases"]
    assert (found["reference"], found["similarity"]) == (first, 1000)
    assert found["by"] == {"external_id": 1000}


def test_what_a_person_decided_whichever_way_is_not_proposed_again_from_either_side(
    office: CommandLine,
) -> None:
    ada, again = (
        party(office, "Ada Doucet", "902-555-0100"),
        party(office, "Ada Doucet", "902-555-0100"),
    )
    first, repeat = hole(office, ada, HOLE), hole(office, again, AGAIN)
    office.done("link", repeat, first, "--relation", "not_the_same", "--similarity", "900", *BY)
    office.done("same-person", ada, again, "cannot_say", "--evidence", "No number seen.", *BY)
    for ref in (first, repeat):
        found = office.asked("duplicates", ref, *BY)
        assert (found["cases"], found["records"]) == ([], [])
    assert "somebody decided" in office.done("duplicates", repeat, *BY).out


def test_only_cases_of_its_type_that_came_near_it_are_compared(office: CommandLine) -> None:
    ada = party(office, "Ada Doucet", "902-555-0100")
    ref = hole(office, ada, HOLE)
    office.done(
        "open", "letter", "--request-type", "RDW-POT", "--answer", f"description={HOLE}",
        "--reached-body-at", "2026-01-02T09:30-04:00", *BY,
    )  # fmt: skip
    office.done(
        "open", "phone", "--request-type", "GEN-ENQ", "--answer", f"description={HOLE}", *BY
    )
    assert office.asked("duplicates", ref, "--days", "9", *BY)["compared"] == 0
    assert office.asked("duplicates", ref, "--days", "9999", *BY)["compared"] == 1


def test_whoever_may_open_some_of_them_alone_compares_those_and_is_told_of_how_many_not(
    office: CommandLine,
) -> None:
    """One case that had gone to another team, and nobody in the first could look for duplicates of any of its type."""
    ada = party(office, "Ada Doucet", "902-555-0100")
    first, repeat, gone = (hole(office, ada, HOLE) for _ in range(3))
    office.done(
        "transfer",
        gone,
        "INC",
        "--reason",
        "wrong-team",
        "--handover",
        "It is theirs.",
        "--as",
        "R-02",
    )
    office.done("accept", gone, "--as", "N-02")
    found = office.asked("duplicates", repeat, "--as", "R-03")
    assert [each["reference"] for each in found["cases"]] == [first]
    assert (found["compared"], found["others"]) == (1, 1)
    assert "not yours to open: 1" in office.done("duplicates", repeat, "--as", "R-03").out
    assert office.asked("duplicates", repeat, *BY)["compared"] == 2, "intake opens every case"
    office.done("recuse", first, "--as", "R-03")
    assert office.asked("duplicates", repeat, "--as", "R-03")["compared"] == 0


def test_who_may_not_read_them_or_asks_for_the_impossible_is_refused_in_one_sentence(
    office: CommandLine,
) -> None:
    ada = party(office, "Ada Doucet", "902-555-0100")
    ref = hole(office, ada, HOLE)
    unsorted = office.asked("open", "phone", *BY)["reference"]
    for words, said in (
        ((unsorted, *BY), "classify it first"),
        ((ref, "--as", "N-02"), "Nothing was opened"),
        ((ref, "--days", "0", *BY), "--days of at least 1"),
        ((ref, "--at-least", "1001", *BY), "--at-least from 1 to 1000"),
        ((ref,), "Say who acts"),
    ):
        refused = office("duplicates", *words)
        assert (refused.code, refused.out) == (2, "")
        assert said in refused.err
        assert len(refused.sentences) == 1


def test_a_record_that_a_system_feeds_twice_opens_one_case_and_says_so(
    office: CommandLine,
) -> None:
    said = (
        "open", "web", "--request-type", "RDW-POT", "--source", "crm", "--external-id", "L-9",
        "--as", "city",
    )  # fmt: skip
    first, again = office.asked(*said), office.asked(*said)
    assert again == {**first, "fresh": False}
    refused = office(*said, "--region", "HAL")
    assert refused.code == 2
    assert f"opened the case {first['reference']} before" in refused.err
    assert "another id (`--external-id`)." in refused.err
