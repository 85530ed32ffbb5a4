"""Types of problems: whoever follows the address of one reads what it means, what to do, and where it can be met."""

from __future__ import annotations

import re

import pytest

from api.http.refusing.problems import TITLES
from api.http.refusing.remedies import REMEDIES
from tests.api.http.served import Served


def test_whoever_follows_the_type_of_a_problem_reads_what_to_do(office: Served) -> None:
    desk, nobody = office.as_member("I-02"), office.nobody()
    address = f"/v1/cases/{desk.opened()}/transfer"
    said = {"to_team": "INC", "reason": "wrong-team", "handover": "It is theirs."}
    refused = office.as_member("R-02").post(address, said, Accept_Language="fr")
    told = nobody.get(refused.json()["type"], Accept_Language="fr")
    assert (told.status_code, told.headers["Content-Language"]) == (200, "fr")
    assert told.headers["Vary"].startswith("Accept, Accept-Language")
    found = told.json()
    assert found["type"] == refused.json()["type"] == "/problems/precondition-required"
    assert (found["status"], found["title"]) == (428, refused.json()["title"])
    assert "envoyez son ETag" in found["what_to_do"]
    assert "POST /v1/cases/{ref}/transfer" in found["operations"]
    assert "POST /v1/cases" not in found["operations"], "an order matters only of what is there"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_browser_is_shown_a_page(office: Served, language: str) -> None:
    headers = {"Accept": "text/html,application/xhtml+xml;q=0.9", "Accept-Language": language}
    for code, (status, *titles) in TITLES.items():
        page = office.nobody().get(f"/problems/{code}", **headers)
        assert page.headers["Content-Type"] == "text/html; charset=utf-8"
        assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert f'<html lang="{language}">' in page.text
        assert (f" {status} " in page.text, "<script" in page.text) == (True, False)
        title = titles[language == "fr"].replace("'", "&#x27;")
        assert re.findall(r"<h1>(.+)</h1>", page.text) == [title]


def test_each_type_of_problem_has_its_remedy_in_both_languages() -> None:
    assert REMEDIES.keys() == TITLES.keys()
    for english, french in REMEDIES.values():
        assert (english[-1], french[-1], english == french) == (".", ".", False)


def test_every_operation_that_says_it_can_fail_so_is_named(office: Served) -> None:
    document = office.nobody().get("/openapi.json").json()
    named = office.nobody().get("/problems/version-conflict").json()["operations"]

    def fails_so(response: dict[str, str]) -> bool:
        shared = document["components"]["responses"].get(response.get("$ref", "").split("/")[-1])
        contents = [] if shared is None else shared["content"].values()
        return any("version-conflict" in each.get("examples", {}) for each in contents)

    failing = {
        f"{method.upper()} {path}"
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if any(fails_so(each) for each in operation["responses"].values())
    }
    assert failing == {*named}
    assert {"POST /v1/cases/{ref}/note", "GET /v1/cases/{ref}"} <= failing


def test_a_type_that_there_is_not_says_where_all_are_named(office: Served) -> None:
    refused = office.nobody().get("/problems/bad-weather")
    assert (refused.status_code, refused.json()["code"]) == (404, "not-found")
    assert "the schema Problem in `GET /openapi.json`" in refused.json()["detail"]
