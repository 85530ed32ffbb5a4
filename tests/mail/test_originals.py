"""A mail is kept as it came, sealed and to the byte, and what kept it from being recorded loses nothing."""

from __future__ import annotations

from uuid import UUID

import pytest

from api.channels.mail import commands
from api.channels.mail.parsing import enclosed_in, read_message
from api.machines import machine
from ledger.case.contact.filing import RecordItemAdded
from ledger.case.intake.opening import CaseOpened
from ledger.errors import IntegrityFailure, Refusal
from ledger.ids import case_stream
from ledger.personal.originals import open_original, place_kept
from ledger.registers.people.parties import PartyRecorded
from tests.ledgers import INTAKE
from tests.mail.mails import MACHINES, mail
from tests.mail.office import MailOffice


def read_original(office: MailOffice, stream: str, item_id: UUID | None = None) -> bytes:
    return open_original(
        office.ledger, office.home, stream, item_id=item_id, actor=INTAKE, purpose="a test of mail",
        enclosed=enclosed_in,
    )  # fmt: skip


def test_the_original_is_kept_sealed_and_comes_back_to_the_byte(office: MailOffice) -> None:
    raw = mail()
    case_id, _ = office.opens(raw)
    item = office.takes(MACHINES["bounce"]).item_id
    assert read_original(office, case_stream(case_id)) == raw
    assert read_original(office, f"tray/{item}") == MACHINES["bounce"]
    files = [each.read_bytes() for each in (office.home / "originals").iterdir()]
    assert len(files) == 2
    assert not any(b"bridge" in each for each in files)


def test_a_photograph_that_came_by_mail_is_seen_without_the_mail_around_it(
    office: MailOffice,
) -> None:
    """It was listed as a record item of its own, and nobody could open it by that."""
    raw = mail(html="<p>See <b>there</b></p>", attachments={"hole.jpg": b"\xff\xd8\n", "map": b""})
    case_id, _ = office.opens(raw)
    stream = case_stream(case_id)
    items = office.opened(RecordItemAdded, stream)
    assert [
        read_original(office, stream, each.item_id) for each in items if each.title == "hole.jpg"
    ] == [b"\xff\xd8\n"]
    kept = next((office.home / "originals").iterdir())
    kept.write_bytes(kept.read_bytes()[:-1])
    with pytest.raises(IntegrityFailure, match="not what was listed"):
        read_original(office, stream, items[0].item_id)


def test_an_original_that_was_altered_exchanged_or_removed_is_not_given_out(
    office: MailOffice,
) -> None:
    case_id, _ = office.opens(mail())
    other, _ = office.opens(mail("Other", message_id="<m2@x>"))
    stream = case_stream(case_id)
    paths = {
        key: office.home / office.of(RecordItemAdded, case_stream(key))[0].place_kept
        for key in (case_id, other)
    }
    kept = paths[case_id].read_bytes()
    for wrong in (kept[:-1] + bytes([kept[-1] ^ 1]), b"", paths[other].read_bytes()):
        paths[case_id].write_bytes(wrong)
        with pytest.raises(IntegrityFailure, match="not what was listed"):
            read_original(office, stream)
    paths[case_id].unlink()
    with pytest.raises(Refusal, match="not here"):
        read_original(office, stream)
    assert office.takes(mail()).became == "duplicate"
    assert read_original(office, stream) == mail(), "the mail again puts back what is missing"


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_what_an_interruption_kept_from_being_recorded_is_added_when_the_mail_comes_again(
    office: MailOffice, steps: int
) -> None:
    raw = mail(attachments={"a": b"x"})
    message, policy = read_message(raw), office.ledger.policies().versions[-1].policy
    ids = commands.MailIds.of(office.ledger, message)
    opening = commands.opening(message, ids, policy, reached_at=office.clock.at)
    assert opening.requester is not None
    done = [
        (commands.requester(message, opening.requester), ids("requester")),
        (opening, ids.mail),
        (
            commands.enclosed(message.attachments[0], ids, case_id=opening.case_id, number=0),
            ids("enclosed-0"),
        ),
    ]
    for command, command_id in done[:steps]:
        office.ledger.handle(command, actor=machine("mail"), command_id=command_id)
    office.clock.pass_by(hours=1)
    taken = office.takes(raw)
    assert taken.became == ("opened" if steps == 1 else "duplicate")
    assert taken.case_id is not None
    stream = case_stream(taken.case_id)
    counts = [len(office.of(kind)) for kind in (CaseOpened, PartyRecorded, RecordItemAdded)]
    assert counts == [1, 1, 2]
    assert read_original(office, stream) == raw


@pytest.mark.parametrize("raw", [mail(), mail(message_id=None), MACHINES["bulk"]])
def test_a_disk_that_refuses_the_original_leaves_a_mail_that_can_come_again(
    office: MailOffice, raw: bytes
) -> None:
    office.home.mkdir(exist_ok=True)
    (office.home / "originals").write_bytes(b"in the way")
    with pytest.raises(OSError, match="originals"):
        office.takes(raw)
    (office.home / "originals").unlink()
    taken = office.takes(raw)
    assert taken.became == "duplicate"
    stream = case_stream(taken.case_id) if taken.case_id else f"tray/{taken.item_id}"
    assert read_original(office, stream) == raw


@pytest.mark.parametrize("message_id", ["<m1@example.org>", None])
def test_the_bytes_of_another_way_are_not_put_where_those_that_came_first_are_missing(
    office: MailOffice, message_id: str | None
) -> None:
    raw = mail(message_id=message_id)
    case_id, _ = office.opens(raw)
    (listed,) = office.of(RecordItemAdded)
    (office.home / listed.place_kept).unlink()
    other = b"Received: from elsewhere; Mon, 02 Mar 2026 12:00:00 +0000\n" + raw
    assert office.takes(other).became == "duplicate"
    with pytest.raises(Refusal, match="not here"):
        read_original(office, case_stream(case_id))
    office.takes(raw)
    assert read_original(office, case_stream(case_id)) == raw


def test_with_a_person_s_key_goes_the_mail_that_they_sent(office: MailOffice) -> None:
    case_id, reference = office.opens(mail())
    office.takes(mail("More.", subject=reference, message_id="<m2@x>"))
    stream = case_stream(case_id)
    items = [each.item_id for each in office.of(RecordItemAdded, stream)]
    (opened,) = office.of(CaseOpened)
    keys = office.ledger.vault.keys_of(f"party/{opened.requester}")
    office.ledger.destroy_keys(frozenset(keys))
    for item_id in items:
        with pytest.raises(Refusal, match="erased"):
            read_original(office, stream, item_id)
        (office.home / place_kept(item_id)).unlink()
    assert office.takes(mail()).became == "duplicate"
    assert not (office.home / place_kept(items[0])).exists(), "no key is left to seal it under"
