"""When a clock is due is asked over HTTP as on the command line: the same answer, day by day, and the same refusals."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.api.command_line import CommandLine
from tests.api.http.served import Served, serving
from tests.ledgers import place_in

WAITED = {"reason": "fee", "begins": "2027-02-08", "ends": "2027-02-24"}
EXTENDED = {"amount": 30, "authority": "head", "notice": "2027-03-10"}


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            {"clock": "UK-FOIA", "received": "2027-02-01", "waits": [WAITED]},
            ("UK-FOIA", "--received", "2027-02-01", "--wait", "fee:2027-02-08..2027-02-24"),
        ),
        (
            {"clock": "ATIA", "received": "2027-02-25", "extensions": [EXTENDED]},
            ("ATIA", "--received", "2027-02-25", "--extend", "head:30", "--notice", "2027-03-10"),
        ),
        (
            {
                "clock": "UK-FOIA", "received": "2027-02-01", "resets": ["2027-02-03"], "calendar": "NS-SAMPLE",
                "reopened": [{"stopped": "2027-02-08", "again": "2027-02-10", "mode": "resume"}],
            },
            ("UK-FOIA", "--received", "2027-02-01", "--reset", "2027-02-03", "--calendar", "NS-SAMPLE",
             "--reopened", "2027-02-08..2027-02-10=resume"),
        ),
        (
            {"clock": "MAKE-SAFE", "received": "2026-12-23T18:30Z", "policy": "published"},
            ("MAKE-SAFE", "--received", "2026-12-23T18:30Z", "--policy", "published"),
        ),
    ],
)  # fmt: skip
def test_a_program_is_answered_as_an_officer_is_and_nothing_is_recorded(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    body: dict[str, Any],
    words: tuple[str, ...],
) -> None:
    place = place_in(tmp_path)
    assert isinstance(place.location, Path)
    with serving(place) as office:
        before = office.service.ledger.store.tip()
        asked = {**body, "at": "2027-03-01T12:00:00Z"}
        answer = office.as_member("A-01").ask("POST", "/v1/due", headers={}, json=asked)
        assert answer.status_code == 200, answer.text
        assert office.service.ledger.store.tip() == before
    for name, lies in (("HOME", place.location), ("MASTER_KEY", place.master_key)):
        monkeypatch.setenv(f"CASELEDGER_{name}", str(lies))
    said = CommandLine(place.location, capsys).asked("due", *words, "--at", "2027-03-01T12:00:00Z")
    assert answer.json() == said
    assert said["certificate_holds"]
    assert said["days"] or said["hours"]


@pytest.mark.parametrize(
    ("body", "status", "sentence", "french"),
    [
        ({"clock": "NOPE"}, 422, "'NOPE' is no clock that is known here", "n'est pas un délai connu ici"),
        ({"clock": "UK-FOIA"}, 422, "say with received when it was received", "dites par received quand"),
        ({"clock": "ATIA-TP"}, 422, "say when that was with event", "dites quand ce fut par event"),
        ({"clock": "ATIA", "received": "2027-02-30"}, 422, "received is no time that exists", "received"),
        (
            {"clock": "UK-FOIA", "received": "2027-02-01", "complete": "2027-01-01"},
            422, "complete lies before received", "complete vient avant received",
        ),
        (
            {"clock": "UK-FOIA", "received": "2027-02-01", "waits": [{**WAITED, "reason": "fees"}]},
            422, "waits: 'fees' is no reason to wait", "n'est pas un motif d'attente",
        ),
        (
            {"clock": "UK-FOIA", "received": "2027-02-01", "waits": [{**WAITED, "ends": "2027-02-01"}]},
            422, "waits ends before it begins", "waits finit avant de commencer",
        ),
        (
            {"clock": "ATIA", "received": "2027-01-04", "extensions": [{"amount": 30}]},
            422, "say with notice when it was given", "dites par notice quand",
        ),
        (
            {"clock": "ATIA", "received": "2027-01-04", "extensions": [{**EXTENDED, "notice": "2027-02-04"}]},
            409, "inside the time", "donné à temps",
        ),
        ({"clock": "UK-FOIA", "received": "2029-12-20"}, 409, "ends 2029-12-31; publish 2030.", "publiez 2030"),
        (
            {"clock": "ATIA-TP-RELEASE", "event": "1900-01-01",
             "reopened": [{"stopped": "1900-01-08", "again": "1999-01-01", "mode": "resume"}]},
            422, "read the times again", "relisez les moments",
        ),
        ({"clock": "MAKE-SAFE", "received": "2027-02-01"}, 422, "so a date is not enough", "ne suffit donc pas"),
        ({"clock": "UK-FOIA", "policy": "published"}, 422, "'UK-FOIA' is no clock", "n'est pas un délai"),
    ],
)  # fmt: skip
def test_what_cannot_be_reckoned_is_refused_by_the_names_that_were_sent_in_both_languages(
    office: Served, body: dict[str, Any], status: int, sentence: str, french: str
) -> None:
    caller = office.as_member("A-01")
    for language, said in {"en": sentence, "fr": french}.items():
        headers = {"Accept-Language": language}
        answer = caller.ask("POST", "/v1/due", headers=headers, json=body)
        assert answer.status_code == status, answer.text
        assert said in answer.json()["detail"]


def test_the_clocks_of_a_case_are_laid_out_from_the_certificates_that_were_recorded(
    office: Served,
) -> None:
    reference = office.as_member("I-02").opened()
    path = f"/v1/cases/{reference}/clocks"
    running = office.as_member("A-01").get(path).json()["clocks"]
    laid = office.as_member("A-01").get(f"{path}/days").json()["clocks"]
    assert [each["clock"] for each in laid] == [each["clock"] for each in running]
    for each in laid:
        assert each["days"] or each["hours"]
        assert [date["holds"] for date in each["recorded"]] == [True]
        assert each["recorded"][-1]["due_at"] == each["due_at"]
    later = office.as_member("A-01").get(f"{path}/days?known_at=2020-01-01")
    assert later.status_code == 404
