"""The feed: the log from the first entry on, in order, and to each who follows what they may see and no more."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from api.feed import Feed, cloud_event, following
from api.machines import machine
from ledger.case.custody.recusal import RecuseFromCase
from ledger.case.intake.opening import OpenCase
from ledger.entry import Actor
from ledger.policy.acting.feeding import SHOWN_UNDER, Follower
from ledger.registers.tray import ReceiveMachineMail
from ledger.service import Ledger
from tests.api.http.identities import key_of
from tests.api.http.served import Caller, Served
from tests.ledgers import INTAKE, place_in

AUDITOR, SYSTEM = "A-01", "watch"
WORDS = "Zephyrine Quillfeather of 12 Unlikely Lane"


def everything(caller: Caller, *, limit: int = 1_000) -> list[dict[str, Any]]:
    """All events from the first on, page after page by the links, until a page leads to itself."""
    found: list[dict[str, Any]] = []
    address = f"/v1/feed?after=0&limit={limit}"
    while True:
        page = caller.get(address)
        assert page.status_code == 200, page.text
        found += page.json()
        after = httpx.URL(page.links["next"]["url"]).raw_path.decode()
        if after == address:
            return found
        address = after


def worked(office: Served) -> tuple[str, str]:
    """A case that came from another system and one that came by phone, with words that are personal."""
    system = office.as_member(SYSTEM)
    theirs = system.opened(channel="web", answers={"description": WORDS})
    system.post(f"/v1/cases/{theirs}/note", {"text": WORDS})
    ours = office.as_member("I-02").opened(answers={"description": WORDS})
    office.as_member("I-02").post("/v1/parties", {"name": WORDS})
    return theirs, ours


def test_an_auditor_replays_the_log_from_the_first_entry_in_order(office: Served) -> None:
    worked(office)
    events = everything(office.as_member(AUDITOR), limit=3)
    ledger = office.service.ledger
    known = [entry for entry in ledger.entries() if entry.kind in SHOWN_UNDER]
    assert [int(each["sequence"]) for each in events] == [entry.position for entry in known]
    assert {each["subject"].partition("/")[0] for each in events} >= {"policy", "case", "party"}


def test_another_system_follows_what_came_from_it_and_nothing_else(office: Served) -> None:
    theirs, ours = worked(office)
    events = everything(office.as_member(SYSTEM))
    references = {each["data"]["reference"] for each in events}
    assert theirs in references
    assert ours not in references
    assert {each["subject"].partition("/")[0] for each in events} == {"case"}


def test_no_personal_value_travels_and_each_is_named_with_where_it_is_read(office: Served) -> None:
    theirs, _ = worked(office)
    for member in (AUDITOR, SYSTEM):
        events = everything(office.as_member(member))
        assert WORDS.partition(" ")[0] not in str(events)
        noted = [each for each in events if each["data"].get("reference") == theirs][-1]
        assert (noted["type"], noted["data"]["personal"]) == ("caseledger.NoteAdded", ["text"])
        version = noted["data"]["version"]
        assert noted["dataref"] == f"/v1/cases/{theirs}/entries#{version}"
        opened = [each for each in events if each["type"] == "caseledger.CaseOpened"][-1]
        assert "answers.description" in opened["data"]["personal"]


def test_compartments_do_not_travel_to_anybody(office: Served) -> None:
    reference = office.as_member("I-02").opened()
    assert office.as_member(AUDITOR).post(f"/v1/cases/{reference}/note", {"text": "No."}).is_error
    refused = office.service.ledger.store.tip()
    assert [e.topic for e in office.service.ledger.entries(after=refused - 1)] == ["ActRefused"]
    for member in (AUDITOR, SYSTEM):
        kinds = {each["subject"].partition("/")[0] for each in everything(office.as_member(member))}
        assert kinds <= {"case", "party", "policy", "anchor"}


def test_a_page_on_which_nothing_is_shown_says_up_to_where_it_was_looked(office: Served) -> None:
    office.as_member("I-02").opened()
    tip = office.service.ledger.store.tip()
    system = office.as_member(SYSTEM)
    page = system.get(f"/v1/feed?after={tip - 1}")
    assert (page.json(), page.headers["Ledger-Position"]) == ([], str(tip))
    assert page.links["next"]["url"].endswith(f"after={tip}")
    opened = system.post(
        "/v1/cases",
        {"channel": "web", "request_type": "RDW-POT", "language": "en", "region": "HAL"},
    )
    next_page = system.get(httpx.URL(page.links["next"]["url"]).raw_path.decode())
    came = [int(each["sequence"]) for each in next_page.json()]
    assert int(opened.headers["Ledger-Position"]) in came


def test_each_event_is_a_cloud_event_of_version_1(office: Served) -> None:
    worked(office)
    page = office.as_member(AUDITOR).get("/v1/feed?after=0&limit=1000")
    assert page.headers["Content-Type"] == "application/cloudevents-batch+json"
    events = page.json()
    assert len({(each["source"], each["id"]) for each in events}) == len(events)
    assert sorted(each["sequence"] for each in events) == [each["sequence"] for each in events]
    for each in events:
        assert each["specversion"] == "1.0"
        for name, value in each.items():
            assert re.fullmatch("[a-z0-9]{1,20}", name)
            assert name == "data" or (isinstance(value, str) and value)
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z", each["time"])
        assert each["data"]["digest"]


def test_the_digest_of_an_event_is_that_of_its_receipt(office: Served) -> None:
    said = {"channel": "web", "request_type": "RDW-POT", "language": "en", "region": "HAL"}
    receipt = office.as_member(SYSTEM).post("/v1/cases", said).json()
    (event,) = [
        each
        for each in everything(office.as_member(SYSTEM))
        if int(each["sequence"]) == receipt["position"]
    ]
    assert event["data"]["digest"] == receipt["digest"]


@pytest.mark.parametrize("member", ["R-02", "D-01", "I-02", "O-01"])
def test_whoever_has_no_task_there_is_refused_and_that_is_on_record(
    office: Served, member: str
) -> None:
    refused = office.as_member(member).get("/v1/feed?after=0")
    assert (refused.status_code, refused.json()["code"]) == (403, "not-authorised")
    (last,) = list(office.service.ledger.entries(after=office.service.ledger.store.tip() - 1))
    assert (last.topic, last.actor.id) == ("ActRefused", member)


@pytest.mark.parametrize(
    "query",
    [
        "after=-1",
        "after=abc",
        "after=1e3",
        "after=999999",
        "after=9" * 20,
        "before=3",
        "after=3-0123456789abcdef",
        "after=0-0123456789abcdef",
        "after=3-0123",
        "after=3-",
    ],
)
def test_a_position_that_is_none_or_not_there_is_refused_in_a_sentence(
    office: Served, query: str
) -> None:
    said = office.as_member(AUDITOR).get(f"/v1/feed?{query}")
    assert (said.status_code, said.json()["code"]) == (422, "invalid-command")


def test_whoever_comes_back_with_the_id_of_an_event_or_its_position_goes_on_after_it(
    office: Served,
) -> None:
    worked(office)
    auditor = office.as_member(AUDITOR)
    events = everything(auditor)
    for place in (0, len(events) // 2, len(events) - 1):
        last = events[place]
        for after in (last["id"], str(int(last["sequence"]))):
            page = auditor.get(f"/v1/feed?after={after}&limit=1000")
            assert page.json() == events[place + 1 :], after


def test_after_a_restore_the_id_of_an_entry_that_was_lost_names_no_other_one(
    tmp_path: Path,
) -> None:
    place, copy = place_in(tmp_path), tmp_path / "backup"
    with place.office():
        pass
    assert isinstance(place.location, Path)
    shutil.copytree(place.location, copy)
    heard: list[tuple[int, str]] = []
    for home in (place.location, copy):
        with Ledger.open(home, master_key=place.master_key, clock=place.clock) as ledger:
            opened(ledger, ledger.new_id())
            feed, position = Feed(ledger), ledger.store.tip()
            read = feed.entry(Follower(AUDITOR, "person", ("auditor",)), position)
            assert read is not None
            event = cloud_event(read, ledger_id=feed.ledger_id)
            known = [feed.is_at(at, said.partition("-")[2]) for at, said in heard]
            assert known == [False] * len(heard), "another entry stands at its position"
            assert feed.is_at(position, event["id"].partition("-")[2])
            heard.append((position, event["id"]))
    (one, _), (other, _) = heard
    assert one == other
    assert len({said for _, said in heard}) == 2


def with_key(office: Served, *scopes: str) -> Caller:
    """The other system, with a key of these scopes."""
    return Caller(office.client, key_of(office, SYSTEM, *scopes))


def test_a_key_shows_what_its_scopes_allow(office: Served) -> None:
    theirs, _ = worked(office)
    assert with_key(office, "case.*").get("/v1/feed?after=0").status_code == 403
    assert everything(with_key(office, "feed.read")) == []
    seen = everything(with_key(office, "feed.*", "case.entries"))
    assert theirs in {each["data"]["reference"] for each in seen}


def opened(ledger: Ledger, case_id: UUID) -> None:
    """A case about a pothole."""
    ledger.handle(
        OpenCase(case_id=case_id, channel="phone", request_type="RDW-POT", region="HAL"),
        actor=INTAKE,
    )


def test_whoever_stepped_back_from_a_case_is_shown_nothing_of_it(tmp_path: Path) -> None:
    with place_in(tmp_path).office() as ledger:
        case_id = ledger.new_id()
        opened(ledger, case_id)
        mails = {about: ledger.new_id() for about in (case_id, None)}
        for about, item_id in mails.items():
            received = ReceiveMachineMail(item_id=item_id, mail_kind="bounce", about_case=about)
            ledger.handle(received, actor=machine("mail"))
        feed, auditor = Feed(ledger), Follower(AUDITOR, "person", ("auditor",))
        shown = {e.entry.stream for e in feed.page(auditor, after=0, limit=100).entries}
        assert {f"case/{case_id}", *(f"tray/{each}" for each in mails.values())} < shown
        actor = Actor("person", AUDITOR, role="auditor", team="INT")
        ledger.handle(RecuseFromCase(case_id=case_id, member=AUDITOR), actor=actor)
        page = feed.page(auditor, after=0, limit=100)
        left = {e.entry.stream for e in page.entries if e.entry.kind != "policy"}
        assert left == {f"tray/{mails[None]}"}, "mail about the case is of it"
        assert page.looked_upto == ledger.store.tip()


@pytest.mark.parametrize("most", [2, 10_000])
@pytest.mark.parametrize("topics", [set[str](), {"CaseOpened"}])
def test_pages_of_any_length_are_the_whole_and_none_holds_more_than_was_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, topics: set[str], most: int
) -> None:
    with place_in(tmp_path).office() as ledger:
        for _ in range(3):
            opened(ledger, case_id := ledger.new_id())
            ledger.read_opened(f"case/{case_id}", actor=INTAKE, purpose="To call back.")
        feed, tip = Feed(ledger), ledger.store.tip()
        auditor = Follower(INTAKE.id, "person", ("auditor",))  # who opened the cases, too
        whole = [
            each.position
            for each in ledger.entries()
            if each.kind in SHOWN_UNDER and (not topics or each.topic in topics)
        ]
        monkeypatch.setattr(following, "LOOKED_AT_MOST", most)
        for limit in (1, 2, 3, 100):
            found, after = list[int](), 0
            while after < tip:
                page = feed.page(auditor, after=after, limit=limit, topics=topics)
                assert len(page.entries) <= limit
                assert after < page.looked_upto <= tip
                found += [each.entry.position for each in page.entries]
                after = page.looked_upto
            assert found == whole
        alone = [each for each in range(1, tip + 2) if feed.entry(auditor, each) is not None]
        assert topics or alone == whole


def test_an_event_is_the_same_whenever_it_is_read(tmp_path: Path) -> None:
    with place_in(tmp_path).office() as ledger:
        opened(ledger, ledger.new_id())
        auditor = Follower(AUDITOR, "person", ("auditor",))
        one, other = (
            [cloud_event(each, ledger_id=feed.ledger_id) for each in page.entries]
            for feed in (Feed(ledger), Feed(ledger))
            for page in (feed.page(auditor, after=0, limit=100),)
        )
        assert one == other
