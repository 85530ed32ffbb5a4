"""Following: what a command brings with it on another stream, asked once it is recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from api.verbs.verb import Around, Verb
from ledger.commands import Request
from ledger.entry import Receipt
from ledger.errors import LedgerError, Refusal
from ledger.ids import derived_uuid
from ledger.times import EPOCH

_OVERTAKEN = (
    "Others have gone on with this since, so nothing follows from it any more: look whether the case waits as "
    "it is to, and say so there."
)


@dataclass(frozen=True, slots=True)
class Followed:
    """What followed: where it is recorded, or the error that says why it is not."""

    what: str
    outcome: Receipt | LedgerError

    @property
    def position(self) -> int:
        """The entry that it is; 0 where there is none."""
        return self.outcome.position if isinstance(self.outcome, Receipt) else 0

    def told(self, say: Callable[[LedgerError], str] = str) -> dict[str, object]:
        """It as it is answered; `say` puts an error in words."""
        match self.outcome:
            case Receipt() as receipt:
                return {"what": self.what, "stream": receipt.stream, "position": receipt.position}
            case error:
                return {"what": self.what, "code": error.code, "detail": say(error)}


def followed(verb: Verb, around: Around, request: Request, receipt: Receipt) -> Sequence[Followed]:
    """Asks all that follows from what was recorded, and says where it is.

    The ids derive from the entry that calls for it. So asking again repeats nothing, and what is missing,
    as where the service died in between, is made up for, from the time when the first was done.
    """
    if not verb.follows:
        return ()
    if receipt.fresh:
        return tuple(_each(verb, around, request, receipt))
    return tuple(_late(verb, around, request, receipt)) if _is_its(around, request, receipt) else ()


def _is_its(around: Around, request: Request, receipt: Receipt) -> bool:
    """Whether a receipt is of what this request recorded before, and not of whatever was there already."""
    known = request.command_id
    return known is not None and around.ledger.receipt_of_command(known) == receipt


def _late(verb: Verb, around: Around, request: Request, receipt: Receipt) -> Iterator[Followed]:
    ledger = around.ledger
    (act,) = ledger.entries(after=receipt.position - 1, upto=receipt.position)
    is_last = ledger.store.stream(receipt.stream)[-1].version == receipt.version
    at_the_time = replace(request, effective_at=request.effective_at or act.context.effective_at)
    yield from _each(verb, around, at_the_time, receipt, overtaken=not is_last)


def _each(
    verb: Verb, around: Around, request: Request, receipt: Receipt, *, overtaken: bool = False
) -> Iterator[Followed]:
    for follow in verb.follows:
        made_id = derived_uuid(EPOCH, receipt.digest, follow.what)
        if (known := around.ledger.receipt_of_command(made_id)) is not None:
            yield Followed(follow.what, known)
            continue
        command = follow.bring(around, made_id)
        if command is None:
            continue
        if overtaken and not follow.lasts:
            yield Followed(follow.what, Refusal(_OVERTAKEN, rule="follows-at-once"))
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
        if isinstance(outcome, LedgerError):
            # The same call, asked twice at once, may have been quicker.
            outcome = around.ledger.receipt_of_command(made_id) or outcome
        yield Followed(follow.what, outcome)
