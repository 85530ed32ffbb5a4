"""How matters become cases at the simulated department: recorded, opened, sorted, confirmed, linked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from api.department.agenda import Doing
from api.department.desk import FORM, Desk
from api.department.letters import acknowledge, handle_tray, machine_mail
from api.department.matter import Matter
from api.shown.duplicates import likely_duplicates
from ledger.case.contact.filing import AddRecordItem
from ledger.case.custody.confirming import ConfirmRouting
from ledger.case.custody.routing import RouteCase
from ledger.case.intake.needs import ConfirmNeed
from ledger.case.intake.opening import ClassifyCase, OpenCase
from ledger.case.links import LinkCase, Relation
from ledger.case.people.concerned import AddCaseParty
from ledger.commands import Command
from ledger.entry import Actor
from ledger.policy.document.conditions import RoutingFacts
from ledger.policy.load import Load
from ledger.policy.routing.rules import route
from ledger.registers.people.parties import (
    DecidePartyLink,
    IdentifyParty,
    RecordBirth,
    RecordParty,
)
from ledger.registers.people.representing import AppointRepresentative

_PAPER = {"letter": "application/pdf", "email": "message/rfc822", "web": "application/json"}
_BY_MACHINE = frozenset({"web", "web-fr", "monitors", "city-line"})
_IN_PERSON = frozenset({"desk"})


def arrive(desk: Desk, matter: Matter) -> Doing:
    """A matter arrives: somebody at intake, or a machine, opens its case with what is there."""
    if matter.channel not in _BY_MACHINE and not matter.danger and not desk.open_now:
        yield desk.opening() + timedelta(minutes=desk.chance.randrange(5, 90))
    item_id = machine_mail(desk, "robot") if matter.channel == "monitors" else None
    opener = _opener(desk, matter)
    _open(desk, matter, opener)
    if item_id is not None:
        handle_tray(desk, item_id, "case_opened", about=matter.case_id)
    yield from _at_intake(desk, matter)


def _opener(desk: Desk, matter: Matter) -> Actor:
    """The web form, a clerk, or at night whoever is on call for the team that will have it."""
    if matter.channel in _BY_MACHINE:
        return FORM
    if desk.open_now:
        return desk.somebody("INT", language=matter.language)
    return on_call(desk, likely_team(desk, matter))


def likely_team(desk: Desk, matter: Matter) -> str:
    """The team to which the rules would give a matter as it is."""
    facts = RoutingFacts(
        type=matter.kind,
        region=matter.region,
        channel=matter.channel,
        language=matter.language,
        severity=matter.severity,
        answers={"danger_now": matter.danger},
    )
    return route(desk.compiled, facts, Load()).team


def on_call(desk: Desk, team: str) -> Actor:
    """Whoever answers for a team at any hour: one of those on call who are there, else its leader."""
    found = [each for each in desk.policy.teams[team].on_call if desk.present(each)]
    if not found:
        return desk.leader(team)
    return desk.member(desk.chance.choice(found), team=team)


def _open(desk: Desk, matter: Matter, opener: Actor) -> None:
    asked: list[Command] = []
    if matter.repeat_of is None:
        asked.append(
            RecordParty(
                party_id=matter.party_id,
                assurance="claimed",
                language=matter.language,
                name=matter.name,
                contact={"phone": matter.phone},
            )
        )
    asked.append(
        OpenCase(
            case_id=matter.case_id,
            channel=matter.channel,
            request_type=matter.taken_as,
            region=matter.region,
            language=matter.language,
            severity=matter.severity,
            severity_criterion=matter.criterion,
            urgency_stated=matter.danger or desk.happens("says it is urgent", 20),
            reached_body_at=matter.at if matter.at < desk.clock() else None,
            requester=matter.party_id,
            answers=_fitting(desk, matter),
            answered_in=matter.language,
        )
    )
    media_type = _PAPER.get(matter.channel)
    if media_type is not None:
        asked.append(item_of(desk, matter, media_type, "intake/originals"))
    desk.ask_all([desk.request(each, opener) for each in asked])


def _fitting(desk: Desk, matter: Matter) -> dict[str, Any]:
    """The answers; whoever took it for something else asked no more than that asks."""
    if matter.taken_as in (matter.kind, None):
        return matter.answers
    terms = desk.policy.types[matter.taken_as or matter.kind]
    wanted = {*desk.policy.office.asks, *desk.policy.office.offers, *terms.required}
    return {code: value for code, value in matter.answers.items() if code in wanted}


def item_of(desk: Desk, matter: Matter, media_type: str, place: str) -> AddRecordItem:
    """A document that comes with a matter, known by its digest."""
    return AddRecordItem(
        case_id=matter.case_id,
        item_id=next(desk.ids),
        digest=desk.chance.randbytes(32).hex(),
        media_type=media_type,
        size_bytes=desk.chance.randrange(2_000, 900_000),
        pages=desk.chance.randrange(1, 6),
        custodian="INT",
        place_kept=place,
        language=matter.language,
    )


def _at_intake(desk: Desk, matter: Matter) -> Doing:
    """What intake does next: says that we have it, checks who it is, sorts it, and sees whether it came before."""
    yield desk.working(desk.chance.choice((0.3, 0.5, 1.5)))
    clerk = desk.somebody("INT", language=matter.language)
    _who_it_is(desk, matter, clerk)
    if desk.happens("acknowledged at intake", 75):
        yield from acknowledge(desk, matter, clerk)
    if matter.taken_as is None:
        yield desk.working(1)
        sort(desk, matter, clerk, as_kind=matter.kind)
    if desk.case(matter.case_id).proposal is not None and desk.happens("confirmed in time", 85):
        confirm(desk, matter)
    if matter.repeat_of is not None:
        yield desk.working(2)
        _link(desk, matter, matter.repeat_of, clerk)


def sort(desk: Desk, matter: Matter, clerk: Actor, *, as_kind: str) -> None:
    """Somebody says what a matter is, and where it is if nobody knew; the rules then say whose."""
    region = matter.region or "HAL"
    if region == "NOR":
        region = desk.chance.choice(("NOR-EAST", "NOR-WEST"))
    settled = ClassifyCase(case_id=matter.case_id, request_type=as_kind, region=region)
    desk.ask(settled, clerk)
    case = desk.case(matter.case_id)
    if case.owner is None and case.team == "INT" and case.status == "open":
        desk.ask(RouteCase(case_id=matter.case_id), clerk)


def confirm(desk: Desk, matter: Matter) -> None:
    """A duty person confirms what the rules propose, or knows better."""
    proposal = desk.case(matter.case_id).proposal
    if proposal is None:
        return
    duty = desk.somebody(proposal.team, language=matter.language)
    if desk.happens("duty knows better", 12):
        elsewhere = ConfirmRouting(
            case_id=matter.case_id, team=proposal.team, reason="We know this family already."
        )
        desk.ask(elsewhere, duty)
    else:
        desk.ask(ConfirmRouting(case_id=matter.case_id), duty)


def _who_it_is(desk: Desk, matter: Matter, clerk: Actor) -> None:
    asked: list[Command] = []
    needs = desk.policy.types[matter.kind].complete_needs
    if "identity" in needs and matter.channel in _IN_PERSON:
        asked.append(ConfirmNeed(case_id=matter.case_id, need="identity", words="Card seen."))
        asked.append(identified(matter))
    if "fee" in needs and matter.channel in _IN_PERSON:
        asked.append(ConfirmNeed(case_id=matter.case_id, need="fee"))
    born = matter.answers.get("dob")
    if isinstance(born, str) and matter.repeat_of is None:
        asked.append(RecordBirth(party_id=matter.party_id, born_on=date.fromisoformat(born)))
    if matter.answers.get("representative"):
        asked += _represented(desk, matter)
    desk.ask_all([desk.request(each, clerk) for each in asked])


def identified(matter: Matter) -> IdentifyParty:
    """Somebody's proof of identity was seen."""
    return IdentifyParty(
        party_id=matter.party_id, assurance="verified", evidence="A driver's licence was seen."
    )


def _represented(desk: Desk, matter: Matter) -> list[Command]:
    helper = next(desk.ids)
    return [
        RecordParty(party_id=helper, language=matter.language, name="A helper of the requester"),
        AppointRepresentative(
            party_id=matter.party_id,
            representative=helper,
            authority="consent",
            scope="This request.",
        ),
        AddCaseParty(case_id=matter.case_id, party=helper, role="representative"),
    ]


def _link(desk: Desk, matter: Matter, other: UUID, clerk: Actor) -> None:
    """It looks as if this came before: a person sees what is like it and decides."""
    if desk.case(matter.case_id).request_type is None:
        return
    desk.views.catch_up(desk.ledger.store)
    found = likely_duplicates(desk.ledger, desk.views, matter.case_id, actor=clerk)
    similarity = {each.other: each.similarity for each in found.cases}
    relation: Relation = "same_matter"
    if desk.happens("looks alike and is not", 20):
        relation = "not_the_same"
    elif desk.happens("comes of the other", 20):
        relation = "follows"
    linked = LinkCase(
        case_id=matter.case_id,
        other_case=other,
        relation=relation,
        similarity=similarity.get(other),
        reason="The same telephone number and almost the same words.",
    )
    desk.ask(linked, clerk)


def two_records_of_one(desk: Desk, one: Matter, other: Matter) -> None:
    """Two records may be of one person: somebody at intake decides it on the evidence."""
    decided = DecidePartyLink(
        party_id=one.party_id,
        other_party=other.party_id,
        verdict="same" if desk.happens("two records of one person", 50) else "not_same",
        evidence="Name and telephone number compared.",
        similarity=desk.chance.randrange(600, 1000),
    )
    desk.ask(decided, desk.somebody("INT"))
