"""Where a backup is put together: held by whoever is at it, and said to be unfit where it is."""

from __future__ import annotations

from pathlib import Path

from api.backups.working import swept, working_folder
from tests.api.backed_up import Office, at_work

__all__ = ["at_work"]


def test_nobody_sweeps_away_what_a_backup_at_work_has_put_together(tmp_path: Path) -> None:
    with working_folder(tmp_path / "monday.entries") as folder:
        assert swept(tmp_path) == 0
        assert folder.is_dir()
    assert not folder.exists()


def test_a_backup_into_a_folder_that_is_not_there_says_which_file_cannot_be_written(
    at_work: Office,
) -> None:
    nowhere = at_work.folder / "nowhere"
    told = at_work.line("backup", str(nowhere / "entries"), str(nowhere / "keys"))
    assert told.code == 2
    assert f"{nowhere / 'entries'} cannot be written: No such file or directory" in told.err
