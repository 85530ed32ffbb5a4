"""Disclosures shown: which there are, how one stands and what it waits for, its trail, and the office's statistics."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from cyclopts import Parameter

from api.cli.disclosures.asking import disclosure_meant, refuse_act
from api.cli.disclosures.fee_shown import fee_said
from api.cli.edge import DONE
from api.cli.ledgers import office_days, opened
from api.cli.reading.about_case import Opening
from api.cli.reading.asked_at import Asked
from api.cli.showing import Column, due, local, named, number, say, show_json, show_table, words
from api.cli.wording.as_refused import as_spoken
from api.cli.wording.coded import coded
from api.cli.wording.in_french import Spoken, told
from api.cli.wording.spoken import speaking, spoken
from api.cli.writing.acting import Acting, reader_of
from api.verbs.disclosures.asked_of import entries_then, is_published
from ledger.ids import reference_of, subject_id_of
from ledger.keeping import stepped_back
from ledger.policy.calendars.zones import LocalDays
from ledger.policy.telling.days import day_in_words
from ledger.registers.disclosures import STREAM
from ledger.registers.disclosures.state import Consultation, Disclosure
from projections.answers import as_json
from projections.disclosures.dossier import Dossier, dossier
from projections.disclosures.standing import now, standing_of, waits_for
from projections.one_case.trail import entries_of
from projections.one_case.trail import trail as trail_of
from projections.sentences.wording import Wording


def show(
    id_: Annotated[
        str | None, Parameter(name="ID", help="A disclosure; all of them if left out.")
    ] = None,
    /,
    *,
    member: Annotated[
        str | None, Parameter(name="--as", env_var="CASELEDGER_ACTOR", help="Who looks.")
    ] = None,
    language: Spoken = "en",
    asked: Asked = Asked(),
) -> int:
    """Shows the disclosures that there are or, of one, how it stands and what it waits for, to whom that concerns."""
    with speaking(language), opened() as ledger:
        actor = Acting(member=member).actor(ledger)
        days = office_days(ledger.policies())
        when = asked.instants(days, now=ledger.clock())

        def known(disclosure_id: UUID) -> Dossier:
            return dossier(entries_then(ledger, disclosure_id, when.then))

        if id_ is None:
            refuse_act(ledger, actor, "registers.disclosures")
            found = [
                (key, each)
                for stream in ledger.store.streams(STREAM)
                if (each := known(key := subject_id_of(stream))).opened is not None
                and not stepped_back(ledger, actor, each.opened.case_id)
            ]
            _show_all(found, days, as_json_=asked.as_json)
        else:
            disclosure_id = disclosure_meant(ledger, id_)
            refuse_act(ledger, actor, "disclosure.read", disclosure_id=disclosure_id)
            policy = ledger.policies().in_force(ledger.clock()).policy
            shown = known(disclosure_id)
            _show_one(
                disclosure_id,
                shown,
                days,
                at=when.at,
                currency=policy.office.currency,
                published=is_published(ledger, disclosure_id, shown.state, when.then),
                as_json_=asked.as_json,
            )
    return DONE


def _show_all(found: list[tuple[UUID, Dossier]], days: LocalDays, *, as_json_: bool) -> None:
    if as_json_:
        show_json([now(key, each) for key, each in found])
        return
    show_table(
        "Disclosures",
        [
            Column("disclosure"), Column("request"), Column("for"), Column("begun"),
            words("status"), number("streams"), number("documents"), number("releases"),
            number("approved alone"),
        ],
        [
            (
                key, reference_of(each.state.case_id) if each.state.case_id else "",
                coded("audience", each.state.audience), local(each.opened_at, days.zone),
                coded("standing", now(key, each).standing),
                len(each.state.drawn), len(each.state.items), len(each.state.releases), each.approved_alone or None,
            )
            for key, each in found
        ],
        empty="None yet: begin one with `caseledger disclosure begin REF`.",
    )  # fmt: skip


def _show_one(
    key: UUID,
    known: Dossier,
    days: LocalDays,
    *,
    at: datetime,
    currency: str | None,
    published: bool,
    as_json_: bool,
) -> None:
    state = known.state
    if as_json_:
        waits = waits_for(state, currency, days=days, published=published)
        show_json(as_json(now(key, known)) | {"waits_for": waits})
        return
    show_table(
        told("Disclosure {id}", id=key),
        [words("stream"), number("entries"), number("personal slots"), number("undecided"), number("withheld")],
        [
            (
                named(stream), len(each.versions), len(each.pieces), len(each.undecided),
                sum(bool(reviewed.withheld) for reviewed in each.reviewed.values()),
            )
            for stream, each in state.drawn.items()
        ],
        empty="Nothing is drawn from the ledger.",
    )  # fmt: skip
    if state.items:
        _show_documents(known)
    said = Wording(spoken())
    for each in state.consultations.values():
        whom = said.value("consultation", each.kind)
        say(told("Consulted: {whom}, {heard}.", whom=whom, heard=_heard(each, days)))
    if state.fees.estimated is not None:
        say(fee_said(state.fees, currency))
    if state.publishes is not None:
        say(
            told(
                "It gives to everybody what the disclosure {other} answered.", other=state.publishes
            )
        )
    waits = waits_for(
        state,
        currency,
        days=days,
        published=published,
        language=spoken(),
        refused_in=as_spoken,
    )
    say(
        told(
            "It answers {request}, for: {audience}; {standing}; claims: {claimed}.",
            request=reference_of(state.case_id) if state.case_id else "",
            audience=said.value("audience", state.audience),
            standing=coded("standing", now(key, known).standing),
            claimed=said.value("claim", state.claim) or told("not decided"),
        ),
        told(
            "What it waits for: {what}",
            what=waits or _to_be_made(state, days, at) or told("nothing"),
        ),
    )


def _show_documents(known: Dossier) -> None:
    """Prints the documents; what they are called is personal, and stands in the index."""
    said = Wording(spoken())
    show_table(
        "Documents",
        [
            number("no."), Column("dated"), Column("kind"), words("kept by"), number("pages"), words("disposition"),
            words("withheld under"),
        ],
        [
            (
                place, known.items[key].listed.dated_on, known.items[key].listed.media_type,
                known.items[key].listed.custodian, each.pages,
                told("duplicate") if each.lead
                else said.value("disposition", each.disposition) or told("undecided"),
                ", ".join(each.treated.exemptions) if each.treated else "",
            )
            for place, (key, each) in enumerate(known.state.items.items(), 1)
        ],
        empty="",
    )  # fmt: skip
    say(
        told(
            "How each is called: `caseledger disclosure index --audience applicant --purpose WHY`."
        )
    )


def _heard(consulted: Consultation, days: LocalDays) -> str:
    """How a consultation stands: by when they answer, by when it is decided, from when on something may be given."""
    if consulted.decided:
        until, alone = consulted.not_before_at, "decided"
        dated = "decided, nothing is released before {day}"
    elif consulted.answered:
        until, alone = consulted.decide_by_at, "answered"
        dated = "answered, to be decided by the {day}"
    else:
        until, alone = consulted.represent_by_at, "waits for them"
        dated = "waits for them, until the {day}"
    return told(dated, day=due(until, days.zone)) if until else told(alone)


def _to_be_made(state: Disclosure, days: LocalDays, at: datetime) -> str | None:
    """That its release is to be made, and from which day on where a third party may ask for a review until then."""
    if standing_of(state) != "approved":
        return None
    given = (each.not_before_at for each in state.consultations.values())
    until = max(filter(None, given), default=at)
    if until > at:
        return told(
            "That it is made, from {day} on: `caseledger disclosure release`.",
            day=day_in_words(days.date_of(until), spoken()),
        )
    return told("That it is made: `caseledger disclosure release`.")


def trail(
    id_: Annotated[str, Parameter(name="ID", help="The disclosure.")],
    /,
    *,
    language: Spoken = "en",
    opening: Opening = Opening(),
    asked: Asked = Asked(),
) -> int:
    """Tells what happened on a disclosure, in sentences, each citing its entry."""
    with speaking(language), opened() as ledger:
        disclosure_id = disclosure_meant(ledger, id_)
        actor = Acting(member=opening.member).actor(ledger)
        refuse_act(ledger, actor, "disclosure.read", disclosure_id=disclosure_id)
        stream = f"{STREAM}/{disclosure_id}"
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
            "What happened on this disclosure",
            [number("entry"), Column("when"), words("who"), words("what")],
            [
                (each.position, local(each.effective_at, days.zone), each.actor, each.sentence)
                for each in lines
            ],
            empty="Nothing was known of it then.",
        )
    return DONE
