"""The verbs of a disclosure: how a request for information is answered, for the command line and for HTTP."""

from __future__ import annotations

from api.verbs.disclosures.asked_of import disclosure_as_it_stands, disclosures
from api.verbs.disclosures.table import DISCLOSING

__all__ = ["DISCLOSING", "disclosure_as_it_stands", "disclosures"]
