"""Pictures by GeoReport: their addresses, as many as come, and files, which are kept here to the byte."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import httpx
import pytest

from ledger.case.contact.contacts import ContactLogged
from ledger.case.contact.filing import RecordItemAdded
from ledger.ids import case_stream
from ledger.personal.originals import open_original, place_kept
from tests.api.http.served import Served
from tests.ledgers import INTAKE
from tests.open311.city import (
    EXAMPLE,
    V2,
    Application,
    entries,
    notes,
    offers,
    opening,
    with_open311,
)

ADDRESSES = ["https://photos.example/1.jpg", "https://photos.example/2.jpg"]
PICTURE = b"\xff\xd8\xff\r\n--b\r\n\x00\r\r\n\n--bound\r\n"
"""Bytes that an unwary reader of parts takes for the end of a part."""
A = b'--b\r\nContent-Disposition: form-data; name="a"'
"""How a part begins."""
IN_B = "; boundary=b"


def items(served: Served, request_id: str) -> list[RecordItemAdded]:
    facts = (each.entry.fact for each in entries(served, request_id))
    return [each for each in facts if isinstance(each, RecordItemAdded)]


def kept(served: Served, request_id: str, item: RecordItemAdded) -> bytes:
    service = served.service
    return open_original(
        service.ledger, service.home, case_stream(service.ledger.find_case(request_id)),
        item_id=item.item_id, actor=INTAKE, purpose="a test looks", purpose_code="intake",
        enclosed=lambda _raw, _number: None,
    )  # fmt: skip


def uploaded(
    city: Application, path: str, said: dict[str, str], *files: tuple[str, tuple[str, bytes, str]]
) -> httpx.Response:
    """What a form in parts is answered with."""
    assert city.key
    data = {"api_key": city.key, **said}
    return city.served.client.post(f"{V2}/{path}", data=data, files=list(files))


def test_each_address_of_several_pictures_is_kept_also_where_a_field_takes_one(
    served: Served, city: Application
) -> None:
    """FixMyStreet sends one for each picture, and was refused."""
    for name in ("media_url", "media_url[]"):
        said = {**EXAMPLE, "address_string": f"1 {name}", "media_url": "", name: ADDRESSES}
        request_id = city.post("requests.json", said).json()[0]["service_request_id"]
        (note,) = notes(served, request_id)
        assert [each for each in note.splitlines() if "media" in each] == [
            f"media_url: {each}" for each in ADDRESSES
        ]
    terms = {"media_url": "account_no", "address_string": "civic_location"}
    offers(served, with_open311(fields=terms))
    said = {**EXAMPLE, "address_string": "1 Two Pictures", "media_url": ADDRESSES}
    request_id = city.post("requests.json", said).json()[0]["service_request_id"]
    assert opening(served, request_id).answers.personal["account_no"] == ADDRESSES[0]
    assert f"media_url: {ADDRESSES[1]}" in notes(served, request_id)[0].splitlines()
    offers(served, with_open311())


def test_a_picture_that_is_uploaded_is_a_record_item_and_comes_back_to_the_byte(
    served: Served, city: Application
) -> None:
    """Whatever a client calls the field; what it says besides is as in any other form."""
    said = {**EXAMPLE, "address_string": "2 Upload Lane"}
    files = (
        ("media", ("C:\\Photos\\nid-de-poule é.jpg", PICTURE, "image/jpeg")),
        ("photo2", ("b", b"", "whatever they say")),
        ("empty", ("", b"", "application/octet-stream")),
    )
    answer = uploaded(city, "requests.json", said, *files)
    assert answer.status_code == 201, answer.text
    request_id = answer.json()[0]["service_request_id"]
    assert opening(served, request_id).answers.personal["description"] == EXAMPLE["description"]
    first, second = items(served, request_id)
    assert (first.digest, first.title) == (sha256(PICTURE).hexdigest(), "nid-de-poule é.jpg")
    assert (first.media_type, second.media_type) == ("image/jpeg", "application/octet-stream")
    assert kept(served, request_id, first) == PICTURE
    assert kept(served, request_id, second) == b""


def test_sent_again_it_adds_nothing_and_keeps_what_a_crash_kept_from_being_kept(
    served: Served, city: Application
) -> None:
    said = {**EXAMPLE, "address_string": "3 Upload Lane"}
    first = uploaded(city, "requests.xml", said, ("media", ("a.jpg", PICTURE, "image/jpeg")))
    other = uploaded(city, "requests.json", said, ("media", ("a.jpg", b"other", "image/jpeg")))
    assert (first.status_code, other.status_code) == (201, 201), "another picture of the same place"
    request_id = other.json()[0]["service_request_id"]
    (item,) = items(served, request_id)
    lies: Path = served.service.home / place_kept(item.item_id)
    lies.unlink()
    tip = served.service.ledger.store.tip()
    again = uploaded(city, "requests.json", said, ("media", ("a.jpg", b"other", "image/jpeg")))
    assert (again.status_code, again.json()) == (200, other.json())
    assert served.service.ledger.store.tip() == tip
    assert kept(served, request_id, item) == b"other"


@pytest.mark.parametrize("said", [{}, {"email": "ann@example.org"}])
def test_a_picture_comes_with_an_update_too(
    served: Served, city: Application, said: dict[str, str]
) -> None:
    request_id = city.sent()
    update = {"service_request_id": request_id, "description": "Deeper now.", "update_id": "u-9"}
    file = ("media[]", ("now.png", PICTURE, "image/png"))
    answer = uploaded(city, "servicerequestupdates.json", {**update, **said}, file)
    assert answer.status_code == 201, answer.text
    contacts = [each.entry.fact for each in entries(served, request_id)]
    assert any(isinstance(each, ContactLogged) for each in contacts)
    (item,) = items(served, request_id)
    assert kept(served, request_id, item) == PICTURE


def test_no_more_files_are_taken_than_anybody_sends(served: Served, city: Application) -> None:
    tip = served.service.ledger.store.tip()
    files = [("media", (f"{each}.jpg", b"x", "image/jpeg")) for each in range(21)]
    answer = uploaded(city, "requests.json", dict(EXAMPLE), *files)
    (error,) = answer.json()
    assert (answer.status_code, error["code"]) == (400, 400)
    assert error["description"] == "More than 20 files came with it: send fewer."
    assert served.service.ledger.store.tip() == tip


@pytest.mark.parametrize(
    ("kind", "body", "sentence"),
    [
        ("", b"--b--\r\n", "says no boundary"),
        (f"; boundary={'b' * 300}", b"--b--\r\n", "cannot be taken apart"),
        (IN_B, b"service_code=POT", "cannot be taken apart"),
        (IN_B, A + b'\r\n\r\nb', "ends before its last part"),
        (IN_B, b"--b\r\nContent-Type: text/plain\r\n\r\nb\r\n--b--\r\n", "has no name"),
        (
            IN_B,
            A + b'\r\nContent-Transfer-Encoding: base64\r\n\r\nYg==\r\n--b--',
            "coded for the way",
        ),
        (IN_B, A + b'\r\n\r\n\xe9\r\n--b--', "not UTF-8"),
        (
            IN_B,
            A + b'; filename="\xe2\x80\xaegpj.exe"\r\n\r\nb\r\n--b--',
            "control character",
        ),
        (IN_B, (A + b'\r\n\r\nb\r\n') * 301 + b"--b--", "than 300"),
    ],
)  # fmt: skip
def test_a_form_in_parts_that_cannot_be_read_is_refused_in_a_sentence(
    served: Served, city: Application, kind: str, body: bytes, sentence: str
) -> None:
    tip = served.service.ledger.store.tip()
    headers = {"Content-Type": f"multipart/form-data{kind}"}
    answer = served.client.post(f"{V2}/requests.json", content=body, headers=headers)
    (error,) = answer.json()
    assert (answer.status_code, sentence in error["description"]) == (400, True), error
    assert served.service.ledger.store.tip() == tip
