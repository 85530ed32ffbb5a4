"""Who is accountable for a case when, by what happened, however late it was recorded."""

from __future__ import annotations

from collections.abc import Sequence

from projections.flow.measured import timed
from projections.rows.spans import SPANS, SpanRow
from tests.projections.telling import (
    MONDAY,
    Story,
    accepted,
    adjudicated,
    adjudication_required,
    at,
    declined,
    imported,
    opened,
    pulled,
    received_at,
    recused,
    rehomed,
    reopened,
    resolved,
    returned,
    routed,
    transferred,
    unanswered,
    waits,
    waits_no_more,
)


def spans(story: Story) -> tuple[SpanRow, ...]:
    return SPANS.after(story.told)


def said(rows: Sequence[SpanRow]) -> list[tuple[float, str, str | None, str | None]]:
    return [
        ((row.from_at - MONDAY).total_seconds() / 3600, row.kind, row.team, row.owner)
        for row in rows
    ]


def moves(rows: Sequence[SpanRow]) -> list[tuple[str | None, str | None]]:
    return [(row.came_by, row.left_by) for row in rows]


def test_a_case_routed_as_it_comes_is_the_teams_from_the_first_instant() -> None:
    rows = spans(Story().then(0, opened()).then(0, routed("RDW")).then(3, pulled("RDW", "R-02")))
    assert said(rows) == [(0, "queued", "RDW", None), (3, "with_owner", "RDW", "R-02")]
    assert moves(rows) == [("new", None), (None, None)]


def test_a_letter_that_lay_unrouted_was_with_the_intake_desk() -> None:
    rows = spans(Story().then(0, opened(), known=30).then(30, routed("RDW")))
    assert said(rows) == [(0, "unrouted", None, None), (30, "queued", "RDW", None)]
    assert moves(rows) == [("new", "transferred_out"), ("transferred_in", None)]


def test_while_a_case_is_in_transit_its_sender_stays_accountable() -> None:
    story = Story().then(0, opened()).then(0, routed("RDW")).then(1, pulled("RDW", "R-02"))
    story.then(5, transferred(1, ("RDW", "R-02"), "INC"))
    assert said(spans(story))[-1] == (5, "in_transit", "RDW", "R-02")
    story.then(9, accepted(1, "INC", "N-02"))
    rows = spans(story)
    assert said(rows)[-1] == (9, "with_owner", "INC", "N-02")
    assert moves(rows)[-2:] == [(None, "transferred_out"), ("transferred_in", None)]


def test_a_declined_case_never_left() -> None:
    story = Story().then(0, opened()).then(0, routed("RDW"))
    story.then(5, transferred(1, ("RDW", None), "INC")).then(6, declined(1, "RDW"))
    rows = spans(story)
    assert [row.kind for row in rows] == ["queued", "in_transit", "queued"]
    assert {row.team for row in rows} == {"RDW"}
    assert moves(rows) == [("new", None), (None, None), (None, None)]


def test_when_nobody_answers_in_time_the_receiving_leader_is_accountable_until_somebody_does() -> (
    None
):
    story = Story().then(0, opened()).then(0, routed("RDW")).then(1, pulled("RDW", "R-02"))
    story.then(5, transferred(1, ("RDW", "R-02"), "INC")).then(29, unanswered(1, "INC", "L-03"))
    assert said(spans(story))[-2:] == [
        (5, "in_transit", "RDW", "R-02"),
        (29, "in_transit", "INC", "L-03"),
    ]
    story.then(31, accepted(1, "INC", "N-02"))
    assert said(spans(story))[-1] == (31, "with_owner", "INC", "N-02")
    assert moves(spans(story))[-2:] == [("transferred_in", None), (None, None)]


def test_a_returned_case_is_with_the_team_that_sorts_and_says_so() -> None:
    story = Story().then(0, opened()).then(0, routed("RDW")).then(1, pulled("RDW", "R-02"))
    story.then(5, returned("RDW", "INT"))
    assert said(spans(story))[-1] == (5, "returned", "INT", None)
    story.then(7, routed("INC"))
    assert said(spans(story))[-1] == (7, "queued", "INC", None)


def test_a_case_that_bounced_awaits_its_adjudication_unless_somebody_works_on_it() -> None:
    story = Story().then(0, opened()).then(0, routed("RDW")).then(1, returned("RDW", "INT"))
    story.then(2, routed("INC")).then(3, returned("INC", "INT")).then(3, adjudication_required())
    assert said(spans(story))[-1] == (3, "adjudication", "INT", None)
    story.then(4, pulled("INT", "I-02"))
    assert said(spans(story))[-1] == (4, "with_owner", "INT", "I-02")
    story.then(5, adjudicated("INT", "INC"))
    assert said(spans(story))[-1] == (5, "queued", "INC", None)


def test_a_returned_case_stays_so_where_nobody_takes_it_and_is_so_no_more_once_somebody_did() -> (
    None
):
    story = Story().then(0, opened()).then(0, routed("RDW")).then(5, returned("RDW", "INT"))
    story.then(6, transferred(1, ("INT", None), "INC")).then(7, declined(1, "INT"))
    assert said(spans(story))[-1] == (7, "returned", "INT", None)
    story.then(8, transferred(2, ("INT", None), "INC")).then(9, accepted(2, "INC"))
    assert said(spans(story))[-1] == (9, "queued", "INC", None)


def test_a_wait_that_is_recorded_late_divides_the_spans_that_were_there() -> None:
    story = Story().then(0, opened()).then(0, routed("RDW")).then(8, pulled("RDW", "R-02"))
    story.then(4, waits(1), known=20)
    assert said(spans(story)) == [
        (0, "queued", "RDW", None),
        (4, "waiting:particulars", "RDW", None),
        (8, "waiting:particulars", "RDW", "R-02"),
    ]
    story.then(6, waits_no_more(1), known=21)
    assert said(spans(story)) == [
        (0, "queued", "RDW", None),
        (4, "waiting:particulars", "RDW", None),
        (6, "queued", "RDW", None),
        (8, "with_owner", "RDW", "R-02"),
    ]


def test_custody_that_is_recorded_late_holds_until_what_came_after_it() -> None:
    story = Story().then(0, imported(team="A")).then(10, pulled("C", "c"))
    story.then(4, pulled("B", "b"), known=20)
    rows = spans(story)
    assert said(rows) == [
        (0, "queued", "A", None),
        (4, "with_owner", "B", "b"),
        (10, "with_owner", "C", "c"),
    ]
    assert moves(rows) == [
        ("new", "transferred_out"),
        ("transferred_in", "transferred_out"),
        ("transferred_in", None),
    ]


def test_whoever_stepped_back_had_it_until_then_and_what_others_have_stays_theirs() -> None:
    story = Story().then(0, opened()).then(0, routed("RDW")).then(1, pulled("RDW", "R-02"))
    story.then(4, recused("R-03")).then(5, rehomed("R-03", "R-04"))
    assert said(spans(story))[-1] == (1, "with_owner", "RDW", "R-02")
    story.then(6, recused("R-02"))
    assert said(spans(story))[-2:] == [
        (1, "with_owner", "RDW", "R-02"),
        (6, "queued", "RDW", None),
    ]
    story.then(7, pulled("RDW", "R-03")).then(8, rehomed("R-03", "R-04"))
    assert said(spans(story))[-1] == (8, "with_owner", "RDW", "R-04")
    story.then(7.5, recused("R-03"), known=9)
    assert said(spans(story))[-2:] == [
        (7.5, "queued", "RDW", None),
        (8, "with_owner", "RDW", "R-04"),
    ]


def test_a_receipt_that_is_corrected_begins_the_first_span_and_takes_away_those_before_it() -> None:
    story = Story().then(0, opened()).then(2, routed("RDW")).then(6, pulled("RDW", "R-02"))
    story.then(8, received_at(-4))
    assert said(spans(story))[0] == (-4, "unrouted", None, None)
    story.then(9, received_at(3))
    rows = spans(story)
    assert said(rows) == [(3, "queued", "RDW", None), (6, "with_owner", "RDW", "R-02")]
    assert moves(rows)[0] == ("new", None)


def test_nothing_is_accountable_before_the_receipt() -> None:
    rows = spans(Story().then(0, imported(team="A")).then(-5, pulled("B", "b")))
    assert said(rows) == [(0, "with_owner", "B", "b")]


def test_a_case_that_ended_before_it_began_came_and_went() -> None:
    rows = spans(Story().then(0, imported(team="A")).then(-24, resolved("ended")))
    assert said(rows) == [(0, "queued", "A", None), (0, "resolved", "A", None)]
    assert moves(rows) == [("new", "resolved"), (None, None)]


def test_how_a_case_left_says_why_it_ended() -> None:
    for outcome, left in (
        ("granted", "resolved"),
        ("withdrawn", "withdrawn"),
        ("lapsed", "lapsed"),
        ("referred-out", "referred_out"),
    ):
        rows = spans(Story().then(0, imported(team="A")).then(2, resolved(outcome)))
        assert rows[0].left_by == left


def test_a_reopened_case_is_its_teams_again_and_nobodys_in_it() -> None:
    story = Story().then(0, opened()).then(0, routed("RDW")).then(1, pulled("RDW", "R-02"))
    story.then(5, resolved()).then(30, reopened())
    rows = spans(story)
    assert said(rows)[-2:] == [(5, "resolved", "RDW", "R-02"), (30, "queued", "RDW", None)]
    assert moves(rows)[-1] == ("reopened", None)


def test_a_reopening_that_is_recorded_late_leaves_the_case_with_whoever_took_it_since() -> None:
    story = Story().then(0, opened()).then(0, routed("RDW")).then(1, pulled("RDW", "R-02"))
    story.then(5, resolved()).then(40, pulled("RDW", "R-03")).then(30, reopened(), known=41)
    assert said(spans(story))[-2:] == [
        (30, "queued", "RDW", None),
        (40, "with_owner", "RDW", "R-03"),
    ]


def test_the_lengths_add_up_to_whole_seconds() -> None:
    story = Story().then(0, opened()).then(0.0001, routed("RDW")).then(1.00017, pulled("RDW", "a"))
    found = timed(spans(story), at(2))
    assert sum(each.seconds for each in found) == 7200
