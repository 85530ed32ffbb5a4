"""A person is erased while two processes serve: neither tells of her then, refuses anybody, or loses a word."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx

from api.http.identity.demo_login import DemoLogin
from ledger.evidence.verifying.verify import verify
from tests.api.http.processes import SECRET, running
from tests.api.http.served import Caller
from tests.erasing.house import ADA
from tests.ledgers import Place
from tests.patience import WITHIN_SECONDS

AT_ONCE = 12
"""So many connections at once that both processes answer some."""


def as_member(client: httpx.Client, code: str) -> Caller:
    return Caller(client, DemoLogin(SECRET).token(code))


def from_both(
    client: httpx.Client, code: str, ask: Callable[[Caller], httpx.Response]
) -> list[str]:
    """What as many are answered who ask at once; none of them is told to ask again."""

    def answered(_place: int) -> str:
        with httpx.Client(base_url=client.base_url, timeout=WITHIN_SECONDS, verify=False) as own:
            answer = ask(as_member(own, code))
            assert answer.is_success, answer.text
            return answer.text

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(answered, range(AT_ONCE)))


def test_while_two_serve_a_person_is_erased_for_both_and_what_is_said_afterwards_is_kept(
    place: Place,
) -> None:
    with running(place, "--workers", "2") as (_, client):
        intake, records, second = (as_member(client, each) for each in ("I-02", "D-01", "L-01"))
        person = intake.post("/v1/parties", {"name": ADA}).json()["party_id"]
        said = {"requester": person, "answers": {"name": ADA, "description": f"{ADA} lives here."}}
        ref = intake.opened(request_type="GEN-ENQ", **said)
        values = f"/v1/cases/{ref}/values?purpose=intake"

        def opened(by: Caller) -> httpx.Response:
            return by.get(values, Audit_Reason="To see what is there.")

        def noted(by: Caller) -> httpx.Response:
            return by.post(f"/v1/cases/{ref}/note", {"text": "They rang again."})

        from_both(client, "I-02", noted)
        assert all(ADA in each for each in from_both(client, "I-02", opened))
        asked = {"authority": "order", "party": person, "cases": [ref], "instrument": "Order 7"}
        where = records.post("/v1/erasures", asked).headers["Location"]
        assert second.post(f"{where}/approve", {}).status_code == 201
        carried_out = records.post(f"{where}/carry-out", {})
        assert carried_out.status_code == 201, carried_out.text
        from_both(client, "I-02", noted)
        for each in from_both(client, "I-02", opened):
            assert ADA not in each
            assert each.count("They rang again.") == AT_ONCE, "as many as were said since"
        position = carried_out.headers["Ledger-Position"]
        shown = f"/v1/cases/{ref}?min_position={position}"
        assert not [
            each for each in from_both(client, "I-02", lambda by: by.get(shown)) if ADA in each
        ]
    with place.open() as ledger:
        assert verify(ledger.store, ledger.vault).findings == []
