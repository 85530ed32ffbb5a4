"""In help: what each command and each of its options is for, said in the language that is spoken.

English stands beside the commands. A file has the French of every text of help; it is read, and what lays pages of
help out is imported, when help is asked for: other commands start without.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import orjson

from api.cli.wording.spoken import spoken

if TYPE_CHECKING:
    from cyclopts.help import HelpPanel
    from rich.console import Console, ConsoleOptions


@cache
def french_help() -> dict[str, str]:
    """The French of every text of help by its English."""
    return orjson.loads((files("api.cli.wording") / "help_in_french.json").read_bytes())


def in_help(text: str) -> str:
    """A text of help as it is said now; what has no French, as a name has none, stays as it is."""
    return text if spoken() == "en" else french_help().get(text, text)


class SpokenHelp:
    """Lays pages of help out as they are by default, each text in the language that is spoken."""

    def __call__(self, console: Console, options: ConsoleOptions, panel: HelpPanel) -> None:
        """Shows a panel of commands or of options."""
        _pages().show_panel(console, options, panel)

    def render_usage(self, console: Console, _options: ConsoleOptions, usage: Any) -> None:
        """Shows how a command is typed."""
        _pages().show_usage(console, usage)

    def render_description(
        self, console: Console, _options: ConsoleOptions, description: Any
    ) -> None:
        """Shows what a command is for."""
        _pages().show_description(console, description)


def _pages() -> Any:
    return import_module("api.cli.wording.help_pages")
