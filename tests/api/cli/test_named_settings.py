"""Settings by name: what is misspelt is not passed over, and help names each that is read."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from api.cli.named_settings import OF_SERVING, PREFIX, SETTINGS, unread
from api.cli.wording.spoken import SETTING
from api.http.settings import HttpSettings
from api.webhooks.settings import WebhookSettings
from ledger.settings import Settings
from tests.api.command_line import ROOT, CommandLine, refuses


def named_for_options() -> set[str]:
    """The variables that stand for an option of the command line where it is left out."""
    return {
        word.value.value
        for path in Path(ROOT, "api", "cli").rglob("*.py")
        for word in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(word, ast.keyword)
        and word.arg == "env_var"
        and isinstance(word.value, ast.Constant)
        and isinstance(word.value.value, str)
    }


def test_every_variable_that_is_read_is_a_setting_and_no_other_is() -> None:
    read = {
        f"{kind.model_config.get('env_prefix')}{name}".upper()
        for kind in (Settings, HttpSettings, WebhookSettings)
        for name in kind.model_fields
    }
    assert {f"{PREFIX}{name}" for name in SETTINGS} == read | named_for_options() | {SETTING}


def test_help_for_serving_names_each_of_its_settings(bare: CommandLine) -> None:
    """It named none, and nobody could tell where the issuer of tokens is set."""
    of_serving = {
        f"{kind.model_config.get('env_prefix')}{name}".upper()
        for kind in (HttpSettings, WebhookSettings)
        for name in kind.model_fields
    }
    assert {f"{PREFIX}{name}" for name in OF_SERVING} == of_serving
    told = bare.done("serve", "--help").out
    assert {name for name in of_serving if f"{name}:" in told} == of_serving


def test_help_for_serving_says_what_holds_where_a_setting_is_not_said() -> None:
    """Whoever wondered why a body was refused, or a read gave up, had to read the source."""
    holds = {
        f"{kind.model_config.get('env_prefix')}{name}".upper().removeprefix(PREFIX): (
            f"{field.default:.15g}" if isinstance(field.default, int | float) else field.default
        )
        for kind in (HttpSettings, WebhookSettings)
        for name, field in kind.model_fields.items()
        if field.default
    }
    assert len(holds) > 10
    assert {name: OF_SERVING[name].partition("; ")[2] for name in holds} == {
        name: f"{value} if unset" for name, value in holds.items()
    }


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        ("CASELEDGER_HTTP_OIDC_ISUER", "CASELEDGER_HTTP_OIDC_ISSUER"),
        ("CASELEDGER_OIDC_AUDIENCE", "CASELEDGER_HTTP_OIDC_AUDIENCE"),
        ("CASELEDGER_DATABASE_URI", "CASELEDGER_DATABASE_URL"),
        ("CASELEDGER_WEBHOOKS_ALLOW_HTTP", "CASELEDGER_WEBHOOK_ALLOW_HTTP"),
        ("CASELEDGER_ACTER", "CASELEDGER_ACTOR"),
    ],
)
def test_a_misspelt_setting_is_refused_with_the_one_that_is_meant(
    bare: CommandLine, monkeypatch: pytest.MonkeyPatch, misspelt: str, meant: str
) -> None:
    """It was passed over: nobody could sign in, or a ledger was made in a folder that was meant for a database."""
    monkeypatch.setenv(misspelt, "1")
    for words in (("init",), ("serve",), ("board",)):
        refuses(bare(*words), f"{misspelt} is no setting", f"is {meant} meant?")
    assert not bare.home.exists()
    bare.done("serve", "--help")


def test_nothing_is_said_to_be_served_where_what_is_set_is_refused(
    office: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it serves was said first, and who looked for that took it for up."""
    monkeypatch.setenv("CASELEDGER_HTTP_OIDC_ISSUER", "https://login.office.example")
    said = office("serve", "--port", "0")
    assert (said.code, len(said.sentences)) == (2, 1)
    assert said.err.startswith("CASELEDGER_HTTP_OIDC_AUDIENCE is not set")


def test_a_variable_of_another_program_keeps_nobody_from_working(
    bare: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Orchestrators name variables after a service, as CASELEDGER_PORT."""
    others = ["CASELEDGER_PORT", "CASELEDGER_PORT_8420_TCP_ADDR", "CASELEDGER_SERVICE_HOST"]
    for name in others:
        monkeypatch.setenv(name, "tcp://10.0.0.7:8420")
    bare.done("init")
    assert unread(dict.fromkeys([*others, "CASELEDGER_HOME", "HOME"], "")) == others
