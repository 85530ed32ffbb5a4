"""Webhooks: another system is told of each entry that it may see, signed, at least once, in order for each case."""

from __future__ import annotations
