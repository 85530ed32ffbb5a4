"""The conventions that integrators know: problems, entity tags, pages, limits, languages, and bad input."""

from __future__ import annotations

import csv
import io
import json
from base64 import urlsafe_b64encode
from http.client import HTTPConnection
from urllib.parse import quote

import pytest

from tests.api.http.served import Served
from tests.patience import WITHIN_SECONDS

OPENING = {"channel": "phone", "request_type": "RDW-POT", "language": "en", "region": "HAL"}


def test_whoever_shows_nothing_is_asked_who_they_are(office: Served) -> None:
    refused = office.nobody().get("/v1/board")
    assert (refused.status_code, refused.json()["code"]) == (401, "unauthenticated")
    assert refused.headers["WWW-Authenticate"] == 'Bearer realm="caseledger"'
    assert refused.headers["Content-Type"] == "application/problem+json"


def test_a_problem_is_told_in_the_language_of_whoever_asks_and_its_type_can_be_looked_up(
    office: Served,
) -> None:
    caller = office.as_member("I-02", Accept_Language="fr-CA, en;q=0.5")
    refused = caller.get("/v1/cases/00000-00000-0", Accept_Language="fr-CA, en;q=0.5")
    assert refused.json()["title"] == "Ce dossier n'est pas dans le registre."
    meant = office.nobody().get(refused.json()["type"], Accept_Language="en")
    assert meant.json()["title"] == "No such case is in this ledger."


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b'{"channel": "\\ud800"}', 400),
        (b"[]", 422),
        (b"{}", 422),
        (b'{"channel": 7}', 422),
        (b'{"channel": "phone", "colour": "red"}', 422),
        (b'{"channel": "phone", "language": "en\\u0000"}', 422),
        (b'{"channel": "pho\\u202ene"}', 422),
        (b'{"channel": "phone", "answers": ' + b"[" * 200 + b"]" * 200 + b"}", 422),
        (b"[" * 100_000 + b"]" * 100_000, 400),
        (b'{"channel": "phone", "happened_at": "2026-02-30T10:00:00Z"}', 422),
        (b'{"channel": "phone", "happened_at": "2026-02-20T10:00:00"}', 422),
        (b'{"channel": "phone", "request_type": "nonsense"}', 422),
        (b'{"channel": "phone", "answers": {"a": 1e999}}', 400),
    ],
)  # fmt: skip
def test_a_body_that_does_not_fit_is_refused_with_what_to_do_and_opens_nothing(
    office: Served, body: bytes, status: int
) -> None:
    before = office.service.ledger.store.tip()
    headers = {"Idempotency-Key": f"bad-{hash(body)}", "Content-Type": "application/json"}
    refused = office.as_member("I-02").ask("POST", "/v1/cases", headers=headers, content=body)
    assert refused.status_code == status, refused.text
    assert refused.json()["detail"].endswith((".", "}"))
    assert office.service.ledger.store.tip() == before


def test_a_body_of_fifty_megabytes_is_refused_before_it_is_read(office: Served) -> None:
    connection = HTTPConnection(office.url.removeprefix("http://"), timeout=WITHIN_SECONDS)
    connection.putrequest("POST", "/v1/cases")
    for name, said in (
        ("Authorization", f"Bearer {office.as_member('I-02').token}"),
        ("Idempotency-Key", "huge"),
        ("Content-Type", "application/json"),
        ("Content-Length", str(50 * 2**20)),
    ):
        connection.putheader(name, said)
    connection.endheaders()
    refused = connection.getresponse()
    assert (refused.status, json.loads(refused.read())["code"]) == (413, "body-too-large")
    connection.close()


def test_a_body_that_goes_on_and_on_is_cut_off(office: Served) -> None:
    headers = {"Idempotency-Key": "endless", "Content-Type": "application/json"}
    chunks = (b" " * 65_536 for _ in range(64))
    refused = office.as_member("I-02").ask("POST", "/v1/cases", headers=headers, content=chunks)
    assert (refused.status_code, refused.json()["code"]) == (413, "body-too-large")


def test_a_command_without_a_key_is_asked_for_one(office: Served) -> None:
    refused = office.as_member("I-02").ask("POST", "/v1/cases", headers={}, json=OPENING)
    assert (refused.status_code, refused.json()["code"]) == (400, "malformed-request")
    assert "Idempotency-Key" in refused.json()["detail"]


def test_a_body_that_is_compressed_is_refused_as_such(office: Served) -> None:
    headers = {"Idempotency-Key": "small", "Content-Encoding": "gzip"}
    refused = office.as_member("I-02").ask("POST", "/v1/cases", headers=headers, json=OPENING)
    assert refused.status_code == 415
    assert "Content-Encoding" in refused.json()["detail"]


def test_a_body_that_is_no_json_by_its_own_word_is_refused(office: Served) -> None:
    headers = {"Idempotency-Key": "a form", "Content-Type": "application/x-www-form-urlencoded"}
    refused = office.as_member("I-02").ask(
        "POST", "/v1/cases", headers=headers, content=b"channel=phone"
    )
    assert refused.status_code == 415


@pytest.mark.parametrize(
    "path",
    [
        "/v1/board?known_at=yesterday", "/v1/board?known_at=2026-02-30", "/v1/board?as_of=2026-03-02T09:30",
        "/v1/cases?limit=0000000011111111", "/v1/cases?limit=\u0663", "/v1/cases?known_at=", "/v1/cases?team=",
        "/v1/board?known_at=2026-03-01&known_at=2026-03-02", "/v1/cases?min_position=\u0663",
        "/v1/queues/RDW?limit=0", "/v1/queues/RDW?limit=many", "/v1/queues/RDW?cursor=%00", "/v1/queues/NOBODY",
        "/v1/cases?standing=lying", "/v1/cases?colour=red", "/v1/cases/7ZK3Q-0M9TB-5", "/v1/cases?min_position=-1",
        "/v1/cases?min_position=999999999", "/v1/flow?from=2026-03-09&until=2026-03-02", "/v1/exceptions?status=fine",
    ],
)  # fmt: skip
def test_a_question_that_makes_no_sense_is_told_what_would(office: Served, path: str) -> None:
    refused = office.as_member("R-02").get(path)
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid-command"), refused.text


def test_what_is_unknown_or_not_done_there_is_a_problem_too(office: Served) -> None:
    caller = office.as_member("R-02")
    assert caller.get("/v1/nothing").json()["code"] == "not-found"
    assert caller.ask("DELETE", "/v1/cases", headers={}).json()["code"] == "method-not-allowed"


def test_a_key_is_sent_once(office: Served) -> None:
    intake, name = office.as_member("I-02"), "Idempotency-Key"
    headers = [("Authorization", f"Bearer {intake.token}"), (name, '"1"'), (name, '"2"')]
    said = office.client.post("/v1/cases", json=OPENING, headers=headers)
    assert (said.status_code, said.json()["detail"]) == (400, f"{name}: send it once.")


def test_a_key_that_was_used_otherwise_is_refused_as_the_key_that_it_is(office: Served) -> None:
    intake = office.as_member("I-02")
    assert intake.post("/v1/cases", OPENING, key="used").status_code == 201
    for language, words in (("en", "was used for another"), ("fr", "a servi à une autre")):
        again = intake.post(
            "/v1/cases", {**OPENING, "region": "WES"}, key="used", Accept_Language=language
        )
        said = again.json()
        assert (again.status_code, said["code"], said["rule"]) == (
            409,
            "refused",
            "one-command-an-id",
        )
        assert f"Idempotency-Key {words}" in said["detail"]


def test_the_pages_of_a_queue_are_those_of_the_instant_of_the_first_whatever_comes_in(
    office: Served,
) -> None:
    intake, income = office.as_member("I-02"), office.as_member("N-02")
    opened = {intake.opened(request_type="INC-CHG") for _ in range(5)}
    office.clock.pass_by(seconds=1)
    page = income.get(f"/v1/queues/INC?limit=2&min_position={office.service.ledger.store.tip()}")
    seen: list[str] = []
    while True:
        seen += [each["row"]["reference"] for each in page.json()["cases"]]
        if "Link" not in page.headers:
            break
        office.clock.pass_by(seconds=1)
        intake.opened(request_type="INC-CHG")
        page = income.get(page.links["next"]["url"])
    assert len(seen) == len(set(seen))
    assert opened <= set(seen)


def test_a_list_as_csv_has_a_line_for_each_and_no_cell_that_a_spreadsheet_would_run(
    office: Served,
) -> None:
    reference = office.as_member("I-02").opened()
    said = office.as_member("R-02").get(
        f"/v1/cases.csv?team=RDW&limit=1000&min_position={office.service.ledger.store.tip()}"
    )
    assert said.headers["Content-Type"].startswith("text/csv")
    lines = list(csv.DictReader(io.StringIO(said.text)))
    assert reference in [line["reference"] for line in lines]
    assert not [
        cell for line in lines for cell in line.values() if cell.startswith(("=", "+", "@"))
    ]


@pytest.mark.parametrize(
    ("path", "listed"),
    [
        ("/v1/policies", "policies"), ("/v1/forms", "forms"), ("/v1/disclosures", "disclosures"),
        ("/v1/releases", "releases"), ("/v1/inquiries", "inquiries"), ("/v1/sequence", "queues"),
        ("/v1/teams/RDW/calls", "calls"), ("/v1/cases/{ref}/entries", "entries"),
        ("/v1/cases/{ref}/clocks", "clocks"), ("/v1/cases/{ref}/spans", "spans"),
    ],
)  # fmt: skip
def test_what_is_listed_is_there_as_csv_too_a_line_for_each(
    office: Served, path: str, listed: str
) -> None:
    access = office.as_member("L-01")
    address = path.format(ref=access.opened(request_type="GEN-ENQ"))
    caller = office.as_member("L-02") if "teams" in path or "sequence" in path else access
    rows = caller.get(address).json()[listed]
    said = caller.get(f"{address}.csv")
    assert said.headers["Content-Type"].startswith("text/csv"), said.text
    lines = [*csv.DictReader(io.StringIO(said.text))]
    assert len(lines) == len(rows)
    flat = [{**row, **row.get("span", {})} for row in rows]
    for line, row in zip(lines, flat, strict=True):
        assert line.keys() >= {name for name in row if name != "span"}


def test_the_board_as_known_before_a_case_came_does_not_count_it(office: Served) -> None:
    roads = office.as_member("R-02")

    def waiting(query: str) -> int:
        lines = roads.get(f"/v1/board{query}").json()["teams"]
        return next((line["waiting"] for line in lines if line["team"] == "RDW"), 0)

    before_at = office.clock.pass_by(minutes=1)
    before = waiting("")
    office.clock.pass_by(minutes=1)
    office.as_member("I-02").opened()
    position = office.service.ledger.store.tip()
    assert waiting(f"?min_position={position}") == before + 1
    assert waiting(f"?known_at={before_at.isoformat().replace('+00:00', 'Z')}") == before


def test_personal_values_are_absent_until_they_are_opened_for_a_purpose_and_that_is_on_record(
    office: Served,
) -> None:
    secret = "Zephyrine Quillfeather"
    reference = office.as_member("I-02").opened()
    roads = office.as_member("R-02")
    roads.post(f"/v1/cases/{reference}/note", {"text": secret})
    for part in ("", "/trail", "/spans", "/clocks", "/status", "/entries"):
        assert "Quillfeather" not in roads.get(f"/v1/cases/{reference}{part}").text
    refused = roads.get(f"/v1/cases/{reference}/values?purpose=casework")
    assert refused.status_code == 400
    opened = roads.get(
        f"/v1/cases/{reference}/values?purpose=casework", Audit_Reason="To call back"
    )
    assert secret in opened.text
    auditor = office.as_member("A-01")
    office.clock.pass_by(seconds=1)
    said = auditor.get(
        f"/v1/accesses?case={reference}&min_position={office.service.ledger.store.tip()}"
    )
    assert [each["row"]["reader"] for each in said.json()["listed"]] == ["R-02"]


def test_the_description_is_openapi_with_a_security_and_an_act_for_each_route(
    office: Served,
) -> None:
    said = json.loads(office.nobody().get("/openapi.json").content)
    operations = [each for methods in said["paths"].values() for each in methods.values()]
    assert said["openapi"].startswith("3.1")
    assert len(operations) > 90
    assert all(each["x-act"] == "public" or each["security"] for each in operations)
    assert len({each["operationId"] for each in operations}) == len(operations)


def test_every_answer_carries_the_headers_of_security(office: Served) -> None:
    for path in ("/health/live", "/v1/board", "/nothing"):
        headers = office.nobody().get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["Request-Id"].startswith("urn:uuid:")
        assert "server" not in headers


def test_a_time_that_nobody_can_mean_is_refused_wherever_it_stands(office: Served) -> None:
    intake = office.as_member("I-02")
    reference = intake.opened()
    for far in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "1799-12-31T23:00:00Z"):
        said = intake.post(f"/v1/cases/{reference}/note", {"text": "a", "happened_at": far})
        assert (said.status_code, said.json()["code"]) == (422, "invalid-command"), far
        mark = {"at": far, "known_at": far, "case_id": reference}
        cursor = urlsafe_b64encode(json.dumps(mark).encode()).decode()
        asked = quote(far)
        for address in (
            f"/v1/cases/{reference}?as_of={asked}",
            f"/v1/cases/{reference}?as_of={far[:10]}",
            f"/v1/board?known_at={asked}",
            f"/v1/flow?known_at={asked}",
            f"/v1/queues/RDW?cursor={cursor}",
        ):
            refused = office.as_member("D-01").get(address, Accept_Language="fr")
            assert (refused.status_code, refused.json()["code"]) == (422, "invalid-command"), (
                address
            )
            assert refused.headers["Content-Language"] == "fr"
    born = {"born_on": "0001-01-01", "evidence": "document"}
    party = intake.post("/v1/parties", {"name": "A"}).json()["party_id"]
    assert intake.post(f"/v1/parties/{party}/born", born).status_code == 422


@pytest.mark.parametrize("sent", ["\x1b[2J", "\x9b2J", "\u202eeno"])
def test_no_text_that_would_move_a_terminal_is_taken(office: Served, sent: str) -> None:
    caller = office.as_member("I-02")
    answer = caller.post(f"/v1/cases/{caller.opened()}/note", {"text": sent})
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith(
        f"/text: holds the control character U+{ord(sent[0]):04X}"
    )


@pytest.mark.parametrize("header", ["Audit-Reason", "Correlation-Id"])
def test_a_header_that_goes_on_record_looks_as_it_is(office: Served, header: str) -> None:
    reference = office.as_member("I-02").opened()
    connection = HTTPConnection("127.0.0.1", office.client.base_url.port)
    connection.request(
        "POST",
        f"/v1/cases/{reference}/note",
        b'{"text": "a"}',
        {
            "Authorization": f"Bearer {office.as_member('I-02').token}",
            "Idempotency-Key": header,
            header: "s. 8\u202e)2(".encode(),
        },
    )
    answer = connection.getresponse()
    problem = json.loads(answer.read())
    connection.close()
    assert (answer.status, problem["code"]) == (422, "invalid-command")
    assert problem["detail"].startswith(f"{header}: holds the control character U+202E")


@pytest.mark.parametrize("path", ["/v1/board", "/scim/v2/Users"])
def test_whoever_shows_a_token_that_is_not_believed_is_told_to_get_another(
    office: Served, path: str
) -> None:
    """By it clients of OAuth 2.0 know that a token is over, and not the right (RFC 6750, section 3.1)."""
    refused = office.with_token("a.b.c").get(path)
    challenge = 'Bearer realm="caseledger", error="invalid_token"'
    assert (refused.status_code, refused.headers["WWW-Authenticate"]) == (401, challenge)


def test_whoever_sends_a_body_that_is_not_taken_is_told_by_a_header_which_is(
    office: Served,
) -> None:
    """And by which of two, whether its kind or its coding is meant (RFC 9110, sections 12.5.3 and 15.5.16)."""
    desk = office.as_member("I-02")
    for sent, told in (
        ({"Content-Type": "text/csv"}, {"Accept": "application/json"}),
        (
            {"Content-Type": "application/json", "Content-Encoding": "gzip"},
            {"Accept-Encoding": "identity"},
        ),
    ):
        headers = {"Idempotency-Key": "kind", **sent}
        refused = desk.ask("POST", "/v1/cases", headers=headers, content=b"{}")
        assert refused.status_code == 415
        assert {name: refused.headers.get(name) for name in ("Accept", "Accept-Encoding")} == {
            "Accept": None,
            "Accept-Encoding": None,
            **told,
        }


@pytest.mark.parametrize(("language", "where"), [("en", "names those"), ("fr", "nomme celles")])
def test_whoever_asks_where_nothing_is_is_told_what_there_is(
    office: Served, language: str, where: str
) -> None:
    told = office.nobody().get("/v1/tickets", Accept_Language=language)
    assert (told.status_code, told.headers["Content-Language"]) == (404, language)
    assert f"`GET /openapi.json` {where}" in told.json()["detail"]


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/v1/holds", "GET, HEAD, OPTIONS, POST"),
        ("/v1/board", "GET, HEAD, OPTIONS"),
        ("/v1/cases/7ZK3Q-0M9TB-R/note", "OPTIONS, POST"),
    ],
)
def test_whoever_asks_by_a_method_that_is_none_here_is_told_by_which(
    office: Served, path: str, allowed: str
) -> None:
    refused = office.as_member("I-02").ask("PUT", path, headers={})
    assert (refused.status_code, refused.headers["Allow"]) == (405, allowed)
    assert refused.json()["detail"] == "This cannot be done here: the header Allow names what can."
    told = office.nobody().ask("OPTIONS", path, headers={})
    assert (told.status_code, told.content, told.headers["Allow"]) == (204, b"", allowed)
