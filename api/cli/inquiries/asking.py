"""Asking something of an inquiry: its words, and the verb that is asked with them."""

from __future__ import annotations

from typing import Annotated, Any

from cyclopts import Parameter

from api.cli.writing.acting import Acting
from api.cli.writing.asking import ReceiptShown, ask_verb
from api.moments import id_of
from api.verbs import INQUIRY_VERBS

Inquiry = Annotated[str, Parameter(name="INQUIRY", help="The id of the inquiry.")]
Ref = Annotated[str, Parameter(name="REF", help="The reference of a case in its scope.")]
Words = Annotated[
    str | None,
    Parameter(name="--words", help="In words; '-' reads standard input, '@FILE' a file."),
]


def ask_inquiry(
    verb: str,
    acting: Acting,
    inquiry: str | None = None,
    *,
    shown: ReceiptShown | None = None,
    **given: Any,
) -> int:
    """Asks a verb of an inquiry, and shows its receipt with the id that it made."""
    found = INQUIRY_VERBS[f"inquiry-{verb}"]
    if inquiry is not None:
        given["inquiry_id"] = id_of(inquiry, option="INQUIRY")
    names = {name: name.upper() for name in found.first}
    return ask_verb(found, acting, given, names=names, shown=shown)
