"""The one way in which something shown is found not to be proven."""

from __future__ import annotations


class NotProven(Exception):
    """What was given does not follow from what was signed; says at which step, where, and why.

    Step 0 is the package itself; 1 to 7 are those of the evidence format.
    """

    def __init__(self, sentence: str, *, step: int, where: str = "the bundle") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.step = step
        self.where = where
