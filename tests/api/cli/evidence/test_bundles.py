"""`bundle`, `verify-bundle` and `verify-page` as a person uses them."""

from __future__ import annotations

import hashlib
from pathlib import Path
from zipfile import ZipFile

import pytest

from api.cli.edge import DONE
from api.cli.evidence.bundles import verify_bundle
from api.verifier.package import PAGES
from ledger.facts import Concealed
from ledger.registers.keeping.accesses import PersonalValuesRead
from ledger.registers.keeping.given_out import CaseGivenOut
from projections.releases.verify_page import page_digest, verify_page
from tests.api.command_line import CommandLine
from tests.verifier.releases import ending_withheld, released_in

DESCRIPTION = "Zweibrücken bridge is down"


@pytest.fixture
def reference(office: CommandLine) -> str:
    """A case with words of its own."""
    return office.asked(
        "open", "phone", "--request-type", "GEN-ENQ", "--answer", "name=Élise Doe",
        "--answer", f"description={DESCRIPTION}", "--as", "I-02",
    )["reference"]  # fmt: skip


def bundled(office: CommandLine, reference: str, out: Path, *more: str) -> str:
    said = office.done(
        "bundle", reference, "--out", str(out), "--purpose", "Audit 7", "--as", "D-01", *more
    )
    return said.out


def unwitnessed(reference: str, folder: Path) -> tuple[str, ...]:
    """A bundle of a case that no witness has seen yet."""
    out = folder / "later.zip"
    return "bundle", reference, "--out", str(out), "--purpose", "Audit 7", "--as", "D-01"


def words_in(file: Path) -> bytes:
    with ZipFile(file) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def test_an_auditor_s_bundle_shows_every_entry_and_withholds_what_is_personal(
    office: CommandLine, reference: str, tmp_path: Path
) -> None:
    out = tmp_path / "case.zip"
    assert "verified: confirmed" in bundled(office, reference, out)
    assert b"Zweibr" not in words_in(out)
    with office.ledger() as ledger:
        assert not any(isinstance(each.fact, PersonalValuesRead) for each in ledger.entries())


def test_an_ombudsman_s_bundle_shows_personal_values_names_its_recipient_and_is_recorded(
    office: CommandLine, reference: str, tmp_path: Path
) -> None:
    out = tmp_path / "case.zip"
    more = ("--open", "--audience", "ombudsman", "--recipient", "Marie Tremblay")
    bundled(office, reference, out, *more)
    assert "Zweibrücken ".encode() in words_in(out)
    assert b"Marie Tremblay" in words_in(out)
    with office.ledger() as ledger:
        (read,) = [each for each in ledger.entries() if isinstance(each.fact, PersonalValuesRead)]
    assert read.actor.id == "D-01"


def test_no_bundle_shows_what_was_privileged_when_it_was_made(
    office: CommandLine, reference: str, tmp_path: Path
) -> None:
    """Nobody could mark a note, so a bundle with personal values gave counsel's advice away."""
    office.done(
        "note", reference, "Counsel thinks that we are liable.", "--privilege", "solicitor_client",
        "--as", "I-02",
    )  # fmt: skip
    assert "privileged (solicitor and client)" in office.done("trail", reference).out
    out = tmp_path / "case.zip"
    bundled(office, reference, out, "--open", "--audience", "ombudsman", "--recipient", "M. T.")
    assert "Zweibrücken ".encode() in words_in(out)
    assert b"Counsel thinks" not in words_in(out)
    assert b"Privileged notes and record items" in words_in(out)


def test_that_it_was_given_out_is_on_record_and_an_erasure_says_so(
    office: CommandLine, reference: str, tmp_path: Path
) -> None:
    out = tmp_path / "case.zip"
    said = bundled(office, reference, out, "--open", "--recipient", "Ombudsman Doe")
    with office.ledger() as ledger:
        ((given, stream),) = [
            (each.fact, each.stream)
            for each in ledger.entries()
            if isinstance(each.fact, CaseGivenOut)
        ]
    assert given.bundle == hashlib.sha256(out.read_bytes()).hexdigest()
    assert given.shows_values
    assert given.given_to is Concealed.SEALED
    assert f"recorded as {stream}." in said
    first, second = ("--as", "D-01", "--role", "records"), ("--as", "L-01", "--role", "records")
    proposed = office.asked(
        "erasure", "propose", "--case", reference, "--authority", "order", *first
    )
    office.done("erasure", "approve", proposed["erasure_id"], *second)
    certified = office.done("erasure", "carry-out", proposed["erasure_id"], *first).out
    assert f"Given out before, and reached by no key: {stream}." in certified


def test_a_stranger_verifies_it_with_nothing_but_the_file_and_the_key(
    office: CommandLine, reference: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "case.zip"
    bundled(office, reference, out)
    key = office.published_key()
    monkeypatch.setenv("CASELEDGER_HOME", str(tmp_path / "nothing here"))
    (tmp_path / "office.key").write_text(f"# the office's key\n{key}\n", encoding="utf-8")
    for given in (key, str(tmp_path / "office.key")):
        said = office("verify-bundle", str(out), "--key", given)
        assert said.code == 0
        assert said.out.startswith("Confirmed")
        assert "Not proven:" in said.out
    without = office("verify-bundle", str(out))
    assert without.code == 2
    assert without.out.startswith("Consistent, key unconfirmed")
    with ZipFile(out) as archive:
        archive.extractall(tmp_path / "unpacked")
    folder = tmp_path / "unpacked" / "release"
    assert office("verify-bundle", str(folder), "--key", key).code == 0
    assert office.asked("verify-bundle", str(out), "--key", key)["verdict"] == "confirmed"


def test_a_later_bundle_shows_that_nothing_was_rewritten_since_an_earlier_one(
    office: CommandLine, reference: str, tmp_path: Path
) -> None:
    earlier, later = tmp_path / "earlier.zip", tmp_path / "later.zip"
    bundled(office, reference, earlier)
    office.done("note", reference, "Called.", "--as", "I-02")
    said = bundled(office, reference, later, "--since", str(earlier))
    assert hashlib.sha256(later.read_bytes()).hexdigest() in said
    key = office.published_key()
    since = ("--since", str(earlier))
    told = office.done("verify-bundle", str(later), "--key", key, *since).out
    assert "Nothing was rewritten since the earlier release" in told
    turned = office("verify-bundle", str(earlier), "--key", key, "--since", str(later))
    assert turned.code == 1
    assert "Failed: this release is not shown to go on from the earlier one" in turned.out
    (tmp_path / "none.zip").write_bytes(b"PK")
    refused = office(
        "bundle", reference, "--out", str(tmp_path / "x.zip"), "--purpose", "Audit", "--as", "D-01",
        "--since", str(tmp_path / "none.zip"),
    )  # fmt: skip
    assert (refused.code, "is no bundle to go on from" in refused.err) == (2, True)


def test_where_witnesses_are_named_a_bundle_cites_what_they_saw_and_names_them(
    office: CommandLine, reference: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASELEDGER_WITNESS", str(tmp_path / "witness"))
    asked, cosigned = tmp_path / "asked", tmp_path / "cosigned"
    office.done("checkpoint")
    witness = office.asked("witness", "new", "witness.example.org")["key"]
    office.done("witness", "trust", office.published_key())
    office.done("keys", "witness", witness, "--as", "D-01")
    out = tmp_path / "case.zip"
    words = ("bundle", reference, "--out", str(out), "--purpose", "Audit 7", "--as", "D-01")
    assert "No checkpoint is cosigned by as many witnesses as must yet (1)" in office(*words).err
    asked.write_text(office.done("checkpoint", "--for-witness").out, "utf-8")
    cosigned.write_text(office.done("witness", "cosign", str(asked)).out, "utf-8")
    office.done("checkpoint", "--cosigned", str(cosigned))
    later = office.asked("open", "phone", "--request-type", "GEN-ENQ", "--as", "I-02")["reference"]
    office.done("note", reference, "Heard.", "--as", "I-02")
    assert office.asked(*words)["recorded_later"] == 1
    keys = ("--key", office.published_key(), "--key", witness)
    told = office.asked("verify-bundle", str(out), *keys)
    assert told["verdict"] == "confirmed"
    assert [each["name"] for each in told["witnesses"]] == ["witness.example.org"]
    with office.ledger() as ledger:
        assert told["checkpoint"]["size"] < ledger.store.tip()
    unseen = office(*unwitnessed(later, tmp_path))
    assert (unseen.code, "covers nothing of this case" in unseen.err) == (2, True)
    office.done("keys", "quorum", "0", "--as", "D-01")
    assert "Not in it" not in office.done(*unwitnessed(later, tmp_path)).out, "none need"
    monkeypatch.setenv("CASELEDGER_WITNESS", str(tmp_path / "another"))
    stranger = office.asked("witness", "new", "other.example.org")["key"]
    refused = office("verify-bundle", str(out), "--key", office.published_key(), "--key", stranger)
    assert refused.code == 1
    assert "It was cosigned by 0 of the witnesses that you named" in refused.out


def test_what_is_withheld_behind_the_last_line_shown_is_said_to_be_proved_of_no_record(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of a stated scope no count says that it is of the stream, and the output passed over that."""
    out = tmp_path / "scope.zip"
    with released_in(tmp_path) as released:
        for made, told in (
            (released.made["stated_scope"], False),
            (ending_withheld(released), True),
        ):
            out.write_bytes(made)
            assert verify_bundle(out, key=(released.key,)) == DONE
            said = capsys.readouterr().out
            assert ("withheld at the end of a record (4 entries) is of that record" in said) == told


def test_a_flipped_byte_is_told_with_its_place_and_the_exit_code_is_1(
    office: CommandLine, reference: str, tmp_path: Path
) -> None:
    out = tmp_path / "case.zip"
    bundled(office, reference, out)
    raw = bytearray(out.read_bytes())
    raw[len(raw) // 2] ^= 1
    out.write_bytes(raw)
    said = office("verify-bundle", str(out), "--key", office.published_key())
    assert said.code == 1
    assert said.out.startswith("Failed")
    assert "At step 0, in release/data/" in said.out


def test_a_bundle_from_before_a_key_was_retired_is_confirmed_by_the_file_that_holds_it_too(
    office: CommandLine, reference: str, tmp_path: Path
) -> None:
    """The published file held the keys of today alone, and old bundles failed by it."""
    out, now, ever = tmp_path / "case.zip", tmp_path / "now.keys", tmp_path / "ever.keys"
    bundled(office, reference, out)
    old = office.published_key()
    office.done("keys", "new", "checkpoint", "--as", "D-01")
    office.done("keys", "retire", old, "--as", "D-01")
    office.done("keys", "show", "--out", str(now))
    office.done("keys", "show", "--out", str(ever), "--retired")
    codes = [office("verify-bundle", str(out), "--key", str(each)).code for each in (now, ever)]
    assert codes == [1, 0]
    assert office("keys", "show", "--retired").code == 2


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (("--key", "nonsense"), "not a published key"),
        (("--key", "name+00000000+AAAA"), "kind that this version does not know"),
        (("--quorum", "1"), "0 were given"),
    ],
)
def test_a_key_that_is_none_is_refused_in_a_sentence(
    office: CommandLine, reference: str, tmp_path: Path, more: tuple[str, ...], why: str
) -> None:
    out = tmp_path / "case.zip"
    bundled(office, reference, out)
    said = office("verify-bundle", str(out), *more)
    assert said.code == 2
    assert why in said.err


def test_what_cannot_be_bundled_is_refused_and_leaves_no_file(
    office: CommandLine, reference: str, tmp_path: Path
) -> None:
    out = tmp_path / "case.zip"
    asked = ("bundle", reference, "--out", str(out), "--as", "D-01", "--purpose")
    assert "--purpose" in office(*asked, "").err
    assert "not a member" in office(*asked[:-2], "X-99", "--purpose", "Audit").err
    assert office("bundle", "7ZK3Q-0M9TB-4", *asked[2:], "Audit").code == 2
    assert list(tmp_path.glob("*.zip*")) == []
    bundled(office, reference, out)
    was = out.read_bytes()
    assert "There is a file" in office(*asked, "Audit").err
    assert out.read_bytes() == was


def test_a_file_that_is_not_there_is_told_in_one_sentence(
    office: CommandLine, tmp_path: Path
) -> None:
    said = office("verify-bundle", str(tmp_path / "none.zip"))
    assert said.code == 2
    assert len(said.sentences) == 1


def test_the_verify_page_is_written_with_the_digest_that_is_published(
    bare: CommandLine, tmp_path: Path
) -> None:
    out = tmp_path / "verify.html"
    assert page_digest() in bare.done("verify-page", "--out", str(out)).out
    assert out.read_bytes() == verify_page()
    assert hashlib.sha256(out.read_bytes()).hexdigest() in PAGES
    assert bare.asked("verify-page")["sha256"] == page_digest()
    assert bare("verify-page", "--out", str(out)).code == 2


def test_the_page_in_a_bundle_is_the_published_one(
    office: CommandLine, reference: str, tmp_path: Path
) -> None:
    out = tmp_path / "case.zip"
    bundled(office, reference, out)
    with ZipFile(out) as archive:
        assert archive.read("release/verify.html") == verify_page()
