"""One case from the command line: how it stands, and its trail in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Annotated, Any, cast

from cyclopts import Parameter

from api.cli.cases.case_shown import show_standing
from api.cli.cases.people_shown import people_opened
from api.cli.cases.routings_shown import show_routings
from api.cli.due.of_a_case import show_clocks as lay_out
from api.cli.edge import DONE
from api.cli.ledgers import opened
from api.cli.reading.about_case import (
    AboutCase,
    AboutStream,
    Opening,
    Ref,
    about_case,
    about_stream,
    opened_about,
    opened_entries,
)
from api.cli.reading.asked_at import Asked
from api.cli.showing import Column, local, number, say, show_json, show_table, words
from api.cli.wording.in_french import Spoken, told
from api.cli.wording.spoken import speaking, spoken
from ledger.case import CASE
from ledger.entry import Actor
from ledger.errors import InvalidCommand
from ledger.facts import Concealed, PartlyErased
from ledger.sealing.reading import ReadEntry
from ledger.service import Ledger
from projections.answers import as_json
from projections.comparing.persons import person_known
from projections.disclosures.scope import personal_values
from projections.fold.told import told as told_by_entry
from projections.one_case.passages import PassageTold, passages_told, roles_on
from projections.one_case.standing import CaseStanding, standing_of
from projections.one_case.trail import TrailLine, entries_of
from projections.one_case.trail import trail as trail_of
from projections.sentences.wording import Wording


def case(
    ref: Ref,
    /,
    *,
    reckoned: Annotated[bool, Parameter(name="--clocks", negative="")] = False,
    routings: Annotated[bool, Parameter(negative="")] = False,
    language: Spoken = "en",
    opening: Opening = Opening(),
    asked: Asked = Asked(),
) -> int:
    """Shows how a case stands: with whom, its clocks and escalations, and what is missing.

    Parameters
    ----------
    reckoned
        Lay out each of its clocks instead, day by day, from the certificates that were recorded.
    routings
        Lay out instead what the rules looked at each time that they sent it somewhere, and why not elsewhere.
    """
    with speaking(language), opened() as ledger:
        reader = opening.reader(ledger)
        entries = opened_entries(ledger, ref, opening, asked, reader=reader) if reader else None
        about = about_case(ledger, ref, asked)
        read = entries or ledger.read(about.stream)
        counting = about.counting(read)
        told_by = [each.entry for each in counting]
        if reckoned:
            lay_out(about, told_by, language, as_json=asked.as_json)
            return DONE
        if routings:
            show_routings(about, told_by, as_json=asked.as_json)
            return DONE
        case_then = about.when.then.state(CASE, read)
        people = people_opened(ledger, about, case_then, opening, reader)
        personal = list(_personal(counting))
        standing = (
            standing_of(
                case_then,
                [told_by_entry(each) for each in told_by],
                requester=person_known(ledger.store, case_then.requester, about.when.then),
                policies=about.policies,
                at=about.when.at,
            )
            if counting
            else None
        )
        if asked.as_json:
            show_json(about.answer(**_as_one(standing), people=people, personal=personal))
        elif standing is None:
            say(
                told(
                    "Nothing was known of {reference} then: ask about a later instant.",
                    reference=about.reference,
                )
            )
        else:
            show_standing(about, standing, people)
            _show_personal(personal, Wording(spoken(), about.policy))
            say(about.foot)
    return DONE


def _as_one(standing: CaseStanding | None) -> dict[str, Any]:
    """How a case stands for a program, which finds its row and its details in one; of nothing known each is null."""
    if standing is None:
        return {each.name: None for each in fields(CaseStanding) if each.name != "details"}
    said: dict[str, Any] = as_json(standing)
    details = said.pop("details")
    return said | {"case": said["case"] | details}


def trail(
    ref: Ref,
    /,
    *,
    lang: Spoken = "en",
    opening: Opening = Opening(),
    asked: Asked = Asked(),
) -> int:
    """Tells what happened on a case, in sentences, each citing its entry.

    `policy`, `directory`, `routing` (its weeks), `sequence` or a stream such as party/ID in the place of the reference
    tells the history of that.
    """
    with speaking(lang), opened() as ledger:
        about, entries = about_stream(ledger, ref, asked), None
        if reader := opening.reader(ledger):
            entries = _opened(ledger, ref, about, opening, asked, reader=reader)
        about = about or about_case(ledger, ref, asked)
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
            show_trail(about, lines)
    return DONE


def _opened(
    ledger: Ledger,
    ref: str,
    about: AboutStream | None,
    opening: Opening,
    asked: Asked,
    *,
    reader: tuple[Actor, str],
) -> list[ReadEntry]:
    """The entries of a case, or of the record of somebody, opened for whoever reads them."""
    if about is None:
        return opened_entries(ledger, ref, opening, asked, reader=reader)
    if not about.stream.startswith("party/"):
        raise InvalidCommand(
            "Personal values are opened of a case, or of a record such as party/ID: leave --open out."
        )
    actor, purpose = reader
    return opened_about(ledger, about, opening, actor, purpose=purpose)


def show_trail(about: AboutCase | AboutStream, lines: Sequence[TrailLine]) -> None:
    """Prints a trail."""
    show_table(
        told("What happened on {reference}", reference=about.reference),
        [
            number("no."),
            number("entry"),
            Column("digest", spare=1),
            Column("when"),
            words("who", least=14, most=16),
            words("what"),
        ],
        [
            (
                line.version,
                line.position,
                line.digest[:8],
                local(line.effective_at, about.zone),
                line.actor,
                " ".join((line.sentence, *_beside(line, Wording(spoken(), zone=about.zone)))),
            )
            for line in lines
        ],
        empty="Nothing was known of it then.",
    )
    say(about.foot)


def _beside(line: TrailLine, wording: Wording) -> Iterator[str]:
    """What stands beside a sentence: what it goes on with, that it was recorded later, what corrects it, of whom."""
    if line.of_version is not None:
        yield told("See no. {version}.", version=line.of_version)
    happened, recorded = (local(at, wording.zone) for at in (line.effective_at, line.recorded_at))
    if recorded > happened:
        yield told("Recorded only on {when}.", when=wording.instant(line.recorded_at))
    yield from line.corrections
    yield from line.passages


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
        passages = passages_told(read, roles)
        answered = getattr(fact, "answered", None)
        for slot, value in personal_values(fact).items():
            name = slot.removeprefix("answers.")
            never = slot != name and answered is not None and name not in answered
            if value is not None and not (never and isinstance(value, Concealed)):
                yield PersonalValue(
                    version, fact.topic, name, _as_left(value), passages.get(slot, ())
                )


def _as_left(value: Any) -> Any:
    match value:
        case Concealed():
            return value.value
        case PartlyErased(parts=parts):
            left = (part.strip() if isinstance(part, str) else f"[{part.value}]" for part in parts)
            return " ".join(left)
        case _:
            return value


def _show_personal(personal: Sequence[PersonalValue], wording: Wording) -> None:
    concealed = [each for each in personal if each.value in ("sealed", "erased")]
    if len(concealed) == len(personal):
        if concealed:
            say(
                told(
                    "What is personal is sealed, or was erased: --open --purpose WHY --as MEMBER shows "
                    "what is left of it, and records that it was read."
                )
            )
        return
    about = [words("about others")] if any(each.passages for each in personal) else []
    show_table(
        "Personal values; that they were read is recorded",
        [number("no."), Column("kind"), Column("field"), words("value"), *about],
        [
            (
                each.version,
                each.topic,
                each.field,
                _plain(each, wording),
                *(_about(each) for _ in about),
            )
            for each in personal
        ],
        empty="",
    )


def _plain(personal: PersonalValue, wording: Wording) -> Any:
    """A value for people: of several, each by its name, and money as an amount."""
    match personal.value:
        case Mapping():
            values = cast("Mapping[str, Any]", personal.value)
            return ", ".join(
                f"{name}={_amount(name, each, wording)}" for name, each in values.items()
            )
        case value:
            return _amount(personal.field, value, wording)


def _amount(name: str, value: Any, wording: Wording) -> Any:
    """Money as an amount: an answer by its field, of a correction too, or what is named as cents; else the value."""
    asked = wording.policy is not None and name in wording.policy.fields
    return (
        wording.value(f"answers.{name}" if asked else name, value) if type(value) is int else value
    )


def _about(value: PersonalValue) -> str:
    """Which words of a value are about whom else; of erased ones nobody can tell."""
    return "; ".join(
        told("words {first}-{end}: {whose}", first=each.first, end=each.end, whose=_whose(each))
        for each in value.passages
    )


def _whose(passage: PassageTold) -> str:
    if passage.erased:
        return told("erased")
    return ", ".join((*passage.roles, str(passage.party))).replace("_", " ")
