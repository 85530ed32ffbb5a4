"""An office in which each role has a member who holds that role alone, and cases that stand to them in every way."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from fastapi import FastAPI

from api.http import create_app
from api.http.matrix import ROLES
from ledger.case.contact.contacts import AddNote, LogContact
from ledger.case.custody.pulling import AssignCase
from ledger.case.custody.recusal import RecuseFromCase
from ledger.case.custody.transfers import AcceptTransfer, TransferCase
from ledger.case.intake.opening import OpenCase
from ledger.case.work.tasks import AddTask
from ledger.commands import Request
from ledger.entry import Actor
from ledger.ids import reference_of
from ledger.keeping import close_inquiry, open_inquiry
from ledger.policy.access import Role
from ledger.policy.acting.acts import Relation
from ledger.policy.document.policy import Policy
from ledger.policy.reading.toml import read_policy
from ledger.registers.disclosures.items import ListDisclosureItem
from ledger.registers.disclosures.opening import OpenDisclosure, SetDisclosureScope
from ledger.registers.disclosures.searching import LogSearch
from ledger.registers.inquiries.opening import CloseInquiry, OpenInquiry
from ledger.registers.integrations.webhooks import MakeSubscription
from ledger.registers.people.parties import RecordParty
from ledger.service import Ledger
from tests.api.http.served import Served, serving
from tests.ledgers import INTAKE, OFFICE, WATCH, Place

TEAM, OTHER = "INC", "RDW"
PROTECTED = (
    "Qzname Protected",
    "Qzphone-902-555-0188",
    "Qzdescription of what befell",
    "Qzexternal-77",
    "Qznote of an officer",
    "Qzwords of the requester",
    "Qztask to be done",
    "Qzhandover of the case",
    "Qzinquiry-reference",
    "Qzterms that were searched for",
    "Qztitle of a document",
    "Qzneutral description of it",
    "Qzscope in words",
)
"""Personal values of the cases, none of which may be seen but by the way that asks first."""
LEADER = Actor("person", "L-03", role="dispatcher", team=TEAM)
LINK = Actor("person", "L-01", role="liaison", team="INT")
_AFTER = 'watch = { kind = "machine", version = "1", teams = ["INT"] }\n'
_DIRECTOR = 'director = "D-01"\n'
_FULL, _NEVER_FULL = "above_percent = 400", "above_percent = 10_000"
"""However many roles there are, the cases of their members stay with their team."""
_MEMBER = '{code} = {{ name = "Somebody", teams = ["{team}"], roles = ["{role}"] }}\n'
_SYSTEM = '{code} = {{ kind = "machine", version = "3", teams = ["{team}"] }}\n'


def code_of(role: Role) -> str:
    """The member who holds a role and no other."""
    return f"only-{role}"


def policy_of_roles() -> Policy:
    """The office's policy with one member more for each role, all of one team."""
    text = OFFICE.read_text(encoding="utf-8")
    assert _AFTER in text
    lines = (
        (_SYSTEM if role == "integrator" else _MEMBER).format(
            code=code_of(role), team=TEAM, role=role
        )
        for role in ROLES
    )
    text = text.replace(_AFTER, _AFTER + "".join(lines))
    assert _DIRECTOR in text
    assert _FULL in text
    text = text.replace(_FULL, _NEVER_FULL)
    keeps = f'directory_system = "{code_of("integrator")}"\n'
    return read_policy(text.replace(_DIRECTOR, _DIRECTOR + keeps), file=OFFICE.name)


@dataclass(frozen=True)
class Standing:
    """A case that stands to a member in a way, with all the relations that hold at once."""

    case_id: UUID
    holds: frozenset[Relation]
    inquiry: UUID | None = None

    @property
    def reference(self) -> str:
        return reference_of(self.case_id)


@dataclass(frozen=True)
class OfficeOfRoles:
    """The served office, its cases by how they stand, and parties by who recorded them."""

    served: Served
    shared: Mapping[Relation, Standing]
    by_role: Mapping[tuple[Role, Relation], Standing]
    parties: Mapping[Relation, UUID]
    subscriptions: Mapping[Relation, UUID]
    inquiries: Mapping[Relation, UUID]
    """The open one, and one that is closed."""
    disclosures: Mapping[tuple[Role, Relation], UUID]
    app: FastAPI
    """The same service in this process, to be asked without a socket."""
    tip: int
    """The last entry that was recorded to make all this."""

    def case(self, role: Role, relation: Relation) -> Standing:
        """The case that stands so to the member of a role."""
        return self.by_role.get((role, relation)) or self.shared[relation]


def actor_of(role: Role) -> Actor:
    """The member of a role, as the ledger knows them."""
    if role == "integrator":
        return Actor("machine", code_of(role), team=TEAM, version="3")
    return Actor("person", code_of(role), role=role, team=TEAM)


@contextmanager
def office_of_roles(place: Place) -> Generator[OfficeOfRoles]:
    """It, served until the block ends."""
    with serving(place, policy=policy_of_roles()) as served:
        ledger = served.service.ledger
        shared, by_role = _shared(ledger), dict(_of_roles(ledger))
        parties, hooks = _parties(ledger), _subscriptions(ledger)
        inquiries = _inquiries(ledger, shared["inquiry"])
        asked = _disclosures(ledger, shared, by_role)
        app = create_app(served.service)
        tip = ledger.store.tip()
        yield OfficeOfRoles(served, shared, by_role, parties, hooks, inquiries, asked, app, tip)


def opened(ledger: Ledger, request_type: str, *, by: Actor = INTAKE) -> UUID:
    """A new case, which the rules have routed."""
    case_id, party_id = ledger.new_id(), ledger.new_id()
    named = RecordParty(party_id=party_id, name=PROTECTED[0], contact={"phone": PROTECTED[1]})
    ledger.handle(named, actor=by)
    command = OpenCase(
        case_id=case_id,
        channel="phone",
        request_type=request_type,
        region="HAL",
        requester=party_id,
        answers={"name": PROTECTED[0], "contact": PROTECTED[1], "description": PROTECTED[2]},
        external_id=PROTECTED[3],
    )
    ledger.handle(command, actor=by)
    note = AddNote(case_id=case_id, note_id=ledger.new_id(), text=PROTECTED[4])
    ledger.handle(note, actor=by)
    contact = LogContact(
        case_id=case_id,
        contact_id=ledger.new_id(),
        direction="inbound",
        channel="phone",
        kinds=("chase",),
        words=PROTECTED[5],
    )
    ledger.handle(contact, actor=by)
    return case_id


def _inquired(ledger: Ledger, case_id: UUID) -> UUID:
    """An inquiry about a case."""
    inquiry_id = ledger.new_id()
    inquiry = OpenInquiry(
        inquiry_id=inquiry_id,
        office="OMB",
        cases=(case_id,),
        hold_id=ledger.new_id(),
        expires_at=ledger.clock() + timedelta(days=30),
        reference=PROTECTED[8],
        recipient="Marie Doucet",
        purpose="Why it took so long",
    )
    open_inquiry(ledger, Request(inquiry, LINK))
    return inquiry_id


def _inquiries(ledger: Ledger, asked_about: Standing) -> dict[Relation, UUID]:
    assert asked_about.inquiry is not None
    closed = _inquired(ledger, asked_about.case_id)
    close_inquiry(ledger, Request(CloseInquiry(inquiry_id=closed), LINK))
    return {"inquiry": asked_about.inquiry, "other": closed}


def _shared(ledger: Ledger) -> dict[Relation, Standing]:
    asked_about = opened(ledger, "RDW-POT")
    inquiry_id = _inquired(ledger, asked_about)
    with_task = opened(ledger, "RDW-POT")
    task = AddTask(case_id=with_task, task_id=ledger.new_id(), title=PROTECTED[6], team=TEAM)
    ledger.handle(task, actor=INTAKE)
    return {
        "team": Standing(opened(ledger, "INC-APP"), frozenset({"team", "programme"})),
        "task": Standing(with_task, frozenset({"task"})),
        "inquiry": Standing(asked_about, frozenset({"inquiry"}), inquiry_id),
        "programme": Standing(_moved(ledger), frozenset({"programme"})),
        "other": Standing(opened(ledger, "RDW-POT"), frozenset({"other"})),
    }


def _moved(ledger: Ledger) -> UUID:
    """A case of the team's programme area that another team has."""
    case_id, transfer_id = opened(ledger, "INC-APP"), ledger.new_id()
    handed = TransferCase(
        case_id=case_id,
        transfer_id=transfer_id,
        to_team="INT",
        reason="wrong-team",
        handover=PROTECTED[7],
    )
    ledger.handle(handed, actor=LEADER)
    ledger.handle(AcceptTransfer(case_id=case_id, transfer_id=transfer_id), actor=INTAKE)
    return case_id


def _of_roles(ledger: Ledger) -> Generator[tuple[tuple[Role, Relation], Standing]]:
    for role in ROLES:
        actor = actor_of(role)
        theirs = opened(ledger, "RDW-POT", by=actor)
        yield (role, "theirs"), Standing(theirs, frozenset({"theirs"}))
        if role == "integrator":
            continue
        own, left = opened(ledger, "INC-APP"), opened(ledger, "INC-APP")
        ledger.handle(AssignCase(case_id=own, owner=actor.id), actor=LEADER)
        yield (role, "own"), Standing(own, frozenset({"own", "team", "programme"}))
        ledger.handle(RecuseFromCase(case_id=left, member=actor.id), actor=actor)
        yield (role, "recused"), Standing(left, frozenset({"recused"}))


def _parties(ledger: Ledger) -> dict[Relation, UUID]:
    found: dict[Relation, UUID] = {}
    recorded: dict[Relation, Actor] = {"theirs": actor_of("integrator"), "other": INTAKE}
    for relation, by in recorded.items():
        party_id = ledger.new_id()
        ledger.handle(RecordParty(party_id=party_id, name=PROTECTED[0]), actor=by)
        found[relation] = party_id
    found["none"] = found["other"]
    return found


def _disclosures(
    ledger: Ledger,
    shared: Mapping[Relation, Standing],
    by_role: Mapping[tuple[Role, Relation], Standing],
) -> dict[tuple[Role, Relation], UUID]:
    """For each role a disclosure of a case, and one whose request they stepped back from."""
    found: dict[tuple[Role, Relation], UUID] = {}
    for role in ROLES:
        found[role, "none"] = _disclosed(ledger, shared["other"].case_id)
        if (role, "recused") in by_role:
            found[role, "recused"] = _disclosed(ledger, by_role[role, "recused"].case_id)
    return found


def _disclosed(ledger: Ledger, case_id: UUID) -> UUID:
    """The answer to a request, begun: its scope drawn, what was searched for and listed in words that are personal."""
    disclosure_id, actor = ledger.new_id(), actor_of("foi")
    ledger.handle(OpenDisclosure(disclosure_id=disclosure_id, case_id=case_id), actor=actor)
    search = LogSearch(
        disclosure_id=disclosure_id,
        search_id=ledger.new_id(),
        custodian="RDW",
        tasked_on=ledger.clock().date(),
        systems=("mail",),
        found=1,
        minutes=10,
        terms=PROTECTED[9],
    )
    listed = ListDisclosureItem(
        disclosure_id=disclosure_id,
        item_id=ledger.new_id(),
        digest="0a" * 32,
        mark="m",
        pages=3,
        media_type="application/pdf",
        custodian="Roads",
        title=PROTECTED[10],
        description=PROTECTED[11],
    )
    scope = SetDisclosureScope(disclosure_id=disclosure_id, cases=(case_id,), words=PROTECTED[12])
    for command in (search, listed, scope):
        ledger.handle(command, actor=actor)
    return disclosure_id


def _subscriptions(ledger: Ledger) -> dict[Relation, UUID]:
    found: dict[Relation, UUID] = {}
    systems: dict[Relation, Actor] = {"theirs": actor_of("integrator"), "other": WATCH}
    for relation, by in systems.items():
        found[relation] = ledger.new_id()
        made = MakeSubscription(
            webhook_id=found[relation], member=by.id, url="https://crm.example/hooks", after=0
        )
        ledger.handle(made, actor=by)
    return found
