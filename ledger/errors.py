"""Every way the ledger says no, in one tree: what happened, its HTTP status, its stable code.

The first line of each class's docstring is the sentence for people when no better one is given.
"""

from __future__ import annotations

from typing import ClassVar


class LedgerError(Exception):
    """The ledger could not do what was asked."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "ledger-error"

    def __init__(self, sentence: str | None = None) -> None:
        super().__init__(sentence or type(self).sentence())

    @classmethod
    def sentence(cls) -> str:
        return (cls.__doc__ or "").partition("\n")[0].strip()


class InvalidCommand(LedgerError):
    """What was asked cannot be understood.

    `misread` is what was given as the reference of a case, where that is what is wrong.
    """

    status = 422
    code = "invalid-command"

    def __init__(self, sentence: str | None = None, *, misread: str | None = None) -> None:
        super().__init__(sentence)
        self.misread = misread


class Refusal(LedgerError):
    """A rule forbids this.

    `rule` is the rule's stable code, `ground` the values it was tried on.
    """

    status = 409
    code = "refused"

    def __init__(self, sentence: str | None = None, *, rule: str = "", **ground: object) -> None:
        super().__init__(sentence)
        self.rule = rule
        self.ground = ground


class UnlawfulTransition(Refusal):
    """The case is not in a state in which this can happen."""

    code = "unlawful-transition"


class NotAuthorised(LedgerError):
    """This actor may not do this."""

    status = 403
    code = "not-authorised"


class CaseNotFound(LedgerError):
    """No such case is in this ledger."""

    status = 404
    code = "case-not-found"


class PartyNotFound(LedgerError):
    """No such party is in this ledger."""

    status = 404
    code = "party-not-found"


class DisclosureNotFound(LedgerError):
    """No such disclosure is in this ledger."""

    status = 404
    code = "disclosure-not-found"


class VersionConflict(LedgerError):
    """Somebody else wrote to this stream first: read it again and decide anew."""

    status = 412
    code = "version-conflict"

    def __init__(self, *, expected: int, actual: int) -> None:
        super().__init__(
            f"Expected version {expected}, but the stream is at version {actual}: "
            "read it again and decide anew."
        )
        self.expected = expected
        self.actual = actual


class LedgerUnavailable(LedgerError):
    """The ledger cannot be reached or written just now: try again."""

    status = 503
    code = "ledger-unavailable"
    retry_after_seconds: ClassVar[int] = 5


class VaultMissing(LedgerUnavailable):
    """No vault lies where it should: of its ledger nothing is opened, and nothing recorded."""


class NotSwept(LedgerUnavailable):
    """What was erased is not swept away yet, since somebody reads there: ask again once they have ended."""


class DiskFull(LedgerUnavailable):
    """The disk is full, and nothing was recorded: free some space and try again."""


class KeysDamaged(LedgerUnavailable):
    """A key in the vault is damaged: put a sound vault of these entries back from a backup, and ask again."""


class NotPermitted(LedgerUnavailable):
    """The account that runs this may not read or write a file: run it as the one to which it belongs."""


class ReadAlone(LedgerUnavailable):
    """This is a standby, or set to be read alone: name the server that takes writes."""


class OutcomeUnknown(LedgerUnavailable):
    """This may be on record or not: ask again with the same command id, which answers with the receipt if it is.

    The connection or the disk failed while it was being made durable.
    """

    code = "outcome-unknown"


class StartAgain(LedgerUnavailable):
    """This process can never write to the ledger again: start it anew."""


class IntegrityFailure(LedgerError):
    """What is stored is not what was recorded: stop, keep the files, and run `caseledger verify`."""

    status = 500
    code = "integrity-failure"


class UnreadableEntry(LedgerError):
    """An entry is intact but this version of the software cannot read it."""

    status = 500
    code = "unreadable-entry"
