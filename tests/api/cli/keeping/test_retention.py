"""Retention from the command line: what is due and why, proposed, approved by another, and disposed of."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.api.command_line import CommandLine
from tests.api.english import english_in
from tests.ledgers import OFFICE

FIRST, SECOND = ("--as", "D-01", "--role", "records"), ("--as", "L-01", "--role", "records")
NAME = "Adelheid Quillfeather"


def ago(days: int) -> str:
    return (datetime.now(UTC) - timedelta(days=days)).isoformat()


@pytest.fixture(params=["destroy", "transfer_to_archives", "index_to_archives"])
def ends(request: pytest.FixtureRequest) -> str:
    said: str = request.param
    return said


@pytest.fixture
def closed(empty: CommandLine, tmp_path: Path, ends: str) -> str:
    """A case that was settled fifty days ago, of a type that is kept for a month."""
    policy = OFFICE.read_text("utf-8").replace(
        'years = 2, fiscal = true, ends = "destroy"', f'months = 1, ends = "{ends}"'
    )
    (tmp_path / "policy.toml").write_text(policy, "utf-8")
    empty.done("policy", "publish", str(tmp_path / "policy.toml"), "--as", "D-01")
    ref: str = empty.asked(
        "open", "phone", "--request-type", "GEN-ENQ", "--reached-body-at", ago(90), "--answer",
        f"name={NAME}", "--at", ago(90), "--as", "I-02",
    )["reference"]  # fmt: skip
    empty.done("resolve", ref, "no-action", "--at", ago(80), "--as", "I-02")
    empty.done("settle", ref, "--at", ago(50), "--as", "I-02")
    return ref


def test_what_is_due_is_listed_with_its_class_and_dates(
    empty: CommandLine, closed: str, ends: str
) -> None:
    (due,) = empty.asked("retention")["due"]
    assert (due["reference"], due["retention"], due["kept"]["ends"]) == (closed, "R2", ends)
    said = " ".join(empty.done("retention").out.split())
    assert "1 is due, 0 more are due and on hold, of 1 closed case that was looked at" in said
    dit = " ".join(empty.done("retention", "--language", "fr").out.split())
    assert "1 est échu, 0 autre est échu et mis en réserve, sur 1 dossier clos examiné." in dit
    assert english_in(dit) == set(), dit
    before = (datetime.now(UTC) - timedelta(days=30)).date().isoformat()
    assert empty.asked("retention", "--until", before)["due"] == []


TO_BE_DESTROYED = pytest.mark.parametrize("ends", ["destroy"], indirect=True)


@TO_BE_DESTROYED
def test_what_is_on_hold_is_due_and_cannot_be_proposed(empty: CommandLine, closed: str) -> None:
    empty.done("hold", "place", closed, "--ground", "audit", *FIRST)
    found = empty.asked("retention")
    assert (found["due"], [each["reference"] for each in found["held"]]) == ([], [closed])
    dit = empty.done("retention", "--language", "fr").out
    assert (", mais mis en réserve" in dit, english_in(dit)) == (True, set())
    said = empty("retention", "propose", *FIRST)
    assert (said.code, said.err) == (
        2, "Nothing is due and free of holds: see `caseledger retention`.\n"
    )  # fmt: skip
    named = empty("retention", "propose", closed, *FIRST)
    assert (named.code, "that it was asked is recorded" in named.err) == (2, True)
    (attempt,) = empty.asked("erasure", "--as", "D-01")["erasures"]
    assert attempt["row"]["refusals"] == 1, "the attempt is recorded, as that of any erasure"


@TO_BE_DESTROYED
def test_what_a_hold_kept_from_being_approved_waits_for_that_again_once_it_is_released(
    empty: CommandLine, closed: str
) -> None:
    """It was told to be due and not proposed, and could be proposed a second time."""
    erasure = empty.asked("retention", "propose", *FIRST)["erasure_id"]
    hold = empty.asked("hold", "place", closed, "--ground", "audit", *FIRST)["hold_id"]
    assert empty("erasure", "approve", erasure, *SECOND).code == 2
    assert records(empty) == (0, 0, 0)
    empty.done("hold", "release", hold, "--reason", "It is over.", *FIRST)
    assert records(empty) == (0, 1, 0)
    assert f"already, as {erasure}" in empty("retention", "propose", *FIRST).err
    empty.done("erasure", "approve", erasure, *SECOND)


@TO_BE_DESTROYED
def test_what_is_proposed_is_not_proposed_again_while_it_can_be_approved(
    empty: CommandLine, closed: str
) -> None:
    """It was proposed a second time, and stood twice before whoever approves."""
    erasure = empty.asked("retention", "propose", *FIRST)["erasure_id"]
    for named in ((), (closed,)):
        again = empty("retention", "propose", *named, *FIRST)
        assert (again.code, len(again.sentences)) == (2, 1)
        assert f"proposed for disposal already, as {erasure}" in again.err
    empty.done("refuse-approval", closed, "ANSWER-30", "--reason", "No.", "--as", "L-01")
    anew = ("--reason", "our-error", "--clock-policy", "restart", "--at", ago(79), "--as", "I-02")
    empty.done("reopen", closed, *anew)
    empty.done("resolve", closed, "no-action", "--at", ago(78), "--as", "I-02")
    empty.done("settle", closed, "--at", ago(48), "--as", "I-02")
    refused = empty("erasure", "approve", erasure, *SECOND)
    assert "Cases of this that were opened again since it was proposed: 1" in refused.err
    other = empty.asked("retention", "propose", *FIRST)["erasure_id"]
    empty.done("erasure", "approve", other, *SECOND)


def records(office: CommandLine, *then: str) -> tuple[int, int, int]:
    """How many a morning says are due, to be approved and to be carried out."""
    said = office.asked("morning", "INT", *then)["records"]
    return said["due"], said["to_approve"], said["to_carry_out"]


def test_a_disposal_is_approved_by_another_given_to_the_archives_and_carried_out(
    empty: CommandLine, closed: str, ends: str, tmp_path: Path
) -> None:
    """Nobody was told in the morning that it was theirs to do: only whoever asked for what is due knew."""
    assert empty.asked("morning", "RDW")["records"] is None
    assert records(empty) == (1, 0, 0)
    due = "Closed cases that are due for disposal and not proposed yet: 1; `caseledger retention`"
    assert due in " ".join(empty.done("morning", "INT").out.split())
    assert records(empty, "--as-of", ago(60)) == (0, 0, 0)
    erasure = empty.asked("retention", "propose", *FIRST)["erasure_id"]
    assert records(empty) == (0, 1, 0)
    alone = empty("erasure", "approve", erasure, *FIRST)
    assert "let a second records officer do it" in alone.err
    empty.done("erasure", "approve", erasure, *SECOND)
    assert records(empty) == (0, 0, 1)
    file = tmp_path / "archives.jsonl"
    if ends == "destroy":
        none = empty("retention", "transfer", erasure, "--out", str(file), *FIRST)
        assert "The archives get nothing of this" in none.err
    else:
        early = empty("erasure", "carry-out", erasure, *FIRST)
        assert "Cases of which the archives lack what is theirs: 1;" in early.err
        empty.done("retention", "transfer", erasure, "--out", str(file), *FIRST)
        lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        assert (NAME in file.read_text("utf-8")) == (ends == "transfer_to_archives")
        assert len(lines) == 1 or ends == "transfer_to_archives"
    empty.done("erasure", "carry-out", erasure, *FIRST)
    shown = empty.asked("case", closed, "--open", "--purpose", "To look", "--as", "I-02")
    assert {each["value"] for each in shown["personal"]} == {"erased"}
    assert "on the authority of an approved schedule" in " ".join(
        empty.done("trail", closed).out.split()
    )
    assert "its content is erased" in empty.done("case", closed).out
    assert "son contenu est effacé" in empty.done("case", closed, "--language", "fr").out
    assert empty.asked("retention")["looked_at"] == 0
    assert records(empty) == (0, 0, 0)
    assert "Clean" in empty.done("verify").out
    _refuses_what_nobody_would_dispose_of(empty, closed, tmp_path)


def _refuses_what_nobody_would_dispose_of(office: CommandLine, ref: str, folder: Path) -> None:
    """It was taken, and never due again: a note, a date to come back to it, and a mail that names the case."""
    later = (datetime.now(UTC) + timedelta(days=9)).isoformat()
    for asked in (
        ("note", ref, f"{NAME} rang."),
        ("follow-up", ref, "--member", "I-02", "--due-at", later),
        ("reopen", ref, "--reason", "new-facts", "--clock-policy", "restart"),
    ):
        said = office(*asked, "--as", "I-02")
        assert (said.code, len(said.sentences)) == (2, 1), asked
        assert "The content of this case was erased" in said.err, asked
    mail = folder / "mail" / "new"
    for each in ("cur", "new", "tmp"):
        (folder / "mail" / each).mkdir(parents=True)
    text = f"From: A <a@example.org>\nSubject: {ref}\nMessage-ID: <9@example.org>\n\nAgain.\n"
    (mail / "1.mail").write_text(text, "utf-8")
    assert "opened a case" in office.done("mail", "--maildir", str(folder / "mail")).out
