"""Every test of the command line gets it on a home of its own."""

from __future__ import annotations

from tests.api.command_line import bare, empty, office

__all__ = ["bare", "empty", "office"]
