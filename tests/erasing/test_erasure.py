"""A person is erased: what is about them is gone for good, all else stays, and what was proved is proved still."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from uuid import UUID

import pytest

from ledger.case.intake.opening import OpenCase
from ledger.commands import Request
from ledger.entry import Actor
from ledger.errors import (
    IntegrityFailure,
    InvalidCommand,
    LedgerUnavailable,
    NotAuthorised,
    PartyNotFound,
    Refusal,
    UnlawfulTransition,
)
from ledger.evidence.verifying.verify import verify
from ledger.facts import Concealed, PartlyErased
from ledger.keeping import place_hold, release_hold
from ledger.personal.erasing import erasure_of
from ledger.registers.keeping.erasures import (
    BeginErasure,
    ErasureCarriedOut,
    ErasureRefused,
    ProposeErasure,
)
from ledger.registers.keeping.holds import PlaceHold, ReleaseHold
from ledger.registers.people.parties import GiveContact
from ledger.sealing.master_key import MasterKey
from ledger.sealing.slots import b64u
from ledger.service import Ledger
from projections.views import Views
from tests.deciding import Asked, given
from tests.erasing.house import (
    ADA,
    BOB,
    FIRST,
    MET,
    SECOND,
    People,
    approve,
    carry_out,
    erased,
    every_byte,
    gone,
    met,
    opened,
    propose,
    proposed,
    two_people,
    written_before,
)
from tests.ledgers import INTAKE, Place, place_in
from tests.patience import WITHIN_SECONDS


@pytest.fixture
def people(ledger: Ledger) -> People:
    return two_people(ledger)


def test_what_is_about_a_person_is_gone_wherever_it_lay_and_all_else_stays(
    ledger: Ledger, place: Place, people: People
) -> None:
    before = [row.state for row in ledger.store.entries(after=0, limit=10_000)]
    erasure_id = erased(ledger, people)
    assert gone(opened(ledger, f"party/{people.ada}"))
    hers = opened(ledger, f"case/{people.her_case}")
    assert f"Spoke to {ADA}." in hers, "a note is about the case until the case is named too"
    assert ADA not in hers
    assert BOB in opened(ledger, f"case/{people.his_case}")
    assert opened(ledger, f"party/{people.bob}") == [BOB]
    found = verify(ledger.store, ledger.vault)
    assert found.findings == []
    assert found.erased_parts == 2
    after = [row.state for row in ledger.store.entries(after=0, limit=10_000)]
    assert after[: len(before)] == before, "no recorded entry was touched"
    assert erasure_of(ledger, erasure_id).carried_out


def test_with_its_case_named_the_words_of_the_case_are_gone_too(
    ledger: Ledger, place: Place, people: People
) -> None:
    erased(ledger, people, cases=(people.her_case,))
    assert gone(opened(ledger, f"case/{people.her_case}"))
    assert f"Spoke to {BOB}." in opened(ledger, f"case/{people.his_case}")
    assert verify(ledger.store, ledger.vault).findings == []


def test_of_a_note_about_two_people_the_words_about_the_other_one_stay(
    ledger: Ledger, people: People
) -> None:
    met(ledger, people)
    assert MET in opened(ledger, f"case/{people.his_case}")
    erased(ledger, people)
    left = PartlyErased(("Met ", Concealed.ERASED, f"and {BOB} at noon."), (2,))
    assert left in opened(ledger, f"case/{people.his_case}")
    found = verify(ledger.store, ledger.vault)
    assert (found.findings, found.erased_parts) == ([], 3)


def test_the_certificate_says_how_much_until_when_backups_are_readable_and_on_whose_word(
    ledger: Ledger, place: Place, people: People
) -> None:
    erasure_id = erased(ledger, people)
    facts = [each.entry.fact for each in ledger.read(f"erasure/{erasure_id}")]
    assert [fact.topic for fact in facts] == [
        "ErasureProposed", "ErasureApproved", "ErasureBegun", "ErasureCarriedOut"
    ]  # fmt: skip
    certificate = facts[-1]
    assert isinstance(certificate, ErasureCarriedOut)
    assert (certificate.keys_destroyed, certificate.parts_deleted) == (2, 2)
    assert certificate.epoch == MasterKey.read(place.master_key).epoch == 2
    assert certificate.backups_until is not None
    assert [each.entry.topic for each in ledger.read(f"case/{people.her_case}")][-1] == (
        "ContentErased"
    )


def test_whoever_reads_while_the_vault_is_wrapped_anew_is_never_told_to_start_again(
    ledger: Ledger, people: People
) -> None:
    begun, over = Event(), Event()
    keys = list(ledger.vault.keys_of(f"party/{people.ada}"))

    def reading() -> int:
        found = 0
        while not over.is_set():
            assert all(ledger.vault.cipher(each) is not None for each in keys)
            ledger.vault.look()
            found += 1
            begun.set()
        return found

    with ThreadPoolExecutor(1) as reader:
        read = reader.submit(reading)
        try:
            assert begun.wait(WITHIN_SECONDS)
            for _ in range(30):
                ledger.change_master_key()
        finally:
            over.set()
        assert read.result() > 0
    assert opened(ledger, f"party/{people.ada}") == [ADA]


class Killed(Exception):
    """The process ends when the vault is wrapped anew, and the new key does not lie in its place yet."""


def _killed(*_: object) -> None:
    raise Killed


def test_the_key_of_an_interrupted_change_is_not_replaced_by_the_next_change(
    ledger: Ledger, place: Place, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    with place.open() as other:
        with monkeypatch.context() as killed:
            killed.setattr(MasterKey, "write", _killed)
            with pytest.raises(Killed):
                ledger.change_master_key()
        assert other.change_master_key() == 3
    with place.open() as again:
        assert opened(again, f"party/{people.ada}") == [ADA]
        assert MasterKey.read(place.master_key).epoch == again.vault.epoch == 3


def test_the_former_key_stays_until_no_standby_could_bring_back_what_it_opens(
    ledger: Ledger, place: Place, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as behind:
        behind.setattr(type(ledger.store), "settled", _killed)
        with pytest.raises(Killed):
            ledger.change_master_key()
    assert (MasterKey.read(place.master_key).epoch, ledger.vault.epoch) == (1, 2)
    ledger.destroy_keys([])
    assert MasterKey.read(place.master_key).epoch == 2, "asked again, it comes to its end"
    assert opened(ledger, f"party/{people.ada}") == [ADA]


def test_the_erased_person_can_be_recorded_anew_in_the_same_case(
    ledger: Ledger, place: Place, people: People
) -> None:
    erased(ledger, people)
    ledger.handle(GiveContact(party_id=people.ada, name="A. Q."), actor=INTAKE)
    assert opened(ledger, f"party/{people.ada}")[-1] == "A. Q."
    assert verify(ledger.store, ledger.vault).findings == []


def test_while_a_case_is_held_nothing_is_proposed_approved_or_carried_out_and_that_is_recorded(
    ledger: Ledger, place: Place, people: People
) -> None:
    hold_id = ledger.new_id()
    holding = PlaceHold(hold_id=hold_id, cases=(people.her_case,), ground="litigation")
    place_hold(ledger, Request(holding, FIRST))
    asked = ProposeErasure(erasure_id=ledger.new_id(), authority="order", party=people.ada)
    with pytest.raises(Refusal, match="on hold"):
        propose(ledger, asked, actor=FIRST)
    assert refusals(ledger, asked.erasure_id) == ["propose"]
    release_hold(ledger, Request(ReleaseHold(hold_id=hold_id), FIRST))
    propose(ledger, asked, actor=FIRST)

    again = ledger.new_id()
    place_hold(ledger, Request(holding.model_copy(update={"hold_id": again}), FIRST))
    with pytest.raises(Refusal, match="on hold"):
        approve(ledger, asked.erasure_id, actor=SECOND)
    release_hold(ledger, Request(ReleaseHold(hold_id=again), FIRST))
    approve(ledger, asked.erasure_id, actor=SECOND)

    last = ledger.new_id()
    place_hold(ledger, Request(holding.model_copy(update={"hold_id": last}), FIRST))
    with pytest.raises(Refusal, match="on hold"):
        carry_out(ledger, asked.erasure_id, actor=FIRST)
    assert refusals(ledger, asked.erasure_id) == ["propose", "approve", "carry_out"]
    assert opened(ledger, f"party/{people.ada}") == [ADA]
    release_hold(ledger, Request(ReleaseHold(hold_id=last), FIRST))
    carry_out(ledger, asked.erasure_id, actor=FIRST)
    assert gone(opened(ledger, f"party/{people.ada}"))


def refusals(ledger: Ledger, erasure_id: UUID) -> list[str]:
    facts = [each.entry.fact for each in ledger.read(f"erasure/{erasure_id}")]
    return [fact.act for fact in facts if isinstance(fact, ErasureRefused)]


def test_nobody_approves_what_they_proposed_and_nothing_is_erased_unapproved(
    ledger: Ledger, place: Place, people: People
) -> None:
    erasure_id = proposed(ledger, people)
    with pytest.raises(NotAuthorised, match="second records officer"):
        approve(ledger, erasure_id, actor=FIRST)
    with pytest.raises(UnlawfulTransition, match="not approved"):
        carry_out(ledger, erasure_id, actor=FIRST)
    with pytest.raises(NotAuthorised, match="'records'"):
        approve(ledger, erasure_id, actor=INTAKE)
    with pytest.raises(NotAuthorised, match="'records'"):
        approve(ledger, erasure_id, actor=Actor("machine", "watch", role="records", version="1"))
    assert opened(ledger, f"party/{people.ada}") == [ADA]


def test_who_stands_on_a_case_by_an_id_that_nobody_recorded_is_erased_all_the_same(
    place: Place,
) -> None:
    """Before, what was said about them on the case was out of reach of every erasure but that of the whole case."""
    with place.office() as ledger:
        party, case_id = ledger.new_id(), ledger.new_id()
        said = {"description": f"{ADA} lives at 7 Nowhere Lane."}
        asked = OpenCase(
            case_id=case_id, channel="phone", request_type="GEN-ENQ", requester=party, answers=said
        )
        with pytest.raises(PartyNotFound, match="record them first"):
            ledger.handle(asked, actor=INTAKE)
        for each in given().decide(Asked(asked))[:1]:
            written_before(ledger, asked.stream, each.fact)
        erased(ledger, People(party, party, case_id, case_id))
        assert gone(opened(ledger, f"case/{case_id}"))


def test_an_erasure_selects_something_on_an_authority_that_fits(
    ledger: Ledger, people: People
) -> None:
    nothing = ProposeErasure(erasure_id=ledger.new_id(), authority="order")
    with pytest.raises(InvalidCommand, match="selects nothing"):
        propose(ledger, nothing, actor=FIRST)
    wrong = nothing.model_copy(update={"authority": "schedule", "party": people.ada})
    with pytest.raises(InvalidCommand, match="for nothing else"):
        propose(ledger, wrong, actor=FIRST)


@pytest.mark.parametrize("done", [0, 1, 2], ids=["nothing yet", "keys destroyed", "parts deleted"])
def test_what_was_begun_is_finished_by_whoever_opens_the_ledger_next(
    place: Place, done: int
) -> None:
    with place.office() as ledger:
        people = two_people(ledger)
        erasure_id = proposed(ledger, people)
        approve(ledger, erasure_id, actor=SECOND)
        keys = ledger.vault.keys_of(f"party/{people.ada}")
        begin = BeginErasure(
            erasure_id=erasure_id,
            keys=tuple(b64u(each) for each in keys),
            streams=tuple(sorted(keys.values())),
        )
        ledger.handle(begin, actor=FIRST)
        if done >= 1:
            ledger.destroy_keys(keys.keys())
        if done >= 2:
            rows = ledger.store.stream(f"party/{people.ada}")
            parts = ledger.store.sealed([row.position for row in rows])
            ledger.store.erase_sealed([(each.position, each.key_id) for each in parts])
    with place.open() as ledger:
        assert erasure_of(ledger, erasure_id).carried_out
        assert gone(opened(ledger, f"party/{people.ada}"))
        found = verify(ledger.store, ledger.vault)
        assert (found.findings, found.erased_parts) == ([], 2)
        tip = ledger.store.tip()
    with place.open() as ledger:
        assert ledger.store.tip() == tip, "and only once"


def test_a_vault_in_which_an_erased_key_is_back_is_refused(tmp_path: Path) -> None:
    place = place_in(tmp_path)
    with place.office() as ledger:
        people = two_people(ledger)
    kept = tmp_path / "kept"
    shutil.copytree(tmp_path / "home", kept / "home")
    shutil.copytree(tmp_path / "keys", kept / "keys")
    with place.open() as ledger:
        erased(ledger, people)
    for name in ("vault.db", "vault.db-wal", "vault.db-shm"):
        (tmp_path / "home" / name).unlink(missing_ok=True)
        if (kept / "home" / name).exists():
            shutil.copy(kept / "home" / name, tmp_path / "home" / name)
    with pytest.raises(LedgerUnavailable, match="master key"):
        place.open().close()
    shutil.copy(kept / "keys" / "master.key", place.master_key)
    with pytest.raises(IntegrityFailure, match="destroyed"):
        place.open().close()


def test_no_byte_of_it_is_left_in_any_file_and_a_copy_of_the_vault_opens_under_no_key_of_today(
    tmp_path: Path,
) -> None:
    place, folders = place_in(tmp_path), (tmp_path / "home", tmp_path / "keys")
    with place.office() as ledger, Views.open(tmp_path / "home") as views:
        people = two_people(ledger)
        met(ledger, people)
        views.catch_up(ledger.store)
        keys = ledger.vault.keys_of(f"party/{people.ada}")
        traces = [
            each.blob
            for stream in keys.values()
            for each in ledger.store.sealed([row.position for row in ledger.store.stream(stream)])
            if each.key_id in keys
        ]
        traces += [wrapped for _, _, wrapped in ledger.vault._store.all_keys()]
        traces.append(b64u(MasterKey.read(place.master_key).secret).encode())
        before = b"".join(every_byte(*folders).values())
        assert all(trace in before for trace in traces), "the search finds what is there"
        copy = tmp_path / "copy"
        shutil.copytree(tmp_path / "home", copy)
        erased(ledger, people, cases=(people.her_case,))
        views.catch_up(ledger.store)
        after = every_byte(*folders)
        for path, raw in after.items():
            assert not [trace for trace in traces if trace in raw], path
            for said in (ADA, "Nowhere Lane", ADA.split()[1]):
                assert said.encode() not in raw, path
        left = PartlyErased(("Met ", Concealed.ERASED, f"and {BOB} at noon."), (2,))
        assert left in opened(ledger, f"case/{people.his_case}")
    with pytest.raises(LedgerUnavailable, match="start again with the master key that belongs"):
        Ledger.open(copy, master_key=place.master_key).close()
