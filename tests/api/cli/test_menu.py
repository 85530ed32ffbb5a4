"""The menu: every command of the ledger can be reached by a person, and says what it is for."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from cyclopts import App

from api.cli.evidence.menu import KEPT_WITHIN
from api.cli.menu import CHAPTERS, POLICY, WITHIN, WORKING, menu, menu_for
from api.cli.menu_lines import default_shown
from api.cli.named_settings import OF_SERVING, serving_epilogue
from api.cli.wording.in_help import french_help
from api.verbs import CASE_VERBS, VERBS
from api.verbs.field_words import HELP
from ledger.case.alarms import RaiseAlarm
from ledger.case.clocks.restating import RestateClocks
from ledger.case.clocks.undelivered import ContinuePublication, RecordAccessFailed
from ledger.case.custody.rehoming import MoveForAbsence, RehomeCase
from ledger.case.custody.unanswered import EscalateTransfer
from ledger.case.erased import MarkErased
from ledger.case.escalation.chase_steps import ReachChaseStep
from ledger.case.escalation.climbing import ClimbEscalation
from ledger.case.escalation.ending import EndAlarm
from ledger.case.escalation.reaching import ReachRung, RecordAlertDelivered
from ledger.case.history.continuing import ContinueImport
from ledger.case.history.imported import ImportCase
from ledger.case.holding import EndCaseHold, HoldCase
from ledger.case.intake.chasing import BeginChase
from ledger.case.links import MarkTakenUp
from ledger.case.outcome.reviewed import MarkReviewed, MarkUnderReview
from ledger.case.state import DECISIONS
from ledger.case.work.overdue import CallObligation
from ledger.registers.people.parties import PARTY
from ledger.registers.people.representing import EndMinority
from ledger.registers.tray import TRAY
from tests.api.command_line import CommandLine

OF_MACHINES = {  # and what a command on another stream asks of the case
    BeginChase,
    CallObligation,
    ClimbEscalation,
    ContinueImport,
    ContinuePublication,
    EndAlarm,
    EndCaseHold,
    EndMinority,
    EscalateTransfer,
    HoldCase,
    ImportCase,
    MarkErased,
    MarkReviewed,
    MarkTakenUp,
    MarkUnderReview,
    MoveForAbsence,
    RaiseAlarm,
    ReachChaseStep,
    ReachRung,
    RecordAccessFailed,
    RecordAlertDelivered,
    RehomeCase,
    RestateClocks,
}
EVERY_COMMAND = [
    *((name, module) for _, module, names in CHAPTERS for name in names),
    *(
        (name, module)
        for chapters in (POLICY, *(each for _, _, each in (*WITHIN, *KEPT_WITHIN)))
        for module, names, _ in chapters
        for name in names
    ),
]


def test_a_person_can_ask_every_command_of_a_case_but_those_of_machines() -> None:
    decided = {*DECISIONS, *PARTY.decisions, *TRAY.decisions}
    asked = {verb.command for verb in (*CASE_VERBS.values(), VERBS["call"])}
    assert asked == decided - OF_MACHINES


def test_every_verb_stands_in_the_menu() -> None:
    assert CASE_VERBS.keys() == WORKING.keys()


def test_every_field_that_a_person_gives_has_its_help() -> None:
    asked = {name for verb in VERBS.values() for name in verb.asked_for}
    assert asked == HELP.keys()


@pytest.mark.parametrize(("name", "module"), EVERY_COMMAND)
def test_there_is_a_command_behind_every_line_of_the_menu(name: str, module: str) -> None:
    word = f"{name}_" if name in ("import", "set") else name.replace("-", "_")
    function = getattr(import_module(module), word)
    assert function.__doc__


def commands(app: App) -> Iterator[App]:
    """Every command that is asked by itself, of this menu and those within it."""
    for name in app:
        if not name.startswith("-"):
            within = app[name]
            if within.default_command is not None:
                yield within
            yield from commands(within)


def test_a_command_is_read_alone_as_it_would_be_among_all_others() -> None:
    """What reads the words takes the longer the more commands there are: a third of what a short one took."""
    whole = menu()
    for name in whole:
        if not name.startswith("-"):
            alone = menu_for((name, "--help"))
            assert [each for each in alone if not each.startswith("-")] == [name]
            assert told(alone[name]) == told(whole[name])
    assert set(menu_for(("opne",))) == set(menu_for(())) == set(whole)


def told(app: App) -> list[object]:
    """All that a menu says of a command, or of those within it."""
    within = (told(app[name]) for name in app if not name.startswith("-"))
    return [app.name, app.help, app.help_epilogue, app.sort_key, app.group, *within]


def test_help_says_what_each_thing_is_for_on_lines_that_are_broken_by_the_terminal_alone() -> None:
    """Some that must be given had no words, flags were said to be False, and lines ended in the middle."""
    words = [
        (f"{command.name[0]} {argument.name}", str(argument.parameter.help or ""))
        for command in commands(menu())
        for argument in command.assemble_argument_collection(parse_docstring=True)
        if argument.parse and argument.show and argument.parameter.name != ("*",)
    ]
    assert len(words) > 1_000
    assert [at for at, said in words if not said] == []
    assert [at for at, said in words if "\n" in said] == []
    assert {default_shown(each) for each in (None, False, ())} == {None}
    assert (default_shown(50), default_shown(("en", "fr"))) == ("50", "en, fr")


def test_the_help_of_a_verb_says_what_a_field_means_there(bare: CommandLine) -> None:
    """An escalation was said to take the id of a party; it goes to the leader, or to a member."""
    said = " ".join(bare.done("escalate", "--help").out.replace("│", " ").split())
    assert "Before whom: " in said
    assert "id of the party" not in said


@pytest.mark.parametrize("words", [(), ("--help",), ("policy", "--help"), ("open", "--help")])
def test_help_is_given_without_a_ledger(bare: CommandLine, words: tuple[str, ...]) -> None:
    assert "Usage: caseledger" in bare.done(*words).out
    assert not bare.home.exists()


OF_EVERY_PAGE = {
    "Usage:",
    "COMMAND",
    "Commands",
    "Other",
    "[choices: {value}]",
    "[env var: {value}]",
    "[default: {value}]",
    "[required]",
    "Set in the environment:",
}


def told_in_help(app: App) -> Iterator[str]:
    """Every text on the pages of help of a menu and of all within it: what things are for, and the headings."""
    groups: list[Any] = [app.group]
    yield from (each for each in (app.help, app.help_epilogue) if each)
    if app.default_command is not None:
        for argument in app.assemble_argument_collection(parse_docstring=True):
            if argument.parse and argument.show and argument.parameter.name != ("*",):
                yield str(argument.parameter.help)
                groups.append(argument.parameter.group)
    yield from (group.name for several in groups for group in several or ())
    for name in app:
        yield from [str(app[name].help)] if name.startswith("-") else told_in_help(app[name])


def test_every_text_of_help_is_told_in_french_and_names_what_is_typed_as_it_is() -> None:
    texts = {*told_in_help(menu()), *OF_SERVING.values(), *OF_EVERY_PAGE}
    texts.remove(f"{serving_epilogue()}\n\n{menu().help_epilogue}")
    french = french_help()
    assert (texts - french.keys(), french.keys() - texts) == (set(), set())
    typed = re.compile(r"--[a-z-]+|`[^`]+`|CASELEDGER_[A-Z_]+\w|{value}")
    assert {
        text for text, said in french.items() if {*typed.findall(text)} != {*typed.findall(said)}
    } == set()


def test_a_page_of_help_is_told_in_the_language_that_is_set(
    bare: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASELEDGER_LANGUAGE", "fr")
    said = bare.done("pull", "--help").out
    assert "Utilisation : caseledger pull [OPTIONS] TEAM" in said
    assert "[obligatoire]" in said
    assert "Le registre se trouve dans CASELEDGER_HOME" in said
    assert "The " not in said
    assert "À régler dans l'environnement :" in bare.done("serve", "--help").out
    monkeypatch.delenv("CASELEDGER_LANGUAGE")
    assert "Usage: caseledger pull [OPTIONS] TEAM" in bare.done("pull", "--help").out


def imported(doing: str, *names: str) -> str:
    """What of these a process has imported once it has done something."""
    asked = (
        f"import sys; {doing}\n"
        f"print([each for each in sys.modules if each.startswith({names!r})], file=sys.stderr)"
    )
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    return said.stderr.strip()


def test_help_imports_nothing_of_the_ledger_but_its_errors() -> None:
    helped = "from api.cli import main; main(['--help'])"
    assert imported(helped, "ledger.", "sqlalchemy", "pydantic.") == "['ledger.errors']"


def test_what_is_asked_of_one_case_imports_no_views_nor_any_driver_of_theirs() -> None:
    """A caseworker who notes a call would wait a quarter longer."""
    on_one_case = "import api.cli.writing.asking, api.cli.cases.one_case, api.cli.cases.telling"
    assert imported(on_one_case, "projections.views", "sqlalchemy", "psycopg") == "[]"


def test_who_looks_at_a_disclosure_imports_nothing_of_how_a_release_is_made() -> None:
    """Whatever was asked of one imported all that can be, and took a fifth longer to begin."""
    assert imported("import api.cli.disclosures.showing", "api.cli.disclosures.making") == "[]"
