"""Finding cases over all teams, and who has how much, from the command line: what a leader asks every morning."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ledger.case.intake.opening import OpenCase
from ledger.ids import reference_of
from ledger.input.quoting import known_codes
from tests.api.command_line import CommandLine
from tests.ledgers import INTAKE, Place


def opened(office: CommandLine, *more: str, type_: str = "RDW-POT") -> str:
    return str(
        office.asked("open", "phone", "--request-type", type_, "--as", "I-02", *more)["reference"]
    )


def found(office: CommandLine, *words: str) -> list[str]:
    return [each["row"]["reference"] for each in office.asked("cases", *words)["cases"]]


def work(office: CommandLine, member: str, *words: str) -> dict[str, Any]:
    members = office.asked("workload", *words)["members"]
    (line,) = [each for each in members if each["member"] == member]
    return line


def test_cases_are_found_by_who_has_them_by_nobody_and_by_when_they_came_and_are_due(
    office: CommandLine,
) -> None:
    long_ago = ("--reached-body-at", "2026-01-05T09:00-04:00", "--at", "2026-01-05T09:00-04:00")
    late, fresh = opened(office, *long_ago), opened(office)
    enquiry = opened(office, type_="GEN-ENQ")
    mine = office.asked("pull", "RDW", "--as", "R-02")["reference"]
    assert mine == late
    assert found(office, "--owner", "R-02") == [late]
    assert found(office, "--team", "RDW") == [late, fresh]
    assert set(found(office, "--nobody")) == {fresh, enquiry}
    assert found(office, "--due-by", "2026-06-01") == [late]
    assert found(office, "--due-by", "today")[0] == late
    assert found(office, "--due-by", "2090-01-01", "--team", "RDW") == [late, fresh]
    assert set(found(office, "--since", "2026-02-01")) == {fresh, enquiry}
    assert found(office, "--since", "2026-01-05T00:00-04:00", "--request-type", "GEN-ENQ") == [
        enquiry
    ]
    assert found(office, "--as-of", "2026-01-06") == [late]
    assert found(office, "--as-of", "2026-01-06", "--nobody") == [late]
    office.done("resolve", late, "done", "--as", "R-02")
    assert found(office, "--owner", "R-02") == []
    assert found(office, "--owner", "R-02", "--standing", "resolved") == [late]
    shown = office.done("cases", "--limit", "1").out
    assert "There may be more than these 1" in shown


def test_what_each_has_is_told_with_what_is_late_and_what_else_they_owe(
    office: CommandLine,
) -> None:
    long_ago = ("--reached-body-at", "2026-01-05T09:00-04:00", "--at", "2026-01-05T09:00-04:00")
    late, other = opened(office, *long_ago), opened(office)
    for _ in range(2):
        office.done("pull", "RDW", "--as", "R-02")
    office.done("wait", other, "third-party", "--as", "R-02")
    office.done(
        "task", late, "look", "--member", "R-02", "--due-at", "2090-01-06", "--as", "R-02"
    )  # fmt: skip
    line = work(office, "R-02", "RDW")
    told = {
        name: line["work"][name] for name in ("active", "paused", "overdue", "owed", "owed_late")
    }
    assert told == {"active": 1, "paused": 1, "overdue": 1, "owed": 1, "owed_late": 0}
    assert line["work"]["teams"] == ["RDW"]
    assert work(office, "R-02", "--as-of", "2090-01-07")["work"]["owed_late"] == 1
    assert (line["stands"], line["room"]) == ("there", work(office, "R-03")["room"] - 1)
    assert work(office, "R-02", "RDW", "--known-at", "2026-01-01")["work"]["active"] == 0


def test_whoever_left_is_told_of_for_as_long_as_they_have_something(office: CommandLine) -> None:
    opened(office)
    office.done("pull", "RDW", "--as", "R-02")
    office.done("leaver", "R-02", "--on", "2099-01-01", "--as", "L-02")
    then = work(office, "R-02", "RDW", "--as-of", "2099-01-02")
    assert (then["stands"], then["stands_on"]) == ("left", "2099-01-01")
    assert then["work"]["active"] == 1
    office.done("leaver", "R-03", "--as", "L-02")
    assert "R-03" not in office.done("workload", "RDW").out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("cases", "--owner", "R-2"), "R-02"),
        (("cases", "--request-type", "RDW-PIT"), "RDW-POT"),
        (("cases", "--team", "RDX"), "RDW"),
        (("cases", "--nobody", "--owner", "R-02"), "what somebody has nobody lacks"),
        (("cases", "--standing", "lost"), "in_hand"),
        (("cases", "--team", "unrouted", "--standing", "resolved"), "leave --standing out"),
        (("cases", "--due-by", "soon"), "--due-by is no time that exists"),
        (("workload", "RDX"), "RDW"),
    ],
)
def test_what_cannot_be_found_is_refused_in_one_sentence_that_names_what_there_is(
    office: CommandLine, words: tuple[str, ...], told: str
) -> None:
    said = office(*words)
    assert (said.code, told in said.err, said.err.count("\n")) == (2, True, 1)


def test_of_many_codes_those_are_told_that_are_most_like_the_one_that_was_given() -> None:
    codes = [f"INC-REG-{n:02}" for n in range(1, 14)] + [f"RDW-{n:02}" for n in range(1, 90)]
    told = known_codes("inc-reg-1", codes)
    assert told.startswith("INC-REG-01, ")
    assert told.endswith(", ... (102)")
    assert "RDW" not in told
    assert known_codes("?", codes).startswith("INC-REG-01, ")
    assert known_codes("x", ["B", "A"]) == "A, B"
    assert known_codes("x", []) == "none"


@pytest.mark.parametrize("slip", ["another", "swapped", "one too many", "one too few"])
def test_a_reference_with_one_slip_is_told_from_none_and_what_may_be_meant_is_named(
    office: CommandLine, slip: str
) -> None:
    ref = opened(office)
    said = ref.replace("-", "")
    place = next(at for at in range(9) if said[at] != said[at + 1])
    misread = {
        "another": said[:-2] + ("1" if said[-2] != "1" else "2") + said[-1],
        "swapped": said[:place] + said[place + 1] + said[place] + said[place + 2 :],
        "one too many": said[0] + said,
        "one too few": said[1:],
    }[slip]
    told = office("case", misread)
    assert (told.code, f"Is {ref} meant?" in told.err) == (2, True)
    assert ("its check symbol does not fit" in told.err) is (slip in ("another", "swapped"))


def test_what_is_like_no_reference_names_none(office: CommandLine) -> None:
    opened(office)
    assert office("case", "Ada Example").err.endswith("read it again.\n")


def test_the_trail_shows_the_number_by_which_an_entry_is_corrected(office: CommandLine) -> None:
    ref = opened(office)
    office.done("note", ref, "Seen.", "--as", "I-02")
    last = office.asked("trail", ref)["trail"][-1]
    shown = office.done("trail", ref).out.splitlines()[-2].split()
    assert shown[:2] == [str(last["version"]), str(last["position"])]
    office.done(
        "correct", ref, shown[0], "--value", "text=Heard.", "--reason", "Slip", "--as", "I-02"
    )
    assert "quoi" in office.done("trail", ref, "--language", "fr").out.splitlines()[1]


def test_a_ledger_that_lived_in_a_time_to_come_says_so_unless_that_time_is_asked_about(
    bare: CommandLine,
) -> None:
    place = Place(bare.home, bare.home / "master.key")
    place.clock.at = datetime(2089, 6, 1, 15, tzinfo=UTC)
    with place.office() as ledger:
        case_id = ledger.new_id()
        ledger.handle(OpenCase(case_id=case_id, channel="phone"), actor=INTAKE)
    case = ("case", reference_of(case_id))
    opening = (*case, "--open", "--purpose", "To see it", "--as", "I-02")
    for words in (("board",), ("cases",), case, opening):
        (said,) = bare.done(*words).sentences
        assert "recorded at 2089-06-01 12:00" in said
        assert said.endswith("give --known-at 2089-06-01.")
        assert bare.done(*words, "--known-at", "2089-06-01").err == ""


def test_a_clock_that_is_hours_behind_the_last_entry_is_told_to_whoever_reads_records_and_watches(
    bare: CommandLine,
) -> None:
    place = Place(bare.home, bare.home / "master.key")
    place.clock.at = datetime.now(UTC) + timedelta(hours=3)
    with place.office() as ledger:
        ledger.handle(OpenCase(case_id=ledger.new_id(), channel="phone"), actor=INTAKE)
    (said,) = bare.done("board").sentences
    assert "set this machine's clock" in said
    (noted,) = bare.done("open", "phone", "--as", "I-02").sentences
    assert "this is recorded as of the later of the two" in noted
    (watched,) = bare.done("watch").sentences
    assert "nothing comes due until it has caught up" in watched
