"""Evidence from the command line: a checkpoint signed and shown, a proof written out and checked by a stranger."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.api.command_line import CommandLine


def a_case(office: CommandLine) -> str:
    """A case of the office; its reference."""
    words = ("phone", "--request-type", "GEN-ENQ", "--as", "I-02")
    return office.asked("open", *words)["reference"]


def test_a_checkpoint_is_signed_once_and_shown_as_often_as_asked(office: CommandLine) -> None:
    a_case(office)
    said = office.done("checkpoint").out
    assert said.startswith("Signed just now: ")
    assert office.done("checkpoint").out.startswith("Nothing is new; last signed: ")
    note = office.done("checkpoint", "--as", "text").out
    origin, size, _, gap, signature = note.splitlines()
    shown = office.asked("checkpoint")
    assert (origin, int(size), gap) == (shown["origin"], shown["size"], "")
    assert signature.startswith(f"\u2014 {origin} ")
    assert shown["note"] == note
    assert not shown["fresh"]


def test_a_proof_is_checked_by_a_stranger_who_has_no_ledger(
    office: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = a_case(office)
    office.done("checkpoint")
    proof = tmp_path / "proof.json"
    proof.write_text(office.done("prove", reference).out)
    monkeypatch.setenv("CASELEDGER_HOME", str(tmp_path / "nowhere"))
    said = office("check-proof", str(proof))
    assert said.code == 1
    assert "these 4 entries are all there are, unaltered and in order" in said.out
    assert "Consistent, the key unconfirmed" in said.out
    proof.write_text(proof.read_text().replace("CaseOpened", "CaseClosed"))
    said = office("check-proof", str(proof))
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("The proof fails: entry ")


def test_a_stream_that_is_not_there_is_proved_not_to_be(
    office: CommandLine, tmp_path: Path
) -> None:
    office.done("checkpoint")
    proof = tmp_path / "proof.json"
    nobody = "case/00000000-0000-7000-8000-000000000000"
    proof.write_text(office.done("prove", nobody).out)
    assert f"{nobody}: there is no such stream." in office("check-proof", str(proof)).out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("prove", "nothing/at-all"), "is no stream"),
        (("prove", "case/00000000-0000-7000-8000-000000000000"), "No checkpoint was signed yet"),
        (("check-proof", "README"), "put that right and try again"),
    ],
)
def test_what_cannot_be_proved_or_checked_is_said_in_one_sentence(
    office: CommandLine, words: tuple[str, ...], said: str
) -> None:
    found = office(*words)
    assert found.code == 2
    assert said in found.err
    assert len(found.sentences) == 1


def test_a_file_that_is_no_proof_is_said_to_be_none(office: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "proof.json"
    for given in ("", "{}", "[]", '{"format": "caseledger.proof/2"}', "\ufeff", "{" * 9):
        file.write_text(given)
        said = office("check-proof", str(file))
        assert said.code == 2
        assert said.err.startswith("This is no proof of a case ledger (")
