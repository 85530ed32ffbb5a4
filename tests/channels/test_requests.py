"""Requests that another system exports, a row each, open cases as those of any channel do, and no row is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.channels.bringing_in import bring_in
from api.channels.dropping import DropFolder
from api.channels.import_report import ImportReport
from api.channels.mapping_files import (
    MappingError,
    find_any_mapping,
    find_mapping,
    read_any_mapping,
)
from api.verbs.called import cases_called
from ledger.case.contact.contacts import NoteAdded
from ledger.case.custody.routing import CaseRouted
from ledger.case.intake.opening import CaseOpened
from ledger.errors import InvalidCommand
from ledger.ids import case_stream
from ledger.registers.people.parties import PartyRecorded
from ledger.service import Ledger
from tests.channels.logs import CLERK
from tests.ledgers import INTAKE, Place, place_in

HEADER = (
    "Number,Sent,What is it about?,Language,Region,Name,E-mail,Telephone,Your message,Where is it?,"
    "Is anyone in danger?,Anything else?\n"
)
HOLE = "F-1,2026-02-27 09:15,Road problem,English,HAL,Ada,ada@example.org,,A hole,Mill Lane,yes,Ring twice\n"
VAGUE = "F-2,2026-02-27 10:15,Fog,Français,MARS,,,902-555-0147,Un trou,,perhaps,\n"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return place_in(tmp_path)


@pytest.fixture
def ledger(place: Place) -> Iterator[Ledger]:
    with place.office() as ledger:
        yield ledger


def taken(ledger: Ledger, folder: Path, *rows: str) -> ImportReport:
    export = folder / "export.csv"
    export.write_text(HEADER + "".join(rows), "utf-8")
    report = bring_in(ledger, export, find_any_mapping("web-form"), actor=CLERK)
    assert report.adds_up
    return report


def facts(ledger: Ledger, kind: type) -> list[object]:
    return [each.fact for each in ledger.entries() if isinstance(each.fact, kind)]


def test_a_row_of_a_web_form_opens_a_case_with_all_that_was_said(
    ledger: Ledger, tmp_path: Path
) -> None:
    """Rows became imported history: without a route, a clock, whoever asks, or one word of what they wrote."""
    report = taken(ledger, tmp_path, HOLE)
    assert (report.rows_recorded, report.findings) == (1, [])
    (opened,) = facts(ledger, CaseOpened)
    assert isinstance(opened, CaseOpened)
    assert (opened.channel, opened.request_type, opened.region) == ("web", "RDW-POT", "HAL")
    assert opened.reached_body_at.isoformat() == "2026-02-27T13:15:00+00:00"
    assert opened.missing == ()
    assert opened.answers.office["danger_now"] is True
    assert [len(facts(ledger, each)) for each in (CaseRouted, PartyRecorded, NoteAdded)] == [
        1,
        1,
        1,
    ]


def test_what_no_code_or_field_takes_stands_in_a_note_and_the_request_is_open_all_the_same(
    ledger: Ledger, tmp_path: Path
) -> None:
    report = taken(ledger, tmp_path, VAGUE)
    assert {each.finding.code for each in report.findings} == {
        "category-unknown",
        "region-unknown",
        "answer-unfit",
    }
    (opened,) = facts(ledger, CaseOpened)
    assert isinstance(opened, CaseOpened)
    assert (opened.request_type, opened.region, opened.language) == (None, None, "fr")
    assert len(facts(ledger, NoteAdded)) == 1


def test_money_in_a_row_is_an_amount_as_people_write_it_and_what_is_none_stands_in_a_note(
    ledger: Ledger, tmp_path: Path
) -> None:
    mapping = tmp_path / "income.toml"
    mapping.write_text(
        '[log]\nname = "income"\ntitle = "Applications"\n[request]\nid = "No"\nchannel = "web"\ntype = "Type"\n'
        '[answers]\nincome = "Income"\n',
        "utf-8",
    )
    export = tmp_path / "income.csv"
    export.write_text(
        'No,Type,Income\n1,INC-APP,"1 250,00"\n2,INC-APP,1250.5\n3,INC-APP,"1,250"\n', "utf-8"
    )
    report = bring_in(ledger, export, find_any_mapping(str(mapping)), actor=CLERK)
    streams = [each.stream for each in ledger.entries() if isinstance(each.fact, CaseOpened)]
    asked = {"actor": INTAKE, "purpose": "test", "purpose_code": "intake"}
    opened = [ledger.read_opened(each, **asked)[0].entry.fact for each in streams]
    said = [each.answers.personal["income"] for each in opened if isinstance(each, CaseOpened)]
    assert said == [125_000, 125_050, None]
    (finding,) = report.findings
    assert (
        "which must be an amount such as 1250 or 1250.00: it is in the note."
        in finding.finding.sentence
    )
    assert len(facts(ledger, NoteAdded)) == 1


def test_no_row_opens_a_second_case_and_what_cannot_be_recorded_is_set_aside_with_its_reason(
    ledger: Ledger, tmp_path: Path
) -> None:
    wrong = (
        HOLE.replace("F-1", ""),
        HOLE.replace("F-1", "F-3").replace("09:15", "9h15"),
        HOLE.replace("F-1", "F-4").replace("2026", "2036"),
        HOLE.replace("F-1", "F-5").replace("A hole", "A \u202ehole"),
    )
    report = taken(ledger, tmp_path, HOLE, HOLE, *wrong)
    assert (report.rows_recorded, report.rows_repeated, report.rows_set_aside) == (1, 1, 4)
    assert len(facts(ledger, CaseOpened)) == 1
    assert len(facts(ledger, PartyRecorded)) == 1


def test_what_a_row_says_otherwise_later_is_set_aside_and_noted_on_its_case_once(
    ledger: Ledger, tmp_path: Path
) -> None:
    """Whoever had the case never saw that the form was sent again: it stood in the report alone."""
    taken(ledger, tmp_path, HOLE)
    larger = HOLE.replace("A hole", "A larger hole")
    for _ in range(2):
        other = taken(ledger, tmp_path, larger)
        assert "says something else now: that is noted there" in other.set_aside[0].reason
    twice = taken(ledger, tmp_path, HOLE, VAGUE.replace("F-2", "F-1"))
    assert "and says something else there: that is noted" in twice.set_aside[0].reason
    assert (twice.rows_imported_before, twice.rows_set_aside) == (1, 1)
    (case_id,) = {each.subject_id for each in ledger.entries() if isinstance(each.fact, CaseOpened)}
    stream = case_stream(case_id)
    opened = ledger.read_opened(stream, actor=INTAKE, purpose="test", purpose_code="intake")
    notes = [each.entry.fact.text for each in opened if isinstance(each.entry.fact, NoteAdded)]
    assert len(notes) == 3, "that of the opening, and one for each other version"
    assert "Your message: A larger hole" in str(notes[1]).splitlines()
    assert "Your message: Un trou" in str(notes[2]).splitlines()
    assert len(facts(ledger, CaseOpened)) == 1


def test_a_request_is_found_and_known_again_by_each_of_its_ids(
    ledger: Ledger, tmp_path: Path
) -> None:
    form = '[log]\nname = "{0}"\n[request]\nid = "{1}"\nchannel = "web"\nnote = ["What"]\nids = {{ {2} = "{3}" }}\n'
    ours = read_any_mapping(form.format("form", "Number", "register", "Old"), file="form.toml")
    theirs = read_any_mapping(form.format("register", "Old", "crm", "Third"), file="old.toml")
    crm = read_any_mapping(form.format("crm", "Third", "form", "Number"), file="crm.toml")
    export = tmp_path / "export.csv"
    came = ((ours, "F-1,R-1,,A hole\n"), (theirs, ",R-1,C-1,Deeper\n"), (crm, "F-1,,C-1,Gone\n"))
    for mapping, row in (*came, *came):
        export.write_text("Number,Old,Third,What\n" + row, "utf-8")
        assert bring_in(ledger, export, mapping, actor=CLERK).adds_up
    (opened,) = [each for each in ledger.entries() if isinstance(each.fact, CaseOpened)]
    for source, external_id in (("form", "F-1"), ("register", "R-1")):
        assert cases_called(ledger, (), external_id, source) == (opened.subject_id,)
    assert len(facts(ledger, NoteAdded)) == 3
    export.write_text("Number,Old,Third,What\nF-2,R-1,,Another\n", "utf-8")
    report = bring_in(ledger, export, ours, actor=CLERK)
    assert len(facts(ledger, CaseOpened)) == 2, "two of one system are two"
    assert [each.finding.code for each in report.findings] == ["id-of-another-case"]


def test_what_was_put_right_is_taken_from_the_drop_folder(ledger: Ledger, tmp_path: Path) -> None:
    folder = tmp_path / "drop"
    folder.mkdir()
    drop = DropFolder(folder, find_any_mapping("web-form"))
    became: list[str] = []
    for sent in ("2 March", "2026-02-27 09:15"):
        (folder / "monday.csv").write_text(HEADER + HOLE.replace("2026-02-27 09:15", sent), "utf-8")
        dropped = drop.take(ledger, actor=CLERK, settle_seconds=0, rest=lambda _: None)
        became += [each.became for each in dropped]
    assert became == ["in_part", "imported"]


def test_a_mapping_of_requests_says_what_is_wrong_with_it_and_is_none_of_a_log() -> None:
    with pytest.raises(MappingError, match=r"request.chanel: no such key \(did you mean 'channel'"):
        read_any_mapping('[log]\nname = "x"\n[request]\nid = "a"\nchanel = "web"\n', file="x.toml")
    with pytest.raises(InvalidCommand, match="is of requests, and a log is wanted"):
        find_mapping("web-form")
