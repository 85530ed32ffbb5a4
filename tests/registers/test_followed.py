"""Which topics a system may be told of: those alone of which some feed shows an entry."""

from __future__ import annotations

from pathlib import Path

from ledger.policy.acting.feeding import SHOWN_UNDER
from ledger.registers.integrations.followed import CHAPTERS, followed_topics
from ledger.store import StoredRow
from tests.golden.stored import golden_files, read

_IN_NO_STREAM_OF_THEIRS = {"ApiKeyIssued", "ApiKeyRevoked", "CaseGivenOut"}
"""Facts whose examples were stored as if they were of a case."""


def test_a_topic_may_be_followed_where_a_feed_shows_its_kind_of_stream() -> None:
    kinds = {row.topic: row.stream.partition("/")[0] for row in map(_row, golden_files())}
    kinds |= dict.fromkeys(_IN_NO_STREAM_OF_THEIRS, "none")
    shown = {topic for topic, kind in kinds.items() if kind in SHOWN_UNDER}
    assert {*followed_topics()} == shown
    assert {"CaseResolved", "PartySafeContactSet", "LogAnchored"} < shown
    assert shown.isdisjoint({"InquiryOpened", "PersonalValuesRead", "SubscriptionMade"})


def test_each_kind_of_stream_that_a_feed_shows_says_which_facts_happen_in_it() -> None:
    assert CHAPTERS.keys() == SHOWN_UNDER.keys()


def _row(path: Path) -> StoredRow:
    return read(path).row
