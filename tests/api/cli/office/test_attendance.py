"""Who is there, from the command line: absences, their end, leavers, and which types have too few people."""

from __future__ import annotations

from ledger.registers.keeping.accesses import ActRefused
from tests.api.command_line import CommandLine
from tests.ledgers import OFFICE


def pulled(office: CommandLine) -> str:
    office.asked("open", "phone", "--request-type", "RDW-WIN", "--as", "I-02")
    return office.asked("pull", "RDW", "--as", "R-02")["reference"]


def owner(office: CommandLine, reference: str) -> str | None:
    return office.asked("case", reference)["case"]["owner"]


def test_an_absence_is_recorded_shown_and_ended(office: CommandLine) -> None:
    assert "Everybody is there" in office.done("absences").out
    office.done("absent", "R-02", "--substitute", "R-03", "--as", "R-02")
    (away,) = office.asked("absences")["away"]
    assert (away["member"], away["until_on"], away["stands_in"]) == ("R-02", None, "R-03")
    office.done("back", "R-02", "--as", "L-02")
    assert office.asked("absences")["away"] == []


def test_an_absence_is_shown_as_it_was_known(office: CommandLine) -> None:
    office.done("absent", "R-02", "--from", "2026-01-05", "--until", "2099-01-09", "--as", "R-02")
    assert len(office.asked("absences", "--as-of", "2098-01-05")["away"]) == 1
    assert office.asked("absences", "--known-at", "2026-01-06")["away"] == []


def test_a_circle_of_substitutes_is_refused_in_one_sentence(office: CommandLine) -> None:
    office.done("absent", "N-02", "--substitute", "N-03", "--as", "N-02")
    said = office("absent", "N-03", "--substitute", "N-02", "--as", "N-03")
    assert (said.code, "lead back to N-03" in said.err) == (2, True)
    assert said.err.count("\n") == 1


def test_nothing_is_handed_to_somebody_absent(office: CommandLine) -> None:
    ref = pulled(office)
    office.done("absent", "N-02", "--substitute", "N-03", "--as", "N-02")
    said = office("transfer", ref, "INC", "--to-owner", "N-02", "--reason", "skill", "--as", "R-02")
    assert (said.code, "name N-03, who stands in" in said.err) == (2, True)


def test_a_leaver_is_rehomed_in_one_command(office: CommandLine) -> None:
    first, second = pulled(office), pulled(office)
    said = office.asked("leaver", "R-02", "--successor", "R-03", "--as", "L-02")
    assert said["rehomed"] == 2
    assert {owner(office, first), owner(office, second)} == {"R-03"}
    again = office.asked("leaver", "R-02", "--successor", "R-03", "--as", "L-02")
    assert (again["fresh"], again["rehomed"]) == (False, 0)
    (away,) = office.asked("absences")["away"]
    assert (away["why"], away["stands_in"]) == ("left", "R-03")


def test_for_whom_nobody_stands_in_once_somebody_leaves_is_told(office: CommandLine) -> None:
    """Whoever was to stand in left, and the page that says who does had an empty place for weeks."""
    office.done("absent", "R-03", "--substitute", "R-02", "--as", "R-03")
    said = office.done("leaver", "R-02", "--as", "L-02").out
    assert "R-02 stood in for R-03, and nobody does now" in said
    assert "stood in" not in office.done("leaver", "N-02", "--as", "L-03").out


def test_somebody_who_leaves_later_keeps_their_work_until_then(office: CommandLine) -> None:
    ref = pulled(office)
    said = office.done("leaver", "R-02", "--on", "2099-01-01", "--as", "L-02")
    assert "moves on 2099-01-01" in said.out
    assert owner(office, ref) == "R-02"


def test_a_colleague_does_not_say_that_somebody_leaves(office: CommandLine) -> None:
    assert office("leaver", "R-02", "--as", "I-02").code == 2


def test_there_is_no_absence_to_end_of_somebody_who_was_there(office: CommandLine) -> None:
    said = office("back", "R-02", "--as", "R-02")
    assert (said.code, "there is none to end" in said.err) == (2, True)


def test_a_date_that_is_none_is_told(office: CommandLine) -> None:
    assert office("absent", "R-02", "--from", "tomorrow", "--as", "R-02").code == 2


def test_cover_names_the_types_with_fewer_than_two_people(office: CommandLine) -> None:
    covered = office.done("cover").out
    assert "Every type is covered twice" in covered
    assert "RDW-POT" not in covered
    assert "RDW-POT" in office.done("cover", "--all").out
    office.done("absent", "R-02", "--as", "R-02")
    office.done("absent", "R-03", "--as", "R-03")
    said = office("cover", "--json")
    assert said.code == 1
    assert said.json["thin"] == ["RDW-POT", "RDW-WIN"]
    assert "Fewer than two people are there for: RDW-POT, RDW-WIN." in office("cover").out


def refusals(office: CommandLine) -> list[tuple[str, str, str | None, str]]:
    """What was asked by whom in vain, about what, and on which ground it was refused."""
    with office.ledger() as ledger:
        facts = [each.fact for each in ledger.entries() if isinstance(each.fact, ActRefused)]
    return [(each.act, each.asker, each.about, each.ground) for each in facts]


def test_whoever_has_left_does_nothing_more_whatever_they_would_do(office: CommandLine) -> None:
    reference = office.asked("open", "phone", "--request-type", "RDW-POT", "--as", "I-02")[
        "reference"
    ]
    office.done("leaver", "R-02", "--as", "L-02")
    office.done("leaver", "D-01", "--as", "D-01")
    for words in (
        ("pull", "RDW", "--as", "R-02"),
        ("note", reference, "Seen.", "--as", "R-02"),
        ("case", reference, "--open", "--purpose", "To see it", "--as", "R-02"),
        ("policy", "publish", str(OFFICE), "--as", "D-01"),
    ):
        said = office(*words)
        assert said.code == 2, words
        assert "has left, so nothing opens to them" in said.err, words
    assert refusals(office) == [
        ("caseledger pull", "R-02", None, "left"),
        ("caseledger note", "R-02", None, "left"),
        ("caseledger case", "R-02", None, "left"),
        ("caseledger policy publish", "D-01", None, "left"),
    ]
    told = office.done("accesses", "--member", "R-02", "--as", "A-01").out
    assert told.count("refused: left") == 3


def test_somebody_is_stood_in_for_by_the_substitute_of_the_day_and_nobody_else(
    office: CommandLine,
) -> None:
    reference = office.asked("open", "phone", "--request-type", "RDW-POT", "--as", "I-02")[
        "reference"
    ]
    stead = ("note", reference, "Seen.", "--on-behalf-of", "R-02", "--as")
    said = office(*stead, "R-03")
    assert (said.code, "R-03 does not stand in for R-02 today" in said.err) == (2, True)
    office.done("absent", "R-02", "--substitute", "R-03", "--as", "L-02")
    office.done(*stead, "R-03")
    assert office(*stead, "L-02").code == 2
    assert refusals(office) == [
        ("caseledger note", each, None, "not-in-their-stead") for each in ("R-03", "L-02")
    ]


def test_what_the_rules_refuse_somebody_is_on_record_with_what_it_was_about(
    office: CommandLine,
) -> None:
    reference = office.asked("open", "phone", "--request-type", "RDW-POT", "--as", "I-02")[
        "reference"
    ]
    hold = office.asked("hold", "place", reference, "--ground", "audit", "--as", "D-01")
    said = office("hold", "release", hold["hold_id"], "--as", "R-02")
    assert said.code == 2
    about = f"hold/{hold['hold_id']}"
    assert refusals(office) == [("caseledger hold release", "R-02", about, "not-by-its-rules")]
