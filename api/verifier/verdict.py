"""What a verifier answers: one of three verdicts, and what it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from api.verifier.notes import Checkpoint, Cosigned
from api.verifier.trees import Member

Word: TypeAlias = Literal["failed", "consistent", "confirmed"]
"""`failed`: something does not follow. `consistent`: all of it follows from the checkpoint in the bundle, but whose
that is was not confirmed. `confirmed`: and the checkpoint is signed by the key that was given."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What does not follow: at which step (0 is the package), where, and why in one sentence."""

    step: int
    where: str
    sentence: str


@dataclass(slots=True)
class Counted:
    """What a bundle shows and what it withholds, counted while it was checked."""

    streams: int = 0
    shown: int = 0
    lines_withheld: int = 0
    out_of_scope: int = 0
    unfollowed: int = 0
    """Withheld or out of scope behind the last line shown, where no count says that they are of the stream."""
    slots_withheld: int = 0
    words_withheld: int = 0
    erased: int = 0
    policies: int = 0
    by_exemption: Counter[str] = field(default_factory=Counter[str])


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict on a bundle, what was found in it, and who signed."""

    word: Word
    failure: Failure | None = None
    release: dict[str, Any] | None = None
    checkpoint: Checkpoint | None = None
    signed_at: str | None = None
    signers: Sequence[str] = ()
    witnesses: Sequence[Cosigned] = ()
    counted: Counted = field(default_factory=Counted)
    heads: Mapping[str, Member] = field(default_factory=dict[str, Member])
    """How far each stream goes that is given whole."""
    since: int | None = None
    """The size of the earlier checkpoint since which the log was shown to have only grown."""
    file: str | None = None
    """SHA-256 of the whole file, in hex, by which the office records what it released; None of a folder."""
    manifest: str | None = None
    """SHA-256 of the list of its files, in hex: it stands for every byte of the bundle."""
    page: str | None = None
    """SHA-256 of the verify page in it, in hex."""
