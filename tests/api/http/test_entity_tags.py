"""Tags and heads: what has not changed is not sent again, what was seen is matched, and a head is a get unsent."""

from __future__ import annotations

import re

import httpx
import pytest

from api.http.serving.listening import address_of
from tests.api.http.made import inquiry_about
from tests.api.http.served import Served


def test_a_case_that_did_not_change_is_not_sent_again(office: Served) -> None:
    reference = office.as_member("I-02").opened()
    roads = office.as_member("R-02")
    tag = roads.seen(reference)
    again = roads.get(f"/v1/cases/{reference}", If_None_Match=tag)
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    roads.post(f"/v1/cases/{reference}/note", {"text": "Something new."})
    assert roads.get(f"/v1/cases/{reference}", If_None_Match=tag).status_code == 200


def test_how_a_requester_may_be_contacted_safely_changes_their_case_though_nothing_happens_on_it(
    office: Served,
) -> None:
    """Said of the person under another record of theirs it was told on the command line alone."""
    intake, roads = office.as_member("I-02"), office.as_member("R-02")
    ada, again = (intake.post("/v1/parties", {"name": "Ada"}).json()["party_id"] for _ in range(2))
    address = f"/v1/cases/{intake.opened(requester=ada)}"
    for path, said in (
        (f"{ada}/same-person", {"other_party": again, "verdict": "same", "evidence": "One voice"}),
        (f"{again}/safe-contact", {"channels": ["phone"]}),
    ):
        before = roads.get(address)
        assert not before.json()["safe_contact_is_settled"]
        assert intake.post(f"/v1/parties/{path}", said).status_code == 201
    after = roads.get(address, If_None_Match=before.headers["ETag"])
    assert (after.status_code, after.json()["safe_contact_is_settled"]) == (200, True)


def test_what_is_to_be_read_only_as_it_was_seen_is_refused_once_it_changed(office: Served) -> None:
    """A page that is made of several answers would else be made of two states (RFC 9110, section 13.1.1)."""
    roads, address = office.as_member("R-02"), f"/v1/cases/{office.as_member('I-02').opened()}"
    for path in (address, f"{address}/trail", f"{address}/trail.csv"):
        tag = roads.get(path).headers["ETag"]
        for match in (tag, f'"something-else", {tag}', "*"):
            assert roads.get(path, If_Match=match).status_code == 200, (path, match)
        assert roads.get(path, If_Match=tag, If_None_Match=tag).status_code == 304
        roads.post(f"{address}/note", {"text": "Something new."})
        refused = roads.get(path, If_Match=tag, Accept_Language="fr")
        assert (refused.status_code, refused.json()["code"]) == (412, "version-conflict"), path
        assert "omettez l'en-tête" in refused.json()["detail"]
        none = roads.get(path, If_Match="4")
        assert (none.status_code, none.json()["code"]) == (400, "malformed-request"), path
    missing = roads.get("/v1/cases/7ZK3Q-0M9TB-R", If_Match='"1"')
    assert missing.status_code != 412, "what is not there is told as that (section 13.2.1)"


def test_a_question_that_is_posted_is_answered_whatever_tags_come_with_it(office: Served) -> None:
    desk, asked = office.as_member("I-02"), {"said": ["Qzabala"]}
    answers = [
        desk.post("/v1/people/search", asked, Audit_Reason="To call back", If_None_Match=tags)
        for tags in ('"x"', "*")
    ]
    assert [each.status_code for each in answers] == [200, 200]


def test_a_version_is_matched_as_http_has_it(office: Served) -> None:
    """A list of tags fits by any of them; one of another kind fits nothing; what a proxy weakened is known still."""
    intake, roads = office.as_member("I-02"), office.as_member("R-02")
    said = {"to_team": "INC", "reason": "wrong-team", "handover": "It is theirs."}

    def handed_over(match: str) -> tuple[int, str]:
        address = f"/v1/cases/{intake.opened()}"
        tag = roads.seen(address.rpartition("/")[2])
        assert re.fullmatch('"4-queued-[a-z]{8}-gzip"', tag)
        answer = roads.post(f"{address}/transfer", said, If_Match=match)
        return answer.status_code, answer.json().get("code", "")

    recorded, conflict = (201, ""), (412, "version-conflict")
    for match, expected in {
        '"4-queued"': recorded,
        '"4"': recorded,
        'W/"4-queued"': recorded,
        '"4-queued-ckbmqpfl-gzip"': recorded,
        '"3", "4-queued"': recorded,
        '"something-else", "4"': recorded,
        "*": recorded,
        '"3"': conflict,
        '"something-else"': conflict,
        'W/"Zm9v"': conflict,
        "4": (400, "malformed-request"),
        '"4': (400, "malformed-request"),
    }.items():
        assert handed_over(match) == expected, match


def test_tags_that_stand_on_several_lines_are_one_list(office: Served) -> None:
    intake, roads = office.as_member("I-02"), office.as_member("R-02")
    address, said = f"/v1/cases/{intake.opened()}", {"to_team": "INC", "reason": "wrong-team"}

    def asked(method: str, path: str, name: str, *lines: str) -> httpx.Response:
        headers = [("Authorization", f"Bearer {roads.token}"), ("Idempotency-Key", f"{lines}")]
        headers += [(name, line) for line in lines]
        body = {**said, "handover": "It is theirs."} if method == "POST" else None
        return office.client.request(method, path, headers=headers, json=body)

    seen = roads.get(address).headers["ETag"]
    assert asked("GET", address, "If-None-Match", '"x"', seen).status_code == 304
    handed = f"{address}/transfer"
    assert asked("POST", handed, "If-Match", '"3"', '"2", "x"').status_code == 412
    assert asked("POST", handed, "If-Match", "*", '"4"').status_code == 400
    assert asked("POST", handed, "If-Match", '"3"', '"4-queued"').status_code == 201


def test_an_address_of_the_sixth_version_stands_in_brackets() -> None:
    assert address_of("::1", 8420) == "http://[::1]:8420"
    assert address_of("127.0.0.1", 8420) == "http://127.0.0.1:8420"


def test_what_is_sent_compressed_has_a_strong_tag_of_its_own_that_is_known_again(
    office: Served,
) -> None:
    roads, address = office.as_member("R-02"), f"/v1/cases/{office.as_member('I-02').opened()}"
    plain = roads.get(address, Accept_Encoding="identity").headers["ETag"]
    small = roads.get(address, Accept_Encoding="gzip")
    assert small.headers["Content-Encoding"] == "gzip"
    assert plain.startswith('"4-queued-')
    assert small.headers["ETag"] == f'{plain[:-1]}-gzip"'
    for tag in (plain, small.headers["ETag"], f"W/{plain}"):
        known = roads.get(address, If_None_Match=f'"something-else", {tag}')
        assert (known.status_code, known.headers["ETag"]) == (304, tag)


@pytest.mark.parametrize(
    "path",
    [
        "/v1/board", "/v1/cases?team=RDW", "/v1/cases.csv", "/v1/sla", "/v1/exceptions?status=open", "/v1/accesses",
        "/v1/cases/{ref}/trail", "/v1/cases/{ref}/entries", "/v1/cases/{ref}/clocks", "/v1/holds", "/v1/policies",
    ],
)  # fmt: skip
def test_whoever_asks_again_and_again_is_sent_what_is_new_alone(office: Served, path: str) -> None:
    intake, auditor = office.as_member("I-02"), office.as_member("A-01")
    address = path.format(ref=intake.opened())
    sign = "&" if "?" in address else "?"
    address += f"{sign}min_position={office.service.ledger.store.tip()}" * ("policies" not in path)
    tag = auditor.get(address).headers["ETag"]
    office.clock.pass_by(seconds=1)
    again = auditor.get(address, If_None_Match=f'"something-else", {tag}')
    assert (again.status_code, again.content) == (304, b"")


def test_what_has_changed_has_another_tag(office: Served) -> None:
    intake, roads = office.as_member("I-02"), office.as_member("R-02")
    tip = office.service.ledger.store.tip
    tags = set[str]()
    for _ in range(3):
        intake.opened()
        answer = roads.get(f"/v1/cases?team=RDW&limit=5&min_position={tip()}")
        tags.add(answer.headers["ETag"])
    assert len(tags) == 3


def test_what_did_not_change_varies_with_what_the_answer_itself_varies_with(office: Served) -> None:
    """What keeps the answer takes over these headers (RFC 9111, section 4.3.4): it may be compressed."""
    roads = office.as_member("R-02")
    address = f"/v1/cases/{office.as_member('I-02').opened()}"
    whole = roads.get(address, Accept_Encoding="gzip")
    kept = roads.get(address, Accept_Encoding="gzip", If_None_Match=whole.headers["ETag"])
    assert (whole.headers["Content-Encoding"], kept.status_code) == ("gzip", 304)
    assert kept.headers["Vary"] == whole.headers["Vary"]


@pytest.mark.parametrize("path", ["", "/trail", "/trail.csv", "/entries"])
def test_a_head_is_answered_as_a_get_is_but_for_its_content(office: Served, path: str) -> None:
    roads = office.as_member("R-02")
    address = f"/v1/cases/{office.as_member('I-02').opened()}{path}"
    whole, head = roads.get(address), roads.ask("HEAD", address, headers={})
    ours = ("Content-Type", "Content-Length", "Content-Encoding", "Ledger-Position", "Vary")
    assert [head.headers.get(name) for name in ours] == [whole.headers.get(name) for name in ours]
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"]
    assert roads.ask("HEAD", "/v1/cases/7ZK3Q-0M9TB-R", headers={}).status_code == 404
    assert office.nobody().ask("HEAD", "/health/live", headers={}).status_code == 200


def test_for_a_head_nothing_is_opened_and_so_nobody_is_said_to_have_read_it(office: Served) -> None:
    reference, why = office.as_member("I-02").opened(answers={"description": "A hole."}), "To call."
    roads, liaison, ledger = (
        office.as_member("R-02"),
        office.as_member("L-01"),
        office.service.ledger,
    )
    values = f"/v1/cases/{reference}/values?purpose=casework"
    inquiry = liaison.post("/v1/inquiries", inquiry_about(reference)).headers["Location"]
    asked = ((roads, values), *((liaison, inquiry + each) for each in ("", "/file", "/bundle")))
    tip = ledger.store.tip()
    for caller, path in asked:
        head = caller.ask("HEAD", path, headers={"Audit-Reason": why})
        assert (head.status_code, head.content) == (200, b""), path
        assert "ETag" not in head.headers
    assert roads.ask("HEAD", values, headers={}).status_code == 400, (
        "why is to be said all the same"
    )
    assert ledger.store.tip() == tip
    assert roads.get(values, Audit_Reason=why).status_code == 200
    assert [each.topic for each in ledger.entries(after=tip)] == ["PersonalValuesRead"]
    assert roads.ask("HEAD", inquiry, headers={}).status_code == 403
    assert [each.topic for each in ledger.entries(after=tip + 1)] == ["ActRefused"]


def test_a_head_of_the_feed_ends_though_the_feed_does_not(office: Served) -> None:
    caller = office.as_member("A-01")
    for _ in range(office.service.settings.streams + 1):
        head = caller.ask("HEAD", "/v1/feed/events", headers={})
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["Content-Type"].startswith("text/event-stream")
