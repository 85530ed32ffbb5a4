"""Answers that may last: the feed, and what takes as long as what is given out is large."""

from __future__ import annotations

_STREAMING = "/v1/feed"
_BEGINS = ("/v1/disclosures/", "/v1/inquiries/", "/v1/erasures/")
_ENDS = ("/draw", "/propose", "/make", "/bundle", "/archives", "/transfer")


def lasts(path: str) -> bool:
    """Whether an answer of this address, or of this template of one, is given all the time that it takes."""
    given_out = path.startswith(_BEGINS) and path.endswith(_ENDS)
    return path.startswith(_STREAMING) or given_out or _of_a_case(path)


def _of_a_case(path: str) -> bool:
    return path.startswith("/v1/cases/") and path.endswith("/bundle")
