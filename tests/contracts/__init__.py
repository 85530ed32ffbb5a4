"""What every store promises, tried on each of them."""

from __future__ import annotations
