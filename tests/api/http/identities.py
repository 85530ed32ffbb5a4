"""An office with an issuer of tokens, and what becomes of its people: they get keys, are absent, come back, leave."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from api.http.identity.keys import new_key
from ledger.registers.directory import EndAbsence, RecordAbsence, RecordLeaver
from ledger.registers.integrations.api_keys import IssueApiKey
from tests.api.http.issuer import AUDIENCE, Issuer, issuing
from tests.api.http.served import Served, serving
from tests.ledgers import DIRECTOR, place_in

MACHINE = "watch"


@pytest.fixture(scope="module")
def issuer() -> Iterator[Issuer]:
    with issuing() as found:
        found.new_key()
        yield found


@pytest.fixture(scope="module")
def office(issuer: Issuer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    place = place_in(tmp_path_factory.mktemp("identity"))
    with serving(place, oidc_issuer=issuer.url, oidc_audience=AUDIENCE) as served:
        yield served


def today(office: Served) -> date:
    """The date, which is the same at the office while it is open."""
    return office.clock().date()


def key_of(office: Served, member: str, *scopes: str, lasts: timedelta = timedelta(days=1)) -> str:
    """A key that was issued to a member."""
    ledger = office.service.ledger
    key_id = ledger.new_id()
    key, digest = new_key(key_id)
    command = IssueApiKey(
        key_id=key_id,
        member=member,
        scopes=scopes,
        expires_at=office.clock() + lasts,
        digest=digest,
    )
    ledger.handle(command, actor=DIRECTOR)
    return key


def leaves(office: Served, member: str, on: date) -> None:
    ledger = office.service.ledger
    left = RecordLeaver(directory_id=ledger.directory_id, member=member, left_on=on)
    ledger.handle(left, actor=DIRECTOR)


def absent(office: Served, member: str, substitute: str | None) -> UUID:
    ledger, on = office.service.ledger, today(office)
    absence_id = ledger.new_id()
    ledger.handle(
        RecordAbsence(
            directory_id=ledger.directory_id,
            absence_id=absence_id,
            member=member,
            from_on=on,
            until_on=on,
            substitute=substitute,
        ),
        actor=DIRECTOR,
    )
    return absence_id


def back(office: Served, member: str, absence_id: UUID) -> None:
    ledger, on = office.service.ledger, today(office)
    ended = EndAbsence(
        directory_id=ledger.directory_id, absence_id=absence_id, member=member, back_on=on
    )
    ledger.handle(ended, actor=DIRECTOR)


def last_refusal(office: Served) -> tuple[str, str, str, str | None]:
    """Of the last entry, which is a refusal: who asked, the act, the ground, and what it was about."""
    ledger = office.service.ledger
    (last,) = ledger.entries(after=ledger.store.tip() - 1)
    assert last.topic == "ActRefused"
    fact: Any = last.fact
    assert fact.asker == last.actor.id
    return fact.asker, fact.act, fact.ground, fact.about
