"""For all reviews: what is withheld is shown nowhere, its lines add up, and a later release supersedes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from hypothesis import given as for_all
from hypothesis import strategies as st

from ledger.errors import LedgerError
from ledger.registers.disclosures.dispositions import DisposeItem, Redaction
from ledger.registers.disclosures.guard import ExplainDifference
from ledger.registers.disclosures.items import ListDisclosureItem
from ledger.registers.disclosures.releasing import AuthoriseRelease, RecordRelease
from ledger.registers.disclosures.review import Found, ProposeWithholding
from ledger.registers.disclosures.state import LINE
from projections.disclosures.dossier import Dossier, as_authorised, dossier
from projections.disclosures.index import columns, withholding_index
from projections.disclosures.index_lines import IndexAudience, records
from projections.disclosures.selecting import index_lines, release_of, selection_of
from projections.releases.selection import Selection, refuse_unsound
from tests.deciding import Asked, History, number
from tests.registers.disclosing import (
    ANSWER,
    APPROVE,
    CASE,
    CLAIM,
    COMPARE,
    DRAW,
    DRAWN,
    FINDER,
    ID,
    NAME,
    OFFICER,
    OPEN,
    PERSONAL,
    SCOPE,
    asked,
    at,
    disclosure,
    law,
    released,
    withheld,
)

AUDIENCES: tuple[IndexAudience, ...] = ("notice", "applicant", "regulator")
SLOTS = [
    (entry.version, each.slot, each.pieces) for entry in DRAWN.entries for each in entry.personal
]


@dataclass(frozen=True)
class Act:
    """Something that an officer or the finder does in a review, at random."""

    kind: str
    slot: int
    first: int
    end: int


ACTS = st.lists(
    st.builds(
        Act,
        st.sampled_from(["words", "whole", "release", "propose", "line", "unline"]),
        st.integers(0, len(SLOTS) - 1),
        st.integers(0, 5),
        st.integers(1, 6),
    ),
    max_size=12,
)
PAGES = st.lists(
    st.tuples(
        st.integers(1, 9),
        st.sampled_from(["release_in_full", "withhold_in_full", "release_in_part", "duplicate"]),
        st.integers(1, 9),
    ),
    max_size=5,
)


def done(history: History[Any], each: Asked) -> History[Any]:
    """The disclosure after this, or as it was where it is refused."""
    try:
        return history.asked(each)
    except LedgerError:
        return history


def acted(history: History[Any], act: Act, place: int) -> History[Any]:
    version, slot, _ = SLOTS[act.slot]
    match act.kind:
        case "words":
            return done(history, withheld(at(version, slot, act.first, act.end), reasons=PERSONAL))
        case "whole":
            return done(history, withheld(at(version, slot), reasons=NAME))
        case "line":
            return done(history, withheld(at(version, LINE), reasons=NAME))
        case "unline":
            return done(history, released(at(version, LINE)))
        case "release":
            return done(history, released(at(version, slot)))
        case _:
            found = Found(
                proposal_id=number(500 + place), target=at(version, slot, act.first, act.end),
                exemption="X-OTHERS", found_by="pattern",
            )  # fmt: skip
            propose = ProposeWithholding(disclosure_id=ID, found=(found,))
            return done(history, Asked(propose, FINDER))


def finished(history: History[Any]) -> History[Any]:
    """Whatever still waits is decided: withheld what was proposed or left, so that it can be released."""
    for version, slot, _ in SLOTS:
        if (version, slot) in history.state.streams[CASE].undecided:
            history = done(history, withheld(at(version, slot), reasons=NAME))
    for proposal in list(history.state.proposals.values()):
        if not proposal.answered and proposal.words:
            target = at(proposal.version, proposal.slot, *proposal.words)
            history = done(history, withheld(target, reasons=PERSONAL))
    return history


def with_items(history: History[Any], pages: Sequence[tuple[int, str, int]]) -> History[Any]:
    for place, (count, disposition, cut) in enumerate(pages):
        item = number(700 + place)
        mark = "m0" if disposition == "duplicate" else f"m{place}"
        listed = ListDisclosureItem(
            disclosure_id=ID, item_id=item, digest="0a" * 32, mark=mark, pages=count,
            media_type="application/pdf", custodian="Roads", description="A memorandum",
        )  # fmt: skip
        history = done(history, Asked(listed, OFFICER))
        chosen = "release_in_full" if disposition == "duplicate" else disposition
        redaction = Redaction(first_page=cut, last_page=cut, exemptions=("X-PERSONAL",))
        part = chosen == "release_in_part" and cut <= count and count > 1
        command = DisposeItem(
            disclosure_id=ID, item_id=item,
            disposition=_chosen(chosen, part=part),
            redactions=(redaction,) if part else (),
            reasons=None if chosen == "release_in_full" else NAME,
        )  # fmt: skip
        history = done(history, Asked(command, OFFICER))
    return history


def _chosen(disposition: str, *, part: bool) -> Any:
    if part or disposition == "release_in_full":
        return disposition
    return "withhold_in_full"


def released_as(history: History[Any], release_id: UUID) -> History[Any]:
    authorise = AuthoriseRelease(
        disclosure_id=ID, release_id=release_id, given_to="Ada Lind", purpose="Her request"
    )
    record = RecordRelease(
        disclosure_id=ID, release_id=release_id, bundle="be" * 32, checkpoint_size=9,
        checkpoint_root="r",
    )  # fmt: skip
    answer = Asked(ANSWER.command.model_copy(update={"outcome": "refused"}), OFFICER)
    ready = asked(history, COMPARE, APPROVE, answer)
    return asked(ready, Asked(authorise, OFFICER), Asked(record, OFFICER))


def review(acts: Sequence[Act], pages: Sequence[tuple[int, str, int]] = ()) -> History[Any]:
    history = asked(disclosure(), OPEN, SCOPE, DRAW)
    for place, act in enumerate(acts):
        history = acted(history, act, place)
    return asked(with_items(finished(history), pages), CLAIM)


def made(history: History[Any], release_id: UUID) -> tuple[Dossier, Selection]:
    known = as_authorised(history.entries, release_id)
    return known, selection_of(known, release_of(known, release_id), records(known, law()), {})


FIRST, SECOND = number(900), number(901)


@for_all(ACTS)
def test_whatever_is_withheld_is_nowhere_in_what_the_selection_shows(acts: list[Act]) -> None:
    history = review(acts)
    known, selection = made(released_as(history, FIRST), FIRST)
    drawn = history.state.streams[CASE]
    (stream,) = selection.streams
    chosen = {each.version: each for each in stream.entries}
    assert chosen.keys() == {1, 2}
    for version, slot, pieces in SLOTS:
        entry, reviewed = chosen[version], drawn.reviewed.get((version, slot))
        if drawn.hidden(version):
            assert entry.line is not None
            continue
        assert reviewed is not None, "every personal slot that is shown was decided"
        assert reviewed.whole is not None
        if reviewed.whole.outcome == "withhold":
            assert slot in entry.slots
            continue
        assert slot not in entry.slots
        cut = {
            piece
            for (first, end), each in reviewed.words.items()
            if each.outcome == "withhold"
            for piece in range(first, end)
        }
        hidden = {
            piece for each in entry.pieces.get(slot, ()) for piece in range(each.first, each.end)
        }
        assert hidden == cut
        assert hidden <= set(range(pieces))
    index = withholding_index(
        known, law(), disclosure_id=ID, audience="applicant", release_id=FIRST
    )
    refuse_unsound(selection, index_lines(index))


@for_all(ACTS, PAGES)
def test_the_sums_of_the_index_are_those_of_the_list_of_documents_for_every_audience(
    acts: list[Act], pages: list[tuple[int, str, int]]
) -> None:
    history = released_as(review(acts, pages), FIRST)
    known = as_authorised(history.entries, FIRST)
    found = [
        withholding_index(known, law(), disclosure_id=ID, audience=each, release_id=FIRST)
        for each in AUDIENCES
    ]
    items = list(known.items.values())
    for index in found:
        sums = index.sums
        assert sums.items == len(items)
        assert sums.pages == sum(each.listed.pages for each in items)
        assert sums.pages == sums.pages_full + sums.pages_part + sums.pages_withheld
        assert sums.duplicates == sum(each.lead is not None for each in items)
        assert [each["line"] for each in index.lines] == list(range(1, len(index.lines) + 1))
        assert all(tuple(each) == columns(index.audience) for each in index.lines)
    assert len({len(each.lines) for each in found}) == 1, "a number is the same line for everybody"


@for_all(ACTS, ACTS)
def test_a_later_release_re_issues_the_index_and_supersedes_the_one_before(
    acts: list[Act], more: list[Act]
) -> None:
    first = released_as(review(acts), FIRST)
    again = first
    for place, act in enumerate(more, 100):
        again = acted(again, act, place)
    again = finished(again)
    again = asked(again, COMPARE)
    for key, each in again.state.differences.items():
        if not each.answered:
            from_guard = ExplainDifference(
                disclosure_id=ID, differences=(key,), reason="Found on review."
            )
            again = asked(again, Asked(from_guard, OFFICER))
    second = released_as(again, SECOND)
    known = as_authorised(second.entries, SECOND)
    index = withholding_index(known, law(), disclosure_id=ID, audience="notice", release_id=SECOND)
    assert (index.version, index.supersedes) == (2, FIRST)
    before = as_authorised(second.entries, FIRST)
    as_issued = withholding_index(
        before, law(), disclosure_id=ID, audience="notice", release_id=FIRST
    )
    alone = withholding_index(
        as_authorised(first.entries, FIRST), law(), disclosure_id=ID, audience="notice",
        release_id=FIRST,
    )  # fmt: skip
    assert as_issued == alone, "what was issued with a release stays what it was"


def test_what_was_never_opened_has_an_empty_dossier() -> None:
    assert dossier([]).opened is None
