"""A mapping says what is wrong with it by file, line, key and what is allowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.channels.mapping import Constant, EventAttribute
from api.channels.mapping_files import (
    MappingError,
    find_any_mapping,
    find_mapping,
    read_mapping,
    shipped_mappings,
)
from ledger.errors import InvalidCommand
from tests.channels.logs import MAPPING, log_of, mapping, read


def complaint(text: str) -> str:
    with pytest.raises(MappingError) as caught:
        read_mapping(text, file="permits.toml")
    return str(caught.value)


@pytest.mark.parametrize("name", shipped_mappings())
def test_a_shipped_mapping_is_found_by_its_name(name: str) -> None:
    assert find_any_mapping(name).log.name == name


def test_the_shipped_mappings_are_those_of_the_two_real_logs_and_of_a_form() -> None:
    assert shipped_mappings() == ("helpdesk", "receipt", "web-form")


def test_a_mapping_of_ones_own_is_found_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(MAPPING, "utf-8")
    assert find_mapping(str(tmp_path / "mine.toml")) == mapping()


def test_a_mapping_needs_only_four_lines() -> None:
    text = '[log]\nname = "x"\n[case]\nid = "c"\n[event]\ntime = "t"\nactivity = "a"\n'
    assert read_mapping(text, file="x.toml").event_keys == {"t", "a"}


def test_a_mapping_that_is_not_there_is_told_with_the_shipped_ones() -> None:
    with pytest.raises(InvalidCommand, match=r"no mapping 'recipt'.*helpdesk, receipt"):
        find_mapping("recipt")


def test_a_mapping_that_is_no_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_bytes(b"\xff\xfe[log]")
    with pytest.raises(InvalidCommand, match="not UTF-8"):
        find_mapping(str(tmp_path / "mine.toml"))


def test_an_unknown_key_names_its_line_and_the_nearest_allowed() -> None:
    said = complaint(MAPPING.replace("deadline =", "dedline ="))
    assert said == (
        "permits.toml, line 9, case.dedline: no such key (did you mean 'deadline'?); allowed: id, "
        "ids, channel, type, received, deadline, ended, responsible, team."
    )


def test_an_unknown_section_names_the_sections() -> None:
    said = complaint(MAPPING + "\n[chanels]\n")
    assert "chanels: no such key (did you mean 'channels'?); allowed: log, case" in said


def test_a_missing_key_is_named() -> None:
    said = complaint(MAPPING.replace('time = "time:timestamp"\n', ""))
    assert said == "permits.toml, line 12, event.time: is required."


def test_broken_toml_names_its_line() -> None:
    assert complaint("[log]\nname = \n").startswith("permits.toml, line 2, TOML: ")


def test_every_problem_is_told_at_once() -> None:
    said = complaint(MAPPING.replace('"walk_in"', '"fax"') + '[times]\nzone = "Europe/Atlantis"\n')
    assert "channels.Counter: allowed: phone, email, web, walk_in, mail, referral" in said
    assert "times.zone: allowed: an IANA time zone" in said
    assert len(said.splitlines()) == 2


def test_a_value_of_the_wrong_kind_says_what_is_allowed() -> None:
    said = complaint(MAPPING.replace('channel = "channel"', "channel = 3"))
    assert 'case.channel: allowed: "NAME" of a case attribute' in said
    said = complaint(MAPPING.replace("[reading]", '[reading]\ntransfers = "desk"'))
    assert "reading.transfers: allowed: 'actor' or 'team'" in said
    said = complaint(MAPPING.replace("[reading]", "[reading]\nduplicates = 3"))
    assert 'reading.duplicates: allowed: "row", "none", or a list' in said


def test_a_value_of_the_case_may_stand_on_its_events_or_be_the_same_for_all() -> None:
    found = mapping(
        channel='channel = { constant = "Counter" }',
        received='received = { event = "created", take = "last" }',
    )
    assert found.case.channel == Constant(constant="Counter")
    assert found.case.received == EventAttribute(event="created", take="last")
    assert "created" in found.event_keys


@pytest.mark.parametrize(
    "said",
    [
        '{ constant = "" }', '{ constant = "Counter", take = "first" }', '{ event = "" }',
        '{ event = "created", take = "middle" }', '{ event = "created", from = "first" }', '""',
    ],
)  # fmt: skip
def test_what_says_two_things_or_nothing_of_a_value_is_told_what_may_be_said(said: str) -> None:
    found = complaint(MAPPING.replace('channel = "channel"', f"channel = {said}"))
    assert 'case.channel: allowed: "NAME" of a case attribute' in found


def test_a_row_of_several_lines_that_is_set_aside_is_found_again_by_all_of_them(
    tmp_path: Path,
) -> None:
    header = (
        "case:concept:name,channel,start,due,end,time:timestamp,concept:name,org:resource,org:group"
    )
    sound = "A-1,,,,,2024-03-04T09:00:00Z,received,annika,desk"
    text = f'{header}\n{sound}\nB-1,"two\nlines",short\nC-1,short\n{sound}\n'
    _, aside = read(log_of(tmp_path, text))
    assert [(each.row, each.place) for each in aside] == [(2, "lines 3 to 4"), (3, "line 5")]
