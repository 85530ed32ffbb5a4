"""Telling about one case from the command line: what its requester may be told, and its decider must know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from cyclopts import Parameter

from api.cli.edge import DONE
from api.cli.ledgers import opened
from api.cli.reading.about_case import Opening, Ref, about_case, opened_entries
from api.cli.reading.asked_at import Asked
from api.cli.showing import Column, say, show_json, show_table, words
from api.cli.wording.in_french import Spoken, told
from api.cli.wording.spoken import speaking, spoken
from ledger.policy.values import Language
from projections.fold.told import told as as_told
from projections.one_case.briefs import brief_of
from projections.one_case.details import DETAILS
from projections.one_case.requester_status import requester_status
from projections.rows.cases import CASES
from projections.rows.escalations import ESCALATIONS

Lang = Annotated[Language | None, Parameter(name="--language", help="English (en) or French (fr).")]

_NOTHING_KNOWN = "Nothing was known of {reference} then: ask about a later instant."
_COLON: Mapping[Language, str] = {"en": ": ", "fr": " : "}


def status(
    ref: Ref,
    /,
    *,
    lang: Lang = None,
    asked: Asked = Asked(),
) -> int:
    """Tells what the requester of a case may be told: its stage, what is waited for, what was promised by when.

    Parameters
    ----------
    lang
        English or French; the language of the case if left out.
    """
    with speaking(lang or spoken()), opened() as ledger:
        about = about_case(ledger, ref, asked)
        said = [as_told(each.entry) for each in about.counting(ledger.read(about.stream))]
        rows = CASES.after(said)
        if not rows:
            say(told(_NOTHING_KNOWN, reference=about.reference))
            return DONE
        (row,), (details,) = rows, DETAILS.after(said)
        language: Language = lang or ("fr" if details.language == "fr" else "en")
        version = about.policies.in_force(about.when.at)
        found = requester_status(
            row,
            details,
            version,
            at=about.when.at,
            language=language,
            escalations=ESCALATIONS.after(said),
        )
        if asked.as_json:
            show_json(about.answer(language=language, requester_status=found))
        else:
            title = (
                found.reference
                if not found.request_type
                else f"{found.reference}{_COLON[language]}{found.request_type}"
            )
            say(title, *found.sentences)
    return DONE


def brief(
    ref: Ref,
    /,
    *,
    lang: Spoken = "en",
    opening: Opening = Opening(),
    asked: Asked = Asked(),
) -> int:
    """Shows one page for whoever decides a case: facts, evidence, clocks, contacts, checklist, who may decide."""
    with speaking(lang), opened() as ledger:
        reader = opening.reader(ledger)
        entries = opened_entries(ledger, ref, opening, asked, reader=reader) if reader else None
        about = about_case(ledger, ref, asked)
        counting = about.counting(entries or ledger.read(about.stream))
        if not counting:
            say(told(_NOTHING_KNOWN, reference=about.reference))
            return DONE
        version = about.policies.in_force(about.when.at)
        found = brief_of(
            [each.entry for each in counting], version, at=about.when.at, language=lang
        )
        if asked.as_json:
            show_json(about.answer(language=lang, brief=found))
            return DONE
        for section in found.sections:
            show_table(
                section.title,
                [Column(""), words("")],
                [(line.name, line.said) for line in section.lines],
                empty="",
            )
        say(about.foot)
    return DONE
