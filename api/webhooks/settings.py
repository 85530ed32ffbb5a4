"""Settings of webhooks, from the environment: which targets may be reached, and how long one is waited for."""

from __future__ import annotations

from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


class WebhookSettings(BaseSettings):
    """`CASELEDGER_WEBHOOK_*`: targets beside the public ones, the time for an answer, and when an entry is given up.

    `allowed_networks` are private networks that may be reached all the same, such as 10.2.0.0/16,
    parted by commas; `allow_http` lets deliveries go unencrypted; `ca_file` holds the certificates of
    an office's own authority. An entry that a receiver refuses is given up after `give_up_days`.
    """

    model_config = SettingsConfigDict(env_prefix="CASELEDGER_WEBHOOK_", frozen=True)

    allowed_networks: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode] = ()
    allow_http: bool = False
    ca_file: Path | None = None
    connect_seconds: float = Field(default=5.0, gt=0)
    answer_seconds: float = Field(default=15.0, gt=0)
    give_up_days: float = Field(default=3.0, ge=0)

    @field_validator("allowed_networks", mode="before")
    @classmethod
    def _parted(cls, said: Any) -> Any:
        if isinstance(said, str):
            return tuple(ip_network(each.strip()) for each in said.split(",") if each.strip())
        return said

    @property
    def gives_up_after(self) -> timedelta:
        """For how long an entry is tried again that a receiver refuses."""
        return timedelta(days=self.give_up_days)
