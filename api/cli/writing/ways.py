"""Ways: what a refusal tells whoever is refused to ask first, called as the command line calls it.

Sentences are written once, where their rule is: they name commands and their fields as the ledger has them.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from contextlib import contextmanager

from api.cli.wording.as_refused import as_spoken
from api.verbs import CASE_VERBS
from api.verbs.field_words import HELP, option_of
from ledger.errors import LedgerError

_VERBS = {verb.command.__name__: name for name, verb in CASE_VERBS.items()}
_COMMAND = re.compile(rf"`({'|'.join(_VERBS)})`")
_FIELD = re.compile(rf"\(`({'|'.join(HELP)})`\)")


@contextmanager
def told_as_it_is_done_here() -> Generator[None]:
    """A refusal in this block says by which command and with which option of the command line it is done."""
    try:
        yield
    except LedgerError as error:
        error.args = (said_here(as_spoken(str(error))),)
        raise


def said_here(sentence: str) -> str:
    """The sentence with commands and fields as they are called on the command line."""
    told = _COMMAND.sub(lambda found: f"`caseledger {_VERBS[found[1]]}`", sentence)
    return _FIELD.sub(lambda found: f"(`{option_of(found[1])}`)", told)
