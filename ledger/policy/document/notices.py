"""Notice terms of a policy: the templates of its notices, each in the languages of the office."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, TypeAlias

from pydantic import Field

from ledger.policy.values import Code, Label, Labelled, Language, Section, Text, YesNo

NoticeKind: TypeAlias = Literal[
    "acknowledgement", "information_request", "extension", "decision", "refusal", "lapse", "fee",
    "answer",
]  # fmt: skip


PLACEHOLDER = re.compile(r"\{(\w+)\}")


class NoticeText(Section):
    """A notice in one language."""

    subject: Label
    body: Text
    rights: Text | None = None
    """What the recipient can do against it, by when, and with whom."""

    @property
    def placeholders(self) -> frozenset[str]:
        return frozenset(PLACEHOLDER.findall(f"{self.subject}\n{self.body}\n{self.rights or ''}"))


class Template(Labelled):
    """A template of a notice, of one version, in every language of the office."""

    kind: NoticeKind
    version: Label
    texts: Mapping[Language, NoticeText] = Field(min_length=1)
    asks: tuple[Code, ...] = ()
    """Placeholders that whoever issues it fills in."""
    types: tuple[Code, ...] = ()
    """The request types that it is for; all if left out."""
    given_on_sending: YesNo = False
    """It counts as given when it is sent; otherwise that it was given is recorded by itself."""

    def is_for(self, request_type: str | None) -> bool:
        """Whether it is for cases of this type."""
        return not self.types or request_type in self.types
