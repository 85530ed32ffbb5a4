"""What is withheld is nowhere in a bundle, whatever is selected: no file, no page, no metadata, no field of the zip."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.case.contact.contacts import AddNote
from ledger.case.intake.opening import OpenCase
from ledger.commands import Request
from ledger.entry import Actor
from ledger.ids import case_stream
from ledger.sealing.disclosing import Disclosed, Salted
from projections.releases.selection import (
    Claim,
    EntrySelection,
    Ground,
    IndexLine,
    PieceRange,
    StreamSelection,
)
from tests.ledgers import INTAKE, place_in
from tests.releases.extracting import everything_in
from tests.releases.offices import Office, selection_of

GROUNDS = (Ground(1, "s.20"), Ground(2, "s.14"))
INDEX = [IndexLine(1, "s.20", {"what": "names"}), IndexLine(2, "s.14", {"what": "advice"})]


@dataclass
class Words:
    """Words that stand in one place of the ledger and nowhere else."""

    said: int = 0

    def __call__(self) -> str:
        self.said += 1
        return f"zq{self.said:04}é{self.said * 7919 % 10000:04}"


@dataclass(frozen=True)
class Recorded:
    """An office of which every recorded word is known by its place."""

    office: Office
    streams: list[str] = field(default_factory=list[str])


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recorded]:
    place, word = place_in(tmp_path_factory.mktemp("words")), Words()
    with place.office() as ledger:
        made = Recorded(Office(ledger, place))
        for _ in range(3):
            case_id = ledger.new_id()
            text = " ".join(word() for _ in range(6))
            answers = {"name": word(), "contact": word(), "description": text}
            opened = OpenCase(
                case_id=case_id, channel="phone", request_type="GEN-ENQ", answers=answers
            )
            note = AddNote(
                case_id=case_id,
                note_id=ledger.new_id(),
                text="\n".join(word() for _ in range(6)),
            )
            ledger.handle_all(
                [
                    Request(opened, Actor("person", word(), team=word()), basis=word()),
                    Request(note, Actor("person", word(), on_behalf_of=word())),
                ]
            )
            made.streams.append(case_stream(case_id))
        made.office.sign()
        yield made


@st.composite
def withheld_of(draw: st.DrawFn, entry: Disclosed) -> EntrySelection:
    """An entry of which something is withheld, or all, or nothing."""
    ground = st.sampled_from(GROUNDS)
    version = entry.entry.version
    if draw(st.integers(0, 5)) == 0:
        return EntrySelection(version, line=draw(ground))
    slots = draw(st.dictionaries(st.sampled_from(sorted(entry.slots)), ground, max_size=6))
    pieces: dict[str, tuple[PieceRange, ...]] = {}
    for name, words in entry.texts.items():
        if name in slots or not words or draw(st.booleans()):
            continue
        bounds = sorted(draw(st.sets(st.integers(0, len(words)), min_size=2, max_size=4)))
        pairs = zip(bounds[::2], bounds[1::2], strict=False)
        pieces[name] = tuple(PieceRange(first, end, draw(ground)) for first, end in pairs)
    return EntrySelection(version, slots=slots, pieces=pieces)


def words_of(entry: Disclosed, chosen: EntrySelection | None) -> tuple[set[str], set[str]]:
    """The words of an entry that a release shows, and those that it withholds, told from the ledger."""
    shown, hidden = set[str](), set[str]()
    for name, slot in entry.slots.items():
        if not isinstance(slot, Salted) or name in entry.texts:
            continue
        visible = chosen is not None and chosen.line is None and name not in chosen.slots
        found = {part for part in str(slot.value).replace("'", " ").split() if "zq" in part}
        (shown if visible else hidden).update(found)
    for name, words in entry.texts.items():
        for number, word in enumerate(words):
            assert isinstance(word, Salted)
            ranges = () if chosen is None else chosen.pieces.get(name, ())
            visible = chosen is not None and chosen.line is None and name not in chosen.slots
            visible = visible and not any(each.first <= number < each.end for each in ranges)
            (shown if visible else hidden).add(word.value.strip())
    return shown, hidden


@given(data=st.data())
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
def test_what_is_withheld_is_nowhere_and_what_is_shown_is_there(
    recorded: Recorded, tmp_path: Path, data: st.DataObject
) -> None:
    office = recorded.office
    claim: Claim = data.draw(st.sampled_from(["whole_stream", "stated_scope", "none"]))
    chosen: list[StreamSelection] = []
    shown, hidden = set[str](), set[str]()
    for stream in recorded.streams:
        versions = [row.version for row in office.ledger.store.stream(stream)]
        opened = office.ledger.disclosed_opened(
            stream, versions=versions, actor=INTAKE, purpose="a test"
        )
        entries = {
            each.entry.version: data.draw(withheld_of(each))
            for each in opened
            if data.draw(st.integers(0, 3))
        }
        if entries:
            chosen.append(StreamSelection(stream, versions[-1], tuple(entries.values())))
        for each in opened:
            visible, withheld = words_of(each, entries.get(each.entry.version))
            shown |= visible
            hidden |= withheld
    if not any(each.line is None for stream in chosen for each in stream.entries):
        return
    made = office.bundle(selection_of(*chosen, claim=claim), INDEX)
    assert office.verdict(made, tmp_path).failure is None
    said = everything_in(made)
    assert {word for word in hidden - shown if word in said} == set()
    assert {word for word in shown if word not in said} == set()
    assert "zq" in said or not shown
