"""A restore of a backup from before an erasure says that it is undone or off record, and how to put that right."""

from __future__ import annotations

import shutil

from tests.api.backed_up import WORDS, Office, at_work, erase
from tests.api.command_line import CommandLine

__all__ = ["at_work"]


def opened(line: CommandLine, reference: str) -> str:
    asked = ("--open", "--purpose", "a look", "--as", "I-02")
    return line.done("case", reference, *asked).out


def test_entries_and_keys_from_before_an_erasure_bring_its_words_back_which_is_said(
    at_work: Office,
) -> None:
    reference, party = at_work.references[0], at_work.requesters[0]
    at_work.line.done("checkpoint")
    shutil.copy(at_work.home / "master.key", at_work.folder)
    files = at_work.backs_up()
    erase(at_work.line, party)
    at_work.line.done("checkpoint")
    new = at_work.brings_the_keys()
    shutil.copy(at_work.folder / "master.key", new.home)
    told = " ".join(new.done("restore", *files).out.split())
    assert "can be read again under a master key of then: carry out again each erasure" in told
    told = " ".join(new.done("recover").out.split())
    assert "Was an erasure among them, what it erased may be readable again" in told
    assert WORDS in opened(new, reference)
    assert "2 keys are destroyed" in erase(new, party)
    assert WORDS not in opened(new, reference)
    assert "Clean" in new.done("verify").out


def test_keys_from_after_an_erasure_tell_whose_it_was_and_proposed_again_it_is_on_record(
    at_work: Office,
) -> None:
    reference, party = at_work.references[0], at_work.requesters[0]
    at_work.line.done("checkpoint")
    entries, _ = at_work.backs_up("before")
    erase(at_work.line, party)
    _, keys = at_work.backs_up("after")
    new = at_work.brings_the_keys()
    new.done("restore", entries, keys)
    assert WORDS not in opened(new, reference)
    found = new("verify", "--json")
    (finding,) = found.json["findings"]
    assert found.code == 1
    assert finding["code"] == "erasure-unrecorded"
    assert f"(of party/{party}): if these entries are from before an erasure" in finding["sentence"]
    erase(new, party)
    assert "carried out" in new.done("erasure").out
    assert "Clean" in new.done("verify").out
