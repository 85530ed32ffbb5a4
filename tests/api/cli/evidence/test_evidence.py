"""Evidence from the command line: a checkpoint signed and shown, a proof written out and checked by a stranger."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from api.witnesses.answering import witness_app
from ledger.evidence.signing.witness import Witness
from ledger.service import now
from tests.api.command_line import CommandLine
from tests.api.http.served import answering


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
    assert said.code == 2, "unconfirmed, as of a bundle"
    assert "these 4 entries are all there are, unaltered and in order" in said.out
    assert "Consistent, the key unconfirmed" in said.out
    proof.write_text(proof.read_text().replace("CaseOpened", "CaseClosed"))
    said = office("check-proof", str(proof))
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("The proof fails: entry ")


def test_a_proof_is_written_into_a_new_file_and_never_over_another(
    office: CommandLine, tmp_path: Path
) -> None:
    reference = a_case(office)
    office.done("checkpoint")
    out = tmp_path / "proof.json"
    assert f"is in {out}" in office.done("prove", reference, "--out", str(out)).out
    assert out.read_text() == office.done("prove", reference).out
    again = office("prove", reference, "--out", str(out))
    assert (again.code, again.out, len(again.sentences)) == (2, "", 1)


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


def keys_of(office: CommandLine, purpose: str) -> list[str]:
    """The keys in force for a purpose, as they are published."""
    keys = office.asked("keys")["keys"]
    return [each["key"] for each in keys if each["purpose"] == purpose and not each["retired"]]


def written(folder: Path, name: str, text: str) -> str:
    """A file with this text; its path."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_proof_is_confirmed_by_the_published_key_and_by_no_other(
    office: CommandLine, tmp_path: Path
) -> None:
    reference = a_case(office)
    office.done("keys", "new", "--origin", "ledger.example.org/2027", "--as", "D-01")
    assert office.done("checkpoint").out.count("ledger.example.org/2027") == 1
    proof = written(tmp_path, "proof.json", office.done("prove", reference).out)
    (key,) = keys_of(office, "checkpoint")
    assert (
        "Confirmed: it is signed under the key"
        in office.done("check-proof", proof, "--key", key).out
    )
    shown = office.done("check-proof", proof, "--key", key, "--json").json
    assert (shown["confirmed"], shown["origin"]) == (True, "ledger.example.org/2027")
    (other,) = keys_of(office, "receipt")
    said = office("check-proof", proof, "--key", other)
    assert said.code == 1
    assert "the key of ledger.example.org/2027/receipts" in said.err
    for wrong in (f"+{key}", key[:-4] + "AAA="):
        assert office("check-proof", proof, "--key", wrong).err.startswith("This is no public key")
    for asked in (("check-proof", proof, "--key"), ("witness", "trust")):
        assert office(*asked, "keys.txt").err.startswith("There is no file keys.txt, and a public")


def test_a_proof_and_a_receipt_are_checked_by_the_one_file_of_keys_that_the_office_publishes(
    office: CommandLine, tmp_path: Path
) -> None:
    """The file that verifies a bundle verifies these too, though its other line is the key of something else."""
    reference = a_case(office)
    office.done("checkpoint")
    keys = str(tmp_path / "office.keys")
    office.done("keys", "show", "--out", keys)
    for asked in ("prove", "receipt"):
        file = written(tmp_path, asked, office.done(asked, reference).out)
        assert "Confirmed" in office.done("check-proof", file, "--key", keys).out
    receipts = written(tmp_path, "one.keys", f"{keys_of(office, 'receipt')[0]}\n")
    said = office("check-proof", str(tmp_path / "prove"), "--key", receipts)
    assert (said.code, "the key unconfirmed" in said.out) == (2, True), "a key of receipts only"


def test_what_is_verified_and_what_was_signed_show_the_same_root(office: CommandLine) -> None:
    a_case(office)
    (signed,) = re.findall(r"^Root: .*$", office.done("checkpoint").out, re.MULTILINE)
    assert signed in office.done("verify").out.splitlines()


def test_a_key_is_rotated_by_two_entries_and_both_sign_in_between(office: CommandLine) -> None:
    a_case(office)
    office.done("checkpoint")
    (old,) = keys_of(office, "checkpoint")
    office.done("keys", "new", "checkpoint", "--as", "D-01")
    assert office.done("checkpoint", "--as", "text").out.count("\u2014") == 2
    office.done("keys", "retire", old.split("+")[1], "--as", "D-01")
    (new,) = keys_of(office, "checkpoint")
    assert new != old
    assert office.done("checkpoint", "--as", "text").out.count("\u2014") == 1
    said = office("keys", "retire", new, "--as", "D-01")
    assert (said.code, said.err) == (
        2,
        "It is the last key that signs: introduce another before this one is retired.\n",
    )
    assert office.done("verify", "--no-views").out.startswith("Clean")


def test_a_witness_carries_a_checkpoint_there_and_back(
    office: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASELEDGER_WITNESS", str(tmp_path / "witness"))
    a_case(office)
    office.done("checkpoint")
    key = office.asked("witness", "new", "witness.example.org")["key"]
    office.done("keys", "show", "--out", str(tmp_path / "office.keys"))
    office.done("witness", "trust", str(tmp_path / "office.keys"))
    office.done("keys", "witness", key, "--as", "D-01")
    office.done("keys", "quorum", "1", "--as", "D-01")
    reference, cosigned = "", ""
    for _ in range(2):
        asked = written(tmp_path, "asked", office.done("checkpoint", "--for-witness").out)
        cosigned = written(tmp_path, "cosigned", office.done("witness", "cosign", asked).out)
        said = office.done("checkpoint", "--cosigned", cosigned).out
        assert said.endswith("is cosigned by 1 of our witnesses.\n")
        reference = a_case(office)
    shown = office.asked("witness")
    (log,) = shown["logs"]
    assert shown["not_shown"] == []
    head, _, note = office.done("checkpoint", "--for-witness").out.partition("\n\n")
    unproved = written(tmp_path, "unproved", f"{head.partition(chr(10))[0]}\n\n{note}")
    said = office("witness", "cosign", unproved)
    assert (said.code, "nothing was cosigned, and the note is kept" in said.err) == (1, True)
    (kept,) = office.asked("witness")["not_shown"]
    assert f"not shown to go on from what was cosigned of it: {kept}" in office.done("witness").out
    assert log["size"] == office.asked("checkpoint", "--cosigned", cosigned)["size"]
    office.done("checkpoint")
    assert office.asked("checkpoint")["witnessed"]
    proof = written(tmp_path, "proof.json", office.done("prove", reference).out)
    said = office("check-proof", proof, "--witness", key, "--quorum", "1")
    assert said.err == (
        "The proof fails: 0 of the witnesses have cosigned, and 1 must have. Do not rely on it.\n"
    )


def test_the_watch_asks_a_witness_that_has_an_address(
    office: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASELEDGER_WITNESS", str(tmp_path / "witness"))
    monkeypatch.setenv("CASELEDGER_WEBHOOK_ALLOWED_NETWORKS", "127.0.0.0/8")
    monkeypatch.setenv("CASELEDGER_WEBHOOK_ALLOW_HTTP", "1")
    a_case(office)
    office.done("checkpoint")
    key = office.asked("witness", "new", "witness.example.org")["key"]
    office.done("keys", "show", "--out", str(tmp_path / "office.keys"))
    with answering(witness_app(Witness(tmp_path / "witness"), clock=now)) as url:
        said = office("keys", "witness", key, "--at", url, "--by-hand", "--as", "D-01")
        assert (said.code, "give --at or --by-hand" in said.err) == (2, True)
        shown = office.done("keys", "witness", key, "--at", url, "--as", "D-01").out
        assert url in shown
        said = office.done("watch")
        assert said.err == (
            "The witness witness.example.org has not cosigned: it does not watch this log: let whoever runs it "
            "trust its key.\n"
        )
        office.done("witness", "trust", str(tmp_path / "office.keys"))
        assert "cosigned by 1 witness." in office.done("watch").out
        a_case(office)
        assert office.asked("watch")["checkpoint"]["cosignatures"] == 1
        office.done("keys", "witness", key, "--by-hand", "--as", "D-01")
        assert office.asked("watch")["checkpoint"]["cosignatures"] == 0
    (witness,) = [each for each in office.asked("keys")["keys"] if each["purpose"] == "witness"]
    assert witness["at"] is None


def test_an_address_of_a_witness_that_may_not_be_reached_is_refused(office: CommandLine) -> None:
    key = office.asked("witness", "new", "witness.example.org")["key"]
    for url, why in (
        ("ftp://witness.example.org", "begins with https://"),
        ("http://127.0.0.1:8421", "go out encrypted"),
        ("https://127.0.0.1:8421", "is an address inside"),
    ):
        said = office("keys", "witness", key, "--at", url, "--as", "D-01")
        assert (said.code, why in said.err) == (2, True), said.err
    assert office.asked("keys")["keys"] == []


def test_a_requester_s_receipt_is_checked_without_a_ledger(
    office: CommandLine, tmp_path: Path
) -> None:
    reference = a_case(office)
    receipt = office.done("receipt", reference).out
    assert receipt.startswith("caseledger.receipt/1\n")
    assert office.asked("receipt", reference)["version"] == 1
    (key,) = keys_of(office, "receipt")
    file = written(tmp_path, "receipt.txt", receipt)
    assert "received entry 1 of case/" in office.done("check-proof", file, "--key", key).out
    assert office("check-proof", file).code == 2, "unconfirmed, as of a bundle"
    forged = written(tmp_path, "forged.txt", receipt.replace("\n1\n", "\n2\n", 1))
    said = office("check-proof", forged, "--key", key)
    assert said.code == 1
    assert "which that key did not make" in said.err
    assert "has no entry 99" in office("receipt", reference, "--entry", "99").err


def test_the_watch_signs_where_something_changed_once_a_person_has_begun_it(
    office: CommandLine,
) -> None:
    a_case(office)
    assert "checkpoint" not in office.asked("watch")
    size = office.asked("checkpoint")["size"]
    office.asked("watch")
    assert office.asked("watch")["checkpoint"]["fresh"] is False
    a_case(office)
    signed = office.asked("watch")["checkpoint"]
    assert signed["fresh"]
    assert signed["size"] > size
    assert f"Checkpoint: {signed['size']} entries, as before." in office.done("watch").out


def test_a_watch_says_that_it_cannot_sign_and_nobody_is_given_a_file_without_keys(
    office: CommandLine, tmp_path: Path
) -> None:
    """After a restore without the signer nothing was signed, and nothing told of it."""
    keys = tmp_path / "office.keys"
    said = office("keys", "show", "--out", str(keys))
    assert (said.code, len(said.sentences), keys.exists()) == (2, 1, False)
    assert office.done("watch").err == ""
    office.done("checkpoint")
    office.done("keys", "show", "--out", str(keys))
    (office.home / "signer").rename(tmp_path / "signer")
    assert "put its folder back" in office.done("watch").err


def test_a_checkpoint_is_shown_as_a_picture_for_a_telephone(office: CommandLine) -> None:
    lines = office.done("checkpoint", "--as", "qr").out.splitlines()
    assert len({len(line) for line in lines}) == 1
    assert set("".join(lines)) <= set(" \u2580\u2584\u2588")
    assert len(lines[0]) <= 80


def test_a_restored_ledger_is_recovered_from_the_command_line(
    office: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = tmp_path / "keys"
    keys.mkdir()
    (office.home / "master.key").rename(keys / "master.key")
    monkeypatch.setenv("CASELEDGER_MASTER_KEY", str(keys / "master.key"))
    a_case(office)
    shutil.copytree(office.home, tmp_path / "backup")
    a_case(office)
    office.done("checkpoint")
    shutil.rmtree(office.home)
    shutil.copytree(tmp_path / "backup", office.home)
    said = office("open", "phone", "--request-type", "GEN-ENQ", "--as", "I-02")
    assert said.code == 2
    assert said.err.endswith(
        "as after a restore: nothing is recorded until `caseledger recover`.\n"
    )
    assert "entries-hidden" in {
        each["code"] for each in office("verify", "--no-views", "--json").json["findings"]
    }
    assert office.done("recover").out.startswith("Entries ")
    a_case(office)
    office.done("board")
    office.done("checkpoint")
    assert "lost as recorded" in office.done("verify").out


def test_with_a_vault_from_before_its_entries_work_waits_until_somebody_goes_on_without(
    office: CommandLine,
) -> None:
    lost = a_case(office)
    office.done("note", lost, "They rang.", "--as", "I-02")
    with closing(sqlite3.connect(office.home / "vault.db")) as vault, vault:
        vault.execute("DELETE FROM keys")
        vault.execute("UPDATE meta SET value = '0' WHERE name = 'assigned_upto'")
    for words in ("recover", "open phone --request-type GEN-ENQ --as I-02"):
        said = office(*words.split())
        assert (said.code, len(said.sentences)) == (2, 1)
        assert "as an older copy does: nothing is recorded until" in said.err
    assert office.done("recover", "--without-keys").out.endswith("can be written to.\n")
    a_case(office)
    assert {each["code"] for each in office("verify", "--json").json["findings"]} == {"key-lost"}
    opened = ("trail", lost, "--open", "--purpose", "Audit 7", "--as", "I-02")
    for language, said, otherwise in (("en", "[lost]", "[erased]"), ("fr", "[perdu]", "[effacé]")):
        told = office.done(*opened, "--language", language).out
        assert said in told, "whoever reads it years later must not take it for an erasure"
        assert otherwise not in told
    assert "lost" in office.done("case", *opened[1:]).out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("checkpoint", "--since", "5"), "give it with --for-witness"),
        (("checkpoint", "--cosigned", "nowhere"), "put that right and try again"),
        (("keys", "new", "checkpoint", "--origin", "another"), "is called caseledger/"),
        (("keys", "retire", "12345678"), "see `caseledger keys`"),
        (("keys", "quorum", "1"), "introduce their keys first"),
        (("keys", "new"), "checkpoint or receipt"),
        (("keys", "witness", "x"), "This is no public key"),
        (("recover",), "there is nothing to recover"),
        (("recover", "--without-keys"), "there is nothing to go on without"),
    ],
)
def test_what_cannot_be_signed_is_said_in_one_sentence(
    office: CommandLine, words: tuple[str, ...], said: str
) -> None:
    if words[0] == "keys":
        office.done("keys", "new", "--as", "D-01")
        words = (*words, "--as", "D-01")
    found = office(*words)
    assert found.code == 2
    assert said in found.err
    assert len(found.sentences) == 1
