"""What HTTP lets a server pass over is passed over, and what somebody says that they do not take they are not sent.

The sections are of RFC 9110.
"""

from __future__ import annotations

from http.client import HTTPConnection

import pytest

from api.http.accepting import accepts
from tests.api.http.served import Served


@pytest.mark.parametrize(
    ("said", "takes"),
    [
        ("gzip", True),
        ("br, GZIP ;q=0.5", True),
        ("gzip;level=1; q=0.001", True),
        ("gzip;q=0", False),
        ("br, gzip ; Q=0.000", False),
        ("gzip;level=1;q=0", False),
        ("gzip;q=none", False),
        ("x-gzip-like", False),
        ("", False),
    ],
)
def test_a_quality_of_nought_is_a_refusal(said: str, *, takes: bool) -> None:
    """Section 12.4.2."""
    assert accepts(said, "gzip") is takes


@pytest.mark.parametrize(
    ("said", "sent"),
    [
        ("gzip", "gzip"),
        ("identity;q=0, gzip;q=0.1", "gzip"),
        ("gzip;q=0", None),
        ("gzip;q=0, *;q=0.5", None),
        ("br", None),
        ("*;q=0", None),  # nothing that there is fits: sent as it is
    ],
)
def test_an_answer_is_compressed_for_whoever_takes_it_so(
    office: Served, said: str, sent: str | None
) -> None:
    """Section 12.5.3: otherwise it is sent as it is."""
    answer = office.nobody().get("/openapi.json", Accept_Encoding=said)
    assert (answer.status_code, answer.headers.get("Content-Encoding")) == (200, sent)
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.json()["openapi"].startswith("3.1")


@pytest.mark.parametrize(
    ("path", "said", "kind"),
    [
        ("/v1/feed", "text/event-stream;q=0", "application/cloudevents-batch+json"),
        ("/", "text/html;q=0, */*", "application/json"),
        ("/", "text/html, application/json;q=0", "text/html; charset=utf-8"),
        ("/v1/board", "application/json;q=0", "application/json"),  # there is no other form
        ("/v1/board", "application/xml", "application/json"),
        ("/v1/board.csv", "application/json", "text/csv; charset=utf-8; header=present"),
    ],
)
def test_of_two_forms_the_one_that_is_taken_is_sent_and_where_there_is_one_that_is(
    office: Served, path: str, said: str, kind: str
) -> None:
    """Section 12.5.1: where none fits, Accept may be disregarded."""
    answer = office.as_member("A-01").get(path, Accept=said)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, kind)


@pytest.mark.parametrize("said", ["bytes=0-9", "bytes=99999999-", "lines=1-2", "nonsense"])
def test_a_range_is_passed_over(office: Served, said: str) -> None:
    """Section 14.2: a server may ignore it, and then sends all."""
    answer = office.nobody().get("/", Range=said, If_Range='"1"')
    assert (answer.status_code, answer.json()["title"]) == (200, "Case Ledger")
    assert not {"content-range", "accept-ranges"} & {*answer.headers}


def test_options_of_no_address_is_answered_by_the_service(office: Served) -> None:
    """Section 9.3.7: it tries the service; and what has no content has no length (section 8.6)."""
    connection = HTTPConnection("127.0.0.1", office.client.base_url.port)
    for method, status in (("OPTIONS", 204), ("GET", 404)):
        connection.request(method, "*")
        answer = connection.getresponse()
        assert (answer.status, answer.read() == b"") == (status, method == "OPTIONS")
        assert (answer.headers["Content-Length"] is None) == (method == "OPTIONS")
    connection.close()
