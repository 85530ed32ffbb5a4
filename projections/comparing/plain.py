"""Plain letters: a text as it is compared, whatever its case and accents."""

from __future__ import annotations

import unicodedata


def plain_letters(text: str) -> str:
    """The text without case and accents."""
    folded = text.casefold()
    if folded.isascii():
        return folded
    split = unicodedata.normalize("NFKD", folded)
    return "".join(each for each in split if not unicodedata.combining(each))
