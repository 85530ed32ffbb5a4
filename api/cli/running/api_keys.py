"""API keys from the command line: issued, shown once, listed without their secrets, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from cyclopts import Parameter

from api.cli.edge import DONE
from api.cli.ledgers import office_days, opened
from api.cli.reading.asked_at import Asked, Instants
from api.cli.showing import Column, local, say, show_json, show_table, words
from api.cli.wording.in_french import told
from api.cli.writing.acting import Acting
from api.cli.writing.recording import recorded, show_receipt
from api.http.identity.keys import api_key, new_key
from api.moments import id_of, moment_of
from ledger.ids import subject_id_of
from ledger.registers.integrations.api_keys import ApiKey, IssueApiKey, RevokeApiKey
from ledger.service import Ledger

_LASTS = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class KeyShown:
    """A key as it is listed: never its secret."""

    key_id: UUID
    member: str | None
    scopes: tuple[str, ...]
    expires_at: datetime | None
    stands: str


def show(*, asked: Asked = Asked()) -> int:
    """Shows which keys were issued, to whom, for what, and whether they still open anything."""
    with opened() as ledger:
        days = office_days(ledger.policies())
        when = asked.instants(days, now=ledger.clock())
        found, zone = [*_keys(ledger, when)], days.zone
    if asked.as_json:
        show_json(found)
        return DONE
    show_table(
        "Keys of other systems",
        [Column("key"), Column("member"), words("for"), Column("until"), Column("status")],
        [
            (
                each.key_id,
                each.member,
                ", ".join(each.scopes),
                local(each.expires_at, zone),
                told(each.stands),
            )
            for each in found
        ],
        empty="None was issued: `caseledger api-key issue MEMBER --scope case.open` does.",
    )
    return DONE


def issue(
    member: Annotated[str, Parameter(name="MEMBER", help="The member as whom the system acts.")],
    /,
    *,
    scope: Annotated[tuple[str, ...], Parameter(name="--scope")],
    until: Annotated[str | None, Parameter(name="--until")] = None,
    label: Annotated[str | None, Parameter(name="--label")] = None,
    acting: Acting = Acting(),
) -> int:
    """Issues a key and shows it, once: nobody can find it again, not in the ledger either.

    Parameters
    ----------
    scope
        What it may be used for: an act such as case.open, a kind such as case.*, or *; repeat for each.
    until
        Until when: an instant, or a date; a year if left out.
    label
        What it is for, in words.
    """
    acting.named()
    with opened() as ledger:
        policies = ledger.policies()
        days = office_days(policies)
        ends = moment_of(until, option="--until", days=days) if until else ledger.clock() + _LASTS
        key_id = ledger.new_id()
        key, digest = new_key(key_id)
        command = IssueApiKey(
            key_id=key_id, member=member, scopes=scope, expires_at=ends, digest=digest, label=label
        )
        actor = acting.actor(ledger, policies)
        receipt = recorded(ledger, acting.request(command, actor), verbose=acting.verbose)
        show_receipt(receipt, as_json=acting.as_json, key=key)
        if not acting.as_json:
            say(told("Keep it where secrets are kept: it is not shown again."))
    return DONE


def revoke(
    key: Annotated[str, Parameter(name="KEY", help="The id of the key.")],
    /,
    *,
    reason: Annotated[str | None, Parameter(name="--reason", help="Why.")] = None,
    acting: Acting = Acting(),
) -> int:
    """Takes a key back; whoever holds it is refused from then on."""
    acting.named()
    with opened() as ledger:
        command = RevokeApiKey(key_id=id_of(key, option="KEY"), reason=reason)
        actor = acting.actor(ledger)
        receipt = recorded(ledger, acting.request(command, actor), verbose=acting.verbose)
        show_receipt(receipt, as_json=acting.as_json)
    return DONE


def _keys(ledger: Ledger, when: Instants) -> Iterator[KeyShown]:
    for stream in ledger.store.streams("apikey"):
        key_id = subject_id_of(stream)
        key = api_key(ledger, key_id, when.then)
        if key.member is not None:
            scopes, stands = tuple(sorted(key.scopes)), _stands(key, when.at)
            yield KeyShown(key_id, key.member, scopes, key.expires_at, stands)


def _stands(key: ApiKey, now: datetime) -> str:
    if key.revoked:
        return "revoked"
    return "in use" if key.opens(at=now) else "expired"
