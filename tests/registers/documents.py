"""Documents outside the ledger, listed in a disclosure and disposed of."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from ledger.registers.disclosures.dispositions import DisposeItem, Redaction
from ledger.registers.disclosures.items import ListDisclosureItem
from tests.deciding import Asked, number
from tests.registers.disclosing import ID, OFFICER

MEMO, COPY, VERSION = number(21), number(22), number(23)


def listed(
    item: Any,
    *,
    mark: str = "m1",
    pages: int = 10,
    privilege: Literal["litigation"] | None = None,
    dated_on: date | None = None,
) -> Asked:
    """A document is listed."""
    command = ListDisclosureItem(
        disclosure_id=ID, item_id=item, digest="0a" * 32, mark=mark, pages=pages,
        media_type="application/pdf", custodian="Roads", description="A memorandum",
        privilege=privilege, dated_on=dated_on,
    )  # fmt: skip
    return Asked(command, OFFICER)


def disposed(disposition: Any, **said: Any) -> DisposeItem:
    """What becomes of the memorandum."""
    return DisposeItem(disclosure_id=ID, item_id=MEMO, disposition=disposition, **said)


def cut(first: int, last: int, box: Any = None) -> Redaction:
    """Pages, or a part of them, that are cut out."""
    return Redaction(first_page=first, last_page=last, box=box, exemptions=("X-PERSONAL",))
