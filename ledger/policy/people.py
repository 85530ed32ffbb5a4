"""People: what the law of the place says of a person's age."""

from __future__ import annotations

from datetime import date

from ledger.policy.values import Amount, Section


class People(Section):
    """What a policy says of people."""

    majority_age: Amount = 19
    """The age, in years, from which somebody acts for themselves; 19 in Nova Scotia (not checked)."""


def anniversary(born_on: date, years: int) -> date:
    """The day at whose commencement somebody attains an age (Interpretation Act, R.S.C. 1985, c. I-21, s. 30).

    Whoever was born on 29 February attains it on 1 March of a year without that day: an assumption,
    since the Act does not say.
    """
    try:
        return born_on.replace(year=born_on.year + years)
    except ValueError:
        return date(born_on.year + years, 3, 1)
