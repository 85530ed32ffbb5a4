"""A release as a bundle: what it gives for each claim, the same bytes every time, and verified by a stranger."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZIP_STORED, ZipFile

import pytest
from pypdf import PdfReader

from ledger.case.clocks.waiting import BeginWaiting, EndWaiting
from ledger.errors import InvalidCommand
from ledger.evidence.signing.notes import ED25519, SignerKey
from ledger.registers.keeping.accesses import PersonalValuesRead
from ledger.sealing.master_key import MasterKey
from projections.releases.selection import (
    EntrySelection,
    Ground,
    IndexLine,
    PieceRange,
    StreamSelection,
)
from tests.ledgers import INTAKE
from tests.releases.offices import WORDS, Office, selection_of, verdict_on

PRIVACY, ADVICE = Ground(1, "s.20"), Ground(2, "s.14")
INDEX = [
    IndexLine(1, "s.20", {"what": 'Names, "quoted"', "pages": 3, "severed": True}),
    IndexLine(2, "s.14", {"what": "Advice", "pages": None, "severed": False}),
]


def files(made: bytes) -> dict[str, bytes]:
    """The files of a bundle by their path below its folder."""
    with ZipFile(io.BytesIO(made)) as archive:
        return {name.removeprefix("release/"): archive.read(name) for name in archive.namelist()}


def entries(made: bytes, number: int = 1) -> list[dict[str, Any]]:
    return json.loads(files(made)[f"data/entries/{number:06}.json"])["entries"]


def test_a_whole_case_is_confirmed_by_its_published_key(office: Office, tmp_path: Path) -> None:
    stream = office.case("One", "Two")
    office.sign()
    verdict = office.verdict(office.bundle(selection_of(office.whole(stream))), tmp_path)
    assert (verdict.word, verdict.failure) == ("confirmed", None)
    assert verdict.counted.shown == len(office.ledger.store.stream(stream))
    assert verdict.counted.policies == 1


def test_without_a_key_it_is_consistent_and_with_another_key_it_fails(
    office: Office, tmp_path: Path
) -> None:
    stream = office.case()
    office.sign()
    made = office.bundle(selection_of(office.whole(stream)))
    assert verdict_on(made, tmp_path).word == "consistent"
    stranger = SignerKey.from_secret(office.key.partition("+")[0], ED25519, bytes(range(32)))
    verdict = office.verdict(made, tmp_path, key=str(stranger.verifier))
    assert verdict.failure is not None
    assert verdict.failure.step == 1
    assert "not signed by the key" in verdict.failure.sentence


def test_two_runs_give_the_same_bytes(office: Office) -> None:
    stream = office.case("Again")
    office.sign()
    chosen = selection_of(office.whole(stream))
    assert office.bundle(chosen) == office.bundle(chosen)


def test_nothing_in_it_is_compressed_and_other_readers_open_it(office: Office) -> None:
    stream = office.case()
    office.sign()
    with ZipFile(io.BytesIO(office.bundle(selection_of(office.whole(stream))))) as archive:
        assert {each.compress_type for each in archive.infolist()} == {ZIP_STORED}
        assert archive.testzip() is None


def test_withheld_lines_slots_and_words_are_given_as_digests_with_their_grounds(
    office: Office, tmp_path: Path
) -> None:
    stream = office.case(WORDS, "An advice")
    office.sign()
    count = len(office.ledger.store.stream(stream))
    chosen = StreamSelection(
        stream,
        count,
        (
            EntrySelection(1, slots={"answers.name": PRIVACY, "actor": ADVICE}),
            *(EntrySelection(version) for version in range(2, count - 1)),
            EntrySelection(
                count - 1,
                pieces={"text": (PieceRange(1, 3, PRIVACY), PieceRange(5, 6, ADVICE))},
            ),
            EntrySelection(count, line=ADVICE),
        ),
    )
    made = office.bundle(selection_of(chosen), INDEX)
    verdict = office.verdict(made, tmp_path)
    assert verdict.failure is None
    counted = verdict.counted
    assert (counted.slots_withheld, counted.words_withheld, counted.lines_withheld) == (2, 3, 1)
    assert counted.by_exemption == {"s.20": 2, "s.14": 3}
    *_, note, last = entries(made)
    assert last.keys() == {"digest", "version", "withheld"}
    said = [piece[1] if len(piece) == 2 else None for piece in note["texts"]["text"]]
    assert said[:4] == ["Call ", None, None, "back,  "]
    page = files(made)["data/chronology/en-0001.html"].decode()
    assert "Call [withheld: s.20] back," in page
    assert "An advice" not in page
    assert "[retenu : s.20]" in files(made)["data/chronology/fr-0001.html"].decode()


def test_what_is_out_of_scope_is_counted_by_its_digest(office: Office, tmp_path: Path) -> None:
    stream = office.case("Seen", "Not seen")
    office.sign()
    made = office.bundle(selection_of(replace(office.whole(stream), entries=(EntrySelection(2),))))
    verdict = office.verdict(made, tmp_path)
    assert verdict.failure is None
    assert verdict.counted.shown == 1
    assert verdict.counted.out_of_scope == len(office.ledger.store.stream(stream)) - 1


def test_entries_after_the_scope_are_counted_where_the_whole_stream_is_claimed(
    office: Office, tmp_path: Path
) -> None:
    stream = office.case("Within")
    chosen = selection_of(office.whole(stream))
    office.note(stream, "Afterwards")
    office.sign()
    made = office.bundle(chosen)
    assert office.verdict(made, tmp_path).counted.out_of_scope == 1
    assert b"Afterwards" not in made


def test_only_the_claim_of_whole_streams_carries_the_count(office: Office, tmp_path: Path) -> None:
    stream = office.case("One", "Two", "Three")
    office.sign()
    chosen = replace(
        office.whole(stream),
        entries=(EntrySelection(2), EntrySelection(4, line=PRIVACY), EntrySelection(5)),
    )
    stated = office.bundle(selection_of(chosen, claim="stated_scope"), INDEX)
    verdict = office.verdict(stated, tmp_path)
    assert verdict.failure is None
    assert (verdict.counted.shown, verdict.counted.lines_withheld) == (2, 1)
    assert verdict.counted.out_of_scope == 1
    assert [each["version"] for each in entries(stated)] == [2, 3, 4, 5]
    nothing = office.bundle(selection_of(chosen, claim="none"), INDEX)
    verdict = office.verdict(nothing, tmp_path)
    assert verdict.failure is None
    assert [each["version"] for each in entries(nothing)] == [2, 5]
    for made in (stated, nothing):
        assert "map" not in json.loads(files(made)["data/proofs/000001.json"])
        assert "upto" not in json.dumps(json.loads(files(made)["data/release.json"]))


def test_a_release_that_claims_nothing_does_not_mention_what_it_withholds_whole(
    office: Office, tmp_path: Path
) -> None:
    shown, hidden = office.case("Shown"), office.case("Hidden")
    office.sign()
    secret = replace(office.whole(hidden), entries=(EntrySelection(1, line=ADVICE),))
    made = office.bundle(selection_of(office.whole(shown), secret, claim="none"), INDEX)
    assert office.verdict(made, tmp_path).failure is None
    assert hidden.encode() not in made
    with pytest.raises(InvalidCommand, match="Nothing of it would be shown"):
        office.bundle(selection_of(secret, claim="none"), INDEX)


def test_the_policies_cited_are_in_it_with_their_text_but_not_their_members_names(
    office: Office,
) -> None:
    stream = office.case()
    office.sign()
    made = office.bundle(selection_of(office.whole(stream)))
    (policy,) = entries(made, 2)
    assert policy["slots"]["document"][1]["office"]
    assert len(policy["slots"]["names"]) == 1
    assert len(policy["slots"]["actor"]) == 1


def test_opening_is_recorded_before_and_nothing_is_opened_where_all_that_is_personal_is_withheld(
    office: Office,
) -> None:
    stream = office.case("Private")
    office.sign()

    def readings() -> int:
        facts = [each.fact for each in office.ledger.entries()]
        return sum(
            isinstance(each, PersonalValuesRead) and each.opened[0].stream == stream
            for each in facts
        )

    personal = {"answers.name", "answers.description", "answers.contact", "text", "external_id"}
    closed = tuple(
        EntrySelection(
            each.entry.version,
            slots=dict.fromkeys(
                (name for name, slot in each.slots.items() if isinstance(slot, bytes)), PRIVACY
            ),
        )
        for each in office.ledger.disclosed(stream, versions=range(1, 99))
    )
    assert personal & set().union(*(each.slots for each in closed))
    made = office.bundle(selection_of(replace(office.whole(stream), entries=closed)), INDEX)
    assert readings() == 0
    assert b"Private" not in made
    assert b"Private" in office.bundle(selection_of(office.whole(stream)))
    assert readings() == 1


def test_an_erased_value_is_its_digest_marked_erased(office: Office, tmp_path: Path) -> None:
    stream = office.case("Forgotten")
    office.sign()
    positions = [row.position for row in office.ledger.store.stream(stream)]
    keys = {each.key_id for each in office.ledger.store.sealed(positions)}
    successor = MasterKey.read(office.place.master_key).successor()
    office.ledger.vault.destroy(frozenset(keys), successor=successor)
    made = office.bundle(selection_of(office.whole(stream)))
    verdict = office.verdict(made, tmp_path)
    assert verdict.failure is None
    assert verdict.counted.erased > 0
    assert b"Forgotten" not in made
    assert "[erased]" in files(made)["data/chronology/en-0001.html"].decode()
    successor.write(office.place.master_key)


def test_what_a_checkpoint_does_not_cover_is_refused(office: Office) -> None:
    office.sign()
    late = office.case("After the checkpoint")
    with pytest.raises(InvalidCommand, match="caseledger checkpoint"):
        office.bundle(selection_of(office.whole(late)))


def test_slots_and_words_that_are_not_there_cannot_be_withheld(office: Office) -> None:
    stream = office.case("Two words")
    office.sign()
    count = len(office.ledger.store.stream(stream))
    for entry, why in (
        (EntrySelection(count, slots={"texts": PRIVACY}), "has no slot 'texts'"),
        (EntrySelection(count, pieces={"text": (PieceRange(1, 3, PRIVACY),)}), "ends after word 2"),
        (EntrySelection(count, pieces={"actor": (PieceRange(0, 1, PRIVACY),)}), "holds no text"),
        (
            EntrySelection(
                count, slots={"text": PRIVACY}, pieces={"text": (PieceRange(0, 1, PRIVACY),)}
            ),
            "withheld whole",
        ),
    ):
        with pytest.raises(InvalidCommand, match=why):
            office.bundle(selection_of(replace(office.whole(stream), entries=(entry,))), INDEX)


def test_the_index_is_the_same_as_json_and_as_csv(office: Office) -> None:
    stream = office.case()
    office.sign()
    made = files(office.bundle(selection_of(office.whole(stream)), INDEX))
    assert made["data/index.csv"].decode() == (
        'number,exemption,what,pages,severed\r\n1,s.20,"Names, ""quoted""",3,true\r\n'
        "2,s.14,Advice,,false\r\n"
    )
    assert json.loads(made["data/index.json"])["lines"][0]["said"] == ['Names, "quoted"', 3, True]


def test_a_large_release_is_written_in_volumes(office: Office, tmp_path: Path) -> None:
    streams = [office.case(*["A note"] * 20) for _ in range(8)]
    office.sign()
    made = office.bundle(
        selection_of(*map(office.whole, streams), languages=("fr",), recipient="Marie Tremblay")
    )
    assert office.verdict(made, tmp_path).failure is None
    volumes = [name for name in files(made) if name.endswith(".pdf")]
    assert volumes == ["data/chronology/fr-0001.pdf", "data/chronology/fr-0002.pdf"]
    assert "Marie Tremblay" in files(made)["data/chronology/fr-0002.html"].decode()


def test_the_document_is_tagged_and_archival_and_says_what_the_page_says(office: Office) -> None:
    stream = office.case("Le pont s'est effondré")
    office.sign()
    made = files(office.bundle(selection_of(office.whole(stream))))
    for language in ("en", "fr"):
        document = PdfReader(io.BytesIO(made[f"data/chronology/{language}-0001.pdf"]))
        catalog: Any = document.root_object
        assert catalog["/Lang"] == language
        assert catalog["/MarkInfo"]["/Marked"]
        stated = catalog["/Metadata"].get_object().get_data().decode()
        assert re.search(r"pdfuaid:part(?:>|=\")1", stated)
        assert re.search(r"pdfaid:part(?:>|=\")2", stated)
        assert re.search(r"pdfaid:conformance(?:>|=\")A", stated)
        said = " ".join(" ".join(page.extract_text() for page in document.pages).split())
        assert "pont s'est effondré" in said.replace("\u2019", "'")


def test_what_is_said_is_text_and_never_markup(office: Office) -> None:
    stream = office.case("<script>alert(1)</script> & #panic() $x$ [a] *b*")
    office.sign()
    made = files(office.bundle(selection_of(office.whole(stream), languages=("en",))))
    assert (
        b"&lt;script&gt;alert(1)&lt;/script&gt; &amp; #panic()"
        in made["data/chronology/en-0001.html"]
    )
    document = PdfReader(io.BytesIO(made["data/chronology/en-0001.pdf"]))
    assert "#panic() $x$ [a] *b*" in " ".join(
        " ".join(page.extract_text() for page in document.pages).split()
    )


def test_times_of_an_entry_that_are_the_same_are_told_once(office: Office) -> None:
    stream = office.case("Again")
    office.sign()
    made = files(office.bundle(selection_of(office.whole(stream))))
    page = made["data/chronology/en-0001.html"].decode()
    assert "<dt>Happened, known, recorded</dt>" in page
    assert "signed on " in page
    assert "<dt>Fait survenu, connu, consigné</dt>" in made["data/chronology/fr-0001.html"].decode()


def test_what_goes_on_with_an_entry_names_it_unless_what_shows_that_is_withheld(
    office: Office,
) -> None:
    """Of two waits nobody who had but the bundle could tell which had ended."""
    stream = office.case("Again")
    case_id, wait_id = UUID(stream.partition("/")[2]), office.ledger.new_id()
    for command in (
        BeginWaiting(case_id=case_id, wait_id=wait_id, reason="weather"),
        EndWaiting(case_id=case_id, wait_id=wait_id),
    ):
        office.ledger.handle(command, actor=INTAKE)
    office.sign()
    whole = office.whole(stream)
    ended = whole.upto_version
    page = files(office.bundle(selection_of(whole)))["data/chronology/en-0001.html"].decode()
    assert re.search(rf"Goes on with</dt>\s*<dd>Entry {ended - 1}</dd>", page)
    hidden = EntrySelection(ended, slots={"wait_id": PRIVACY})
    withheld = selection_of(replace(whole, entries=(*whole.entries[:-1], hidden)))
    page = files(office.bundle(withheld, INDEX))["data/chronology/en-0001.html"].decode()
    assert "Goes on with" not in page
