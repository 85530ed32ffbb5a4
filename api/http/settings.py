"""Settings of the HTTP interface, from the environment: limits, whom to believe, and what may be reached."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class HttpSettings(BaseSettings):
    """`CASELEDGER_HTTP_*`: the limits of a request, the issuer of tokens, and the demo login.

    `max_body_bytes` bounds a body, `timeout_seconds` the time for an answer, `wait_seconds` how long a
    read waits for `min_position`. A key or a policy that was changed counts within `trust_seconds`.
    At most so many `streams` of the feed are open at once; on a quiet one something is heard every
    `heartbeat_seconds`. `metrics` says who is given those.
    """

    model_config = SettingsConfigDict(env_prefix="CASELEDGER_HTTP_", frozen=True)

    max_body_bytes: int = 1_048_576
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
