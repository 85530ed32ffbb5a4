"""No terminal is sent a character by which it could be moved, cleared or made to show a text other than it is."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.cli import main
from api.cli.edge import NOT_DONE
from api.cli.showing import say, show_json, show_table, words
from api.unwelcome import UNWELCOME, harmless, harmless_json
from ledger.case.contact.contacts import AddNote
from ledger.entry import Actor
from tests.api.command_line import CommandLine

FORGED = "paid\x1b[2J\x9b31m\u202edaed\n  9     99  abcdefgh  2026-01-01 00:00  D-01  All is well."


@given(st.text())
def test_what_a_terminal_is_sent_holds_nothing_unwelcome(text: str) -> None:
    assert not UNWELCOME.search(harmless(text))
    assert "\r" not in harmless(text)


@given(st.text())
def test_json_without_unwelcome_characters_says_the_same(text: str) -> None:
    said = harmless_json(json.dumps({text: text}, ensure_ascii=False))
    assert not UNWELCOME.search(said)
    assert json.loads(said) == {text: text}


def test_no_text_on_record_moves_the_terminal_or_makes_a_row_of_its_own(
    office: CommandLine,
) -> None:
    ref = office.asked("open", "phone", "--request-type", "GEN-ENQ", "--as", "I-02")["reference"]
    with office.ledger() as ledger:
        note = AddNote(case_id=ledger.find_case(ref), note_id=ledger.new_id(), text=FORGED)
        ledger.handle(note, actor=Actor("person", "I-02", team="INT"))
    opened = ("trail", ref, "--open", "--purpose", "A test.", "--as", "I-02")
    said = office.done(*opened).out
    assert not UNWELCOME.search(said)
    (row,) = (line for line in said.splitlines() if "paid" in line)
    assert "All is well." in row
    told = office.done(*opened, "--json").out
    assert not UNWELCOME.search(told)
    assert json.dumps(FORGED)[1:-1] in told


def test_sentences_tables_and_refusals_are_harmless(capsys: pytest.CaptureFixture[str]) -> None:
    say(FORGED)
    show_json(FORGED)
    show_table(FORGED, [words("name")], [(FORGED,)], empty="")
    code = main(("board", "--known-at\x1b[2J", "x"))
    out, err = capsys.readouterr()
    assert code == NOT_DONE
    assert "\N{REPLACEMENT CHARACTER}[2J" in err
    assert not UNWELCOME.search(out + err)
