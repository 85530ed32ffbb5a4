"""What is known of whoever asks is trusted for a while, told without asking anybody, and asked anew after it."""

from __future__ import annotations

from uuid import UUID

import pytest

from api.http.identity.demo_login import DemoLogin
from api.http.identity.issuer_keys import IssuerKeys
from api.http.identity.keys import ApiKeys
from api.http.identity.members import Identities
from api.http.identity.oidc import Oidc, Terms
from api.http.identity.principals import Unauthenticated
from ledger.registers.integrations.api_keys import RevokeApiKey
from tests.api.http.identities import MACHINE, issuer, key_of, office
from tests.api.http.issuer import AUDIENCE, Issuer, Watch
from tests.api.http.served import SECRET, Served
from tests.ledgers import DIRECTOR

__all__ = ["issuer", "office"]
TRUSTED_SECONDS = 60.0


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def identities(office: Served, issuer: Issuer, watch: Watch) -> Identities:
    """Those of a service that knows all kinds of tokens."""
    ledger = office.service.ledger
    terms = Terms(issuer.url, AUDIENCE, "caseledger_member", 60.0)
    kinds = (
        ApiKeys(ledger, trust_seconds=TRUSTED_SECONDS, now=watch),
        Oidc(terms, IssuerKeys(issuer.url, now=watch)),
        DemoLogin(SECRET),
    )
    return Identities(ledger, kinds, trust_seconds=TRUSTED_SECONDS, now=watch)


def shown(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def test_whoever_was_told_a_moment_ago_is_told_at_once_whatever_they_show(
    office: Served, issuer: Issuer, identities: Identities, watch: Watch
) -> None:
    tokens = (
        key_of(office, MACHINE, "*"),
        issuer.token("R-02"),
        office.as_member("R-02").token or "",
    )
    for token in tokens:
        assert not identities.at_once(shown(token)), "the office itself is to be read"
    for token in tokens:
        identities.principal(shown(token))
    for token in tokens:
        assert identities.at_once(shown(token))
    watch.at += TRUSTED_SECONDS
    for token in tokens:
        assert not identities.at_once(shown(token)), "the office may be another by now"


def test_what_nobody_has_asked_about_yet_is_not_told_at_once(
    office: Served, issuer: Issuer, identities: Identities
) -> None:
    identities.principal(shown(issuer.token("R-02")))
    issuer.rotate()
    assert not identities.at_once(shown(issuer.token("R-02"))), "the issuer is asked for its key"
    assert not identities.at_once(shown(key_of(office, MACHINE, "*"))), "the ledger is asked of it"


@pytest.mark.parametrize("token", ["", "no token at all", "clk_nonsense", "clk_"])
def test_what_is_no_token_is_refused_at_once(identities: Identities, token: str) -> None:
    identities.policies()
    assert identities.at_once(shown(token))
    with pytest.raises(Unauthenticated):
        identities.principal(shown(token))


def test_a_key_that_was_taken_back_opens_for_as_long_as_it_is_trusted_and_no_longer(
    office: Served, identities: Identities, watch: Watch
) -> None:
    token = key_of(office, MACHINE, "*")
    assert identities.principal(shown(token)).actor.id == MACHINE
    key_id = UUID(hex=token.removeprefix("clk_").partition("_")[0])
    office.service.ledger.handle(RevokeApiKey(key_id=key_id), actor=DIRECTOR)
    watch.at += TRUSTED_SECONDS - 1
    assert identities.principal(shown(token)).actor.id == MACHINE
    watch.at += 1
    with pytest.raises(Unauthenticated, match="revoked"):
        identities.principal(shown(token))
