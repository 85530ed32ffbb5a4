"""Other instants from the command line: every reading command is told of them, or says in a sentence why not."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from typing import get_type_hints

import pytest

from api.cli.evidence.menu import KEPT_WITHIN
from api.cli.menu import CHAPTERS, POLICY, WITHIN
from api.cli.reading.asked_at import AskedThen
from api.cli.told_now import INSTANTS, TOLD_NOW
from tests.api.command_line import CommandLine, Said

BEFORE = "1999-12-31T12:00:00Z"
"""Long before anything was known or had happened, but for the first policy, which holds from the beginning."""
RECORDS, LINK = ("--as", "D-01", "--role", "records"), ("--as", "L-01", "--role", "liaison")
OPENED = ("--open", "--purpose", "To see what was said")
AS_KNOWN = {"rate show", "calls show"}
"""What is made of what was known on a morning, and is told of no other world."""
WRITES = {
    "mail", "init", "import", "rebuild", "rekey", "drop", "backup", "restore", "roles", "recover", "watch",
    "bench", "serve", "demo", "acknowledge-all", "keys new", "directory import", "webhook deliver",
    "witness new", "witness trust", "witness cosign", "witness serve",
}  # fmt: skip
"""Commands that record or make something, besides those that say who acts."""


def every_command() -> Iterator[tuple[str, str, str]]:
    """Each command by its words, and the function behind it."""
    for _, module, names in CHAPTERS:
        yield from ((name, module, name) for name in names)
    for menu, _, chapters in (("policy", "", POLICY), *WITHIN, *KEPT_WITHIN):
        for module, names, _ in chapters:
            yield from ((f"{menu} {name}", module, name) for name in names)


def function_of(module: str, name: str) -> Callable[..., int]:
    """What is behind a command."""
    word = f"{name}_" if name in ("import", "set") else name.replace("-", "_")
    found: Callable[..., int] = getattr(import_module(module), word)
    return found


def takes_instants(function: Callable[..., int]) -> bool:
    kinds = {*(get_type_hints(function) if inspect.get_annotations(function) else {}).values()}
    return any(isinstance(each, type) and issubclass(each, AskedThen) for each in kinds)


FUNCTIONS = {words: function_of(module, name) for words, module, name in every_command()}
ACTS = {
    words for words, each in FUNCTIONS.items() if "acting" in inspect.signature(each).parameters
}
TAKES_INSTANTS = {words for words, each in FUNCTIONS.items() if takes_instants(each)}


@dataclass(frozen=True)
class Made:
    """An office in which one of everything was made, and how each reading command is asked about it."""

    office: CommandLine
    asked: dict[str, tuple[str, ...]]
    ids: frozenset[str]

    def json(self, words: str, *more: str) -> Said:
        return self.office(*words.split(), *self.asked.get(words, ()), *more, "--json")


@pytest.fixture
def made(office: CommandLine, monkeypatch: pytest.MonkeyPatch) -> Made:
    monkeypatch.setenv("CASELEDGER_WEBHOOK_ALLOWED_NETWORKS", "127.0.0.0/8")
    monkeypatch.setenv("CASELEDGER_WEBHOOK_ALLOW_HTTP", "1")
    case, other = (opened(office) for _ in range(2))
    office.done("escalate", case, "--party", "L-01", "--reason", "act", "--as", "R-02")
    erasure = office.asked(
        "erasure", "propose", "--case", case, "--authority", "order", *RECORDS
    )["erasure_id"]  # fmt: skip
    hold = office.asked("hold", "place", case, "--ground", "audit", *RECORDS)["hold_id"]
    inquiry = office.asked(
        "inquiry", "open", case, "--office", "OMB-NS", "--reference", "2026-88", "--recipient", "Marie",
        "--purpose", "Why it took so long", "--expires", "2090-01-01", *LINK,
    )["inquiry_id"]  # fmt: skip
    key = office.asked("api-key", "issue", "watch", "--scope", "*", "--as", "D-01")["stream"]
    hook = office.asked("webhook", "make", "watch", "http://127.0.0.1:9/", "--as", "D-01")["stream"]
    office.done("disclosure", "begin", case, "--as", "L-01")
    office.done("case", case, *OPENED, "--as", "R-02")
    of_case = dict.fromkeys(("case", "trail", "spans", "status", "silence"), (case,))
    asked = {
        **of_case,
        "brief": (case, *OPENED, "--as", "R-02"),
        "duplicates": (case, "--as", "R-02"),
        "queue": ("RDW",),
        "morning": ("RDW",),
        "export": ("--case", case),
        "accesses": ("--as", "A-01"),
        "hold show": RECORDS,
        "retention show": RECORDS,
        "inquiry show": LINK,
        "inquiry file": (inquiry, *LINK),
        "calls show": ("RDW",),
        "disclosure statistics": ("--from", "1990-01-01", "--until", "2090-01-01"),
        **dict.fromkeys(("disclosure trail", "disclosure index", "disclosure proposals"), (case, *LINK)),
        "disclosure show": LINK[:2],
        "disclosure trail": (case, *LINK[:2]),
    }  # fmt: skip
    ids = {case, other, erasure, hold, inquiry}
    ids |= {each.partition("/")[2] for each in (key, hook)}
    return Made(office, asked, frozenset(ids))


def opened(office: CommandLine) -> str:
    """A case about a hole, in the same words each time."""
    return str(
        office.asked(
            "open", "phone", "--request-type", "RDW-POT", "--region", "HAL", "--language", "en",
            "--answer", "description=A deep hole in front of the school", "--as", "I-02",
        )["reference"]
    )  # fmt: skip


def test_every_reading_command_takes_an_instant_or_says_why_it_does_not() -> None:
    assert TAKES_INSTANTS & TOLD_NOW.keys() == set()
    assert FUNCTIONS.keys() - ACTS - WRITES - TOLD_NOW.keys() - TAKES_INSTANTS == set()
    assert TOLD_NOW.keys() | WRITES <= FUNCTIONS.keys()


@pytest.mark.parametrize("option", INSTANTS)
def test_a_command_that_takes_no_instant_says_so_in_a_sentence_and_does_nothing(
    bare: CommandLine, option: str
) -> None:
    for words in FUNCTIONS.keys() - TAKES_INSTANTS - {"bench"}:
        said = bare(*words.split(), option, "2026-03-02")
        assert (said.code, said.out, len(said.sentences)) == (2, "", 1), (words, said)
        if words in TOLD_NOW:
            assert said.err == f"{TOLD_NOW[words]}: leave {option} out.\n"
    assert not bare.home.exists()
    assert bare("keys", f"{option}=2026-03-02").err.startswith(TOLD_NOW["keys show"])
    done = bare("init", option, "2026-03-02")
    assert done.err == f"This is told or done as things stand now: leave {option} out.\n"


def test_a_reading_command_tells_of_the_instant_that_it_is_asked_about(made: Made) -> None:
    now = datetime.now(UTC).isoformat()
    for words in sorted(TAKES_INSTANTS - {"baseline"}):
        stands = made.json(words)
        assert stands.code in (0, 1), (words, stands)
        for option in INSTANTS:
            before = made.json(words, option, BEFORE)
            if words in AS_KNOWN and option == "--as-of":
                assert "give --known-at instead of --as-of" in before.err
                continue
            asked = made.asked.get(words, ())
            ids = made.ids - {*asked}
            assert not [each for each in ids if each in before.out], (words, before.out)
            assert before.code in (0, 1) or " then" in before.err, (words, before)
            then = made.json(words, option, now)
            assert then.code == stands.code, (words, then)
            assert [each in then.out for each in ids] == [each in stands.out for each in ids], words
            unmeant = made.json(words, option, "yesterday")
            assert (unmeant.code, "is no time that exists" in unmeant.err) == (2, True), words


def test_a_key_a_hold_and_an_opening_are_told_as_they_stood_between(made: Made) -> None:
    office = made.office
    (key,) = office.asked("api-key")
    (held, _) = office.asked("hold", *RECORDS)["held"]
    between = ("--known-at", datetime.now(UTC).isoformat())
    office.done("api-key", "revoke", key["key_id"], "--as", "D-01")
    office.done("hold", "release", held["hold_id"], *RECORDS)
    office.done("case", made.asked["case"][0], *OPENED, "--as", "R-03")
    assert [each["stands"] for each in office.asked("api-key")] == ["revoked"]
    assert [each["stands"] for each in office.asked("api-key", *between)] == ["in use"]
    assert len(office.asked("hold", *RECORDS)["held"]) == 1
    assert held in office.asked("hold", *RECORDS, *between)["held"]
    counted = [office.asked("accesses", *more)["openings"] for more in ((), between)]
    assert counted[0] == counted[1] + 1
    said = office.done("hold", *RECORDS, *between).out
    assert ", as known at " in said


def test_duplicates_are_proposed_as_they_would_have_been_then(made: Made) -> None:
    office, (case, *_) = made.office, made.asked["case"]
    asking = ("duplicates", case, "--as", "R-02")
    (found,) = office.asked(*asking)["cases"]
    between = ("--known-at", datetime.now(UTC).isoformat())
    office.done(
        "link", case, found["reference"], "--relation", "not_the_same", "--as", "R-02"
    )  # fmt: skip
    assert office.asked(*asking)["cases"] == []
    assert office.asked(*asking, *between)["cases"] == [found]
    third = opened(office)
    assert [each["reference"] for each in office.asked(*asking)["cases"]] == [third]
    assert office.asked(*asking, *between)["cases"] == [found]
