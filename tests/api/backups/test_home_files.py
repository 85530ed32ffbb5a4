"""What of a home a backup takes, wherever the folders of it lie."""

from __future__ import annotations

from tests.api.backed_up import MAIL, Office, at_work, members

__all__ = ["at_work"]


def test_a_folder_of_the_home_that_lies_elsewhere_is_taken_once_and_the_signer_in_no_way(
    at_work: Office,
) -> None:
    at_work.line.done("checkpoint")
    away = at_work.folder / "away"
    away.mkdir()
    (away / "one.eml").write_bytes(MAIL)
    for name, place in (("again", away), ("home", at_work.home), ("keys", at_work.home / "signer")):
        (away / name).symlink_to(place)
    (at_work.home / "set-aside").symlink_to(away)
    _, keys = (members(each).keys() for each in at_work.backs_up())
    assert {each for each in keys if "/" in each} == {"set-aside/one.eml"}


def test_a_master_key_that_was_being_changed_is_left_where_it_is_by_a_restore(
    at_work: Office,
) -> None:
    files, new = at_work.backs_up(), at_work.brings_the_keys()
    changed = (new.home / "master.key").read_bytes()
    (new.home / "master.key.next").write_bytes(changed)
    new.done("restore", *files)
    assert (new.home / "master.key.next").read_bytes() == changed


def test_keys_that_a_change_of_the_master_key_had_reached_are_opened_by_the_one_beside_it(
    at_work: Office,
) -> None:
    """As it lies there after a power cut in the middle, and when the backup is taken before anybody opens it again."""
    before = (at_work.home / "master.key").read_bytes()
    at_work.line.done("rekey")
    files, new = at_work.backs_up(), at_work.brings_the_keys()
    (new.home / "master.key").rename(new.home / "master.key.next")
    (new.home / "master.key").write_bytes(before)
    new.done("restore", *files)
    assert new("verify").code == 0
