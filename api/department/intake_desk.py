"""How matters become cases at the simulated office: the party recorded, the case opened, classified and linked."""

from __future__ import annotations

from api.department.agenda import Doing
from api.department.arrivals import Matter, happens
from api.department.desk import FORM, Desk
from ledger.case.confirming import ConfirmRouting
from ledger.case.contact import AddRecordItem
from ledger.case.intake import ClassifyCase, OpenCase
from ledger.case.links import LinkCase
from ledger.entry import Actor
from ledger.registers.parties import RecordParty

_INTAKE = ("I-02", "I-03")
_PAPER = {"letter": "application/pdf", "email": "message/rfc822", "web": "application/json"}


def arrive(desk: Desk, matter: Matter) -> Doing:
    """A matter arrives: somebody at intake, or the web form, opens its case with what is there."""
    clerk = desk.member(desk.chance.choice(_INTAKE), team="INT")
    opener = FORM if matter.channel == "web" else clerk
    if matter.repeat_of is None:
        desk.ask(
            RecordParty(
                party_id=matter.party_id,
                assurance="claimed",
                language=matter.language,
                name=matter.name,
                contact={"phone": matter.phone},
            ),
            opener,
        )
    desk.matters[matter.case_id] = matter
    desk.ask(
        OpenCase(
            case_id=matter.case_id,
            channel=matter.channel,
            request_type=matter.kind if matter.typed else None,
            region=matter.region,
            language=matter.language,
            severity=matter.severity,
            severity_criterion=matter.criterion,
            urgency_stated=happens(desk.chance, 20),
            requester=matter.party_id,
            answers=matter.answers,
        ),
        opener,
    )
    _keep_original(desk, matter, opener)
    if not matter.typed:
        yield desk.working(1.5)
        desk.ask(ClassifyCase(case_id=matter.case_id, request_type=matter.kind), clerk)
    if "adjustment" in matter.answers:
        yield desk.working(0.5)
        desk.ask(ConfirmRouting(case_id=matter.case_id), clerk)
    if matter.repeat_of is not None:
        yield desk.working(2)
        desk.ask(
            LinkCase(
                case_id=matter.case_id,
                other_case=matter.repeat_of,
                relation="same_matter",
                reason="The same person about the same thing.",
            ),
            clerk,
        )


def _keep_original(desk: Desk, matter: Matter, opener: Actor) -> None:
    media_type = _PAPER.get(matter.channel)
    if media_type is None:
        return
    desk.ask(
        AddRecordItem(
            case_id=matter.case_id,
            item_id=next(desk.ids),
            digest=desk.chance.randbytes(32).hex(),
            media_type=media_type,
            size_bytes=desk.chance.randrange(2_000, 900_000),
            pages=desk.chance.randrange(1, 6),
            custodian="INT",
            place_kept="intake/originals",
        ),
        opener,
    )
