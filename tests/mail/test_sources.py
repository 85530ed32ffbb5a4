"""Mail from a Maildir, an mbox and standard input: each is taken once, and marked only after it is recorded."""

from __future__ import annotations

import fcntl
import io
import mailbox
import multiprocessing
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.channels.mail.intake import Came, TooLarge
from api.channels.mail.sources import KEPT_BYTES, from_maildir, from_mbox, from_stream
from api.channels.mail.taking import Waiting, take_all
from ledger.case.intake.opening import CaseOpened
from ledger.errors import InvalidCommand, LedgerUnavailable
from tests.mail.mails import mail
from tests.mail.office import MailOffice
from tests.patience import WITHIN_SECONDS

BODIES = st.lists(
    st.sampled_from(["From here on", ">From there", "", "text", ">>From x", " From"]), max_size=6
).map("\n".join)


def delivered(folder: Path, *mails: bytes) -> list[Path]:
    """Mails in a new Maildir, as the standard library delivers them."""
    box = mailbox.Maildir(folder)
    paths = [folder / "new" / box.add(raw) for raw in mails]
    for number, path in enumerate(paths):
        seconds = datetime(2026, 3, 2, 9, tzinfo=UTC).timestamp() + number
        os.utime(path, (seconds, seconds))
    return paths


def became(office: MailOffice, waiting: Iterable[Waiting]) -> list[str]:
    return [each.became for each in take_all(office.intake, waiting, source="t").taken]


def test_a_maildir_s_new_mail_is_taken_and_moved_as_seen(
    office: MailOffice, tmp_path: Path
) -> None:
    box = tmp_path / "Maildir"
    delivered(box, mail(), mail("Two", message_id="<m2@x>"))
    assert became(office, from_maildir(box)) == ["opened", "opened"]
    assert office.of(CaseOpened)[0].reached_body_at == datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert list((box / "new").iterdir()) == []
    assert [path.name.endswith(":2,S") for path in (box / "cur").iterdir()] == [True, True]
    assert became(office, from_maildir(box)) == []


def test_a_mail_that_could_not_be_recorded_stays_new(office: MailOffice, tmp_path: Path) -> None:
    box = tmp_path / "Maildir"
    delivered(box, mail())
    office.home.mkdir(exist_ok=True)
    (office.home / "originals").write_bytes(b"in the way")
    with pytest.raises(OSError, match="originals"):
        became(office, from_maildir(box))
    assert len(list((box / "new").iterdir())) == 1
    (office.home / "originals").unlink()
    assert became(office, from_maildir(box)) == ["duplicate"]
    assert list((box / "new").iterdir()) == []


def test_two_runs_over_one_maildir_take_each_mail_once(office: MailOffice, tmp_path: Path) -> None:
    box = tmp_path / "Maildir"
    for number in range(4):
        sender = f"p{number}@example.org"
        delivered(box, mail(f"Mail {number}", sender=sender, message_id=f"<d{number}@x>"))
    one, other = from_maildir(box), from_maildir(box)
    first, second = next(one), next(other)
    found = [office.intake.take(first.came).became, office.intake.take(second.came).became]
    second.done()
    first.done()
    third = next(other)
    found += became(office, one)
    found.append(office.intake.take(third.came).became)
    third.done()
    assert found == ["opened", "duplicate", "opened", "opened", "opened", "duplicate"]
    assert list(other) == []
    assert len(list((box / "cur").iterdir())) == 4


def test_what_is_set_aside_is_done_too(office: MailOffice, tmp_path: Path) -> None:
    box = tmp_path / "Maildir"
    delivered(box, b"X: " + b"x" * 600_000 + b"\n\n.")
    assert became(office, from_maildir(box)) == ["set_aside"]
    assert list((box / "new").iterdir()) == []


def mbox_of(path: Path, *mails: bytes) -> Path:
    """An mbox as the standard library writes it."""
    box = mailbox.mbox(path)
    for raw in mails:
        box.add(raw)
    box.close()
    return path


def test_an_mbox_is_gone_on_with_where_it_was_left_off(office: MailOffice, tmp_path: Path) -> None:
    marks = tmp_path / "marks"
    box = mbox_of(tmp_path / "box", mail(), mail("Two", message_id="<m2@x>"))
    assert became(office, from_mbox(box, marks)) == ["opened", "opened"]
    assert became(office, from_mbox(box, marks)) == []
    mbox_of(box, mail("Three", message_id="<m3@x>"))
    assert became(office, from_mbox(box, marks)) == ["opened"]


def test_an_mbox_that_was_written_anew_is_read_from_its_beginning(
    office: MailOffice, tmp_path: Path
) -> None:
    marks, box = tmp_path / "marks", tmp_path / "box"
    mbox_of(box, mail(), mail("Two", message_id="<m2@x>"))
    assert became(office, from_mbox(box, marks)) == ["opened", "opened"]
    box.unlink()
    mbox_of(box, mail("Three", message_id="<m3@x>"), mail())
    assert became(office, from_mbox(box, marks)) == ["opened", "duplicate"]
    for damaged in (b"", b"{", b'{"start": -5, "end": 1, "digest": ""}', b"[]"):
        next(marks.iterdir()).write_bytes(damaged)
        assert became(office, from_mbox(box, marks)) == ["duplicate", "duplicate"]


@given(st.lists(BODIES, min_size=1, max_size=5))
def test_an_mbox_gives_back_each_mail_as_it_was_put_in(
    tmp_path_factory: pytest.TempPathFactory, bodies: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("mbox")
    mails = [
        f"From: a@example.org\nX-Number: {n}\n\n{body}\n".encode() for n, body in enumerate(bodies)
    ]
    box = folder / "box"
    box.write_bytes(
        b"".join(
            b"From a@example.org Mon Mar  2 08:00:00 2026\n" + _quoted(raw) + b"\n" for raw in mails
        )
    )
    found = [each.came for each in from_mbox(box, folder)]
    assert [each.raw for each in found if isinstance(each, Came)] == mails


def _quoted(raw: bytes) -> bytes:
    """As mboxrd puts it, by a few lines of its own."""
    lines = raw.split(b"\n")
    return b"\n".join(
        b">" + line if line.lstrip(b">").startswith(b"From ") else line for line in lines
    )


def _holds(path: str, held: Event, done: Event) -> None:
    with open(path, "rb+") as file:
        fcntl.lockf(file, fcntl.LOCK_EX)
        held.set()
        done.wait()


def test_an_mbox_that_is_being_written_to_is_left_alone(tmp_path: Path) -> None:
    box = mbox_of(tmp_path / "box", mail())
    around = multiprocessing.get_context("spawn")
    held, done = around.Event(), around.Event()
    process = around.Process(target=_holds, args=(str(box), held, done))
    process.start()
    try:
        assert held.wait(WITHIN_SECONDS)
        with pytest.raises(LedgerUnavailable, match="being written to"):
            next(from_mbox(box, tmp_path))
    finally:
        done.set()
        process.join()
    assert next(from_mbox(box, tmp_path))


def swollen(path: Path) -> Path:
    """The file, followed by more nothing than any mail is long; it takes no place on the disk."""
    os.truncate(path, path.stat().st_size + KEPT_BYTES)
    return path


def test_what_is_far_too_large_is_left_where_it_is_and_hinders_nothing(
    office: MailOffice, tmp_path: Path
) -> None:
    box = tmp_path / "Maildir"
    swollen(delivered(box, mail("Large", message_id="<m2@x>"), mail())[0])
    report = take_all(office.intake, from_maildir(box), source="t")
    assert report.counts["left_there"] == report.counts["opened"] == 1
    assert sum(report.counts.values()) == report.as_json()["read"] == 2
    assert len(list((box / "new").iterdir())) == 1


def test_what_is_far_too_large_in_an_mbox_or_a_stream_is_left_there(tmp_path: Path) -> None:
    mbox = swollen(mbox_of(tmp_path / "box", mail()))
    with mbox.open("ab") as file:
        file.write(b"\n\nFrom a@example.org Mon Mar  2 08:00:00 2026\n" + mail() + b"\n")
    large, small = [each.came for each in from_mbox(mbox, tmp_path)]
    assert isinstance(large, TooLarge)
    assert isinstance(small, Came)
    assert small.raw == mail()
    with mbox.open("rb") as stream, pytest.raises(InvalidCommand, match="left there"):
        next(from_stream(stream))


@pytest.mark.parametrize(
    ("content", "said"), [(b"not a mail box\n", "no mbox"), (None, "no file"), (b"", None)]
)
def test_what_is_no_mbox_is_told_so(
    tmp_path: Path, content: bytes | None, said: str | None
) -> None:
    box = tmp_path / "box"
    if content is not None:
        box.write_bytes(content)
    if said is None:
        assert list(from_mbox(box, tmp_path)) == []
        return
    with pytest.raises(InvalidCommand, match=said):
        next(from_mbox(box, tmp_path))


def test_what_is_no_maildir_and_an_empty_stream_are_told_so(tmp_path: Path) -> None:
    with pytest.raises(InvalidCommand, match="no Maildir"):
        next(from_maildir(tmp_path))
    with pytest.raises(InvalidCommand, match="Nothing stands"):
        next(from_stream(io.BytesIO(b" \n")))
