"""A served office of its own for the tests of the feed."""

from __future__ import annotations

from tests.api.http.conftest import office

__all__ = ["office"]
