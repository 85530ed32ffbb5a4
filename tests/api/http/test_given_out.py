"""What is given out of a case over HTTP: a bundle that verifies, a receipt, and the mail it came by, to the byte."""

from __future__ import annotations

import io

import pytest

from api.channels.mail.intake import Came, MailIntake
from api.verifier import Trusted, trusted_keys, verify_open
from ledger.evidence.proving.checking import read_keys
from ledger.evidence.proving.receipts import check_receipt
from ledger.evidence.signing.notes import read_note
from ledger.ids import reference_of
from ledger.registers.keeping.accesses import PersonalValuesRead
from ledger.registers.keeping.given_out import CaseGivenOut
from tests.api.http.served import Served, serving
from tests.ledgers import place_in
from tests.mail.mails import MACHINES, mail
from tests.mail.office import policy


def test_a_bundle_of_a_case_verifies_and_that_it_was_given_out_and_opened_is_on_record(
    office: Served,
) -> None:
    reference = office.as_member("I-02").opened(answers={"description": "A hole."})
    auditor, ledger = office.as_member("A-01"), office.service.ledger
    asked, at = {"recipient": "Ada Auditor", "languages": ["fr"]}, f"/v1/cases/{reference}/bundle"
    assert auditor.post(at, asked).json()["code"] == "malformed-request"
    assert office.as_member("N-02").post(at, asked, Audit_Reason="To see it").status_code == 403
    given = auditor.post(at, {**asked, "opened": True}, Audit_Reason="Audit 2026-4")
    assert (given.status_code, given.headers["Content-Type"]) == (200, "application/zip")
    keys = trusted_keys("\n".join(office.nobody().get("/v1/keys").json()["checkpoint"]))
    verdict = verify_open(io.BytesIO(given.content), Trusted(keys))
    assert verdict.release is not None
    assert (verdict.word, verdict.release["purpose"]) == ("confirmed", "Audit 2026-4")
    recorded = {
        each.position: each.fact.bundle
        for each in ledger.entries()
        if isinstance(each.fact, CaseGivenOut)
    }
    assert recorded == {int(given.headers["Ledger-Position"]): verdict.file}
    assert any(isinstance(each.fact, PersonalValuesRead) for each in ledger.entries())


def test_the_requester_of_a_case_is_given_a_receipt_that_the_office_signed(office: Served) -> None:
    intake = office.as_member("I-02")
    reference = intake.opened()
    said = intake.get(f"/v1/cases/{reference}/receipt")
    keys = read_keys(office.nobody().get("/v1/keys").json()["receipt"])
    received, signed = check_receipt(read_note(said.text), keys)
    assert signed
    assert reference_of(office.service.ledger.find_case(reference)) == reference
    assert (received.stream, received.version) == (
        f"case/{office.service.ledger.find_case(reference)}",
        1,
    )
    assert intake.get(f"/v1/cases/{reference}/receipt?entry=99").status_code == 422


def test_a_mail_is_downloaded_as_it_came_by_whoever_may_open_it(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with serving(place_in(tmp_path_factory.mktemp("originals")), policy=policy()) as office:
        ledger, raw = office.service.ledger, mail()
        takes = MailIntake(ledger, office.service.home)
        case_id = takes.take(Came(raw, "test")).case_id
        item = takes.take(Came(MACHINES["bounce"], "test")).item_id
        assert case_id is not None
        intake, at = office.as_member("I-02"), f"/v1/cases/{reference_of(case_id)}/original"
        assert intake.get(at).json()["code"] == "malformed-request"
        read = intake.get(at, Audit_Reason="To read it whole")
        assert (read.content, read.headers["Cache-Control"]) == (raw, "no-store")
        opened = [
            each.fact for each in ledger.entries() if isinstance(each.fact, PersonalValuesRead)
        ]
        assert opened
        of_tray = intake.get(f"/v1/tray/{item}/original", Audit_Reason="To see what came back")
        assert of_tray.content == MACHINES["bounce"]
        assert office.as_member("R-02").get(f"/v1/tray/{item}/original").status_code == 403
        nothing = intake.get(f"/v1/cases/{intake.opened()}/original", Audit_Reason="To see it")
        assert (nothing.status_code, nothing.json()["code"]) == (422, "invalid-command")
