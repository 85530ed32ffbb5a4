"""Disclosures over HTTP: what nobody is shown, who is refused, and which problem answers what cannot be done."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from uuid import UUID

import httpx
import pytest
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.http import HttpSettings
from api.http.bodies import body_of
from api.http.rooms.disclosing import EXAMPLES
from api.http.serving.metrics import Metrics
from api.http.serving.middleware import Outermost
from api.verbs.disclosures import DISCLOSING
from api.verbs.disclosures.field_words import WORDS
from ledger.registers.disclosures import DISCLOSURE
from ledger.registers.keeping.accesses import ActRefused
from tests.api.disclosing import without_digests
from tests.api.http.access_office import (
    APPLICANT,
    CONSULT,
    DOCUMENT,
    OFFICER,
    RELEASE,
    ROADS,
    SAID,
    WHY,
    WITHHELD,
    AccessOffice,
    access_office,
    done,
)
from tests.ledgers import place_in


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AccessOffice]:
    with access_office(place_in(tmp_path_factory.mktemp("access"))) as served:
        yield served


def test_what_is_withheld_or_sealed_stands_in_no_answer_and_what_is_opened_is_on_record(
    office: AccessOffice,
) -> None:
    begun = office.begun(office.letter())
    begun.did("scope", {"cases": [office.pothole()], "words": "What Ada Lind said."})
    begun.did("draw")
    begun.did("propose")
    begun.did("item", DOCUMENT)
    begun.did("accept", {"proposals": begun.proposed(), "reasons": WHY})
    reads = ("", "/trail", "/trail.csv", "/trail?language=fr", "/index", "/index.csv")
    for part in reads:
        said = without_digests(done(office.officer.get(begun.path + part)).text)
        assert not [each for each in (*WITHHELD, SAID, "privacy is invaded") if each in said], part
    unsaid = office.officer.get(begun.path + "/index/regulator")
    assert unsaid.status_code == 400, "why the reasons are read is said first"
    before = office.served.service.ledger.store.tip()
    whole = office.officer.get(begun.path + "/index/regulator", Audit_Reason="A complaint.")
    assert {each["harm"] for each in whole.json()["lines"]} == {"Their privacy is invaded."}
    assert not [each for each in WITHHELD if each in without_digests(whole.text)]
    (entry,) = office.served.service.ledger.entries(after=before)
    assert (entry.topic, entry.actor.id) == ("PersonalValuesRead", OFFICER)
    schedule = office.officer.get(begun.path + "/index/applicant.csv", Audit_Reason="A complaint.")
    assert len(schedule.text.splitlines()) == len(whole.json()["lines"]) + 1


def test_whoever_is_not_of_the_access_office_is_refused_and_that_is_on_record(
    office: AccessOffice,
) -> None:
    begun = office.begun(office.letter())
    before = office.served.service.ledger.store.tip()
    roads = office.served.as_member(ROADS)
    assert roads.get(begun.path).status_code == 403
    assert roads.post(f"{begun.path}/claim", {"claim": "none"}).status_code == 403
    refused = [
        (entry.fact.act, entry.fact.about)
        for entry in office.served.service.ledger.entries(after=before)
        if isinstance(entry.fact, ActRefused)
    ]
    stream = f"disclosure/{begun.disclosure_id}"
    assert refused == [("disclosure.read", stream), ("disclosure.claim", stream)]


def test_whoever_stepped_back_from_the_request_has_no_way_to_its_answer(
    office: AccessOffice,
) -> None:
    ref = office.letter()
    begun = office.begun(ref)
    done(office.officer.post(f"/v1/cases/{ref}/recuse", {}, If_Match=office.officer.seen(ref)))
    answer = office.officer.post(f"{begun.path}/time", {"activity": "review", "minutes": 5})
    assert (answer.status_code, answer.json()["code"]) == (403, "not-authorised")
    assert office.officer.get(begun.path).status_code == 403
    assert office.approver.get(begun.path).status_code == 200


def test_what_is_approved_is_what_was_seen(office: AccessOffice) -> None:
    begun = office.begun(office.letter())
    caller = office.officer
    unsaid = caller.post(f"{begun.path}/claim", {"claim": "stated_scope"})
    assert (unsaid.status_code, unsaid.json()["code"]) == (428, "precondition-required")
    seen = f'"{begun.seen()["version"]}"'
    begun.did("time", {"activity": "review", "minutes": 5})
    stale = begun.asked("claim", {"claim": "stated_scope"}, If_Match=seen)
    assert (stale.status_code, stale.json()["code"]) == (412, "version-conflict")
    assert (stale.json()["expected"], stale.json()["actual"]) == (1, 2)


WRONG: dict[str, tuple[str, object, int, str]] = {
    "a scope of nothing": ("scope", {}, 409, "refused"),
    "a case that is not there": ("scope", {"cases": [str(UUID(int=7))]}, 404, "case-not-found"),
    "no reference": ("scope", {"cases": ["x"]}, 422, "invalid-command"),
    "no kind of entry": ("scope", {"topics": ["Nonsense"]}, 422, "invalid-command"),
    "drawn before it is agreed": ("draw", {}, 409, "unlawful-transition"),
    "a fee of less than nothing": ("pay", {"paid_cents": -1}, 422, "invalid-command"),
    "a number that no entry holds": ("pay", {"paid_cents": 2**60}, 422, "invalid-command"),
    "a fee nobody estimated": ("pay", {"paid_cents": 1}, 409, "unlawful-transition"),
    "no proposal": ("accept", {"proposals": [str(UUID(int=7))]}, 409, "unlawful-transition"),
    "no document": (
        "dispose",
        {"item_id": str(UUID(int=7)), "disposition": "release_in_full"},
        409,
        "unlawful-transition",
    ),
    "what is not in scope": (
        "decide",
        {"targets": [{"in_stream": "case/x", "in_version": 1, "slot": "text"}], "outcome": "release"},
        409,
        "refused",
    ),
    "a field that is told by nobody": ("compare", {"others": []}, 422, "invalid-command"),
    "the mark of a document": ("item", {**DOCUMENT, "mark": "mine"}, 422, "invalid-command"),
    "nothing to explain": ("explain", {"reason": "Why."}, 422, "invalid-command"),
    "no consultation": ("heard", {"position": "consents"}, 422, "invalid-command"),
    "a notice that names the applicant": (
        "consult",
        {**CONSULT, "words": f"{APPLICANT} of the paper wants your letter."},
        409,
        "refused",
    ),
    "a release that is not approved": ("release", RELEASE, 409, "refused"),
    "nothing to make": ("make", {}, 409, "unlawful-transition"),
    "nothing to abandon": ("abandon", {"reason": "No."}, 409, "unlawful-transition"),
    "nothing to deliver": ("deliver", {"method": "email"}, 409, "unlawful-transition"),
}  # fmt: skip


def test_what_cannot_be_done_is_the_right_problem_and_changes_nothing(office: AccessOffice) -> None:
    begun = office.begun(office.letter())
    for what, (verb, body, status, code) in WRONG.items():
        before = begun.seen()
        refused = begun.asked(verb, body)
        assert (refused.status_code, refused.json()["code"]) == (status, code), what
        assert begun.seen() == before, what


def test_a_scope_that_selects_nothing_or_says_no_time_is_not_set(office: AccessOffice) -> None:
    begun, case = office.begun(office.letter()), office.pothole()
    begun.did("scope", {"cases": [case]})
    begun.did("draw")
    before = begun.seen()
    for from_at, status in (("2100-01-01T00:00:00Z", 409), ("soon", 422)):
        refused = begun.asked("scope", {"cases": [case], "from_at": from_at})
        assert (refused.status_code, begun.seen()) == (status, before)


@pytest.mark.parametrize("known", ["no-uuid", str(UUID(int=7))])
def test_a_disclosure_that_is_not_there_is_a_problem(office: AccessOffice, known: str) -> None:
    wanted = (422, "invalid-command") if known == "no-uuid" else (404, "disclosure-not-found")
    for part in ("", "/trail", "/index", f"/releases/{known}/bundle"):
        answer = office.officer.get(f"/v1/disclosures/{known}{part}")
        assert (answer.status_code, answer.json()["code"]) == wanted, part
    answer = office.officer.post(
        f"/v1/disclosures/{known}/time", {"activity": "review", "minutes": 5}
    )
    assert (answer.status_code, answer.json()["code"]) == wanted
    begun = office.begun(office.letter())
    missing = office.officer.get(f"{begun.path}/releases/{UUID(int=7)}/bundle")
    assert (missing.status_code, missing.json()["code"]) == (404, "not-found")
    unnumbered = office.officer.get(f"{begun.path}/index?release=3")
    assert (unnumbered.status_code, unnumbered.json()["code"]) == (404, "not-found")


@pytest.mark.parametrize(
    "query", ["", "?from=2026-02-30&until=2026-03-01", "?from=2026-03-02&until=2026-03-01"]
)
def test_statistics_are_asked_from_one_date_to_another(office: AccessOffice, query: str) -> None:
    answer = office.officer.get(f"/v1/disclosures/statistics{query}")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-command")


def test_a_disclosure_is_told_as_it_was_known_then(office: AccessOffice) -> None:
    begun = office.begun(office.letter())
    then = office.served.clock.at.isoformat().replace("+00:00", "Z")
    office.served.clock.pass_by(minutes=5)
    begun.did("time", {"activity": "review", "minutes": 5})
    assert begun.seen()["disclosure"]["minutes"] == 5
    known = office.officer.get(f"{begun.path}?known_at={then}").json()
    assert (known["version"], known["disclosure"]["minutes"]) == (1, 0)
    early = office.officer.get(f"{begun.path}?known_at=2020-01-01")
    assert early.json()["code"] == "disclosure-not-found"


async def _answers_later(scope: Scope, receive: Receive, send: Send) -> None:
    await run_in_threadpool(bool)
    await Response("It is done.")(scope, receive, send)


@pytest.mark.parametrize(
    ("part", "status"),
    [("draw", 200), ("propose", 200), ("make", 200), ("releases/1/bundle", 200), ("claim", 503)],
)
def test_what_takes_as_long_as_a_request_covers_much_may_last(part: str, status: int) -> None:
    app = Outermost(_answers_later, HttpSettings(timeout_seconds=0), Metrics())

    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.post(f"/v1/disclosures/{UUID(int=7)}/{part}")

    assert asyncio.run(asked()).status_code == status


def test_every_field_of_a_verb_is_told_in_a_sentence_and_every_verb_has_its_example() -> None:
    asked = {name for verb in DISCLOSING.values() for name in verb.asked_for}
    assert asked == WORDS.keys()
    assert EXAMPLES.keys() == DISCLOSING.keys()
    for name, verb in DISCLOSING.items():
        body_of(verb, in_path=frozenset()).model_validate_json(json.dumps(EXAMPLES[name]))


def test_a_person_can_ask_every_command_of_a_disclosure() -> None:
    assert {verb.command for verb in DISCLOSING.values()} == {*DISCLOSURE.decisions}
