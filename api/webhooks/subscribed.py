"""All subscriptions of a ledger, as they stand: those known before are not read again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ledger.errors import LedgerError
from ledger.ids import subject_id_of
from ledger.policy.acting.feeding import Follower, follower_of
from ledger.policy.in_force import Policies
from ledger.policy.routing.presence import Directory
from ledger.registers.integrations.subscriptions import Subscription
from ledger.registers.integrations.webhooks import WEBHOOK
from ledger.sealing.reading import office_entry
from ledger.service import Ledger
from ledger.then import NOW, Then


class SubscriptionNotFound(LedgerError):
    """No such subscription is in this ledger: `caseledger webhook` lists them."""

    status = 404
    code = "not-found"


@dataclass(frozen=True, slots=True)
class Counted:
    """The subscriptions of a member that had not ended at a position of the log."""

    standing: tuple[UUID, ...]
    seen_position: int


class Subscribed:
    """Follows the streams of subscriptions. One thread at a time may ask."""

    def __init__(self, ledger: Ledger, then: Then = NOW) -> None:
        self._ledger = ledger
        self._then = then
        self._tip = -1
        self._known: dict[UUID, tuple[int, Subscription]] = {}
        self.policies: Policies = ledger.policies()
        """Every policy published by when `all` was asked last."""
        self.directory: Directory = ledger.directory()
        """Who had left by then."""

    def all(self) -> list[tuple[UUID, Subscription]]:
        """Every subscription by the order in which they were made, ended ones too."""
        tip = self._ledger.store.tip()
        if tip != self._tip:
            for stream in self._ledger.store.streams("webhook"):
                self._bring_on(stream)
            self.policies, self.directory = (
                self._ledger.policies(),
                self._ledger.directory(self._then),
            )
            self._tip = tip
        return [(webhook_id, found) for webhook_id, (_, found) in self._known.items()]

    def follower(self, found: Subscription, at: datetime) -> Follower | None:
        """As whom a subscription follows then: a member who left, or is none by now, is told nothing."""
        return follower_then(found, at, self.policies, self.directory)

    def _bring_on(self, stream: str) -> None:
        webhook_id = subject_id_of(stream)
        version, found = self._known.get(webhook_id, (0, WEBHOOK.initial))
        for row in self._ledger.store.stream(stream, after_version=version):
            version, entry = row.version, office_entry(*row)
            if self._then.counts(entry):
                found = WEBHOOK.evolve(found, entry)
        self._known[webhook_id] = version, found


def follower_then(
    found: Subscription, at: datetime, policies: Policies, directory: Directory
) -> Follower | None:
    """As whom a subscription follows at an instant; None of one that is held back or over, and of whoever may not."""
    if found.member is None or not found.delivers:
        return None
    version = policies.in_force(at)
    on = version.compiled.calendars.days_of(version.policy.office.zone).date_of(at)
    follower = follower_of(version.policy, found.member, found.scopes)
    gone = directory.gone(found.member, on)
    return None if follower is None or gone or not follower.may_follow() else follower


def counted(ledger: Ledger, member: str) -> Counted:
    """What the rule of how many stand at once is to know of a member: whoever decides looks up what came since."""
    position = ledger.store.tip()
    found = Subscribed(ledger).all()
    standing = tuple(key for key, each in found if each.member == member and not each.ended)
    return Counted(standing, position)


def subscription(
    ledger: Ledger, webhook_id: UUID, *, upto_version: int | None = None
) -> Subscription:
    """A subscription as it stands, or stood at a version; SubscriptionNotFound if there is none."""
    found = subscription_then(ledger, webhook_id, NOW, upto_version=upto_version)
    if found.member is None:
        raise SubscriptionNotFound
    return found


def subscription_then(
    ledger: Ledger, webhook_id: UUID, then: Then, *, upto_version: int | None = None
) -> Subscription:
    """A subscription as it stood at another instant; its `member` is None while it was not made."""
    found = WEBHOOK.initial
    for row in ledger.store.stream(f"webhook/{webhook_id}", upto_version=upto_version):
        if then.counts(entry := office_entry(*row)):
            found = WEBHOOK.evolve(found, entry)
    return found
