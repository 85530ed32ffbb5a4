"""Erasure from the command line: proposed, approved by a second person, carried out, and certified."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Annotated
from uuid import UUID

from cyclopts import Parameter

from api.cli.cases.one_case import show_trail
from api.cli.edge import DONE
from api.cli.ledgers import caught_up, office_days, opened, opened_with_views
from api.cli.reading.about_case import Opening, about_known, opened_about
from api.cli.reading.asked_at import Asked
from api.cli.showing import Column, local, number, say, show_json, show_table, words
from api.cli.wording.coded import coded
from api.cli.wording.in_french import Spoken, numbered, told
from api.cli.wording.spoken import speaking
from api.cli.writing.acting import Acting, reader_of
from api.cli.writing.asking import ask_verb
from api.moments import id_of
from api.verbs import KEEPING_VERBS, Around
from ledger.commands import Command
from ledger.entry import Receipt
from ledger.errors import InvalidCommand
from ledger.ids import reference_of
from ledger.personal.erasing import reach_of, shared_with_others
from ledger.policy.values import Language
from ledger.registers.keeping.erasures import (
    Authority,
    BeginErasure,
    ErasureCarriedOut,
    ProposeErasure,
)
from ledger.sealing.reading import ReadEntry
from ledger.service import Ledger
from ledger.settings import Settings
from projections.lists.erasures import ListedErasure, erasures_then
from projections.one_case.trail import entries_of
from projections.one_case.trail import trail as trail_of

Id = Annotated[str, Parameter(name="ERASURE", help="The id of the erasure.")]


def show(
    erasure: Annotated[str | None, Parameter(name="ERASURE", help="One erasure alone.")] = None,
    /,
    *,
    lang: Spoken = "en",
    opening: Opening = Opening(),
    asked: Asked = Asked(),
) -> int:
    """Lists what is to be erased or was and how far it is or, of one, tells what happened in sentences.

    Parameters
    ----------
    lang
        In which language it is told: English or French.
    """
    with speaking(lang):
        if erasure is not None:
            return _show_one(id_of(erasure, option="ERASURE"), lang, opening, asked)
        if opening.opened:
            raise InvalidCommand(
                "Personal values are opened of one erasure: name it, as `caseledger erasure` lists it."
            )
        return _show_all(asked)


def _show_all(asked: Asked) -> int:
    with opened_with_views() as (ledger, views):
        days = office_days(ledger.policies())
        when = asked.instants(days, now=ledger.clock())
        caught_up(views, ledger)
        found = erasures_then(views, ledger.store, when.then)
        if asked.as_json:
            show_json(found)
            return DONE
        show_table(
            "Erasures and disposals",
            [
                Column("erasure"), words("authority"), Column("proposed"), words("by"),
                number("cases"), words("approved by"), words("status"),
            ],
            [
                (
                    each.erasure_id, coded("authority", each.row.authority),
                    local(each.row.proposed_at, days.zone), each.row.proposed_by,
                    each.row.cases + each.row.due, each.row.approved_by, _stands(each),
                )
                for each in found.erasures
            ],
            empty="None was proposed.",
        )  # fmt: skip
        say(when.foot(found.up_to_date.position, days))
    return DONE


def _stands(listed: ListedErasure) -> str:
    """How it stands, in the language that is spoken."""
    held = listed.held
    return told("refused: {held} cases on hold", held=held) if held > 1 else told(listed.stands)


def _show_one(erasure_id: UUID, lang: Language, opening: Opening, asked: Asked) -> int:
    stream = f"erasure/{erasure_id}"
    with opened() as ledger:
        if not ledger.store.stream(stream, upto_version=1):
            raise InvalidCommand(
                f"No erasure {erasure_id} was asked for: check its id with `caseledger erasure`."
            )
        about = about_known(ledger, stream, asked)
        entries: Sequence[ReadEntry] | None = None
        if opening.opened:
            actor, purpose = reader_of(opening.member, opening.purpose, ledger)
            entries = opened_about(ledger, about, opening, actor, purpose=purpose)
        lines = trail_of(
            entries or entries_of(ledger.store, stream),
            policies=about.policies,
            language=lang,
            known_at=about.when.known_at,
            as_of=about.when.as_of,
        )
        if asked.as_json:
            show_json(about.answer(erasure_id=erasure_id, language=lang, trail=lines))
            return DONE
        show_trail(about, lines)
        if opening.opened:
            say(told("That its words were opened is recorded."))
        elif lines:
            say(
                told(
                    "Its instrument and its reason are sealed: --open --purpose WHY --as MEMBER shows them, and "
                    "records that they were read."
                )
            )
    return DONE


def propose(
    *,
    party: Annotated[str | None, Parameter(name="--party")] = None,
    case: Annotated[tuple[str, ...], Parameter(name="--case")] = (),
    authority: Annotated[Authority, Parameter(name="--authority")],
    instrument: Annotated[str | None, Parameter(name="--instrument")] = None,
    reason: Annotated[str | None, Parameter(name="--reason")] = None,
    acting: Acting = Acting(),
) -> int:
    """Proposes to erase what is recorded of a person wherever it lies, and all that is personal in whole cases.

    Parameters
    ----------
    party
        The person's record.
    case
        A case of which everything personal goes; give it again for another.
    authority
        What it rests on.
    instrument
        The order, schedule or letter it rests on; '-' reads it from standard input, '@FILE' from a file.
    reason
        Why; '-' reads it from standard input, '@FILE' from a file.
    """
    given = {
        "authority": authority,
        "party": id_of(party, option="--party") if party else None,
        "cases": case,
        "instrument": instrument,
        "reason": reason,
    }
    after = None if acting.as_json else _say_what_it_reaches
    return ask_verb(KEEPING_VERBS["erasure-propose"], acting, given, after=after)


def approve(erasure: Id, /, *, acting: Acting = Acting()) -> int:
    """Approves an erasure or a disposal that somebody else proposed."""
    given = {"erasure_id": id_of(erasure, option="ERASURE")}
    return ask_verb(KEEPING_VERBS["erasure-approve"], acting, given)


def carry_out(erasure: Id, /, *, acting: Acting = Acting()) -> int:
    """Destroys the keys of an approved erasure, deletes what they sealed, and shows the certificate.

    The vault gets a new master key: back it up apart, and destroy every copy of the one before. Whoever
    else has the ledger open goes on under it, if they were given this same file.
    """
    given = {"erasure_id": id_of(erasure, option="ERASURE")}
    return ask_verb(
        KEEPING_VERBS["erasure-carry-out"], acting, given, shown=partial(_show_certificate, acting)
    )


def _show_certificate(acting: Acting, around: Around, command: Command, _receipt: Receipt) -> None:
    assert isinstance(command, BeginErasure)
    position, certificate = _certificate(around.ledger, command.erasure_id)
    if acting.as_json:
        show_json({"erasure_id": command.erasure_id, "entry": position, "certificate": certificate})
        return
    until = certificate.backups_until
    say(
        told(
            "Erased: {keys}, {parts} (entry {position}). What happened stays recorded; it is not anonymous.",
            keys=numbered(
                certificate.keys_destroyed,
                "{count} key is destroyed",
                "{count} keys are destroyed",
            ),
            parts=numbered(
                certificate.parts_deleted,
                "{count} sealed part deleted",
                "{count} sealed parts deleted",
            ),
            position=position,
        ),
        told(
            "Backups made before can be read with the former master key until {until}.", until=until
        )
        if until
        else told("The policy does not say how long backups are kept (`keeping.backup_days`)."),
        told(
            "Given out before, and reached by no key: {releases}.",
            releases=", ".join(certificate.releases),
        )
        if certificate.releases
        else told("Nothing of it was given out before through the ledger."),
        told(
            "The vault is wrapped under the master key of epoch {epoch}, {file}: back it up, and destroy every copy of "
            "the one before.",
            epoch=certificate.epoch,
            file=Settings().master_key_file,
        ),
    )


def _say_what_it_reaches(around: Around, command: Command) -> None:
    """How far the keys reach, and which words about a person lie under the keys of cases and stay."""
    assert isinstance(command, ProposeErasure)
    whole = set(command.cases)
    reach = reach_of(around.ledger, party=command.party, cases=whole)
    keys, streams = len(reach.keys), len(reach.streams)
    say(
        told(
            "It reaches {keys} in {streams}.",
            keys=numbered(keys, "{count} key", "{count} keys"),
            streams=numbered(streams, "{count} stream", "{count} streams"),
        )
    )
    if command.party is not None and not whole.issuperset(reach.cases):
        shared = shared_with_others(around.ledger, reach, party=command.party)
        if shared:
            say(
                told(
                    "Where words about them are marked in texts about others, those words go and the rest stays "
                    "({entries}).",
                    entries=numbered(shared, "{count} entry", "{count} entries"),
                )
            )
    others = [each for each in reach.cases if each not in whole]
    if others:
        listed = ", ".join(reference_of(each) for each in others)
        say(
            told(
                "Notes and other words about the cases themselves stay ({cases}): name a case with --case to have all "
                "that is personal in it erased.",
                cases=listed,
            )
        )
    say(told("A second records officer approves it: `caseledger erasure approve`."))


def _certificate(ledger: Ledger, erasure_id: UUID) -> tuple[int, ErasureCarriedOut]:
    for each in ledger.read(f"erasure/{erasure_id}"):
        if isinstance(each.entry.fact, ErasureCarriedOut):
            return each.entry.position, each.entry.fact
    raise InvalidCommand("This erasure was not carried out: carry it out first.")
