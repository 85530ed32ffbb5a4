"""Rows become histories: each is a step, a repeat, or set aside with its reason."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from api.channels.histories import CaseHistory, Channel, Step
from api.channels.mapping import Mapping
from tests.channels.logs import MAPPING, event, log_of, mapping, read, trace, xes


def at(hour: int) -> datetime:
    return datetime(2024, 3, 4, hour, tzinfo=UTC)


def one(folder: Path, *events: str, by: Mapping | None = None, **said: str) -> CaseHistory:
    """The only case of a log with these events."""
    cases, aside = read(log_of(folder, xes(trace("A-1", *events, **said)), read_by=by))
    assert not aside
    return cases[0]


def codes(case: CaseHistory) -> dict[str, tuple[int, ...]]:
    return {finding.code: finding.rows for finding in case.findings}


def test_a_case_is_read_as_its_source_tells_it(tmp_path: Path) -> None:
    case = one(
        tmp_path,
        event("2024-03-04T10:00:00+01:00", "receive", actor="ann", team="desk"),
        event("2024-03-04T11:00:00+01:00", "check", actor="bob", team="EMPTY"),
        channel="Letters",
        start="2024-03-04T08:00:00Z",
        due="2024-03-05T00:00:00Z",
        end="2024-03-06T00:00:00Z",
    )
    assert case.external_id == "A-1"
    assert case.channel == Channel("Letters", "letter", "mail")
    assert case.received_at == at(8)
    assert case.ended_late
    assert case.steps == (
        Step(at(9), 1, "receive", actor="ann", team="desk", takes_over=True),
        Step(at(10), 2, "check", actor="bob", takes_over=True, transferred_from="ann"),
    )
    assert case.findings == ()


def test_steps_stand_in_the_order_of_their_times_and_ties_in_that_of_the_file(
    tmp_path: Path,
) -> None:
    case = one(
        tmp_path,
        event("2024-03-04T10:00:00Z", "third"),
        event("2024-03-04T09:00:00Z", "first"),
        event("2024-03-04T10:00:00+01:00", "second"),
    )
    assert [step.activity for step in case.steps] == ["first", "second", "third"]
    assert case.received_at == at(9)


def test_a_transfer_is_seen_where_another_person_acts_next(tmp_path: Path) -> None:
    case = one(
        tmp_path,
        event("2024-03-04T09:00:00Z", actor="ann"),
        event("2024-03-04T10:00:00Z", actor="ann"),
        event("2024-03-04T11:00:00Z"),
        event("2024-03-04T12:00:00Z", actor="bob"),
        event("2024-03-04T13:00:00Z", actor="ann"),
    )
    assert [step.transferred_from for step in case.steps] == [None, None, None, "ann", "bob"]


def test_a_transfer_is_between_teams_where_the_mapping_says_so(tmp_path: Path) -> None:
    by = mapping(empty='empty = []\ntransfers = "team"')
    case = one(
        tmp_path,
        event("2024-03-04T09:00:00Z", actor="ann", team="desk"),
        event("2024-03-04T10:00:00Z", actor="bob", team="desk"),
        event("2024-03-04T11:00:00Z", actor="bob", team="permits"),
        by=by,
    )
    assert [step.transferred_from for step in case.steps] == [None, None, "desk"]


def test_an_exact_repeat_of_a_row_is_recognised_and_transfers_nothing(tmp_path: Path) -> None:
    case = one(
        tmp_path,
        event("2024-03-04T09:00:00Z", actor="ann", note="a"),
        event("2024-03-04T09:00:00Z", actor="bob"),
        event("2024-03-04T09:00:00Z", actor="ann", note="a"),
        event("2024-03-04T09:00:00Z", actor="ann", note="b"),
    )
    assert [step.duplicate_of for step in case.steps] == [None, None, 1, None]
    assert [step.transferred_from for step in case.steps] == [None, "ann", None, "bob"]
    assert [step.row for step in case.recorded] == [1, 2, 4]
    assert codes(case)["repeated-rows"] == (3,)


def test_which_rows_are_repeats_can_be_said_by_some_attributes_or_not_at_all(
    tmp_path: Path,
) -> None:
    events = (event(actor="ann", note="a"), event(actor="ann", note="b"), event(actor="ann"))
    by_some = mapping(empty='empty = []\nduplicates = ["time:timestamp", "org:resource"]')
    assert len(one(tmp_path, *events, by=by_some).recorded) == 1
    never = mapping(empty='empty = []\nduplicates = "none"')
    assert len(one(tmp_path, *events, *events, by=never).recorded) == 6


def test_oddities_in_time_are_findings_and_recorded_all_the_same(tmp_path: Path) -> None:
    case = one(
        tmp_path,
        event("2024-03-04T07:00:00Z"),
        event("2024-03-04T12:00:00Z"),
        start="2024-03-04T08:00:00Z",
        end="2024-03-04T06:00:00Z",
    )
    assert codes(case) | {"actor-missing": (), "channel-missing": ()} == {
        "events-before-start": (1,),
        "ended-before-start": (),
        "events-after-end": (1, 2),
        "actor-missing": (),
        "channel-missing": (),
    }
    assert len(case.recorded) == 2


def test_an_event_at_the_very_end_is_not_after_it(tmp_path: Path) -> None:
    case = one(
        tmp_path,
        event("2024-03-04T08:00:00Z"),
        start="2024-03-04T08:00:00Z",
        end="2024-03-04T08:00:00Z",
    )
    assert codes(case).keys() == {"actor-missing", "channel-missing"}


def test_a_case_that_never_ended_or_says_no_start_is_found(tmp_path: Path) -> None:
    case = one(tmp_path, event("2024-03-04T07:00:00Z"))
    assert {"never-ended", "start-missing"} <= codes(case).keys()
    assert (case.received_at, case.ended_at) == (at(7), None)


def test_a_channel_that_the_mapping_does_not_know_is_other_and_found(tmp_path: Path) -> None:
    case = one(tmp_path, event(), channel="Pigeon")
    assert case.channel == Channel("Pigeon", "other", None)
    assert "channel-unmapped" in codes(case)


def test_events_without_actor_and_under_test_accounts_are_found(tmp_path: Path) -> None:
    case = one(tmp_path, event(actor="EMPTY"), event(actor="test7"), event(actor="ann"))
    assert codes(case)["actor-missing"] == (1,)
    assert codes(case)["test-account"] == (2,)


def test_a_case_without_events_is_recorded_if_it_says_when_it_was(tmp_path: Path) -> None:
    log = log_of(tmp_path, xes(trace("A-1", start="2024-03-04T08:00:00Z"), trace("A-2")))
    cases, aside = read(log)
    assert [case.external_id for case in cases] == ["A-1"]
    assert "no-events" in codes(cases[0])
    assert [(each.row, each.place) for each in aside] == [(None, "trace 2")]


def test_the_end_is_taken_from_the_activities_where_the_mapping_names_no_attribute(
    tmp_path: Path,
) -> None:
    ends = '[activities]\nresolved = ["solve"]\nclosed = ["close"]\nreopened = ["reopen"]\n'
    by = mapping(MAPPING + ends, ended="")
    solve, close = event("2024-03-04T09:00:00Z", "solve"), event("2024-03-04T10:00:00Z", "close")
    reopen = event("2024-03-04T11:00:00Z", "reopen")
    assert one(tmp_path, solve, by=by).ended_at == at(9)
    assert one(tmp_path, solve, close, by=by).ended_at == at(10)
    assert one(tmp_path, solve, close, reopen, by=by).ended_at is None
    again = event("2024-03-04T12:00:00Z", "solve")
    assert one(tmp_path, solve, close, reopen, again, by=by).ended_at == at(12)


def test_a_row_without_time_activity_or_case_is_set_aside_with_the_reason(tmp_path: Path) -> None:
    log = log_of(
        tmp_path,
        xes(trace("A-1", event(at=""), event(activity="EMPTY"), event()), trace("", event())),
    )
    cases, aside = read(log)
    assert len(cases) == 1
    assert {(each.row, each.reason) for each in aside} == {
        (1, "it has no time ('time:timestamp')"),
        (2, "it has no activity ('concept:name')"),
        (4, "it has no case id ('concept:name')"),
    }
    assert len({each.digest for each in aside}) == 3


def test_a_second_trace_of_the_same_case_is_set_aside(tmp_path: Path) -> None:
    cases, aside = read(log_of(tmp_path, xes(trace("A-1", event()), trace("A-1", event()))))
    assert len(cases) == 1
    assert [(each.row, "once more" in each.reason) for each in aside] == [(2, True)]


def test_a_case_whose_own_times_cannot_be_read_is_set_aside_whole(tmp_path: Path) -> None:
    log = log_of(
        tmp_path,
        xes(trace("A-1", event(), event(activity="write"), due="2024-02-30T00:00:00Z")),
    )
    cases, aside = read(log)
    assert not cases
    assert [each.row for each in aside] == [1, 2]
    assert aside[0].reason.startswith("the deadline of its case '2024-02-30T00:00:00Z' is no exist")
