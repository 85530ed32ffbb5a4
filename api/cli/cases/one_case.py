"""One case from the command line: how it stands, and its trail in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import time, tzinfo
from typing import Annotated, Any

from cyclopts import Parameter

from api.cli.about_case import AboutCase, Opening, Ref, about_case, opened_entries
from api.cli.asked_at import Asked
from api.cli.cases.written_shown import show_written
from api.cli.due.of_a_case import show_clocks
from api.cli.edge import DONE
from api.cli.ledgers import opened
from api.cli.showing import Column, due, local, number, say, show_json, show_table, words
from ledger.errors import InvalidCommand
from ledger.evidence.sealing.reading import ReadEntry
from ledger.facts import Concealed, PartlyErased
from ledger.policy.values import Language
from projections.answers import as_json
from projections.disclosures.scope import personal_values
from projections.fold.told import told
from projections.one_case.details import DETAILS, CaseDetails
from projections.one_case.passages import PassageTold, passages_told, roles_on
from projections.one_case.trail import TrailLine, entries_of
from projections.one_case.trail import trail as trail_of
from projections.one_case.written import written
from projections.rows.cases import CASES, CaseRow, status
from projections.rows.chase_rows import CHASES, UNPLANNED, ChaseRow, ChaseStepDue
from projections.rows.clocks import CLOCKS, ClockRow
from projections.rows.escalations import ESCALATIONS, EscalationRow, why
from projections.rows.obligations import OBLIGATIONS, ObligationRow
from projections.sentences.sentence import counted


def case(
    ref: Ref,
    /,
    *,
    reckoned: Annotated[bool, Parameter(name="--clocks", negative="")] = False,
    language: Language = "en",
    opening: Opening = Opening(),  # noqa: B008 - frozen
    asked: Asked = Asked(),  # noqa: B008 - frozen
) -> int:
    """Shows how a case stands: with whom, its clocks and escalations, and what is missing.

    Parameters
    ----------
    reckoned
        Lay out each of its clocks instead, day by day, from the certificates that were recorded.
    language
        English or French, for what is laid out.
    """
    if language != "en" and not reckoned:
        raise InvalidCommand(
            f"--language {language} is for --clocks; `trail`, `status` and `brief` take it too."
        )
    with opened() as ledger:
        entries = opened_entries(ledger, ref, opening, asked) if opening.opened else None
        about = about_case(ledger, ref, asked)
        counting = about.counting(entries or ledger.read(about.stream))
        if reckoned:
            show_clocks(about, [each.entry for each in counting], language, as_json=asked.as_json)
            return DONE
        known = [told(each.entry) for each in counting]
        rows, details = CASES.after(known), DETAILS.after(known)
        clocks = tuple({each.clock: each for each in CLOCKS.after(known)}.values())
        escalations = ESCALATIONS.after(known)
        chase = next((each for each in CHASES.after(known) if each.plan != UNPLANNED), None)
        owed = [each for each in OBLIGATIONS.after(known) if each.ended_at is None]
        parts = written(known)
        personal = list(_personal(counting))
        if asked.as_json:
            shown = {**as_json(rows[0]), **as_json(details[0])} if rows else None
            stands = status(rows[0], about.when.at) if rows else None
            said = {"case": shown, "status": stands, "clocks": clocks, "escalations": escalations}
            show_json(
                about.answer(**said, chase=chase, owed=owed, written=parts, personal=personal)
            )
        elif not rows:
            say(f"Nothing was known of {about.reference} then: ask about a later instant.")
        else:
            _show_case(about, rows[0], details[0])
            _show_clocks(about, clocks)
            _show_chase(about, chase)
            _show_owed(about, rows[0], owed)
            _show_escalations(about, escalations)
            show_written(parts)
            _show_personal(personal)
            say(about.foot)
    return DONE


def trail(
    ref: Ref,
    /,
    *,
    lang: Annotated[Language, Parameter(name="--language", help="English or French.")] = "en",
    opening: Opening = Opening(),  # noqa: B008 - frozen
    asked: Asked = Asked(),  # noqa: B008 - frozen
) -> int:
    """Tells what happened on a case, in sentences, each citing its entry."""
    with opened() as ledger:
        entries = opened_entries(ledger, ref, opening, asked) if opening.opened else None
        about = about_case(ledger, ref, asked)
        lines = trail_of(
            entries or entries_of(ledger.store, about.stream),
            policies=about.policies,
            language=lang,
            known_at=about.when.known_at,
            as_of=about.when.as_of,
        )
        if asked.as_json:
            show_json(about.answer(language=lang, trail=lines))
        else:
            show_trail(about, lines, lang)
    return DONE


def show_trail(about: AboutCase, lines: Sequence[TrailLine], language: Language) -> None:
    """Prints a trail."""
    title, empty, headings = {
        "en": (
            f"What happened on {about.reference}",
            "Nothing was known of it then.",
            ("no.", "entry", "digest", "when", "who", "what"),
        ),
        "fr": (
            f"Ce qui s'est passé sur {about.reference}",
            "On n'en savait rien alors.",
            ("nº", "inscription", "empreinte", "quand", "qui", "quoi"),
        ),
    }[language]
    place, entry, digest, when, who, what = headings
    show_table(
        title,
        [
            number(place),
            number(entry),
            Column(digest, spare=1),
            Column(when),
            words(who, least=14, most=16),
            words(what),
        ],
        [
            (
                line.version,
                line.position,
                line.digest[:8],
                local(line.effective_at, about.zone),
                line.actor,
                " ".join((line.sentence, *line.corrections, *line.passages)),
            )
            for line in lines
        ],
        empty=empty,
    )
    say(about.foot)


@dataclass(frozen=True, slots=True)
class PersonalValue:
    """A personal value of an entry, opened, sealed or erased."""

    version: int
    topic: str
    field: str
    value: Any
    passages: tuple[PassageTold, ...] = ()
    """Words of it that are about other parties."""


def _personal(entries: Sequence[ReadEntry]) -> Iterator[PersonalValue]:
    roles = roles_on(entries)
    for read in entries:
        fact, version = read.entry.fact, read.entry.version
        told = passages_told(read, roles)
        for slot, value in personal_values(fact).items():
            if value is not None:
                name = slot.removeprefix("answers.")
                yield PersonalValue(version, fact.topic, name, _as_left(value), told.get(slot, ()))


def _as_left(value: Any) -> Any:
    match value:
        case Concealed():
            return value.value
        case PartlyErased(parts=parts):
            left = (part.strip() if isinstance(part, str) else f"[{part.value}]" for part in parts)
            return " ".join(left)
        case _:
            return value


def _clock_line(clock: ClockRow, zone: tzinfo) -> list[object]:
    """A clock as it stands; a later date that was promised before a revision stays in sight."""
    said = due(clock.due_at, zone)
    return [
        clock.clock,
        f"{clock.state}, to be approved" if clock.claimed_at else clock.state,
        f"not before {said}" if clock.sense == "not_before" and said else said,
        due(clock.promised_at, zone),
        clock.breached,
    ]


def _show_case(about: AboutCase, row: CaseRow, details: CaseDetails) -> None:
    zone = about.zone
    waits = min(row.waits, key=lambda wait: wait.from_at, default=None)
    facts = [
        ("status", status(row, about.when.at).replace("_", " ")),
        ("type", row.request_type),
        ("received", f"{local(row.received_at, zone)} by {details.channel}"),
        ("region", details.region),
        ("language", details.language),
        ("interview in", details.interview_language),
        ("interpreter", details.interpreter),
        ("format", details.format),
        ("severity", details.severity.replace("_", " ")),
        ("flags", ", ".join(details.flags)),
        ("team", row.team),
        ("owner", row.owner),
        ("in transit to", row.transit_to),
        ("waits for", waits and f"{waits.reason}, since {local(waits.from_at, zone)}"),
        ("missing", ", ".join(details.missing_fields)),
        ("answered", "yes" if details.replied else "no reply yet"),
        ("resolved", row.resolved_at and f"{local(row.resolved_at, zone)}: {details.outcome}"),
        ("quiet until", row.settles_at and local(row.settles_at, zone)),
        ("settled", details.settled_at and local(details.settled_at, zone)),
        ("return proposed", row.return_since and f"since {local(row.return_since, zone)}"),
        ("next contact by", row.promised_at and due(row.promised_at, zone)),
        ("on hold", "yes" if details.holds else None),
        ("reopened", counted(details.reopened, "time", "times") if details.reopened else None),
        ("ended late", "yes" if details.late else None),
        ("from", "the history of another system" if row.imported else None),
        ("version", details.version),
    ]
    show_table(
        f"Case {row.reference}",
        [Column(""), words("")],
        [(name, value) for name, value in facts if value],
        empty="",
    )


def _show_clocks(about: AboutCase, clocks: Sequence[ClockRow]) -> None:
    show_table(
        "Clocks",
        [Column("clock"), Column("state"), Column("due"), Column("promised"), Column("breached")],
        [_clock_line(each, about.zone) for each in clocks],
        empty="None runs: the type arms none, or is not known yet, or something is missing before they begin.",
    )
    for each in clocks:
        if each.claimed_at:
            say(
                f"{each.clock} is said to have ended in time ({local(each.claimed_at, about.zone)}): a second person "
                f"approves it with `caseledger approve {about.reference} {each.clock}`, or refuses it with "
                f"`caseledger refuse-approval {about.reference} {each.clock} --reason -`."
            )


def _step_day(step: ChaseStepDue, zone: tzinfo) -> str:
    """A lapse comes when its day is over, any other step with the beginning of its day."""
    at = step.at.astimezone(zone)
    begins = step.act != "lapse" and at.time() == time.min
    return f"{at:%Y-%m-%d}" if begins else due(step.at, zone)


def _show_chase(about: AboutCase, chase: ChaseRow | None) -> None:
    if chase is None:
        return
    steps = [
        (each.act, _step_day(each, about.zone), "reached" if place < chase.reached else None)
        for place, each in enumerate(chase.steps)
    ]
    show_table(
        f"Chase by the plan {chase.plan}{', stopped' if chase.stopped else ''}",
        [Column("step"), Column("when"), words("")],
        steps,
        empty="",
    )
    if chase.undecided is not None:
        say("A person must decide whether the request lapses.")


def _show_owed(about: AboutCase, row: CaseRow, owed: Sequence[ObligationRow]) -> None:
    if owed:
        show_table(
            "Owed",
            [Column("what"), Column("kind"), Column("by"), Column("due"), Column("id")],
            [
                (each.kind.replace("_", " "), each.what and each.what.replace("_", " "),
                 each.member or each.team or row.owner or row.team, due(each.due_at, about.zone),
                 each.owed_id)
                for each in owed
            ],
            empty="",
        )  # fmt: skip


def _show_escalations(about: AboutCase, escalations: Sequence[EscalationRow]) -> None:
    if escalations:
        show_table(
            "Escalations",
            [Column("since"), words("why"), words("to"), Column("told"), words("answer")],
            [
                (local(each.since_at, about.zone), why(each), ", ".join(each.parties),
                 local(each.delivered_at, about.zone), each.action)
                for each in escalations
            ],
            empty="",
        )  # fmt: skip


def _show_personal(personal: Sequence[PersonalValue]) -> None:
    concealed = [each for each in personal if each.value in ("sealed", "erased")]
    if len(concealed) == len(personal):
        if concealed:
            say(
                "What is personal is sealed, or was erased: --open --purpose WHY --as MEMBER shows "
                "what is left of it, and records that it was read."
            )
        return
    about = [words("about others")] if any(each.passages for each in personal) else []
    show_table(
        "Personal values; that they were read is recorded",
        [number("version"), Column("entry"), Column("field"), words("value"), *about],
        [
            (each.version, each.topic, each.field, each.value, *(_about(each) for _ in about))
            for each in personal
        ],
        empty="",
    )


def _about(value: PersonalValue) -> str:
    """Which words of a value are about whom else; of erased ones nobody can tell."""
    return "; ".join(
        f"words {each.first}-{each.end}: "
        + ("erased" if each.erased else ", ".join((*each.roles, str(each.party))).replace("_", " "))
        for each in value.passages
    )
