"""The front: whoever comes to the address of the service is told where to go on, and verifies what they were given."""

from __future__ import annotations

import re
from hashlib import sha256

from projections.releases.verify_page import page_digest
from tests.api.http.served import Served


def test_whoever_comes_without_an_address_is_told_what_there_is_and_each_of_it_is_there(
    office: Served,
) -> None:
    found = office.nobody().get("/")
    assert (found.status_code, found.headers["Content-Type"]) == (200, "application/json")
    links = {each["rel"]: each["href"] for each in found.json()["links"]}
    assert links["service-desc"] == "/openapi.json"
    assert {rel for _, rel in re.findall(r'<([^>]+)>; rel="([^"]+)"', found.headers["Link"])} == {
        *links
    }
    for href in links.values():
        assert office.nobody().get(href).status_code == 200, href
    page = office.nobody().get("/", Accept="text/html", Accept_Language="fr")
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert (page.headers["Content-Language"], '<html lang="fr">' in page.text) == ("fr", True)
    assert re.findall(r'href="([^"]+)"', page.text) == [*links.values()]
    assert office.nobody().get("/?known_at=2026-03-02").status_code == 422
    assert office.nobody().ask("HEAD", "/", headers={}).status_code == 200


def test_the_page_that_verifies_is_the_one_in_every_bundle_and_its_own_script_alone_may_run(
    office: Served,
) -> None:
    page = office.nobody().get("/verify.html")
    assert sha256(page.content).hexdigest() == page_digest()
    (within,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', page.text)
    assert page.headers["Content-Security-Policy"] == f"{within}; frame-ancestors 'none'"
    assert "script-src 'sha256-" in within
    assert page.headers["X-Content-Type-Options"] == "nosniff"


def test_what_this_software_says_of_itself_is_told_again_to_nobody_who_has_it(
    office: Served,
) -> None:
    described = office.nobody().get("/openapi.json").json()["paths"]
    for path in ("/openapi.json", "/verify.html"):
        assert "304" in described[path]["get"]["responses"]
        found = office.nobody().get(path, Accept_Encoding="gzip")
        kept = office.nobody().get(
            path, Accept_Encoding="gzip", If_None_Match=found.headers["ETag"]
        )
        assert (kept.status_code, kept.content) == (304, b"")
        for name in ("ETag", "Cache-Control", "Vary"):
            assert kept.headers[name] == found.headers[name], name
        assert (found.headers["Cache-Control"], found.headers["Vary"]) == (
            "no-cache",
            "Accept-Encoding",
        )
