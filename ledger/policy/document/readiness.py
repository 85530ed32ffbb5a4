"""Readiness: what must be so before a case reaches its decider, written down for each request type."""

from __future__ import annotations

from pydantic import model_validator

from ledger.policy.document.conditions import When
from ledger.policy.values import Amount, Code, Labelled, YesNo


class ReadinessCheck(Labelled):
    """One thing that must be so before a case is decided: answered, consistent, evidenced, or confirmed by a person."""

    code: Code
    fields: tuple[Code, ...] = ()
    """These are answered."""
    when: When | None = None
    """This holds of the office answers: they are consistent."""
    items: Amount | None = None
    """At least so many record items are listed as evidence."""
    confirmed: YesNo = False
    """A person says so when the case is marked ready."""

    @model_validator(mode="after")
    def _checks_something(self) -> ReadinessCheck:
        if not (self.fields or self.when or self.items or self.confirmed):
            raise ValueError("checks nothing: give fields, when, items, or confirmed = true")
        return self
