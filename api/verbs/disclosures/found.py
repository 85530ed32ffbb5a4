"""What answers a field that was left out of a verb of a disclosure, and what is looked at before it is asked."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from api.verbs.disclosures.asked_of import answering, disclosure_of, disclosures, opened, request_of
from api.verbs.verb import Around
from ledger.errors import InvalidCommand, Refusal, UnlawfulTransition
from ledger.registers.disclosures import opening
from ledger.registers.disclosures.guard import open_differences
from ledger.sealing.slots import b64u
from projections.disclosures.finder import names_in
from projections.disclosures.scope import personal_values

_PURPOSE = "To keep the applicant's name out of a notice."
_TOLD_OTHERS = ("office", "told", "words")
_OF_A_DECISION = frozenset({"decision", "refusal"})
DECISION_GIVEN = "decision_given"


def refuse_second(around: Around) -> None:
    """Refuses a second answer to one request while the first is open; what is begun meanwhile its decision refuses."""
    given = around.given
    audience = given.get("audience") or "applicant"
    to = (given["case_id"], audience, given.get("party"), given.get("publishes"))
    others = answering(around.ledger, given["case_id"])
    opening.refuse_second(given["disclosure_id"], tuple(map(str, to)), others)


def seen_position(around: Around) -> int:
    """How far the log was before anybody looked."""
    return around.ledger.store.tip()


def mark_of_document(around: Around) -> str:
    """What a document is known again by, without its digest."""
    said = f"document\0{around.given['digest']}".encode()
    return b64u(around.ledger.vault.command_digest(said))


def open_consultation(around: Around) -> UUID:
    """The only consultation, or the only one that is not decided."""
    known = disclosure_of(around).consultations
    found: list[UUID] = list(known)
    if len(found) > 1:
        found = [key for key, each in known.items() if not each.decided]
    if len(found) != 1:
        raise InvalidCommand(
            f"Say which consultation with {around.named('consultation_id')}; this disclosure has "
            f"{', '.join(map(str, known)) or 'none'}."
        )
    return found[0]


def refuse_named_applicant(around: Around) -> None:
    """Refuses what is told somebody else with the applicant's name in it; that it was read for this is recorded."""
    said = (around.given.get(name) or "" for name in _TOLD_OTHERS)
    if names_in(" ".join(said), tuple(_applicant(around))):
        raise Refusal(
            "This names the applicant, whom a notice to somebody else must not name: write it without.",
            rule="notice-names-no-applicant",
        )


def _applicant(around: Around) -> Iterator[str]:
    state, case = disclosure_of(around), request_of(around)
    streams = [f"case/{state.case_id}"]
    if case.requester is not None:
        streams.append(f"party/{case.requester}")
    for read in opened(around, streams, purpose=_PURPOSE):
        for each in read:
            values = personal_values(each.entry.fact)
            for slot in ("name", "answers.name"):
                if isinstance(name := values.get(slot), str):
                    yield name


def released_to_the_same(around: Around) -> tuple[UUID, ...]:
    """Every other disclosure to the same audience of which something was released."""
    own, audience = around.given["disclosure_id"], disclosure_of(around).audience
    return tuple(
        key
        for key, each in disclosures(around.ledger)
        if key != own and each.audience == audience and each.last_release
    )


def unexplained(around: Around) -> tuple[UUID, ...]:
    """Every difference that nobody has explained."""
    found = open_differences(disclosure_of(around))
    if not found:
        raise InvalidCommand("Nothing differs that nobody has explained: compare first.")
    return tuple(found)


def notice_of_decision(around: Around) -> UUID | None:
    """The last notice of a decision that stands on the case of the request, if there is one."""
    notices = request_of(around).notices
    found = [key for key, each in notices.items() if each.kind in _OF_A_DECISION and each.stands]
    return found[-1] if found else None


def decision_given_elsewhere(around: Around) -> bool:
    """Whether the decision was given by an entry of the case: by a notice, or with the decision that it holds."""
    return DECISION_GIVEN in request_of(around).milestones


def pending_release(around: Around) -> UUID:
    """The release that is authorised and not made."""
    pending = disclosure_of(around).pending_release
    if pending is None:
        raise UnlawfulTransition(
            "No release of this disclosure is being made: there is nothing to abandon.",
            rule="of-a-release",
        )
    return pending


def last_release(around: Around) -> UUID:
    """The release that was made last."""
    releases = disclosure_of(around).releases
    made = {key: each.number for key, each in releases.items() if each.bundle}
    if not made:
        raise UnlawfulTransition(
            "No release of this disclosure was made yet: make one first.", rule="of-a-release"
        )
    return max(made, key=lambda key: made[key])
