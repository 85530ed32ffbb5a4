"""Any opening of a case, sensible or not, and any history of one from another system: for laws."""

from __future__ import annotations

from hypothesis import strategies as st

from ledger.case.history.imported import ImportCase, ImportedStep
from ledger.case.intake.opening import OpenCase
from tests.case.cases import APPLICATION, DANGER, ENQUIRY, INCOMPLETE, POTHOLE, UNSORTED
from tests.case.fields import (
    answers,
    channels,
    ids,
    near,
    of_the_case,
    types,
)

SENSIBLE = st.sampled_from([POTHOLE, DANGER, ENQUIRY, UNSORTED, INCOMPLETE, APPLICATION])
_any_opening = of_the_case(
    OpenCase,
    channel=channels,
    request_type=st.none() | types,
    region=st.none() | st.sampled_from(["HAL", "WES-CLARE", "MOON"]),
    language=st.sampled_from([None, "en", "fr"]),
    severity=st.sampled_from(["other", "immediate_danger"]),
    flags=st.sampled_from([(), ("adjustment",)]),
    answers=answers,
    reached_body_at=st.none() | near,
    reached_office_at=st.none() | near,
    requester=st.none() | ids,
)
STEP = st.builds(
    ImportedStep,
    at=near,
    activity=st.sampled_from(["register", "check"]),
    actor=st.sampled_from([None, "x-11", "x-22"]),
    team=st.sampled_from([None, "permits", "INT"]),
    takes_over=st.booleans(),
    rows=st.just((1,)),
)
_imported = of_the_case(
    ImportCase,
    batch=ids,
    source=st.just("old"),
    external_id=st.just("1"),
    channel=channels,
    channel_family=st.just("web"),
    request_type=st.none() | types,
    received_at=near,
    deadline_at=st.none() | near,
    ended_at=st.none() | near,
    team=st.sampled_from([None, "INT", "permits"]),
    steps=st.lists(STEP, max_size=3).map(tuple),
)
OPENINGS = st.one_of(SENSIBLE, SENSIBLE, _any_opening, _imported)
