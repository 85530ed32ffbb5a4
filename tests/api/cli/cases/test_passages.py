"""A text about several people from the command line: marked, whole, one of them erased, the rest read and proved."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from api.cli.writing.marks import without_marks
from ledger.errors import InvalidCommand
from tests.api.command_line import ROOT, CommandLine
from tests.api.passages import bob as bob
from tests.api.passages import erase, party

WHOLE = "Ann says that Bartholomew Trunchpole hit her. Nobody else saw it."
MARKED = "Ann says that [[witness|Bartholomew Trunchpole]] hit her. Nobody else saw it."


@pytest.fixture
def reference(office: CommandLine, bob: str) -> str:
    """A case of Ann's, of which Bob is a witness."""
    ref = office.asked(
        "open", "phone", "--request-type", "GEN-ENQ", "--requester", party(office, "Ann"),
        "--answer", "name=Ann", "--as", "I-02",
    )["reference"]  # fmt: skip
    office.done("concerns", ref, bob, "witness", "--as", "I-02")
    return ref


def read(office: CommandLine, ref: str, field: str) -> list[object]:
    shown = office.asked("case", ref, "--open", "--purpose", "To read it", "--as", "I-02")
    return [each["value"] for each in shown["personal"] if each["field"] == field]


def test_what_is_recorded_about_two_people_outlives_the_erasure_of_one_of_them(
    office: CommandLine, reference: str, bob: str, tmp_path: Path
) -> None:
    office.done("note", reference, MARKED, "--as", "I-02")
    office.done(
        "contact", reference, "--direction", "inbound", "--channel", "phone", "--kind", "chase",
        "--words", f"It was [[{bob}|Mr Trunchpole]], I am sure.", "--as", "I-02",
    )  # fmt: skip
    assert read(office, reference, "text") == [WHOLE]
    assert read(office, reference, "words") == ["It was Mr Trunchpole, I am sure."]
    before = tmp_path / "before.zip"
    more = ("--purpose", "A complaint", "--open", "--audience", "ombudsman", "--as", "D-01")
    office.done("bundle", reference, "--out", str(before), *more)

    erase(office, bob)
    assert read(office, reference, "text") == [
        "Ann says that [erased] hit her. Nobody else saw it."
    ]
    assert read(office, reference, "words") == ["It was [erased] I am sure."]
    trail = " ".join(office.done("trail", reference).out.split())
    assert "Trunchpole" not in trail
    assert "Clean" in office.done("verify").out

    after = tmp_path / "after.zip"
    office.done("bundle", reference, "--out", str(after), *more)
    for bundle in (before, after):
        said = office.done("verify-bundle", str(bundle), "--key", office.published_key()).out
        assert "confirmed" in said.lower()
    with ZipFile(after) as archive:
        shown = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Nobody " in shown
    assert b"Trunchpole" not in shown


def test_a_decision_too_is_about_several_people(
    office: CommandLine, bob: str, tmp_path: Path
) -> None:
    ref = office.asked(
        "open", "phone", "--request-type", "INC-APP", "--language", "en", "--region", "HAL",
        "--answer", "name=Ann", "--answer", "income=1", "--answer", "household_size=1",
        "--answer", "contact=902-555-0188", "--answer", "description=x", "--answer", "language=en",
        "--as", "I-02",
    )["reference"]  # fmt: skip
    office.done("concerns", ref, bob, "third_party", "--as", "I-02")
    office.done("pull", "INC", "--as", "N-02")
    reasons = tmp_path / "reasons.txt"
    reasons.write_text("As [[third_party|Mr Trunchpole]] pays half.\n", "utf-8")
    office.done(
        "decide", ref, "granted", "--legal-basis", "Rules, section 4", "--reasons", f"@{reasons}",
        "--delegation", "DEL-INC-2026", "--as", "N-02",
    )  # fmt: skip
    erase(office, bob)
    assert read(office, ref, "reasons") == ["As [erased] pays half."]


def test_of_what_is_left_of_a_text_words_are_withheld_and_the_others_released(
    empty: CommandLine, tmp_path: Path
) -> None:
    department = with_records_officers(empty, tmp_path)
    bob = party(department, "Bartholomew Trunchpole", by="INT-02")
    case, ref = (
        department.asked(
            "open", "email", "--request-type", kind, "--region", "HAL", "--language", "en", *more,
            "--as", "INT-02",
        )["reference"]
        for kind, more in (
            ("RDW-POT", ("--answer", "name=Ann Example",)),
            (
                "IAC-GEN",
                (
                    "--answer", "name=Rita Press", "--answer", "contact=rita@press.example",
                    "--answer", "description=About Ann", "--answer", "fee_paid=500", "--answer", "language=en",
                    "--answer", "records_wanted=All", "--answer", "date_range=2026",
                ),
            ),
        )
    )  # fmt: skip
    department.done("concerns", case, bob, "witness", "--as", "INT-02")
    note = "[[witness|Bartholomew Trunchpole]] saw it; call 902-555-0199 or ask the depot."
    version = department.asked("note", case, note, "--as", "RDW-HAL-02")["version"]
    cyd = party(department, "Cyd", by="INT-02")
    department.done("concerns", case, cyd, "third_party", "--as", "INT-02")
    department.done("task", case, "Ask [[third_party|Cyd]] too", "--as", "RDW-HAL-02")
    erase(department, bob, first=("--as", "INT-01"), second=("--as", "INT-03"))

    officer, approver = ("--as", "IAP-02"), ("--as", "IAP-01")
    why = (
        "--harm", "Their privacy is invaded.", "--override", "does_not_prevail", "--override-reason",
        "Nobody else is concerned.", "--severability", "It is one value.",
    )  # fmt: skip
    department.done("confirm-need", ref, "fee", *officer)
    department.done("disclosure", "begin", ref, *officer)
    department.done("disclosure", "scope", ref, "--case", case, *officer)
    department.done("disclosure", "propose", ref, *officer)
    proposed = department.asked("disclosure", "proposals", ref, *officer)
    assert [5, 6] in [each["words"] for each in proposed if each["entry"] == version]
    said = department.asked("disclosure", "proposals", ref, "--open", *officer)
    meant = [(each["says"], each["about"]) for each in said]
    assert {("902-555-0199", ""), ("Cyd", f"third_party, {cyd}")} <= {*meant}
    department.done("disclosure", "accept", ref, "--all", *why, *officer)
    department.done(
        "disclosure", "decide", ref, "withhold", f"{version}:text[8-9]", "--under", "NS-20", *why,
        *officer,
    )  # fmt: skip
    for words in (
        ("decide", ref, "release", "--rest"),
        ("claim", ref, "whole_stream"),
        ("compare", ref),
    ):
        department.done("disclosure", *words, *officer)
    department.done("disclosure", "approve", ref, *approver)
    department.done(
        "disclosure", "answer", ref, "part", "--complain-to", "The Commissioner", "--contact", "I. Ntake",
        "--reasons", "Numbers are withheld.", "--complain-within-days", "60", *officer,
    )  # fmt: skip
    out = tmp_path / "part.zip"
    department.done(
        "disclosure", "release", ref, "--out", str(out), "--recipient", "Rita Press", "--purpose",
        "Her request", *officer,
    )  # fmt: skip
    said = department.done("verify-bundle", str(out), "--key", department.published_key()).out
    assert said.startswith("Confirmed")
    entry = released_entry(out, version)
    words = [piece[1] if len(piece) == 2 else None for piece in entry["texts"]["text"]]
    assert words == [None, None, "saw ", "it; ", "call ", None, "or ", "ask ", None, "depot."]
    assert entry["erased"] == ["text"]
    assert [cut[:2] for cut in entry["withheld"]["pieces"]["text"]] == [[5, 6], [8, 9]]
    with ZipFile(out) as archive:
        page = archive.read("release/data/chronology/en-0001.html").decode()
    assert "[erased] [erased] saw it; call" in page


def released_entry(out: Path, version: int) -> dict[str, Any]:
    """An entry of the first stream of a release."""
    with ZipFile(out) as archive:
        entries = json.loads(archive.read("release/data/entries/000001.json"))["entries"]
    (found,) = [each for each in entries if each["version"] == version]
    return found


def with_records_officers(empty: CommandLine, folder: Path) -> CommandLine:
    """The department, two of whose members are records officers."""
    policy = (ROOT / "api" / "department" / "department.toml").read_text("utf-8")
    for member in ("INT-01", "INT-03"):
        before = f'{member} = {{ teams = ["INT"], roles = ["caseworker", "intake"]'
        assert before in policy
        policy = policy.replace(before, before.removesuffix("]") + ', "records"]')
    (folder / "department.toml").write_text(policy, "utf-8")
    for pack in (ROOT / "api" / "department" / "packs").iterdir():
        (folder / "packs").mkdir(exist_ok=True)
        (folder / "packs" / pack.name).write_bytes(pack.read_bytes())
    empty.done("policy", "publish", str(folder / "department.toml"), "--as", "DIR-01")
    return empty


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("Say [[witness: Bob]]", "'[[' begins words about another party"),
        ("Say [[neighbour|Bob]]", "'neighbour' is no party: give its id, or its role on the case"),
        ("Say [[subject|Bob]]", "The case has nobody in the role subject"),
        ("Say [[witness| ]]", "[[witness|]] marks no words"),
        ("[[witness|Bob]]-[[requester|Ann]]", "Two passages have word 0 of the text in them"),
        ("Say [[00019caf-0000-7000-8000-000000000001|Bob]]", "is not of this case"),
    ],
)
def test_a_mark_that_cannot_be_is_one_sentence_and_nothing_is_recorded(
    office: CommandLine, reference: str, said: str, sentence: str
) -> None:
    refused = office("note", reference, said, "--as", "I-02")
    assert (refused.code, len(refused.sentences)) == (2, 1)
    assert sentence in refused.err
    assert read(office, reference, "text") == []


def test_brackets_can_be_taken_as_they_stand(office: CommandLine, reference: str) -> None:
    office.done("note", reference, "See [[7]] and [[a|b]]", "--unmarked", "--as", "I-02")
    assert read(office, reference, "text") == ["See [[7]] and [[a|b]]"]


def test_a_word_that_is_marked_in_part_is_about_them_whole() -> None:
    plain, found = without_marks("See [[witness| Bob]]'s, Ann", option="TEXT")
    assert (plain, found) == ("See  Bob's, Ann", [{"party": "witness", "first": 1, "end": 2}])
    with pytest.raises(InvalidCommand):
        without_marks("[[witness|[[subject|a]]]]", option="TEXT")
