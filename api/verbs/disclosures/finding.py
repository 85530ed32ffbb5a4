"""Finding: what the finder of personal data would withhold in what is in scope; a person decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from api.verbs.disclosures.asked_of import disclosure_of, opened
from api.verbs.verb import Around
from ledger.errors import Refusal
from ledger.facts import Answers
from ledger.ids import derived_uuid
from ledger.keeping import case_of
from ledger.registers.disclosures import Disclosure
from ledger.registers.disclosures.review import Found
from ledger.sealing.reading import ReadEntry
from ledger.times import EPOCH
from projections.disclosures.finder import Candidate, Known, find
from projections.disclosures.scope import personal_values

_PURPOSE = "To find personal data in the scope of a disclosure."


def proposed(around: Around) -> tuple[Found, ...]:
    """What the finder finds, each under the exemption that the policy names for it."""
    state, terms = disclosure_of(around), around.policy.disclosure
    exemption = terms.personal or next(
        (code for code, each in around.policy.exemptions.items() if each.personal), None
    )
    if exemption is None:
        raise Refusal(
            "The policy has no exemption of personal information for the finder to propose: say which "
            "with `personal` under [disclosure].",
            rule="finder-has-an-exemption",
        )
    entries = _in_scope(around, state)
    known = Known(
        names=tuple(_names(around, state, entries)),
        own=f"party/{state.party}" if state.party else None,
        staff=terms.staff is not None,
    )
    return tuple(
        Found(
            proposal_id=_proposal_id(around, each),
            target=each.target,
            exemption=terms.staff if each.found_by == "staff" and terms.staff else exemption,
            found_by=each.found_by,
        )
        for each in find(entries, known)
    )


def _proposal_id(around: Around, found: Candidate) -> UUID:
    """What is found again has the same id."""
    disclosure_id = around.given["disclosure_id"]
    return derived_uuid(EPOCH, str(disclosure_id), found.target.model_dump_json())


def _in_scope(around: Around, state: Disclosure) -> list[ReadEntry]:
    """The entries in scope, opened for whoever asks; that they read them is recorded."""
    found: list[ReadEntry] = []
    streams = list(state.drawn)
    for stream, entries in zip(streams, opened(around, streams, purpose=_PURPOSE), strict=True):
        versions = state.drawn[stream].versions
        found += [each for each in entries if each.entry.version in versions]
    return found


def _names(around: Around, state: Disclosure, entries: Sequence[ReadEntry]) -> Iterator[str]:
    """The names of the parties of the cases in scope, and those that forms gave; not of whoever asks for their own."""
    parties: set[UUID] = set()
    for stream in state.drawn:
        kind, _, key = stream.partition("/")
        if kind != "case":
            continue
        case = case_of(around.ledger, UUID(key))
        parties |= {party for party, _ in case.parties}
        parties |= set() if case.requester is None else {case.requester}
    streams = [f"party/{party}" for party in sorted(parties - {state.party})]
    for read in opened(around, streams, purpose=_PURPOSE):
        for each in read:
            name = personal_values(each.entry.fact).get("name")
            if isinstance(name, str):
                yield name
    own = f"party/{state.party}"
    for each in entries:
        entry = each.entry
        answers = getattr(entry.fact, "answers", None)
        if isinstance(answers, Answers) and entry.subject_of("answers.name") != own:
            name = answers.personal.get("name")
            if isinstance(name, str):
                yield name
