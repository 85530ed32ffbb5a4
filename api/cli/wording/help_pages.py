"""Pages of help: their panels and lines, each text in the language that is spoken."""

from __future__ import annotations

from typing import Any

from cyclopts.help import DefaultFormatter, HelpEntry, HelpPanel, InlineText
from cyclopts.help.specs import get_default_command_columns, get_default_parameter_columns
from rich.console import Console, ConsoleOptions
from rich.text import Text

from api.cli.wording.in_help import in_help


def show_panel(console: Console, options: ConsoleOptions, panel: HelpPanel) -> None:
    """Shows a panel of commands or of options."""
    columns = (
        get_default_command_columns if panel.format == "command" else get_default_parameter_columns
    )
    *names, described = columns(console, options, panel.entries)
    spoken_columns = (*names, described.copy(renderer=_described))
    titled = panel.copy(title=in_help(str(panel.title)))
    DefaultFormatter(column_specs=spoken_columns)(console, options, titled)


def show_usage(console: Console, usage: Any) -> None:
    """Shows how a command is typed."""
    words = (in_help(word) for word in ("Usage:", *str(usage).split()))
    console.print(Text(f"{' '.join(words)}\n", "bold"))


def show_description(console: Console, description: Any) -> None:
    """Shows what a command is for."""
    console.print(_said(description))
    console.print()


def _described(entry: HelpEntry) -> InlineText:
    """What a command or an option is for, what may be given, where it is set, and what holds where nothing is given."""
    said = _said(entry.description)
    for text, style, value in (
        ("[choices: {value}]", "choices", ", ".join(entry.choices or ())),
        ("[env var: {value}]", "env_var", ", ".join(entry.env_var or ())),
        ("[default: {value}]", "default", entry.default or ""),
        ("[required]", "required", entry.required),
    ):
        if value:
            said.append(Text(in_help(text).format(value=value), f"cyclopts.{style}"))
    return said


def _said(description: Any) -> InlineText:
    text = getattr(description, "primary_renderable", description)
    return InlineText(Text(in_help(str(text or "").rstrip())))
