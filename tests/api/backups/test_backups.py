"""Backups: entries and keys apart, taken while all work on, restored whole where nothing is, or not at all."""

from __future__ import annotations

import io
import os
import shutil
import threading
import zipfile
from fcntl import LOCK_EX, flock
from pathlib import Path
from signal import SIG_DFL, SIGHUP, SIGTERM, getsignal, signal

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.backups.working import PREFIX, working_folder
from api.cli.stopping import stops_tidily
from api.new_files import new_file
from ledger.case.contact.contacts import AddNote
from tests.api.backed_up import MAIL, NAME, WORDS, Office, at_work, members
from tests.api.command_line import CommandLine
from tests.ledgers import INTAKE
from tests.patience import WITHIN_SECONDS

__all__ = ["at_work"]


def test_what_was_backed_up_is_restored_with_its_proofs_and_signed_on_from_where_it_was(
    at_work: Office,
) -> None:
    first = at_work.line.asked("checkpoint")
    files = at_work.backs_up()
    before = at_work.line.done("trail", at_work.references[0]).out
    new = at_work.brings_the_keys()
    told = new.done("restore", *files)
    assert f"{first['size']} entries are restored" in told.out
    assert new("verify").code == 0
    assert new.done("trail", at_work.references[0]).out == before
    opened = new.done(
        "case", at_work.references[0], "--open", "--purpose", "a look", "--as", "I-02"
    )
    assert WORDS in opened.out
    second = new.asked("checkpoint")
    assert second["size"] > first["size"]
    assert second["origin"] == first["origin"]
    assert new("verify").code == 0


def test_without_the_keys_a_backup_tells_nothing_personal_and_master_key_and_signer_are_in_neither(
    at_work: Office,
) -> None:
    at_work.line.done("checkpoint")
    mail = at_work.folder / "mbox"
    mail.write_bytes(b"From x\n" + MAIL + b"\n")
    at_work.line.done("mail", "--mbox", str(mail))
    (at_work.home / "set-aside").mkdir()
    (at_work.home / "set-aside" / "one.eml").write_bytes(MAIL)
    entries, keys = (members(each) for each in at_work.backs_up())
    assert {"ledger.db", "manifest.json"} <= entries.keys()
    assert any(each.startswith("originals/") for each in entries)
    assert {"vault.db", "set-aside/one.eml", "manifest.json"} <= keys.keys()
    assert not any(".lock" in each or ".turn" in each for each in (*entries, *keys))
    for personal in (NAME.encode(), WORDS.encode(), b"Secret words", b"robin@mail.example"):
        assert not any(personal in each for each in entries.values())
    secrets = [orjson.loads((at_work.home / "master.key").read_bytes())["key"].encode()]
    secrets += [
        orjson.loads(each.read_bytes())["secret"].encode()
        for each in (at_work.home / "signer").glob("*.key")
    ]
    assert len(secrets) == 3
    for each in (*entries.values(), *keys.values()):
        assert not any(secret in each for secret in secrets)


def test_originals_and_what_was_set_aside_come_back_as_they_were(at_work: Office) -> None:
    (at_work.home / "set-aside").mkdir()
    (at_work.home / "set-aside" / "one.eml").write_bytes(MAIL)
    (at_work.home / "originals" / "deep").mkdir(parents=True)
    (at_work.home / "originals" / "deep" / "sealed").write_bytes(b"\x00" * 70_000)
    links = {"round": ".", "key": "master.key", "nowhere": "not here", "keys": "vault.db"}
    for name, place in links.items():
        (at_work.home / name).symlink_to(place)
    (at_work.home / "before").mkdir()
    (at_work.home / "before" / "link").symlink_to("../originals/deep")
    os.mkfifo(at_work.home / "pipe")
    files = at_work.backs_up()
    new = at_work.brings_the_keys()
    new.done("restore", *files)
    assert (new.home / "set-aside" / "one.eml").read_bytes() == MAIL
    assert (new.home / "originals" / "deep" / "sealed").read_bytes() == b"\x00" * 70_000
    assert {*links, "before", "pipe"} & {each.name for each in new.home.iterdir()} == set()
    assert sorted(each.name for each in new.home.iterdir() if each.name.startswith(".")) == []


def test_a_backup_older_than_what_was_signed_is_read_only_until_the_loss_is_recorded(
    at_work: Office,
) -> None:
    at_work.line.done("checkpoint")
    files = at_work.backs_up()
    at_work.works()
    at_work.line.done("checkpoint")
    new = at_work.brings_the_keys()
    told = new.asked("restore", *files)
    assert "until `caseledger recover`" in told["read_only"]
    assert new("note", at_work.references[0], "Late.", "--as", "R-02").code == 2
    new.done("recover")
    new.done("checkpoint")
    assert new("verify").code == 0


def test_a_backup_taken_while_others_write_is_whole(at_work: Office) -> None:
    ended, written = threading.Event(), threading.Condition()
    last = 0

    def writes() -> None:
        nonlocal last
        with at_work.line.ledger() as ledger:
            case_id = ledger.find_case(at_work.references[0])
            while not ended.is_set():
                note = AddNote(case_id=case_id, note_id=ledger.new_id(), text=WORDS)
                position = ledger.handle(note, actor=INTAKE).position
                with written:
                    last = position
                    written.notify()

    def backed_up_once_more_is_written(name: str, than: int) -> tuple[tuple[str, str], int]:
        with written:
            assert written.wait_for(lambda: last > than, WITHIN_SECONDS)
        files = at_work.backs_up(name)
        return files, orjson.loads(members(files[0])["manifest.json"])["position"]

    writer = threading.Thread(target=writes)
    writer.start()
    try:
        _, one = backed_up_once_more_is_written("one", 0)
        files, two = backed_up_once_more_is_written("two", one)
        _, three = backed_up_once_more_is_written("three", two)
    finally:
        ended.set()
        writer.join()
    assert one < two < three, "the office worked on meanwhile"
    new = at_work.brings_the_keys()
    new.done("restore", *files)
    assert new("verify").code == 0


def test_a_restore_onto_a_full_disk_says_where_and_is_asked_again(
    at_work: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    files, new = at_work.backs_up(), at_work.brings_the_keys()
    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", lambda _: Path("/dev/full").write_bytes(b"x"))
        assert f"{new.home} cannot be written (No space" in new("restore", *files).err
    assert new.done("restore", *files).out


@pytest.mark.parametrize("there", ["ledger.db", "vault.db", "views.db", "originals", "stray.txt"])
def test_a_restore_takes_nobody_s_place(at_work: Office, there: str) -> None:
    files = at_work.backs_up()
    new = at_work.brings_the_keys()
    (new.home / there).write_bytes(b"mine")
    refused = new("restore", *files)
    assert refused.code == 2
    assert f"already holds {there}" in refused.err
    assert (new.home / there).read_bytes() == b"mine"
    assert sorted(each.name for each in new.home.iterdir()) == sorted(["master.key", there])


def test_what_a_backup_left_that_was_killed_is_taken_away_by_the_next_and_none_that_is_at_it(
    at_work: Office,
) -> None:
    killed, running = (at_work.folder / f"{PREFIX}{name}" for name in ("killed", "running"))
    for folder in (killed, running):
        folder.mkdir()
        (folder / "vault.db").write_bytes(b"keys")
    held = os.open(running, os.O_RDONLY)
    flock(held, LOCK_EX)
    entries, keys = (str(at_work.folder / name) for name in ("one.entries", "one.keys"))
    said = at_work.line.done("backup", entries, keys).out
    assert "Taken away: 1 folder that a backup had left which was cut off." in " ".join(
        said.split()
    )
    assert not killed.exists()
    assert (running / "vault.db").exists()
    os.close(held)
    assert at_work.line.asked("backup", f"{entries}2", f"{keys}2")["swept"] == 1
    assert [*at_work.folder.glob(".*")] == [], "nothing lies there but what was asked for"


@pytest.mark.parametrize("told", [SIGTERM, SIGHUP])
def test_a_backup_that_the_system_ends_leaves_nothing_half_made(tmp_path: Path, told: int) -> None:
    def ended_half_way() -> None:
        path = tmp_path / "one.keys"
        with stops_tidily(), working_folder(path) as folder, new_file(path, made_in=folder) as file:
            (folder / "vault.db").write_bytes(b"keys")
            file.write(b"half")
            assert [each.name for each in tmp_path.iterdir()] == [folder.name]
            os.kill(os.getpid(), told)

    before = signal(told, SIG_DFL)  # whoever runs the tests may have had it ignored (nohup(1))
    try:
        with pytest.raises(KeyboardInterrupt):
            ended_half_way()
        assert getsignal(told) is SIG_DFL
    finally:
        signal(told, before)
    assert [*tmp_path.iterdir()] == []


def test_a_backup_takes_nobody_s_place_and_does_not_lie_in_the_home(at_work: Office) -> None:
    entries, keys = at_work.backs_up()
    again = at_work.line("backup", str(at_work.folder / "other"), keys)
    assert (again.code, "There is a file" in again.err) == (2, True)
    assert not (at_work.folder / "other").exists()
    one = at_work.line("backup", str(at_work.folder / "one"), str(at_work.folder / "one"))
    assert (one.code, "name two files" in one.err) == (2, True)
    here, there = str(at_work.home / "here"), str(at_work.folder / "there")
    for files in ((here, there), (there, here)):
        inside = at_work.line("backup", *files)
        assert (inside.code, f"{here} lies in the home itself" in inside.err) == (2, True)
    assert Path(entries).stat().st_mode & 0o077 == 0
    assert sorted(each.name for each in at_work.folder.iterdir()) == [
        "home", "monday.entries", "monday.keys",
    ]  # fmt: skip


def test_the_keys_of_another_ledger_or_of_fewer_entries_are_refused(at_work: Office) -> None:
    (old_entries, old_keys) = at_work.backs_up("old")
    at_work.works()
    entries, keys = at_work.backs_up("new")
    other = CommandLine(at_work.folder / "other home", at_work.line.heard)
    at_work.environment.setenv("CASELEDGER_HOME", str(other.home))
    other.done("init")
    strangers = (str(at_work.folder / "x.entries"), str(at_work.folder / "x.keys"))
    other.done("backup", *strangers)
    new = at_work.elsewhere
    for pair, said in (
        ((entries, strangers[1]), "those of another ledger"),
        ((entries, old_keys), "give the keys of the same backup, or later ones"),
        ((keys, entries), "name first the file with the entries"),
        ((entries, entries), "name first the file with the entries"),
    ):
        refused = new("restore", *pair)
        assert (refused.code, said in refused.err) == (2, True), refused
        assert not new.home.exists()
    new.done("restore", old_entries, keys)


def test_the_master_key_of_today_opens_no_keys_from_before_an_erasure(at_work: Office) -> None:
    entries, before = at_work.backs_up("before")
    at_work.line.done("rekey")
    _, after = at_work.backs_up("after")
    new = at_work.brings_the_keys()
    refused = new("restore", entries, before)
    assert (refused.code, "since the last erasure or rekey" in refused.err) == (2, True)
    new.done("restore", entries, after)
    assert new("verify").code == 0


def test_another_ledger_s_master_key_of_the_same_epoch_is_found_out_before_anything_lies_there(
    at_work: Office,
) -> None:
    files = at_work.backs_up()
    other = CommandLine(at_work.folder / "other home", at_work.line.heard)
    at_work.environment.setenv("CASELEDGER_HOME", str(other.home))
    other.done("init")
    new = at_work.elsewhere
    new.home.mkdir()
    shutil.copy(other.home / "master.key", new.home)
    refused = new("restore", *files)
    assert (refused.code, "does not open this vault" in refused.err) == (2, True)
    assert [each.name for each in new.home.iterdir()] == ["master.key"]


def test_without_the_master_key_it_is_restored_and_says_what_is_missing(at_work: Office) -> None:
    files = at_work.backs_up()
    new = at_work.elsewhere
    told = new.done("restore", *files)
    assert "The master key of epoch 1 is not here" in told.out
    assert new("watch").code == 2
    shutil.copy(at_work.home / "master.key", new.home)
    assert new("verify").code == 0


def rewritten(file: str, into: Path, **manifest: object) -> str:
    """The same file with another manifest."""
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(into, "w") as copy:
        for name in source.namelist():
            raw = source.read(name)
            if name == "manifest.json":
                raw = orjson.dumps(orjson.loads(raw) | manifest)
            copy.writestr(name, raw)
    return str(into)


def test_what_a_newer_version_wrote_is_left_to_that_version(at_work: Office) -> None:
    entries, keys = at_work.backs_up()
    newer = rewritten(entries, at_work.folder / "newer", format=2, something="new")
    new = at_work.elsewhere
    refused = new("restore", newer, keys)
    assert (refused.code, "written by a newer version" in refused.err) == (2, True)
    assert not new.home.exists()


@pytest.mark.parametrize("name", ["../outside", "/outside", "a/../../outside"])
def test_no_file_of_a_backup_leaves_the_home(at_work: Office, name: str) -> None:
    entries, keys = at_work.backs_up()
    forged = at_work.folder / "forged"
    manifest = orjson.loads(members(entries)["manifest.json"])
    manifest["files"][name] = {"size": 0, "sha256": "0" * 64}
    shutil.copy(rewritten(entries, at_work.folder / "other", files=manifest["files"]), forged)
    with zipfile.ZipFile(forged, "a") as archive:
        archive.writestr(name, b"")
    new = at_work.elsewhere
    assert new("restore", str(forged), keys).code == 1
    assert not new.home.exists()


def test_a_restore_makes_a_home_for_its_owner_alone_and_leaves_none_behind_where_a_file_was_altered(
    at_work: Office,
) -> None:
    entries, keys = at_work.backs_up()
    files = orjson.loads(members(entries)["manifest.json"])["files"]
    files["ledger.db"]["sha256"] = "0" * 64
    altered = rewritten(entries, at_work.folder / "altered", files=files)
    new = at_work.elsewhere
    refused = new("restore", str(altered), keys)
    assert (refused.code, "nothing was restored" in refused.err) == (1, True)
    assert not new.home.exists()
    new.done("restore", entries, keys)
    assert new.home.stat().st_mode & 0o777 == 0o700


@pytest.fixture
def taken(at_work: Office) -> tuple[CommandLine, tuple[str, str]]:
    """The new home, and a backup."""
    files = at_work.backs_up()
    return at_work.brings_the_keys(), files


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    which=st.sampled_from([0, 1]),
    place=st.integers(0, 1 << 24),
    flipped=st.integers(1, 255),
)
def test_one_changed_byte_is_found_out_or_changes_nothing_that_is_restored(
    taken: tuple[CommandLine, tuple[str, str]], which: int, place: int, flipped: int
) -> None:
    new, parts = taken[0], [Path(each).read_bytes() for each in taken[1]]
    at = place % len(parts[which])
    files = [new.home.parent / "entries", new.home.parent / "keys"]
    for path, raw in zip(files, parts, strict=True):
        path.write_bytes(raw)
    changed = bytearray(parts[which])
    changed[at] ^= flipped
    files[which].write_bytes(changed)
    said = new("restore", *map(str, files))
    there = {each.name for each in new.home.iterdir()} - {"master.key", "signer"}
    if said.code:
        assert there <= {"ledger.lock"}
        assert said.err.count("\n") == 1
        assert "defect" not in said.err
    else:
        original = [file for raw in parts for file in (_unzipped(raw).items())]
        for name, content in original:
            assert (new.home / name).read_bytes() == content
    for each in there:
        path = new.home / each
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def _unzipped(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != "manifest.json"}


def test_a_restore_that_was_cut_off_is_opened_by_nobody_and_finished_by_asking_again(
    at_work: Office,
) -> None:
    files = at_work.backs_up()
    new = at_work.brings_the_keys()
    (new.home / ".restoring").mkdir()
    (new.home / ".restoring" / "ledger.db").write_bytes(b"half")
    (new.home / "vault.db").write_bytes(b"half of it")
    (new.home / "maintenance").write_text("a restore that is not finished; ask for it again")
    refused = new("board")
    assert (refused.code, "ask for it again" in refused.err) == (2, True)
    new.done("restore", *files)
    assert new("verify").code == 0
