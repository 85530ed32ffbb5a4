"""Settings: where the ledger lies, from the environment and nowhere else."""

from __future__ import annotations

from pathlib import Path

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """`CASELEDGER_HOME`, `_DATABASE_URL` (PostgreSQL), `_MASTER_KEY` (a file's path), `_WITNESS` (a folder's path)."""

    model_config = SettingsConfigDict(env_prefix="CASELEDGER_", frozen=True)

    home: Path = Path(".caseledger")
    database_url: SecretStr | None = None
    master_key: Path | None = None
    witness: Path = Path(".caseledger-witness")

    @property
    def location(self) -> Path | str:
        """The home folder, or the URL of the PostgreSQL database."""
        return self.database_url.get_secret_value() if self.database_url else self.home

    @property
    def master_key_file(self) -> Path:
        """Where the master key lies: outside the database, by default in the home folder."""
        return self.master_key or self.home / "master.key"
