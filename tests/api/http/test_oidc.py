"""Tokens of the issuer: believed by the keys that it publishes now, for this service, for their time, and no others."""

from __future__ import annotations

import base64
import hmac
import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import RSAAlgorithm

from api.http.identity.issuer_keys import IssuerKeys
from api.http.identity.oidc import Oidc, Terms
from api.http.identity.principals import Claim, Unauthenticated
from api.http.settings import HttpSettings
from ledger.errors import InvalidCommand, LedgerUnavailable
from tests.api.http.issuer import AUDIENCE, Issuer, Watch, issuing


@pytest.fixture
def issuer(shared: Issuer) -> Issuer:
    """An issuer with one new key, which nobody has asked yet."""
    shared.configuration, shared.extra, shared.down, shared.asked = {}, [], False, 0
    shared.rotate()
    return shared


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def oidc(issuer: Issuer, watch: Watch) -> Oidc:
    terms = Terms(issuer.url, AUDIENCE, "caseledger_member", 60.0)
    return Oidc(terms, IssuerKeys(issuer.url, now=watch))


def says_no(oidc: Oidc, token: str) -> str:
    """The sentence with which a token is refused."""
    with pytest.raises(Unauthenticated) as refused:
        oidc(token)
    return str(refused.value)


@pytest.mark.parametrize("algorithm", ["RS256", "ES256", "EdDSA"])
def test_a_token_of_the_issuer_says_which_member_it_stands_for(
    issuer: Issuer, oidc: Oidc, algorithm: str
) -> None:
    issuer.rotate(algorithm)
    assert oidc(issuer.token("R-02")) == Claim("R-02", None)


def test_what_a_token_says_of_roles_and_scopes_changes_nothing(issuer: Issuer, oidc: Oidc) -> None:
    token = issuer.token("R-02", roles=["director"], scope="case.*", groups=["RDW"])
    assert oidc(token) == Claim("R-02", None)


@pytest.mark.parametrize("member", [None, "", 7, ["R-02"], "x" * 201])
def test_a_token_that_does_not_name_a_member_opens_nothing(
    issuer: Issuer, oidc: Oidc, member: Any
) -> None:
    assert "caseledger_member" in says_no(oidc, issuer.token(member))


def test_another_claim_may_name_the_member(issuer: Issuer) -> None:
    terms = Terms(issuer.url, AUDIENCE, "staff_code", 60.0)
    oidc = Oidc(terms, IssuerKeys(issuer.url))
    assert oidc(issuer.token("R-02", staff_code="N-02")) == Claim("N-02", None)


@pytest.mark.parametrize("aud", ["another", ["another", "others"], None, ""])
def test_a_token_for_another_service_opens_nothing(issuer: Issuer, oidc: Oidc, aud: Any) -> None:
    says_no(oidc, issuer.token("R-02", aud=aud))


def test_a_token_for_several_services_opens_each(issuer: Issuer, oidc: Oidc) -> None:
    assert oidc(issuer.token("R-02", aud=["another", AUDIENCE])) is not None


@pytest.mark.parametrize(
    ("claim", "seconds", "believed"),
    [
        ("exp", -20, True),
        ("exp", -61, False),
        ("nbf", 59, True),
        ("nbf", 100, False),
        ("iat", 59, True),
        ("iat", 100, False),
    ],
)  # forty seconds may pass between a token and the look at it, and change no answer
def test_clocks_may_differ_by_a_minute_and_no_more(
    issuer: Issuer, oidc: Oidc, claim: str, seconds: int, *, believed: bool
) -> None:
    said: dict[str, Any] = {claim: datetime.now(UTC) + timedelta(seconds=seconds)}
    token = issuer.token("R-02", **said)
    if believed:
        assert oidc(token) is not None
    else:
        says_no(oidc, token)


@pytest.mark.parametrize("claim", ["exp", "iat", "aud"])
def test_a_token_without_a_time_or_an_audience_opens_nothing(
    issuer: Issuer, oidc: Oidc, claim: str
) -> None:
    says_no(oidc, issuer.token("R-02", **{claim: None}))


def test_an_expired_token_is_told_apart(issuer: Issuer, oidc: Oidc) -> None:
    gone = datetime.now(UTC) - timedelta(hours=1)
    assert "expired" in says_no(oidc, issuer.token("R-02", exp=gone))


def test_a_token_of_another_issuer_is_none_of_ours(issuer: Issuer, oidc: Oidc) -> None:
    assert oidc(issuer.token("R-02", iss="https://elsewhere.example")) is None
    assert oidc(issuer.token("R-02", iss=f"{issuer.url}/")) is None
    assert issuer.asked == 0


def forged(header: dict[str, Any], claims: dict[str, Any], secret: bytes | None) -> str:
    """A token made by hand, as no library would make it."""

    def part(said: object) -> bytes:
        raw = json.dumps(said, default=lambda at: int(at.timestamp())).encode()
        return base64.urlsafe_b64encode(raw).rstrip(b"=")

    signed = part(header) + b"." + part(claims)
    seal = b"" if secret is None else hmac.new(secret, signed, sha256).digest()
    return (signed + b"." + base64.urlsafe_b64encode(seal).rstrip(b"=")).decode()


@pytest.mark.parametrize("alg", ["none", "None", "NONE", "", None, 7])
def test_a_token_that_nobody_signed_opens_nothing(issuer: Issuer, oidc: Oidc, alg: Any) -> None:
    token = forged({"alg": alg, "kid": issuer.keys[0].kid}, issuer.claims("R-02"), None)
    assert oidc_says_no(oidc, token)


def oidc_says_no(oidc: Oidc, token: str) -> bool:
    """Whether a token is refused, or taken for no token at all."""
    try:
        return oidc(token) is None
    except Unauthenticated:
        return True


@pytest.mark.parametrize("algorithm", ["RS256", "ES256", "EdDSA"])
@pytest.mark.parametrize("form", [PublicFormat.SubjectPublicKeyInfo, PublicFormat.Raw])
def test_the_public_key_is_no_secret_to_sign_with(
    issuer: Issuer, oidc: Oidc, algorithm: str, form: PublicFormat
) -> None:
    key = issuer.rotate(algorithm)
    if form is PublicFormat.Raw:
        secret = json.dumps(key.published()).encode()
    else:
        secret = key.private.public_key().public_bytes(Encoding.PEM, form)
    token = forged({"alg": "HS256", "kid": key.kid}, issuer.claims("R-02"), secret)
    assert "signed" in says_no(oidc, token)


def test_a_shared_secret_that_is_published_signs_nothing(issuer: Issuer, oidc: Oidc) -> None:
    secret = b"s" * 32
    issuer.extra.append({"kty": "oct", "k": base64.urlsafe_b64encode(secret).decode(), "kid": "s"})
    says_no(oidc, forged({"alg": "HS256", "kid": "s"}, issuer.claims("R-02"), secret))


def test_a_key_signs_in_its_own_way_and_in_no_other(issuer: Issuer, oidc: Oidc) -> None:
    curve, numbers = issuer.rotate("ES256"), issuer.new_key("RS256")
    claims = issuer.claims("R-02")
    token = jwt.encode(claims, numbers.private, algorithm="RS256", headers={"kid": curve.kid})
    says_no(oidc, token)
    stronger = jwt.encode(claims, numbers.private, algorithm="RS512", headers={"kid": numbers.kid})
    says_no(oidc, stronger)


def test_a_short_key_and_one_for_encryption_are_passed_over(issuer: Issuer, oidc: Oidc) -> None:
    weak = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    published = RSAAlgorithm.to_jwk(weak.public_key(), as_dict=True)
    claims = issuer.claims("R-02")
    with pytest.warns(match="below the minimum"):
        token = jwt.encode(claims, weak, algorithm="RS256", headers={"kid": "weak"})
    issuer.extra.append({**published, "kid": "weak"})
    encrypting = issuer.new_key()
    issuer.keys.remove(encrypting)
    issuer.extra.append({**encrypting.published(), "use": "enc"})
    says_no(oidc, token)
    says_no(oidc, issuer.token("R-02", encrypting))


def test_a_changed_token_opens_nothing(issuer: Issuer, oidc: Oidc) -> None:
    head, _, seal = issuer.token("R-02").split(".")
    other = issuer.token("D-01").split(".")[1]
    says_no(oidc, f"{head}.{other}.{seal}")


@pytest.mark.parametrize("url", ["jku", "x5u"])
def test_a_token_does_not_say_where_its_keys_lie(issuer: Issuer, oidc: Oidc, url: str) -> None:
    with issuing() as other:
        foreign = other.new_key()
        header = {"kid": foreign.kid, url: f"{other.url}/keys"}
        claims = other.claims("D-01", iss=issuer.url)
        issuer.keys.clear()
        says_no(oidc, jwt.encode(claims, foreign.private, algorithm="ES256", headers=header))
        assert other.asked == 0


def test_a_token_that_carries_its_own_key_opens_nothing(issuer: Issuer, oidc: Oidc) -> None:
    own = issuer.new_key()
    issuer.keys.remove(own)
    header = {"kid": own.kid, "jwk": own.published()}
    says_no(oidc, issuer.token("D-01", own, header=header))


@pytest.mark.parametrize(
    "token", ["", "a", "a.b.c", "..", "é.é.é", base64.urlsafe_b64encode(b"[" * 6_000).decode()]
)
def test_what_is_no_token_is_of_another_kind(oidc: Oidc, token: str) -> None:
    assert oidc(token) is None
    assert oidc(f"{token}.{token}.{token}") is None


def test_keys_are_asked_for_once_and_again_after_five_minutes(
    issuer: Issuer, oidc: Oidc, watch: Watch
) -> None:
    for _ in range(5):
        oidc(issuer.token("R-02"))
    assert issuer.asked == 1
    watch.at += 301
    oidc(issuer.token("R-02"))
    assert issuer.asked == 2


def test_a_new_key_is_found_by_its_id_and_one_withdrawn_is_believed_no_more(
    issuer: Issuer, oidc: Oidc, watch: Watch
) -> None:
    old = issuer.keys[0]
    assert oidc(issuer.token("R-02"))
    watch.at += 20
    issuer.rotate("EdDSA")
    assert oidc(issuer.token("R-02"))
    says_no(oidc, issuer.token("R-02", old))


def test_a_new_key_that_no_token_names_is_believed_at_once_and_the_old_one_no_more(
    issuer: Issuer, oidc: Oidc, watch: Watch
) -> None:
    """An issuer with one key need not name it (OpenID Connect Core, section 10.1)."""
    before = issuer.token("R-02", header={})
    assert oidc(before) is not None
    issuer.rotate()
    watch.at += 11
    assert not oidc.at_once(issuer.token("R-02", header={})), "the issuer may have to be asked"
    assert oidc(issuer.token("R-02", header={})) == Claim("R-02", None)
    says_no(oidc, before)
    asked = issuer.asked
    for _ in range(5):
        says_no(oidc, before)
    assert issuer.asked == asked, "nor is the issuer asked again and again"


def test_made_up_ids_of_keys_do_not_let_the_issuer_be_asked_again_and_again(
    issuer: Issuer, oidc: Oidc, watch: Watch
) -> None:
    key = issuer.keys[0]
    for place in range(50):
        says_no(oidc, issuer.token("R-02", key, header={"kid": f"made-up-{place}"}))
    assert issuer.asked == 1
    watch.at += 11
    says_no(oidc, issuer.token("R-02", key, header={"kid": "made up later"}))
    assert issuer.asked == 2
    assert oidc(issuer.token("R-02")) is not None


def test_while_the_issuer_is_down_what_is_known_is_used_for_a_day(
    issuer: Issuer, oidc: Oidc, watch: Watch
) -> None:
    oidc(issuer.token("R-02"))
    issuer.down = True
    watch.at += 3_600
    assert oidc(issuer.token("R-02")) is not None
    watch.at += 86_400
    with pytest.raises(LedgerUnavailable):
        oidc(issuer.token("R-02"))


def test_while_the_issuer_is_down_a_key_that_is_not_known_is_asked_for_later(
    issuer: Issuer, oidc: Oidc, watch: Watch
) -> None:
    issuer.down = True
    with pytest.raises(LedgerUnavailable):
        oidc(issuer.token("R-02"))
    issuer.down = False
    with pytest.raises(LedgerUnavailable):
        oidc(issuer.token("R-02"))  # it was asked a moment ago
    watch.at += 11
    assert oidc(issuer.token("R-02")) is not None


def test_one_key_needs_no_name_and_two_do(issuer: Issuer, oidc: Oidc, watch: Watch) -> None:
    key = issuer.keys[0]
    assert oidc(issuer.token("R-02", key, header={})) is not None
    issuer.new_key()
    watch.at += 301
    says_no(oidc, issuer.token("R-02", key, header={}))


@pytest.mark.parametrize(
    "configuration",
    [
        {"issuer": "https://elsewhere.example"},
        {"jwks_uri": "http://elsewhere.example/keys"},
        {"jwks_uri": "file:///etc/passwd"},
        {"jwks_uri": None},
    ],
)
def test_a_configuration_of_another_issuer_or_with_keys_anywhere_is_not_followed(
    issuer: Issuer, oidc: Oidc, configuration: dict[str, Any]
) -> None:
    issuer.configuration = configuration
    with pytest.raises(LedgerUnavailable):
        oidc(issuer.token("R-02"))
    assert issuer.asked == 0


def test_the_address_of_the_keys_may_be_given_instead_of_found(issuer: Issuer) -> None:
    issuer.configuration = {"issuer": "https://elsewhere.example"}
    terms = Terms(issuer.url, AUDIENCE, "caseledger_member", 60.0)
    oidc = Oidc(terms, IssuerKeys(issuer.url, jwks_url=f"{issuer.url}/keys"))
    assert oidc(issuer.token("R-02")) is not None


def test_an_issuer_is_named_with_its_audience_and_asked_over_tls(issuer: Issuer) -> None:
    with pytest.raises(InvalidCommand, match="AUDIENCE"):
        Oidc.from_settings(HttpSettings(oidc_issuer=issuer.url))
    with pytest.raises(InvalidCommand, match="https"):
        Oidc.from_settings(
            HttpSettings(oidc_issuer="http://issuer.example", oidc_audience=AUDIENCE)
        )
    assert Oidc.from_settings(HttpSettings()) is None
