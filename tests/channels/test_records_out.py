"""Records go out in the forms of others, each held against a referee that knows nothing of us.

OCEL 2.0 is validated by its published schema and PROV-JSON read by the reference library.
"""

from __future__ import annotations

import csv
import io
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from typing import Any

import jsonschema
import orjson
import pytest
from prov.model import ProvActivity, ProvAgent, ProvDocument, ProvEntity

from api.channels.exports import Seen, write_export
from ledger.case.custody.pulling import PullCase
from ledger.case.intake.opening import OpenCase
from ledger.ids import reference_of
from ledger.registers.people.parties import RecordParty
from ledger.service import Ledger
from tests.case.cases import APPLICATION, decide
from tests.channels.logs import real
from tests.deciding import INCOME
from tests.ledgers import INTAKE, ROADS, Place

NAME = "Aurélie Tremblay-Fictive"


@pytest.fixture
def ledger(place: Place) -> Iterator[Ledger]:
    """Two cases of one requester: one is worked on."""
    with place.office() as ledger:
        party, first, second = ledger.new_id(), ledger.new_id(), ledger.new_id()
        ledger.handle(RecordParty(party_id=party, name=NAME), actor=INTAKE)
        for case_id in (first, second):
            place.clock.pass_by(minutes=5)
            opened = OpenCase(
                case_id=case_id, channel="phone", request_type="RDW-POT", requester=party
            )
            ledger.handle(opened, actor=INTAKE)
        ledger.handle(PullCase(case_ids=(first,), team="RDW", owner=ROADS.id), actor=ROADS)
        yield ledger


def exported(ledger: Ledger, form: Any, **asked: Any) -> Any:
    out = io.BytesIO()
    count = write_export(ledger, out, form, seen=Seen(**asked))
    document = orjson.loads(out.getvalue())
    return count, document


def test_an_object_centric_log_is_valid_by_the_published_schema_and_has_an_event_an_entry(
    ledger: Ledger,
) -> None:
    schema = orjson.loads(real("conformance", "xes-ocel", "schema_ocel2.json").read_bytes())
    count, log = exported(ledger, "jsonocel")
    jsonschema.Draft7Validator(schema).validate(log)
    assert count == len(log["events"]) == ledger.store.tip()
    assert [event["id"] for event in log["events"]] == [f"entry/{n}" for n in range(1, count + 1)]


def test_an_event_cites_its_entry_and_says_when_by_whom_and_for_which_team_it_was(
    ledger: Ledger,
) -> None:
    """An auditor finds the entry again by its digest, which is the leaf of the log."""
    _, log = exported(ledger, "jsonocel")
    row = next(row for row in ledger.store.entries(after=0, limit=99) if row.topic == "CasePulled")
    event = log["events"][row.position - 1]
    said = {each["name"]: each["value"] for each in event["attributes"]}
    leaf = sha256(b"\x00" + row.state.partition(b"\n")[0]).digest()
    assert said["digest"] == urlsafe_b64encode(leaf).rstrip(b"=").decode()
    assert (said["position"], said["version"]) == (str(row.position), str(row.version))
    assert (said["actor_kind"], said["known_at"]) == ("person", event["time"])
    related = {(each["objectId"], each["qualifier"]) for each in event["relationships"]}
    assert {(row.stream, "of"), (f"person/{ROADS.id}", "by"), ("team/RDW", "for")} <= related
    declared = next(each for each in log["eventTypes"] if each["name"] == row.topic)["attributes"]
    assert [each["name"] for each in declared] == sorted(said)
    assert {each["name"]: each["type"] for each in declared}["position"] == "integer"
    (case,) = (each for each in log["objectTypes"] if each["name"] == "case")
    assert {each["name"]: each["type"] for each in case["attributes"]} == {
        "channel": "string", "type": "string", "received": "time", "deadline": "time", "ended": "time",
    }  # fmt: skip


def test_every_object_and_type_that_an_event_names_is_declared_once(ledger: Ledger) -> None:
    _, log = exported(ledger, "jsonocel")
    objects = [each["id"] for each in log["objects"]]
    named = {of["objectId"] for event in log["events"] for of in event["relationships"]}
    assert len(objects) == len(set(objects))
    assert named == set(objects)
    declared = {each["name"]: {a["name"] for a in each["attributes"]} for each in log["eventTypes"]}
    for event in log["events"]:
        assert {each["name"] for each in event["attributes"]} <= declared[event["type"]]
    assert {each["type"] for each in log["objects"]} == {
        each["name"] for each in log["objectTypes"]
    }


def test_the_requester_of_two_cases_is_one_object_that_both_openings_are_about(
    ledger: Ledger,
) -> None:
    _, log = exported(ledger, "jsonocel")
    openings = [event for event in log["events"] if event["type"] == "CaseOpened"]
    requesters = [
        of["objectId"]
        for event in openings
        for of in event["relationships"]
        if of["qualifier"] == "requester"
    ]
    assert len(openings) == 2
    assert len(set(requesters)) == 1


def test_a_case_is_an_object_with_its_channel_type_and_times(ledger: Ledger) -> None:
    _, log = exported(ledger, "jsonocel")
    cases = [each for each in log["objects"] if each["type"] == "case"]
    said = [{each["name"]: each["value"] for each in case["attributes"]} for case in cases]
    assert [(case["channel"], case["type"]) for case in said] == [("phone", "RDW-POT")] * 2


def test_the_provenance_is_read_by_the_reference_library_with_nothing_left_out(
    ledger: Ledger,
) -> None:
    count, document = exported(ledger, "provjson")
    read = ProvDocument.deserialize(content=orjson.dumps(document).decode(), format="json")
    entities = [str(each.identifier) for each in read.get_records(ProvEntity)]
    assert count == ledger.store.tip() + sum(name.startswith("cl:policy-") for name in entities)
    commands = {str(each.context.command_id) for each in ledger.entries()}
    activities = {str(each.identifier) for each in read.get_records(ProvActivity)}
    assert activities == {f"cl:command-{command}" for command in commands}
    agents = {str(each.identifier) for each in read.get_records(ProvAgent)}
    assert {f"cl:person-{each.actor.id}" for each in ledger.entries()} <= agents
    assert f"cl:team-{ROADS.team}" in agents


def test_each_relation_of_the_provenance_names_what_the_document_declares(ledger: Ledger) -> None:
    _, document = exported(ledger, "provjson")
    declared = {name for kind in ("entity", "activity", "agent") for name in document[kind]}
    for kind, relations in document.items():
        if kind in ("prefix", "entity", "activity", "agent"):
            continue
        assert relations, kind
        for relation in relations.values():
            named = {value for key, value in relation.items() if key in _NAMING}
            assert named <= declared, (kind, relation)


_NAMING = frozenset(
    {
        "prov:entity",
        "prov:activity",
        "prov:agent",
        "prov:delegate",
        "prov:responsible",
        "prov:generatedEntity",
        "prov:usedEntity",
    }
)


def test_the_provenance_of_a_decision_names_its_delegation_also_where_nobody_cited_it(
    ledger: Ledger,
) -> None:
    ledger.handle(APPLICATION, actor=INTAKE)
    decided = ledger.handle(decide(), actor=replace(INCOME, delegation=None))
    _, document = exported(ledger, "provjson")
    acting = [
        said
        for said in document["actedOnBehalfOf"].values()
        if said.get("cl:delegation") == "DEL-INC-2026"
    ]
    entry = next(iter(ledger.entries(after=decided.position - 1)))
    assert [each["prov:activity"] for each in acting] == [f"cl:command-{entry.context.command_id}"]


def test_one_case_alone_goes_out_in_every_form(ledger: Ledger) -> None:
    stream = ledger.store.streams("case")[0]
    own = len(ledger.read(stream))
    _, log = exported(ledger, "jsonocel", stream=stream)
    assert len(log["events"]) == own
    _, document = exported(ledger, "provjson", stream=stream)
    assert sum(name.startswith("cl:entry-") for name in document["entity"]) == own
    out = io.BytesIO()
    write_export(ledger, out, "csv", seen=Seen(stream=stream))
    rows = list(csv.DictReader(io.StringIO(out.getvalue().decode())))
    references = {row["case:concept:name"] for row in rows}
    assert references == {reference_of(ledger.read(stream)[0].entry.subject_id)}


def test_nothing_personal_goes_out(ledger: Ledger) -> None:
    for form in ("jsonocel", "provjson"):
        _, document = exported(ledger, form)
        assert NAME not in orjson.dumps(document).decode()
