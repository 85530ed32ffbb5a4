"""Running the service: what its health tells, what it counts, and how it ends once it can never write again."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from time import perf_counter
from typing import Any

import httpx
import pytest
from structlog.testing import capture_logs

from api.http.serving import erased_keys
from api.http.serving.health import Condition, Health
from api.projecting.projector import Projector
from api.webhooks.deliveries import Deliveries
from api.webhooks.waiting import Lookout
from ledger.awaited import AwaitedLedger
from ledger.case.intake.opening import OpenCase
from ledger.commands import Request
from ledger.errors import StartAgain
from ledger.evidence.signing.checkpoints import make_checkpoint
from ledger.evidence.signing.signer import Signer
from ledger.evidence.trees.trees import Trees
from ledger.service import Ledger
from ledger.store import turn_at, under_maintenance
from projections.views import Views
from tests.api.http.metrics import counted, parsed, samples
from tests.api.http.processes import running, wait_until
from tests.api.http.served import Served, serving
from tests.contracts.recorded import end_sessions, run
from tests.ledgers import (
    INTAKE,
    WATCH,
    Place,
    office_policy,
    place_in,
    publication,
    publish_office,
)
from tests.patience import WITHIN_SECONDS
from tests.writer.office_work import assert_seen_exactly

HEALTH = ("/health", "/health/ready")


@pytest.mark.parametrize("path", HEALTH)
def test_a_service_that_records_and_answers_is_ready_and_says_what_was_signed_last(
    tmp_path: Path, path: str
) -> None:
    place = place_in(tmp_path)
    with serving(place) as office:
        office.as_member("I-02").opened()
        signer = Signer.beside(place.master_key)
        make_checkpoint(office.service.ledger, office.service.trees, signer, actor=WATCH)
        office.clock.pass_by(hours=3)
        office.as_member("I-02").opened()
        office.service.projector.catch_up(seconds=WITHIN_SECONDS)
        told = office.nobody().get(path)
        tip = office.service.ledger.store.tip()
    signed = told.json()["checkpoint"]
    assert (told.status_code, told.json()["status"], told.json()["failing"]) == (200, "ready", {})
    assert (told.json()["position"], told.json()["views_behind"]) == (tip, 0)
    assert told.json()["clock_behind_seconds"] == 0.0
    assert signed["age_seconds"] == 3 * 3600
    assert signed["entries_since"] == tip - signed["size"] > 0


@pytest.mark.parametrize("path", HEALTH)
def test_while_the_ledger_is_worked_on_it_is_red_and_green_again_afterwards(
    place: Place, path: str
) -> None:
    with serving(place) as office:
        with under_maintenance(place.location, reason="an upgrade"):
            red = office.nobody().get(path)
        green = office.nobody().get(path)
    assert (red.status_code, red.json()["failing"]) == (503, {"writer": "ledger-unavailable"})
    assert (green.status_code, green.json()["failing"]) == (200, {})


def test_what_is_behind_what_was_signed_is_read_and_shows_red(tmp_path: Path) -> None:
    place = place_in(tmp_path)
    with place.office() as ledger, Trees.open(place.location, ledger.store) as trees:
        shutil.copytree(tmp_path / "home", tmp_path / "before")
        make_checkpoint(ledger, trees, Signer.beside(place.master_key), actor=WATCH)
    shutil.rmtree(tmp_path / "home")
    (tmp_path / "before").rename(tmp_path / "home")
    with (
        place.open() as ledger,
        Views.open(place.location) as views,
        AwaitedLedger(ledger) as awaited,
    ):
        found = condition(
            place,
            ledger,
            awaited,
            Projector(ledger.store, views, turn_at(place.location, "projector")),
        )
    assert found.failing == {"ledger": "read-only"}


def condition(
    place: Place, ledger: Ledger, awaited: AwaitedLedger, projector: Projector
) -> Condition:
    with Deliveries.open(place.location) as deliveries:
        lookout = Lookout(ledger, deliveries)
        health = Health(ledger, awaited, projector, lookout, trust_seconds=0.0)
        return asyncio.run(health.condition())


def test_views_that_fall_behind_say_by_how_many_entries_and_for_how_long(place: Place) -> None:
    with (
        place.create() as ledger,
        Views.open(place.location) as views,
        AwaitedLedger(ledger) as awaited,
    ):
        projector = Projector(ledger.store, views, turn_at(place.location, "projector"))
        assert condition(place, ledger, awaited, projector).views_behind_seconds == 0.0
        publish_office(ledger)
        place.clock.pass_by(seconds=90)
        found = condition(place, ledger, awaited, projector)
        assert (found.views_behind, found.views_behind_seconds) == (ledger.store.tip(), 90.0)
        assert found.failing == {"views": "late"}
        with projector:
            assert condition(place, ledger, awaited, projector).views_behind == 0


def test_views_that_are_damaged_say_so_and_in_the_log_what_mends_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = place_in(tmp_path)
    with (
        place.office() as ledger,
        Views.open(place.location) as views,
        AwaitedLedger(ledger) as awaited,
        turn_at(place.location, "projector") as turn,
    ):
        views.catch_up(ledger.store)
        with views.database.writing() as connection:
            table = views.control.in_use(connection)["cases"].table
            connection.exec_driver_sql(f"DROP TABLE {table.fullname}")
        ledger.handle(OpenCase(case_id=ledger.new_id(), channel="phone"), actor=INTAKE)
        projector = Projector(ledger.store, views, turn)
        projector._bring_on()
        assert condition(place, ledger, awaited, projector).failing == {"views": "damaged"}
        assert "run `caseledger rebuild`" in capsys.readouterr().out
        views.rebuild(ledger.store)
        projector._bring_on()
        assert condition(place, ledger, awaited, projector).failing == {}


STOPS_PROJECTING = """
CREATE FUNCTION views.stop() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION USING ERRCODE = 22012; END';
CREATE TRIGGER stop BEFORE INSERT OR UPDATE ON views.checkpoints EXECUTE FUNCTION views.stop();
"""


def test_after_a_defect_the_views_come_on_by_themselves_once_it_is_gone(
    tmp_path: Path, postgresql_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before, the thread that brings them on ended at the first one, and nobody was told by what."""
    place = place_in(tmp_path, database=postgresql_url)
    with (
        place.office() as ledger,
        Views.open(place.location) as views,
        Projector(ledger.store, views, turn_at(place.location, "projector")) as projector,
    ):
        run(place.location, STOPS_PROJECTING)
        ledger.handle(OpenCase(case_id=ledger.new_id(), channel="phone"), actor=INTAKE)
        wait_until(lambda: projector.failure is not None)
        assert "DivisionByZero" in capsys.readouterr().out
        run(place.location, "DROP FUNCTION views.stop CASCADE")
        assert projector.catch_up(seconds=WITHIN_SECONDS) == ledger.store.tip()


def test_where_the_views_are_gone_cases_are_opened_and_routed_by_the_load_that_the_log_tells(
    tmp_path: Path, postgresql_url: str
) -> None:
    """Before, a process that did not hold the load any more refused them, while another one took them."""
    place = place_in(tmp_path, database=postgresql_url)
    with serving(place) as served:
        intake = served.as_member("I-02")
        for _ in range(2):
            intake.opened(request_type="INC-APP", language="fr")
        end_sessions(postgresql_url)
        run(place.location, "DROP SCHEMA views CASCADE")
        intake.opened(request_type="INC-APP", language="fr")
        assert assert_seen_exactly(served.service.ledger) == 3


def test_every_waiting_caller_hears_that_the_writer_is_gone(tmp_path: Path) -> None:
    place = place_in(tmp_path)
    with place.office() as ledger, AwaitedLedger(ledger) as awaited:
        request: Request = publication(ledger, office_policy())
        shutil.copy(tmp_path / "home" / "ledger.db", tmp_path / "put back")
        (tmp_path / "put back").replace(tmp_path / "home" / "ledger.db")

        async def asked() -> list[object]:
            asking = [awaited.ask(request) for _ in range(16)]
            return list(await asyncio.gather(*asking, awaited.look(), return_exceptions=True))

        heard = asyncio.run(asked())
    assert {type(each) for each in heard} == {StartAgain}


def with_a_copy_of_its_key(place: Place, copied: Path) -> dict[str, Any]:
    """How a service is run whose master key is a copy, which nobody changes as they wrap the vault anew."""

    def prepared(ledger: Ledger) -> None:
        publish_office(ledger)
        shutil.copy(place.master_key, copied)

    return {"prepared": prepared, "CASELEDGER_MASTER_KEY": str(copied)}


def test_a_service_goes_on_under_the_key_under_which_the_vault_was_wrapped_anew(
    tmp_path: Path,
) -> None:
    place = place_in(tmp_path)
    with running(place) as (process, client):
        with place.open() as ledger:
            ledger.change_master_key()
        assert [client.get("/health").status_code for _ in range(3)] == [200] * 3
        assert process.poll() is None


def test_what_somebody_erased_a_service_that_nobody_asks_anything_holds_no_longer(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before, it held the destroyed keys until somebody wrote, or read what is sealed."""
    monkeypatch.setattr(erased_keys, "_LOOKS_EVERY_SECONDS", 0.01)
    with serving(place) as office, place.open() as elsewhere:
        epoch = elsewhere.change_master_key()
        wait_until(lambda: office.service.ledger.vault.epoch == epoch)
        assert office.service.health.over is None


def test_a_service_whose_vault_was_wrapped_under_a_key_that_it_lacks_turns_red_ends_by_itself_and_says_why(
    tmp_path: Path,
) -> None:
    place = place_in(tmp_path)
    with running(place, **with_a_copy_of_its_key(place, tmp_path / "copied")) as (process, client):
        with place.open() as ledger:
            ledger.change_master_key()
        while client.get("/health").status_code == 200:
            assert process.poll() is None
        assert process.stderr is not None
        said = process.stderr.read().splitlines()[-1]
        assert process.wait() == 2
    assert said.startswith("The vault is wrapped under the master key of epoch 2")


def test_of_several_workers_each_ends_so_is_started_again_and_tells_what_all_have_counted(
    tmp_path: Path,
) -> None:
    place = place_in(tmp_path / "at")
    live = counted("http_request_seconds_count", method="GET", route="/health/live", status="200")
    copied = with_a_copy_of_its_key(place, tmp_path / "copied")
    with running(place, "--workers", "2", **copied) as (process, client):
        for _ in range(20):
            client.get("/health/live", headers={"Connection": "close"})

        def metrics() -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
            return parsed(client.get("/metrics", headers={"Connection": "close"}).text)

        wait_until(lambda: metrics()[live] >= 20)  # an answer is counted once it is given
        told = [metrics() for _ in range(4)]
        with place.open() as ledger:
            ledger.change_master_key()
        wait_until(lambda: not _green(client))
        shutil.copy(place.master_key, tmp_path / "copied")
        wait_until(lambda: _green(client))
        assert process.poll() is None
    assert [each[live] for each in told] == [20] * 4
    assert [each[counted("entries")] for each in told] == [told[0][counted("entries")]] * 4


def _green(client: httpx.Client) -> bool:
    return client.get("/health", headers={"Connection": "close"}).status_code == 200


def test_what_is_asked_is_counted_by_the_template_of_its_route_and_by_what_came_of_it(
    tmp_path: Path,
) -> None:
    with serving(place_in(tmp_path)) as office:
        caller = office.as_member("I-02")
        reference = caller.opened()
        caller.post(f"/v1/cases/{reference}/note", {"text": "Rang twice."}, key="once")
        caller.post(f"/v1/cases/{reference}/note", {"text": "Rang twice."}, key="once")
        caller.post(f"/v1/cases/{reference}/resolve", {"outcome": "done"}, If_Match="*")
        caller.get(f"/v1/cases/{reference}")
        caller.ask("BREW", f"/v1/cases/{reference}", headers={})
        caller.get(f"/nowhere/{reference}")
        found, text = samples(office), office.nobody().get("/metrics").text
        tip = office.service.ledger.store.tip()
    requests = "http_request_seconds_count"
    route = "/v1/cases/{ref}"
    assert found[counted(requests, method="GET", route=route, status="200")] == 1
    assert found[counted(requests, method="POST", route=f"{route}/note", status="201")] == 1
    assert found[counted(requests, method="POST", route=f"{route}/note", status="200")] == 1
    assert found[counted(requests, method="GET", route="none", status="404")] == 1
    assert [labels for name, labels in found if ("method", "BREW") in labels] == []
    assert found[counted("commands_total", command="OpenCase", outcome="recorded")] == 1
    assert found[counted("commands_total", command="AddNote", outcome="recorded")] == 1
    assert found[counted("commands_total", command="AddNote", outcome="replayed")] == 1
    refused = [
        labels for name, labels in found if name.endswith("commands_total")
        and ("command", "ResolveCase") in labels
    ]  # fmt: skip
    assert len(refused) == 1
    assert ("outcome", "recorded") not in refused[0]
    assert found[counted("batch_commands_sum")] >= found[counted("batch_commands_count")] >= 2
    assert found[counted("entries")] == tip
    assert (found[counted("ready")], found[counted("projector_failures_total")]) == (1, 0)
    assert reference not in text
    assert "I-02" not in text


def test_a_stream_that_lasts_is_counted_when_it_begins(tmp_path: Path) -> None:
    with serving(place_in(tmp_path), heartbeat_seconds=0.01) as office:
        stream = "/v1/feed/events"
        headers = {"Authorization": f"Bearer {office.as_member('A-01').token}"}
        asked_at = perf_counter()
        with office.client.stream("GET", stream, headers=headers) as answer:
            next(answer.iter_bytes())
            begun_within = perf_counter() - asked_at
        office.service.draining.set()
        wanted = counted("http_request_seconds_count", method="GET", route=stream, status="200")
        while wanted not in (found := samples(office)):
            continue
    assert found[wanted] == 1
    seconds = found[counted("http_request_seconds_sum", method="GET", route=stream, status="200")]
    assert seconds <= begun_within, "when it began, not when it ended"


@pytest.mark.parametrize(
    ("setting", "headers", "status"),
    [
        ("loopback", {}, 200),
        ("loopback", {"X-Forwarded-For": "203.0.113.7"}, 404),
        ("loopback", {"Host": "cases.example"}, 404),
        ("anyone", {"X-Forwarded-For": "203.0.113.7"}, 200),
        ("nobody", {}, 404),
    ],
)
def test_metrics_are_for_the_machine_itself_unless_it_is_set_otherwise(
    tmp_path: Path, setting: str, headers: dict[str, str], status: int
) -> None:
    with serving(place_in(tmp_path), metrics=setting) as office:
        told = office.client.get("/metrics", headers=headers)
    assert told.status_code == status
    assert ("caseledger_entries" in told.text) == (status == 200)


def test_whoever_has_the_id_of_a_problem_finds_one_line_of_the_log_by_it(office: Served) -> None:
    desk, nobody = office.as_member("I-02"), office.nobody()
    sent = {"Content-Type": "application/json", "Idempotency-Key": "log"}
    with capture_logs() as lines:
        refused = {
            "malformed-request": desk.ask("POST", "/v1/cases", headers=sent, content=b"{"),
            "invalid-command": desk.get("/v1/cases?limit=many"),
            "unauthenticated": nobody.get("/v1/board"),
            "not-found": desk.get("/v1/tickets/Ada-Tremblay"),
            "method-not-allowed": desk.ask("DELETE", "/v1/cases", headers={}),
            "not-authorised": desk.get("/v1/feed"),
            "body-too-large": desk.ask("POST", "/v1/cases", headers=sent, content=b" " * 2_000_000),
            "case-not-found": desk.post("/v1/cases/7ZK3Q-0M9TB-R/note", {"text": "a"}),
        }
        scim = office.as_member("D-01").get("/scim/v2/Users/nobody")
    for code, answer in refused.items():
        told = answer.json()
        assert (told["code"], told["instance"]) == (code, answer.headers["Request-Id"])
        (line,) = [each for each in lines if each.get("instance") == told["instance"]]
        event = "command" if code == "case-not-found" else "problem"
        assert (line["event"], line["outcome"]) == (event, code)
    assert [each for each in lines if each.get("instance") == scim.headers["Request-Id"]]
    assert "Tremblay" not in str(lines), "an address that is none can name anybody"
