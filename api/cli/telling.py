"""Telling about one case from the command line: what its requester may be told."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from api.cli.asked_at import Asked
from api.cli.edge import DONE
from api.cli.ledgers import opened
from api.cli.one_case import Ref, about_case
from api.cli.showing import say, show_json
from ledger.policy.values import Language
from projections.cases import CASES
from projections.requester_status import requester_status
from projections.told import told

Lang = Annotated[Language | None, Parameter(name="--lang", help="English (en) or French (fr).")]


def status(
    ref: Ref,
    /,
    *,
    lang: Lang = None,
    asked: Asked = Asked(),  # noqa: B008 - frozen
) -> int:
    """Tells what the requester of a case may be told: its stage, what is waited for, what was promised by when.

    Parameters
    ----------
    lang
        English or French; the language of the case if left out.
    """
    with opened() as ledger:
        about = about_case(ledger, ref, asked)
        rows = CASES.after([told(each.entry) for each in about.counting(ledger.read(about.stream))])
        if not rows:
            say(f"Nothing was known of {about.reference} then: ask about a later instant.")
            return DONE
        (row,) = rows
        language: Language = lang or ("fr" if row.language == "fr" else "en")
        version = about.policies.in_force(about.when.at)
        found = requester_status(row, version, at=about.when.at, language=language)
        if asked.as_json:
            show_json(about.answer(language=language, requester_status=found))
        else:
            title = (
                found.reference
                if not found.request_type
                else f"{found.reference}: {found.request_type}"
            )
            say(title, *found.sentences)
    return DONE
