"""Settings of the HTTP interface, from the environment: limits, whom to believe, and what may be reached."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_PUBLIC_URL = re.compile(
    r"https?://(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?"
    r"(?P<under>(?:/[A-Za-z0-9._~-]*[A-Za-z0-9_~-])*)"
)


class HttpSettings(BaseSettings):
    """`CASELEDGER_HTTP_*`: the limits of a request, the issuer of tokens, and the demo login.

    `public_url` is where the service is reached from outside: every address that is answered begins with it. Without
    it they are relative, since the Host of a request is whatever somebody wrote there. It may end in a path, which
    whoever stands before the service takes off again.

    `max_body_bytes` bounds a body, `max_upload_bytes` a request of GeoReport with its pictures, `timeout_seconds` the
    time for an answer, `wait_seconds` how long a read waits for `min_position`. A key or a policy that was changed
    counts within `trust_seconds`.
    At most so many `streams` of the feed are open at once; on a quiet one something is heard every
    `heartbeat_seconds`. `metrics` says who is given those.
    """

    model_config = SettingsConfigDict(env_prefix="CASELEDGER_HTTP_", frozen=True)

    public_url: str | None = None
    max_body_bytes: int = 1_048_576
    max_upload_bytes: int = 16_777_216
    timeout_seconds: float = 30.0
    wait_seconds: float = 5.0
    trust_seconds: float = 1.0
    threads: int = 12
    streams: int = 200
    heartbeat_seconds: float = 15.0
    metrics: Literal["loopback", "anyone", "nobody"] = "loopback"
    oidc_issuer: str | None = None
    oidc_audience: str | None = None
    oidc_jwks_url: str | None = None
    oidc_member_claim: str = "caseledger_member"
    oidc_leeway_seconds: float = Field(default=60.0, ge=0, le=300)
    demo_secret: SecretStr | None = Field(default=None, min_length=32)
    """With it, and from the loopback alone, anybody may log in as any member: for demonstrations."""

    @field_validator("public_url")
    @classmethod
    def _is_an_origin(cls, said: str | None) -> str | None:
        found = None if said is None else said.removesuffix("/")
        if found is not None and _PUBLIC_URL.fullmatch(found) is None:
            raise ValueError(
                "must be the scheme and the host, with a path where it lies below one, such as "
                "https://ledger.office.example"
            )
        return found

    @property
    def under(self) -> str:
        """The path below which the service is reached from outside; empty where it has a host of its own."""
        found = _PUBLIC_URL.fullmatch(self.public_url or "")
        return found["under"] if found else ""

    def address(self, reference: str) -> str:
        """The address of something here, given from the root on."""
        return f"{self.public_url or ''}{reference}"
