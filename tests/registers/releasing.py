"""A release on its way out of the office: authorised, made, recorded, delivered."""

from __future__ import annotations

from typing import Any

from ledger.registers.disclosures.delivering import (
    DeliverRelease,
)
from ledger.registers.disclosures.releasing import (
    AuthoriseRelease,
    RecordRelease,
)
from tests.deciding import Asked, History, number
from tests.registers.disclosing import (
    ID,
    OFFICER,
    approved,
    asked,
)

RELEASE = number(41)
AGAIN = number(42)


def authorise(release_id: Any = RELEASE) -> AuthoriseRelease:
    return AuthoriseRelease(
        disclosure_id=ID, release_id=release_id, given_to="Ada Lind", purpose="Her request"
    )


def record(bundle: str = "be" * 32) -> RecordRelease:
    return RecordRelease(
        disclosure_id=ID,
        release_id=RELEASE,
        bundle=bundle,
        checkpoint_size=9,
        checkpoint_root="r",
    )


def made(**said: Any) -> History[Any]:
    """A disclosure of which a first release was made."""
    return asked(approved(**said), Asked(authorise(), OFFICER), Asked(record(), OFFICER))


def delivered(**said: Any) -> History[Any]:
    deliver = DeliverRelease(disclosure_id=ID, release_id=RELEASE, method="email")
    return asked(made(**said), Asked(deliver, OFFICER))
