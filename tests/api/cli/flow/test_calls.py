"""Calls, the sequence, and pulling with a policy's order, from the command line."""

from __future__ import annotations

from uuid import UUID

import pytest

from api.cli.writing.recording import show_receipt
from ledger.entry import Receipt
from ledger.ids import reference_of
from ledger.registers.flow.sequences import QueueAdvanced, sequence_id
from projections.views import Views
from tests.api.command_line import CommandLine
from tests.ledgers import OFFICE, Place
from tests.projections.calling import CallingOffice

HELD = ("sequence", "set", "RDW:40:10:2029-06-29", "INC:20", "--as", "D-01")


def test_nobody_is_drawn_from_what_became_known_after_the_day_opened(office: CommandLine) -> None:
    refs = [
        office.asked("open", "phone", "--request-type", "GEN-ENQ", "--as", "I-02")["reference"]
        for _ in range(2)
    ]
    assert "Nobody was drawn" in office.done("calls", "INT").out
    said = office("calls", "draw", "INT", "--as", "I-02")
    assert said.code == 2, "nothing was known yet as the day opened, or it has not opened"
    assert any(why in said.sentences[0] for why in ("nobody to draw from", "has not opened yet"))
    assert office("calls", "check", "INT").code == 2
    logged = office("calls", "log", refs[0], "phone", "--as", "I-02")
    assert "was not drawn" in logged.sentences[0]


def test_a_draw_is_shown_called_about_and_checked(bare: CommandLine) -> None:
    place = Place(bare.home, bare.home / "master.key")
    with place.office() as ledger, Views.open(bare.home) as views:
        office = CallingOffice(place, ledger, views)
        cases = [office.opened() for _ in range(7)]
        office.on(1)
        drawn = office.drawn()
    assert {each.case_id for each in drawn.drawn} < set(cases)
    assert "7 waiting" in bare.done("calls", "RDW", "--on", "2026-03-03").out
    ref = reference_of(drawn.drawn[0].case_id)
    bare.done("calls", "log", ref, "phone", "--words", "Nobody called back.", "--as", "R-02")
    told = bare.asked("calls", "RDW", "--on", "2026-03-03")["calls"]
    assert [each["reached"] for each in told] == [True, False, False, False, False]
    assert {each["came_by"] for each in told} == {"phone"}, "whoever wrote an e-mail is written one"
    (checked,) = bare.asked("calls", "check", "RDW")["draws"]
    assert (checked["differs"], checked["on"]) == ([], "2026-03-03")
    assert "Nobody called back" not in bare.done("trail", ref).out


def test_a_receipt_names_what_is_drawn_and_no_id_that_nobody_needs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    receipt = Receipt(f"calls/{UUID(int=7)}", 1, 12, "digest-of-it", fresh=True)
    show_receipt(receipt, as_json=False, drawn=["A", "B"])
    assert (
        capsys.readouterr().out
        == "calls: recorded, version 1, entry 12, digest digest-of-it, drawn A B\n"
    )
    show_receipt(receipt, as_json=False, drawn=[])
    assert capsys.readouterr().out.endswith(", drawn none\n")


def test_the_sequence_shows_which_queue_is_cleared_and_which_waits(office: CommandLine) -> None:
    assert "No sequence is set" in office.done("sequence").out
    office.done(*HELD)
    office.done("sequence", "advance", "RDW", "cleared", "Nobody waits.", "--as", "D-01")
    queues = office.asked("sequence")["queues"]
    assert [(each["team"], each["state"], each["hours"]) for each in queues] == [
        ("RDW", "cleared", 10),
        ("INC", "clearing", 50),
    ]
    assert office.asked("sequence", "--known-at", "2020-01-01")["queues"] == []


def test_a_queue_in_which_more_wait_than_its_rate_is_to_leave_is_not_cleared(
    office: CommandLine,
) -> None:
    office.done(*HELD)
    opened = ("open", "phone", "--request-type", "RDW-POT", "--answer", "danger_now=no", "--as")
    office.done(*opened, "I-02")
    office.done(*opened, "I-02")
    office.done("rate", "set", "RDW", "1", "2029-06-29", "--as", "L-02")
    cleared = ("sequence", "advance", "RDW", "cleared", "It is a quiet week.", "--as", "D-01")
    refused = office(*cleared)
    assert (refused.code, len(refused.sentences)) == (2, 1)
    assert "Cases that wait in the queue of RDW: 2;" in refused.err
    office.done("rate", "drop", "RDW", "--as", "L-02")
    office.done(*cleared)
    with office.ledger() as ledger:
        kept = ledger.read(f"sequence/{sequence_id(ledger.store.ledger_id)}")
        told = [each.entry.fact for each in kept if isinstance(each.entry.fact, QueueAdvanced)]
    assert [(each.team, each.waiting) for each in told] == [("RDW", 2), ("INC", None)]


def test_a_sequence_that_cannot_be_read_is_refused_in_one_sentence(office: CommandLine) -> None:
    for words, says in (
        (("sequence", "set", "RDW", "--as", "D-01"), "write TEAM:HOURS"),
        (("sequence", "set", "RDW:soon", "--as", "D-01"), "hours"),
        (("sequence", "set", "--as", "D-01"), "at least one queue"),
        (("sequence", "set", "RDW:4", "--as", "R-02"), "neither leads nor dispatches"),
        (("sequence", "advance", "RDW", "cleared", "Done.", "--as", "D-01"), "not in the sequence"),
    ):
        said = office(*words)
        assert said.code == 2, words
        assert len(said.sentences) == 1, said.err
        assert says in said.sentences[0], said.err


def test_a_case_is_skipped_with_a_reason_then_assigned_by_the_leader(office: CommandLine) -> None:
    ref = office.asked(
        "open", "phone", "--request-type", "RDW-POT", "--answer", "danger_now=no", "--as", "I-02"
    )["reference"]
    office.done("skip", ref, "language", "--as", "R-02")
    assert "R-02 passed over, or" in office("pull", "RDW", "--as", "R-02").sentences[0]
    office.done("assign", ref, "R-02", "--as", "L-02")
    assert office.asked("queue", "RDW")["cases"][0]["row"]["owner"] == "R-02"


def test_who_pulls_is_told_what_it_is_and_when_it_is_due(office: CommandLine) -> None:
    opened = ("open", "phone", "--request-type", "RDW-POT", "--as", "I-02", "--language", "fr")
    office.done(*opened, "--reached-body-at", "2026-01-05T09:00-04:00", "--answer", "danger_now=no")
    said = office.done("pull", "RDW", "--as", "R-02").out.splitlines()
    assert said[1].startswith("RDW-POT ")
    assert all(
        each in said[1] for each in ("received 2026-01-05 09:00", "overdue since", "language fr")
    )
    assert said[2:] == ["R-02 has 1 open."]


def test_who_pulls_gets_the_first_case_they_may_take_and_the_entry_says_whom_it_passed(
    empty: CommandLine,
) -> None:
    terms = '\n[pull.types.RDW-POT]\nskills = ["road"]\n[pull.types.INC-APP]\nskills = ["income", "intake"]\n'
    policy = empty.home.parent / "office.toml"
    policy.write_text(OFFICE.read_text(encoding="utf-8") + terms, encoding="utf-8")
    empty.done("policy", "publish", str(policy), "--as", "D-01")
    refs = [
        empty.asked(
            "open", "phone", "--request-type", "RDW-POT", "--language", language, "--answer",
            "danger_now=no", "--as", "I-02",
        )["reference"]
        for language in ("fr", "en")
    ]  # fmt: skip
    assert empty.asked("pull", "RDW", "--as", "R-02")["reference"] == refs[1]
    assert "Passed over before it: the language French: 1." in empty.done("trail", refs[1]).out
    refused = empty("pull", "RDW", "--as", "R-02").sentences[0]
    assert "Nothing that R-02 may take" in refused
    assert "where what waits takes language:fr: ask a dispatcher" in refused
    assert empty.asked("pull", "RDW", "--as", "R-03")["reference"] == refs[0]
    assert empty.asked("flow")["skill_cover"]["thin"] == {"INC-APP": 1}
    assert "INC-APP" in empty.done("flow").out


def test_the_queue_says_why_each_case_stands_where_it_does(office: CommandLine) -> None:
    office.done(
        "open", "phone", "--request-type", "RDW-POT", "--answer", "danger_now=no", "--as", "I-02"
    )
    assert "start by end of" in office.done("queue", "RDW").out
    assert office.asked("queue", "RDW")["cases"][0]["turn"]["lane"] == "dated"
