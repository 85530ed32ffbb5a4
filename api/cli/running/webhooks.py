"""Webhooks from the command line: made, shown, paused, ended, given another secret; and deliveries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from threading import Event
from typing import Annotated
from uuid import UUID

from cyclopts import Parameter

from api.cli.edge import DONE, FOUND
from api.cli.ledgers import office_days, opened
from api.cli.reading.asked_at import Asked, Instants
from api.cli.showing import Column, local, number, say, show_json, show_table, words
from api.cli.wording.in_french import told
from api.cli.writing.acting import Acting
from api.cli.writing.recording import recorded, show_receipt
from api.environment import from_environment
from api.feed import Feed
from api.http.settings import HttpSettings
from api.moments import id_of
from api.webhooks.deliveries import FILE, Deliveries
from api.webhooks.settings import WebhookSettings
from api.webhooks.shown import Stands, SubscriptionShown, all_shown, given_up_shown, shown
from api.webhooks.signing import secret_of
from api.webhooks.subscribed import counted, subscription, subscription_then
from api.webhooks.targets import refuse_unreachable
from api.webhooks.worker import deliver_once, delivering
from ledger.errors import InvalidCommand
from ledger.registers.integrations.followed import followed_topics
from ledger.registers.integrations.webhooks import (
    EndSubscription,
    MakeSubscription,
    MoveSubscription,
    OweAgain,
    PauseSubscription,
    RenewSecret,
    ResumeSubscription,
    WebhookCommand,
)
from ledger.service import Ledger
from ledger.settings import Settings
from ledger.store import arrivals_at, refuse_unwritable, writable_place

Id = Annotated[str, Parameter(name="ID", help="The id of the subscription.")]
Url = Annotated[str, Parameter(name="URL", help="Where entries are told, such as https://...")]
AsJson = Annotated[bool, Parameter(name="--json", negative="", help="Answer as JSON.")]


def show(
    webhook: Annotated[str | None, Parameter(name="ID", help="One subscription alone.")] = None,
    /,
    *,
    asked: Asked = Asked(),
) -> int:
    """Shows which systems are told of entries and how far each is or, of one, what was given up."""
    with (
        opened() as ledger,
        writable_place(Settings().location, FILE) as place,
        Deliveries.open(place) as deliveries,
    ):
        days = office_days(ledger.policies())
        when = asked.instants(days, now=ledger.clock())
        if webhook is not None:
            webhook_id = id_of(webhook, option="ID")
            return _show_one(ledger, deliveries, webhook_id, when, as_json=asked.as_json)
        found = [*all_shown(ledger, deliveries, at=when.at, then=when.then)]
        zone = days.zone
    if asked.as_json:
        show_json(found)
        return DONE
    show_table(
        "Who is told of entries",
        [
            Column("subscription"),
            Column("member"),
            words("at"),
            Column("status"),
            number("told up to"),
            number("owed"),
            number("given up"),
            Column("tried again"),
        ],
        [
            (
                each.webhook_id,
                each.member,
                each.url,
                _in_words(each),
                each.settled_upto,
                each.owed or None,
                each.given_up or None,
                local(each.rests_until, zone),
            )
            for each in found
        ],
        empty="Nobody is: `caseledger webhook make MEMBER URL` lets a system be told.",
    )
    return DONE


def _show_one(
    ledger: Ledger, deliveries: Deliveries, webhook_id: UUID, when: Instants, *, as_json: bool
) -> int:
    subscription(ledger, webhook_id)
    found = subscription_then(ledger, webhook_id, when.then)
    if found.member is None:
        raise InvalidCommand(f"Nothing was known of {webhook_id} then: ask about a later instant.")
    said = shown(ledger, deliveries, webhook_id, found, at=when.at, then=when.then)
    lost = given_up_shown(found)
    if as_json:
        show_json({"subscription": said, "given_up": lost})
        return DONE
    say(
        told(
            "{member} is told at {url}: {standing}.",
            member=said.member,
            url=said.url,
            standing=_standing(said),
        )
    )
    show_table(
        "Given up",
        [number("entry"), Column("of"), number("tries"), number("answer"), Column("owed again")],
        [(each.entry, each.about, each.attempts, each.status, each.owed_again) for each in lost],
        empty="Nothing was.",
    )
    return DONE


def _standing(said: SubscriptionShown) -> str:
    upto = {"stands": _in_words(said), "position": said.settled_upto}
    if said.failures is None:
        return told("{stands}, told up to entry {position} as far as was recorded", **upto)
    owed = told("{count} owed", count=said.owed) if said.owed else told("nothing owed")
    if said.owed is None:
        owed = told("what came since is told once it is resumed")
    last = told(", last answer: {answer}", answer=said.said) if said.said else ""
    if said.paused == "gone":
        last += told(
            ", with which its receiver says that it is gone: ask there, then `caseledger webhook resume`"
        )
    return told("{stands}, told up to entry {position}, {owed}", **upto, owed=owed) + last


_STANDS: Mapping[Stands, str] = {
    "delivers": "delivers",
    "rests": "rests",
    "sees_nothing": "sees nothing",
    "paused": "on pause",
    "ended": "ended for good",
}


def _in_words(said: SubscriptionShown) -> str:
    return told(_STANDS[said.stands])


def make(
    member: Annotated[str, Parameter(name="MEMBER", help="The member as whom the system follows.")],
    url: Url,
    /,
    *,
    topic: Annotated[tuple[str, ...], Parameter(name="--topic")] = (),
    scope: Annotated[tuple[str, ...] | None, Parameter(name="--scope")] = None,
    after: Annotated[int | None, Parameter(name="--after")] = None,
    acting: Acting = Acting(),
) -> int:
    """Lets a system be told of each entry that it may see, and shows once the secret that signs.

    Parameters
    ----------
    topic
        Of entries of this topic alone, such as CaseResolved, as `webhook topics` lists them; repeat for each.
    scope
        Only what a key of this scope may see, such as case.*; repeat for each.
    after
        The position after which it begins: 0 for everything; from now on if left out.
    """
    acting.named()
    refuse_unreachable(url, from_environment(WebhookSettings))
    with opened() as ledger:
        webhook_id = ledger.new_id()
        command = MakeSubscription(
            webhook_id=webhook_id,
            member=member,
            url=url,
            topics=topic,
            after=ledger.store.tip() if after is None else after,
            scopes=None if scope is None else tuple(sorted(scope)),
            **asdict(counted(ledger, member)),
        )
        actor = acting.actor(ledger)
        receipt = recorded(ledger, acting.request(command, actor), verbose=acting.verbose)
        secret = secret_of(ledger, webhook_id, 1)
        show_receipt(receipt, as_json=acting.as_json, secret=secret)
        if not acting.as_json:
            say(told("Keep it where secrets are kept: it is not shown again."))
    return DONE


def move(webhook: Id, url: Url, /, *, acting: Acting = Acting()) -> int:
    """Sends what is still to be told to another address."""
    refuse_unreachable(url, from_environment(WebhookSettings))
    webhook_id = id_of(webhook, option="ID")
    return _ask(MoveSubscription(webhook_id=webhook_id, url=url), acting)


def renew_secret(
    webhook: Id,
    /,
    *,
    both_hours: Annotated[int, Parameter(name="--both-hours")] = 24,
    acting: Acting = Acting(),
) -> int:
    """Signs with a new secret, which is shown once.

    Parameters
    ----------
    both_hours
        For how many hours the former one signs as well.
    """
    acting.named()
    with opened() as ledger:
        command = RenewSecret(webhook_id=id_of(webhook, option="ID"), both_hours=both_hours)
        actor = acting.actor(ledger)
        receipt = recorded(ledger, acting.request(command, actor), verbose=acting.verbose)
        found = subscription(ledger, command.webhook_id, upto_version=receipt.version)
        secret = secret_of(ledger, command.webhook_id, found.generation)
        show_receipt(receipt, as_json=acting.as_json, secret=secret)
    return DONE


def pause(webhook: Id, /, *, acting: Acting = Acting()) -> int:
    """Holds deliveries back for the time being; nothing is lost."""
    return _ask(PauseSubscription(webhook_id=id_of(webhook, option="ID")), acting)


def resume(webhook: Id, /, *, acting: Acting = Acting()) -> int:
    """Goes on where deliveries stopped."""
    return _ask(ResumeSubscription(webhook_id=id_of(webhook, option="ID")), acting)


def end(webhook: Id, /, *, acting: Acting = Acting()) -> int:
    """Ends a subscription, for good."""
    return _ask(EndSubscription(webhook_id=id_of(webhook, option="ID")), acting)


def deliver_again(
    webhook: Id,
    /,
    *entries: Annotated[int, Parameter(name="ENTRY", help="Which; every one if left out.")],
    acting: Acting = Acting(),
) -> int:
    """Lets entries be delivered after all that were given up."""
    return _ask(OweAgain(webhook_id=id_of(webhook, option="ID"), entries=entries), acting)


def deliver(
    *, once: Annotated[bool, Parameter(name="--once", negative="")] = False, as_json: AsJson = False
) -> int:
    """Delivers what is owed, and on and on as entries come; `caseledger serve` does so by itself.

    Parameters
    ----------
    once
        Only what may be delivered now; exit code 1 if some of it failed or was given up.
    """
    location, settings = Settings().location, from_environment(WebhookSettings)
    with opened() as ledger:
        refuse_unwritable(ledger.store)
        feed = Feed(ledger, public_url=from_environment(HttpSettings).public_url)
        if not once:
            with (
                arrivals_at(location, ledger.store) as arrivals,
                delivering(location, ledger, feed, arrivals, settings),
            ):
                Event().wait()
        tally = deliver_once(location, ledger, feed, settings)
    if as_json:
        show_json(tally.as_json())
    else:
        say(
            told(
                "Delivered: {delivered}; failed: {failed}; given up: {given_up}; receivers that rest: {resting}.",
                delivered=tally.delivered,
                failed=tally.failed,
                given_up=tally.given_up,
                resting=tally.resting,
            )
        )
        for webhook_id, code in tally.errors.items():
            say(f"{webhook_id}: {code}")
    return FOUND if tally.failed or tally.given_up or tally.errors else DONE


def topics(*, as_json: AsJson = False) -> int:
    """Lists the topics of entries that some feed shows: of these alone a system may be told."""
    if as_json:
        show_json({"topics": followed_topics()})
    else:
        say(*followed_topics())
    return DONE


def _ask(command: WebhookCommand, acting: Acting) -> int:
    acting.named()
    with opened() as ledger:
        actor = acting.actor(ledger)
        receipt = recorded(ledger, acting.request(command, actor), verbose=acting.verbose)
        show_receipt(receipt, as_json=acting.as_json)
    return DONE
