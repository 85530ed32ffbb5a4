"""Exact ratios: whole counts over whole counts, rounded only where they are shown."""

from __future__ import annotations

from fractions import Fraction


def ceiling(ratio: Fraction) -> int:
    """The smallest whole number that is not below this ratio."""
    return -(-ratio.numerator // ratio.denominator)


def shown(ratio: Fraction, *, decimals: int = 1) -> str:
    """A ratio for people: so many decimals, half away from zero, as `12.5` or `-0.1`."""
    scaled = abs(ratio) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    sign = "-" if ratio < 0 and whole else ""
    if not decimals:
        return f"{sign}{whole}"
    return f"{sign}{whole // 10**decimals}.{whole % 10**decimals:0{decimals}d}"
