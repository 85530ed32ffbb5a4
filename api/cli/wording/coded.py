"""Codes of ours as they are shown: as commands take them in English, in words in French; a policy's stay codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from api.cli.wording.spoken import spoken
from ledger.policy.document.policy import Policy
from ledger.policy.values import Labelled
from projections.sentences.wording import Wording


def coded(field: str, code: str | None) -> str | None:
    """A code of ours, which stands in this field, in the language that is spoken."""
    if code is None or spoken() == "en":
        return code and code.replace("_", " ")
    return Wording(spoken()).value(field, code)


def labelled(
    field: str, code: str | None, policy: Policy | None, *, among: str | None = None
) -> str | None:
    """A code of the policy: as commands take it in English, with its label in French; `among` is its list."""
    if code is None or spoken() == "en":
        return code
    return Wording(spoken(), policy).value(field, code, listed=among)


def listed(field: str, codes: Iterable[str]) -> str:
    """Several codes of ours that stand in this field, in the language that is spoken."""
    return ", ".join(coded(field, each) or "" for each in codes)


def with_name(
    code: str,
    policy: Policy | None,
    section: Literal["types", "regions", "teams", "chases", "programmes"],
) -> str:
    """A code of a section of the policy with its name beside it, in the language that is spoken."""
    known: Mapping[str, Labelled] = {} if policy is None else getattr(policy, section)
    return f"{code} {known[code].say(spoken())}" if code in known else code


def fields_said(codes: Iterable[str], policy: Policy | None) -> str:
    """Fields of a form: by code in English, as commands take them; in French by what is asked, and the code."""
    if spoken() == "en" or policy is None:
        return ", ".join(codes)
    asked = (
        (policy.fields[code].say("fr"), code) if code in policy.fields else (code, "")
        for code in codes
    )
    return ", ".join(f"{said} ({code})" if code else said for said, code in asked)
