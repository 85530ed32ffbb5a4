"""What is taken for a backup: a zip whose manifest names all that lies in it."""

from __future__ import annotations

import zipfile

from tests.api.backed_up import Office, at_work

__all__ = ["at_work"]


def test_a_zip_that_is_none_is_told_from_a_backup_that_is_damaged(at_work: Office) -> None:
    _, keys = at_work.backs_up()
    other = at_work.folder / "other.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("holiday.txt", b"Sun.")
    refused = at_work.elsewhere("restore", str(other), keys)
    assert (refused.code, "is no backup: give a file" in refused.err) == (2, True)


def test_a_file_that_no_manifest_names_is_not_restored(at_work: Office) -> None:
    entries, keys = at_work.backs_up()
    with zipfile.ZipFile(entries, "a") as archive:
        archive.writestr("stray.txt", b"")
    new = at_work.elsewhere
    refused = new("restore", entries, keys)
    assert (refused.code, "other files than its manifest names" in refused.err) == (1, True)
    assert not new.home.exists()
