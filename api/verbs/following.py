"""Following: what a command brings with it on another stream, asked once it is recorded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from api.verbs.verb import Around, Verb
from ledger.commands import Request
from ledger.entry import Receipt
from ledger.errors import LedgerError
from ledger.ids import derived_uuid
from ledger.times import EPOCH


@dataclass(frozen=True, slots=True)
class Followed:
    """What followed: where it is recorded, or the error that says why it is not."""

    what: str
    outcome: Receipt | LedgerError

    @property
    def position(self) -> int:
        """The entry that it is; 0 where there is none."""
        return self.outcome.position if isinstance(self.outcome, Receipt) else 0

    def told(self) -> dict[str, object]:
        """It as it is answered."""
        match self.outcome:
            case Receipt() as receipt:
                return {"what": self.what, "stream": receipt.stream, "position": receipt.position}
            case error:
                return {"what": self.what, "code": error.code, "detail": str(error)}


def followed(verb: Verb, around: Around, request: Request, receipt: Receipt) -> Sequence[Followed]:
    """Asks all that follows from what was recorded just now.

    The ids derive from the entry that calls for it, so that asking again repeats nothing.
    """
    return tuple(_each(verb, around, request, receipt)) if receipt.fresh else ()


def _each(verb: Verb, around: Around, request: Request, receipt: Receipt) -> Iterator[Followed]:
    for follow in verb.follows:
        made_id = derived_uuid(EPOCH, receipt.digest, follow.what)
        command = follow.bring(around, made_id)
        if command is None:
            continue
        follows = replace(
            request,
            command=command,
            command_id=made_id,
            expected_version=None,
            causation=receipt.digest,
            asked=None,
        )
        (outcome,) = around.ledger.handle_all([follows])
        yield Followed(follow.what, outcome)
