"""Disclosures shown: which there are, how one stands and what it waits for, its trail, and the office's statistics."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any
from uuid import UUID

from cyclopts import Parameter

from api.cli.acting import reader_of
from api.cli.asked_at import Asked
from api.cli.cases.about_case import Opening
from api.cli.disclosures.asking import disclosure_meant
from api.cli.edge import DONE
from api.cli.ledgers import office_days, opened
from api.cli.showing import Column, local, number, say, show_json, show_table, words
from ledger.entry import Entry
from ledger.errors import Refusal
from ledger.ids import reference_of
from ledger.policy.values import Language
from ledger.policy.zones import LocalDays
from ledger.registers.disclosures import STREAM, Disclosure
from ledger.registers.disclosures.approving import refuse_unready
from ledger.registers.disclosures.guard import open_differences
from ledger.service import Ledger
from projections.answers import as_json
from projections.disclosures.dossier import Dossier, dossier
from projections.trail import entries_of
from projections.trail import trail as trail_of


def show(
    id_: Annotated[
        str | None, Parameter(name="ID", help="A disclosure; all of them if left out.")
    ] = None,
    /,
    *,
    asked: Asked = Asked(),  # noqa: B008 - frozen
) -> int:
    """Shows the disclosures that there are or, of one, how it stands and what it waits for."""
    with opened() as ledger:
        days = office_days(ledger.policies())
        when = asked.instants(days, now=ledger.clock())

        def known(disclosure_id: UUID) -> Dossier:
            return dossier(_until(ledger, disclosure_id, when.known_at, when.as_of))

        if id_ is None:
            found = [
                (key, each)
                for stream in ledger.store.streams(STREAM)
                if (each := known(key := UUID(stream.partition("/")[2]))).opened is not None
            ]
            _show_all(found, days, as_json_=asked.as_json)
        else:
            disclosure_id = disclosure_meant(ledger, id_)
            _show_one(disclosure_id, known(disclosure_id), days, as_json_=asked.as_json)
    return DONE


def _until(ledger: Ledger, disclosure_id: UUID, known_at: Any, as_of: Any) -> Iterator[Entry]:
    for read in ledger.read(f"{STREAM}/{disclosure_id}"):
        context = read.entry.context
        if known_at is not None and context.known_at > known_at:
            continue
        if as_of is not None and context.effective_at > as_of:
            continue
        yield read.entry


def _show_all(found: list[tuple[UUID, Dossier]], days: LocalDays, *, as_json_: bool) -> None:
    if as_json_:
        show_json([_summary(key, each) for key, each in found])
        return
    show_table(
        "Disclosures",
        [
            Column("disclosure"), Column("request"), Column("for"), Column("begun"),
            words("stands"), number("streams"), number("documents"), number("releases"),
        ],
        [
            (
                key, reference_of(each.state.case_id) if each.state.case_id else "",
                each.state.audience, local(each.opened_at, days.zone), standing_of(each.state),
                len(each.state.drawn), len(each.state.items), len(each.state.releases),
            )
            for key, each in found
        ],
        empty="None yet: begin one with `caseledger disclosure begin REF`.",
    )  # fmt: skip


def _summary(key: UUID, known: Dossier) -> dict[str, Any]:
    state = known.state
    return {
        "disclosure_id": key,
        "request": reference_of(state.case_id) if state.case_id else None,
        "audience": state.audience,
        "opened_at": known.opened_at,
        "standing": standing_of(state),
        "streams": len(state.drawn),
        "items": len(state.items),
        "pages": sum(each.pages for each in state.items.values()),
        "undecided": sum(len(each.undecided) for each in state.drawn.values()),
        "proposals_open": sum(not each.answered for each in state.proposals.values()),
        "differences_open": len(open_differences(state)),
        "claim": state.claim,
        "approved": state.approved,
        "answered": state.answered,
        "sole_officer": known.approval.sole_officer if known.approval else False,
        "fee_owed_cents": state.fees.owed,
        "minutes": sum(each.minutes for each in (*known.times, *known.searches)),
        "cost_cents": sum(each.cost_cents or 0 for each in known.times),
        "consultations": [
            {"consultation_id": key, **as_json(each)} for key, each in state.consultations.items()
        ],
        "releases": [
            {
                "release_id": key,
                "number": each.number,
                "bundle": each.bundle,
                "released_at": each.released_at,
                "delivered_at": each.delivered_at,
                "delivery_failed": each.failed,
            }
            for key, each in state.releases.items()
        ],
    }


def standing_of(state: Disclosure) -> str:
    """How a disclosure stands, in a word or two."""
    last = state.last_release
    if state.pending_release is not None:
        return "a release is being made"
    if state.clarifying:
        return "waits for the applicant"
    if last is not None and last.failed:
        return "delivery failed"
    if last is not None and state.approved:
        return "delivered" if last.delivered_at else "released"
    if state.approved:
        return "approved"
    if state.drawn or state.items:
        return "in review"
    return "scoped" if state.scoped else "begun"


def _show_one(key: UUID, known: Dossier, days: LocalDays, *, as_json_: bool) -> None:
    state = known.state
    if as_json_:
        show_json(_summary(key, known) | {"waits_for": _waits_for(state)})
        return
    show_table(
        f"Disclosure {key}",
        [words("stream"), number("entries"), number("personal slots"), number("undecided"), number("withheld")],
        [
            (
                stream, len(each.versions), len(each.pieces), len(each.undecided),
                sum(bool(reviewed.withheld) for reviewed in each.reviewed.values()),
            )
            for stream, each in state.drawn.items()
        ],
        empty="Nothing is drawn from the ledger.",
    )  # fmt: skip
    if state.items:
        show_table(
            "Documents",
            [number("no"), number("pages"), words("disposition"), words("withheld under")],
            [
                (
                    place, each.pages,
                    "duplicate" if each.lead else (each.disposition or "undecided").replace("_", " "),
                    ", ".join(each.treated.exemptions) if each.treated else "",
                )
                for place, each in enumerate(state.items.values(), 1)
            ],
            empty="",
        )  # fmt: skip
    for each in state.consultations.values():
        said = "decided" if each.decided else "answered" if each.answered else "waits for them"
        until = (
            f", nothing is released before {local(each.not_before_at, days.zone)}"
            if each.not_before_at
            else ""
        )
        say(f"Consulted: {each.kind.replace('_', ' ')}, {said}{until}.")
    request = reference_of(state.case_id) if state.case_id else ""
    say(
        f"It answers {request}, for: {state.audience}; {standing_of(state)}; claims: {state.claim or 'not decided'}.",
        f"What it waits for: {_waits_for(state) or 'nothing'}",
    )


def _waits_for(state: Disclosure) -> str | None:
    """The sentence that says why it cannot be approved or released yet; None if it can."""
    try:
        refuse_unready(state)
    except Refusal as refused:
        return str(refused)
    if not state.approved:
        return "A second person's approval: `caseledger disclosure approve`."
    if state.publishes is None and not state.answered:
        return "The decision to the applicant: `caseledger disclosure answer`."
    return None


def trail(
    id_: Annotated[str, Parameter(name="ID", help="The disclosure.")],
    /,
    *,
    language: Annotated[Language, Parameter(help="English or French.")] = "en",
    opening: Opening = Opening(),  # noqa: B008 - frozen
    asked: Asked = Asked(),  # noqa: B008 - frozen
) -> int:
    """Tells what happened on a disclosure, in sentences, each citing its entry."""
    with opened() as ledger:
        stream = f"{STREAM}/{disclosure_meant(ledger, id_)}"
        policies = ledger.policies()
        days = office_days(policies)
        when = asked.instants(days, now=ledger.clock())
        entries: Any = entries_of(ledger.store, stream)
        if opening.opened:
            actor, purpose = reader_of(opening.member, opening.purpose, ledger)
            entries = ledger.read_opened(stream, actor=actor, purpose=purpose)
        lines = trail_of(
            entries, policies=policies, language=language, known_at=when.known_at, as_of=when.as_of
        )
        if asked.as_json:
            show_json({"language": language, "trail": lines})
            return DONE
        show_table(
            {"en": "What happened on this disclosure", "fr": "Ce qui s'est passé"}[language],
            [number("entry"), Column("when"), words("who"), words("what")],
            [
                (each.position, local(each.effective_at, days.zone), each.actor, each.sentence)
                for each in lines
            ],
            empty={"en": "Nothing was known of it then.", "fr": "On n'en savait rien alors."}[
                language
            ],
        )
    return DONE
