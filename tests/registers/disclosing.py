"""A disclosure for tests: the office's policy with grounds and an access office, and what is in its scope."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from api.policy_files import shipped_packs
from ledger.case.state import Case
from ledger.entry import Actor
from ledger.facts import Fact
from ledger.policy.in_force import Policies
from ledger.policy.reading.packs import completed
from ledger.registers.disclosures import DISCLOSURE
from ledger.registers.disclosures.approving import AnswerApplicant, ApproveDisclosure, DecideClaim
from ledger.registers.disclosures.grounds import Reasons
from ledger.registers.disclosures.guard import CompareTreatment
from ledger.registers.disclosures.opening import (
    DrawnEntry,
    DrawnSlot,
    DrawnStream,
    DrawScope,
    OpenDisclosure,
    SetDisclosureScope,
)
from ledger.registers.disclosures.review import DecideSlots, Found, ProposeWithholding, SlotTarget
from tests.deciding import Asked, Change, History, given, number, office

ID = number(0xD15C)
REQUEST = number(0xCA5E)
"""The case that the request is."""
OTHER = number(0xCA5F)
"""The case that it asks about."""
CASE = f"case/{OTHER}"
OFFICER = Actor("person", "I-02", role="foi", team="INT")
DEPUTY = Actor("person", "D-01", role="director", team="INT")
ROADS = Actor("person", "R-02", role="caseworker", team="RDW")
FINDER = Actor("machine", "finder", version="1")
PERSONAL = Reasons(exemptions=("X-PERSONAL",), harm="Their privacy is invaded.")
ADVICE = Reasons(
    exemptions=("X-ADVICE",),
    factors_for="It is old.",
    factors_against="It would chill advice.",
    override="does_not_prevail",
    override_reason="Nobody else is concerned.",
)


def grounds(document: dict[str, Any]) -> None:
    """Three exemptions, an access office, and the reasons to wait that its acts bring with them."""
    document["exemptions"] = {
        "X-PERSONAL": {
            "en": "Personal information", "section": "20", "duty": "mandatory", "test": "harm",
            "personal": True, "audiences": ["applicant", "publication", "regulator"],
        },
        "X-OTHERS": {
            "en": "Another person", "section": "21", "duty": "mandatory", "test": "class",
        },
        "X-ADVICE": {
            "en": "Advice", "section": "14", "duty": "discretionary", "test": "class",
            "override": True, "for_years": 20,
        },
    }  # fmt: skip
    document["disclosure"] = {"teams": ["INT"], "personal": "X-OTHERS"}


def terms(**said: object) -> Change:
    """Lets the policy say something else about disclosures."""

    def change(document: dict[str, Any]) -> None:
        document["disclosure"] |= said

    return change


def law(*changes: Change) -> Policies:
    """The office's policy with its access office."""
    return office(grounds, *changes) if changes else _the_law()


@cache
def _the_law() -> Policies:
    return office(grounds)


def disclosure(
    *facts: Fact, policies: Policies | None = None, version: int = 2, **others: Any
) -> History[Any]:
    """A disclosure in which these facts happened, beside the case of the request and the one asked about."""
    history: History[Any] = given(
        *facts, of=DISCLOSURE, stream=f"disclosure/{ID}", policies=policies or law()
    )
    there = {
        f"case/{REQUEST}": Case(opened=True, version=1),
        CASE: Case(opened=True, version=version),
        **others,
    }
    return replace(history, others=there)


OPEN = Asked(OpenDisclosure(disclosure_id=ID, case_id=REQUEST, applicant_class="media"), OFFICER)
SCOPE = Asked(SetDisclosureScope(disclosure_id=ID, cases=(OTHER,)), OFFICER)
DRAWN = DrawnStream(
    in_stream=CASE,
    upto_version=2,
    whole=True,
    entries=(
        DrawnEntry(
            version=1,
            personal=(DrawnSlot(slot="name", pieces=2), DrawnSlot(slot="contact", pieces=0)),
        ),
        DrawnEntry(version=2, personal=(DrawnSlot(slot="text", pieces=5),)),
    ),
)
DRAW = Asked(DrawScope(disclosure_id=ID, streams=(DRAWN,)), OFFICER)


def at(version: int, slot: str, first: int | None = None, end: int | None = None) -> SlotTarget:
    """A slot of the case asked about, or words of it."""
    return SlotTarget(in_stream=CASE, in_version=version, slot=slot, first=first, end=end)


def withheld(
    *targets: SlotTarget, reasons: Reasons = PERSONAL, actor: Actor = OFFICER, **said: Any
) -> Asked:
    """Ask that these are withheld."""
    command = DecideSlots(
        disclosure_id=ID, targets=targets, outcome="withhold", reasons=reasons, **said
    )
    return Asked(command, actor)


def released(*targets: SlotTarget, actor: Actor = OFFICER) -> Asked:
    """Ask that these are released."""
    return Asked(DecideSlots(disclosure_id=ID, targets=targets, outcome="release"), actor)


NAME = PERSONAL.model_copy(update={"severability": "A name is one word after another."})
DECIDED = (withheld(at(1, "name"), reasons=NAME), released(at(1, "contact"), at(2, "text")))
CLAIM = Asked(DecideClaim(disclosure_id=ID, claim="whole_stream"), OFFICER)
COMPARE = Asked(CompareTreatment(disclosure_id=ID), OFFICER)
APPROVE = Asked(ApproveDisclosure(disclosure_id=ID), DEPUTY)
ANSWER = Asked(
    AnswerApplicant(
        disclosure_id=ID,
        outcome="part",
        complain_within_days=60,
        complain_to="Commissioner",
        contact="I. Ntake, 902-555-0100",
        reasons="A name is withheld.",
    ),
    OFFICER,
)


def drawn(**said: Any) -> History[Any]:
    """A disclosure whose scope is drawn."""
    return asked(disclosure(**said), OPEN, SCOPE, DRAW)


def reviewed(**said: Any) -> History[Any]:
    """The same, every slot of it decided, its claim too."""
    return asked(drawn(**said), *DECIDED, CLAIM)


def approved(**said: Any) -> History[Any]:
    """The same, compared, approved and answered."""
    return asked(reviewed(**said), COMPARE, APPROVE, ANSWER)


def asked(history: History[Any], *commands: Asked) -> History[Any]:
    """The disclosure after these."""
    for each in commands:
        history = history.asked(each)
    return history


TODAY = date(2026, 3, 2)


def federal(document: dict[str, Any]) -> None:
    """The clocks of the federal Act, and its zone."""
    document |= completed(document, [shipped_packs()["canada"]])
    document["office"]["zone"] = "America/Toronto"


PROPOSE = ProposeWithholding(
    disclosure_id=ID,
    found=(
        Found(
            proposal_id=number(7),
            target=at(2, "text", 1, 3),
            exemption="X-OTHERS",
            found_by="phone",
        ),
    ),
)
