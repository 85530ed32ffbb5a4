"""A policy document is read whole or refused with every problem, each at its line."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ledger.errors import InvalidCommand, UnreadableEntry
from ledger.policy.checking import check
from ledger.policy.compiled.policy import compile_policy
from ledger.policy.document.locating import KeyPath, dotted, line_of, lines_of
from ledger.policy.document.policy import Policy
from ledger.policy.document.problems import PolicyError
from ledger.policy.document.stored import digest_policy, document_of, split_names
from ledger.policy.in_force import PolicyVersion
from ledger.policy.reading.toml import read_policy
from ledger.times import EPOCH
from tests.policy.office import TEXT, with_changes

OFFICE = Path(__file__).parents[2] / "api" / "department" / "office.toml"


def read(text: str) -> Policy:
    return read_policy(text, file="office.toml")


def refused(*changes: tuple[str, str]) -> PolicyError:
    with pytest.raises(PolicyError) as caught:
        read(with_changes(*changes))
    return caught.value


def line_in(text: str, piece: str) -> int:
    return text[: text.index(piece)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('zone = "America/Halifax"', 'zone = "America/Halifacts"', "is not a time zone"),
        ('zone = "America/Halifax"', 'zones = "America/Halifax"', "did you mean 'zone'"),
        ('zone = "America/Halifax"', "", "office.zone is missing"),
        ("amount = 2", 'amount = "2"', "clocks.ACK.amount must be a whole number"),
        ("amount = 2", "amount = 0", "clocks.ACK.amount must be at least 1"),
        ('unit = "elapsed_hours"', 'unit = "hours"', "allowed: business_hours, calendar_days"),
        ('kind = "counting"', 'kind = "counts"', "allowed: counting, office"),
        ("2026-12-25", '"2026-02-30"', "'2026-02-30' is not a date"),
        ("2026-12-25", "2029-12-25", "lies outside the calendar"),
        ("08:30-16:30", "08:30-8:00", "is not an opening: write it as 08:30-16:30"),
        ('counting_calendar = "WORK"\neffects', "effects", "needs counting_calendar"),
        ('office_calendar = "HOURS"', 'office_calendar = "WORK"', "the office calendar 'WORK'"),
        ('"WORK"\neffects', '"WROK"\neffects', "did you mean 'WORK'"),
        ('fee = "pause"', 'feee = "pause"', "the reason to wait 'feee'"),
        (
            'effects = { fee = "pause" }',
            'extensions = [{ authority = "a", unit = "weeks" }]',
            "counts working_days and cannot be extended in weeks",
        ),
        (
            'unit = "working_days"\namount = 15',
            'extensions = [{ authority = "a", unit = "weeks" }]\nunit = "months"\namount = 1',
            "extensions[0].unit is weeks where the clock counts months",
        ),
        (
            'unit = "working_days"\namount = 15',
            'unit = "business_hours"\namount = 15',
            "is a date, and clock DEC counts hours",
        ),
        ('fee = "pause"', 'fee = "paused"', "allowed: none, pause, reset, suspend, toll"),
        ('stops_on = ["made_safe"]', 'stops_on = ["saved"]', "the milestone 'saved'"),
        ('party = "leader"', 'party = "boss"', "allowed: a1, a2, b1, bot, director, dispatcher"),
        ('team = "INC-B"', 'team = "INC-C"', "the team 'INC-C'"),
        ('team = "RDW-{region}"', 'team = "RWD-{region}"', "a team for none of the regions"),
        ("default = true\n", "", "end with a rule that says default = true"),
        ('skill = "fr"\nby', 'skill = "de"\nby', "the skill 'de'"),
        ('team = "INC-B"', 'team = "INC-B"\nteams = ["INC-A"]', "one of team, teams (or skill)"),
        ('programme = "LIC"', 'programme = "LIB"', "the programme 'LIB'"),
        ('required = ["people"]', 'required = ["poeple"]', "did you mean 'people'"),
        ('clocks = ["ACK", "DEC"]', "deadline_bearing = true", "but it arms no clock"),
        ('"Road" = "RDW-POT"', '"Road" = "RDW-POP"', "the request type 'RDW-POP'"),
        ('within = "NOR"', 'within = "NOR-EAST"', "a region cannot lie in itself"),
        ("danger_now = true } }\nteam", 'danger_now = "yes" } }\nteam', "allowed: true or false"),
        ("people = { at_least = 6 }", "name = { present = true }", "is a personal field"),
        ("people = { at_least = 6 }", 'form = { above = "paper" }', "has no order"),
        ("people = { at_least = 6 }", 'form = "stone"', "allowed: paper, audio"),
        ("people = { at_least = 6 }", "people = { atleast = 6 }", "did you mean 'at_least'"),
        ("people = { at_least = 6 }", "people = 1.5", "answers.people"),
        ('language = "fr" }', 'language = "de" }', "the language 'de'"),
        ('flags = ["adjustment"]', 'flags = ["adjusted"]', "did you mean 'adjustment'"),
        ('teams = ["INC-B"], points_a_day = 99', "teams = []", "must not be empty"),
        ('version = "1", teams', "teams", "a machine needs its version"),
        ('kind = "choice"', 'kind = "text"', "give both or neither"),
        ('en = "Unit"', 'sets_language = true, en = "Unit"', "a choice of the office tier"),
        ('kind = "choice"', 'names_decision = true\nkind = "choice"', "a text of the office tier"),
        ('en = "Unit"', 'en = "a\\u0000b"', "U+0000"),
        ("[members]", '[custody]\nadjudicator = "a9"\n[members]', "the member 'a9'"),
        ("people = {", '"two words" = {', "begins with a letter or digit"),
    ],
)
def test_a_document_that_cannot_be_used_says_what_and_where(
    old: str, new: str, expected: str
) -> None:
    error = refused((old, new))
    assert isinstance(error, InvalidCommand)
    assert expected in str(error)
    assert str(error).startswith("office.toml, line ")
    assert all(problem.line > 0 for problem in error.problems)


def test_a_problem_stands_at_its_own_line() -> None:
    changes = ('team = "INC-B"', 'team = "INC-C"')
    error = refused(changes)
    (problem,) = error.problems
    assert problem.line == line_in(with_changes(changes), 'team = "INC-C"')
    assert problem.key == "routing[3].team"
    assert problem.sentence.startswith("routing[3].team names the team 'INC-C', which is not")


def test_all_problems_are_listed_at_once() -> None:
    error = refused(
        ('team = "INC-B"', 'team = "INC-C"'),
        ('programme = "LIC"', 'programme = "LIB"'),
        ('party = "leader"', 'party = "boss"'),
    )
    assert [problem.key for problem in error.problems] == [
        "rungs[0].party[0]",
        "types.LIC-EVT.programme",
        "routing[3].team",
    ]
    shapes = refused(
        ("amount = 2", "amount = 0"), ("amount = 4", "amount = -4"), ("[skills]", "[skulls]")
    )
    assert len(shapes.problems) == 3
    both = refused(("amount = 2", "amount = 0"), ('team = "INC-B"', 'team = "INC-C"'))
    assert [problem.key for problem in both.problems] == ["clocks.ACK.amount", "routing[3].team"]


def test_a_rule_after_the_default_can_never_be_reached() -> None:
    late = '\n[[routing]]\ncode = "late"\nen = "Late"\nteam = "INT"\n'
    error = refused(("\n[reasons.wait]", f"{late}\n[reasons.wait]"))
    assert [(each.key, each.line) for each in error.problems] == [
        (
            "routing[7]",
            line_in(with_changes(("\n[reasons.wait]", f"{late}\n[reasons.wait]")), late) + 1,
        )
    ]
    assert "stands after the default" in str(error)


@pytest.mark.parametrize(
    ("text", "line"),
    [("a = 1\nb = \n", 2), ("[office\n", 1), ("a = 1\na = 2\n", 2), ("a = [1,\n2", 2)],
)
def test_what_is_not_toml_is_refused_at_its_line(text: str, line: int) -> None:
    with pytest.raises(PolicyError, match=f"office.toml, line {line}: This is not TOML") as caught:
        read(text)
    assert caught.value.problems[0].line == line


def test_a_bomb_of_nested_lists_is_refused_in_one_sentence() -> None:
    with pytest.raises(PolicyError, match=r"nested too deeply|not TOML"):
        read("a = " + "[" * 100_000)


def test_a_policy_written_out_and_read_again_is_the_same() -> None:
    policy = read(TEXT)
    said = json.loads(json.dumps(document_of(policy), sort_keys=True))
    assert Policy.model_validate(said) == policy
    assert digest_policy(Policy.model_validate(said)) == digest_policy(policy)


def test_the_stored_form_holds_neither_nulls_nor_fractions() -> None:
    def values(value: Any) -> list[Any]:
        if isinstance(value, dict):
            return [each for part in value.values() for each in values(part)]
        return (
            [each for part in value for each in values(part)]
            if isinstance(value, list)
            else [value]
        )

    assert {type(each) for each in values(document_of(read(TEXT)))} <= {str, int, bool}


def test_names_are_apart_from_the_document_and_from_its_digest() -> None:
    policy = read(TEXT)
    nameless, names = split_names(policy)
    assert names == {"i1": "Ann", "a1": "Bo", "a2": "Cy", "b1": "Di"}
    assert not [name for name in names.values() if f'"{name}"' in json.dumps(document_of(nameless))]
    assert digest_policy(nameless) == digest_policy(policy)
    assert nameless.model_copy(update={"members": policy.members}) == policy
    assert split_names(nameless) == (nameless, {})


def test_any_other_change_is_another_digest() -> None:
    changed = read(with_changes(("amount = 2", "amount = 3")))
    assert digest_policy(changed) != digest_policy(read(TEXT))


def test_the_schema_is_there_for_editors() -> None:
    schema = Policy.model_json_schema()
    assert {"office", "calendars", "routing", "clocks"} <= schema["properties"].keys()


def test_check_finds_what_a_sound_policy_could_do_better() -> None:
    text = with_changes(
        ('clocks = ["ACK", "DEC"]', ""),
        ('fr = "Papier"', ""),
        ('{ en = "Paper",  }', '{ en = "Paper" }'),
    )
    found = {
        (each.key, each.sentence.partition(" ")[2])
        for each in check(read(text), date(2027, 6, 1), text=text)
    }
    keys = {key for key, _ in found}
    assert ("types.INC-APP", "arms no clock with a deadline: nobody is promised anything.") in found
    assert ("fields.form.choices.paper", "has no French.") in found
    assert ("teams.INC-B", "has 1 person(s): nobody can stand in.") in found
    assert "calendars.WORK.ends_on" in keys
    assert "routing[6]" in keys
    assert all(each.line for each in check(read(text), date(2027, 6, 1), text=text))


def test_the_shipped_sample_is_sound_and_has_nothing_to_find() -> None:
    text = OFFICE.read_text(encoding="utf-8")
    policy = read_policy(text, file="office.toml")
    assert check(policy, date(2026, 1, 1), text=text) == []
    assert compile_policy(policy, version=1).digest == digest_policy(policy)


AWKWARD = r"""# first
title = "x" # line 2
"quoted.key" = 'its'
a.b . "c d" = [ 1, [2,
  3], { x = 1, y.z = "}" }, # a ] in a comment
]
long = @@@
[not.a.table]
key = "no" \@@@ ""@@@
literal = '''
[[nor.this]]
'''

[table]
k = 1979-05-27 07:32:00
[table.sub]
k = true

[[array]]
n = 1
[array.inner]
m = 2
[[array]]
n = 3
[[array.deep]]
o = 4
[[array.deep]]
"p\u0041" = 5
""".replace("@@@", '"' * 3)


def paths_of(value: Any, path: KeyPath = ()) -> list[KeyPath]:
    below = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return [
        *([path] if path else []),
        *(each for key, part in below for each in paths_of(part, (*path, key))),
    ]


@pytest.mark.parametrize("text", [AWKWARD, TEXT, AWKWARD.replace("\n", "\r\n")])
def test_every_key_of_a_text_is_found_and_no_other(text: str) -> None:
    assert set(lines_of(text)) == set(paths_of(tomllib.loads(text)))


def test_keys_are_found_at_their_lines() -> None:
    lines = lines_of(AWKWARD)
    rows = AWKWARD.split("\n")

    def row(path: KeyPath) -> str:
        return rows[lines[path] - 1]

    assert row(("title",)).startswith("title")
    assert row(("quoted.key",)).startswith('"quoted.key"')
    assert row(("a", "b", "c d", 1, 1)) == '  3], { x = 1, y.z = "}" }, # a ] in a comment'
    assert row(("a", "b", "c d", 2, "y", "z")).startswith("  3]")
    assert row(("table", "sub", "k")) == "k = true"
    assert row(("array", 0, "inner", "m")) == "m = 2"
    assert row(("array", 1, "deep", 1, "pA")).endswith("= 5")
    assert line_of(("table", "k", "nowhere"), lines) == lines["table", "k"]
    assert line_of(("nowhere",), lines) == 0
    assert dotted(("types", "two words", 3, "x")) == 'types."two words"[3].x'


def test_what_a_later_version_published_is_told_as_such_and_as_no_defect() -> None:
    """An older program beside a newer one ended with a defect at every command, whatever it was asked."""
    later = {**document_of(read(TEXT)), "tomorrow": {"says": "more"}}
    version = PolicyVersion(3, "0" * 64, EPOCH, "2026a", later)
    with pytest.raises(UnreadableEntry, match=r"Policy 3 is intact .* upgrade caseledger"):
        _ = version.policy
