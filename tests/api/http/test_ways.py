"""What a sentence says of the command line is told as it is done over HTTP, or as what whoever runs it can do."""

from __future__ import annotations

import re

from starlette.routing import Route

from api.http.app import every_route
from api.http.refusing.problems import problem
from api.http.refusing.ways import (
    ADDRESSES,
    ASKED_AT,
    COMMAND,
    FIELDS,
    WHOEVER_RUNS_IT,
    address_of,
    said_over_http,
)
from api.sentences import CHAPTERS
from ledger.errors import Refusal
from ledger.policy.values import Language
from tests.api.http.served import Served

SENTENCES = {english: french for each in CHAPTERS for english, french in each.SENTENCES.items()}
"""What whoever asks over HTTP is refused with."""
RUNS_IT = {
    "api-key", "checkpoint", "init", "keys", "policy", "prove", "rebuild", "recover", "restore", "roles", "verify",
}  # fmt: skip
"""Commands that are for whoever runs the service: nobody does over HTTP what they do."""
OPTION = re.compile(r"--[a-z]+(?:-[a-z]+)*")
SAID_BOTH_WAYS = {"--basis", "--cosigned"}
"""Options that stand beside what HTTP calls it, or with a command that is for whoever runs it."""


def commands() -> set[str]:
    return {found for each in SENTENCES for found in COMMAND.findall(each)}


def test_each_command_that_a_sentence_names_has_its_address_or_is_for_whoever_runs_the_service() -> (
    None
):
    assert {each.split()[0] for each in commands() if address_of(each) is None} == RUNS_IT


def test_the_addresses_that_are_named_are_there() -> None:
    there = {
        f"{method} {route.path}"
        for routes in every_route()
        for route in routes.router.routes
        if isinstance(route, Route)
        for method in route.methods or ()
    }
    assert {*ADDRESSES.values(), *ASKED_AT.values()} - there == set()


def test_each_field_that_is_named_is_one_of_a_body(office: Served) -> None:
    described = office.nobody().get("/openapi.json").text
    assert [each for each in FIELDS.values() if f'"{each}":' not in described] == []


def test_no_sentence_over_http_names_what_only_a_shell_takes() -> None:
    english: list[tuple[str, Language]] = [(each, "en") for each in SENTENCES]
    french: list[tuple[str, Language]] = [(each, "fr") for each in SENTENCES.values()]
    for sentence, language in (*english, *french):
        told = said_over_http(sentence, language)
        assert bool(COMMAND.search(told)) == told.endswith(WHOEVER_RUNS_IT[language]), told
        assert {*OPTION.findall(COMMAND.sub("", told))} <= SAID_BOTH_WAYS, told


def test_no_sentence_over_http_calls_a_command_as_the_ledger_does() -> None:
    named = re.compile(r"`[A-Z][a-z]+(?:[A-Z][a-z]+)+`")
    both = [*SENTENCES, *SENTENCES.values()]
    assert [each for each in both if named.search(each)] != []
    assert [told for each in both if named.search(told := said_over_http(each, "en"))] == []
    resolved = (
        "The case is resolved: reopen it first (`ReopenCase`), or open a new case and link it."
    )
    assert "(`POST /v1/cases/{ref}/reopen`)" in said_over_http(resolved, "en")


def test_what_is_refused_says_where_to_ask_instead(office: Served) -> None:
    asked = {"url": "https://8.8.8.8/hooks", "topics": ["InquiryOpened", "NoteAdded"]}
    caller = office.as_member("watch")
    refused = caller.post("/v1/webhooks", asked).json()
    assert refused["detail"] == (
        "No feed shows entries of the topic InquiryOpened: name others, as `GET /openapi.json` lists them."
    )
    document = caller.get("/openapi.json").json()
    body = document["components"]["schemas"]["SubscriptionBody"]
    told_of = body["properties"]["topics"]["items"]["enum"]
    assert {"NoteAdded", "caseledger.NoteAdded"} <= {*told_of}
    assert "PartyDied" not in told_of  # which another system is never shown
    assert "InquiryOpened" not in told_of
    error = Refusal("The team RDW has no rate: set one with `caseledger rate set RDW`.", rule="any")
    assert b"set one with `POST /v1/teams/{team}/rate`." in problem(error, language="en").body
