"""Spoken: in which language to interview the requester, through which interpreter, and in which format to write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ledger.case.known.answers import Answer
from ledger.policy.document.policy import Policy


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a requester asked for besides the language of correspondence; None where nothing was."""

    interview_language: str | None = None
    interpreter: str | None = None
    format: str | None = None

    def told_by(self, policy: Policy, answers: Mapping[str, Answer]) -> Spoken:
        """The same after these answers, those to fields that tell nothing of it left out."""
        told = {
            field.tells: answer
            for name, answer in answers.items()
            if (field := policy.fields.get(name)) is not None
            and field.tells is not None
            and isinstance(answer, str)
        }
        return replace(self, **told)
