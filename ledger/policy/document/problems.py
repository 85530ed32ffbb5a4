"""What is wrong with a policy document: each problem with its line and key, all of them in one error."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.errors import InvalidCommand


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: its line (0 if unknown), the key, and a sentence that says what is allowed."""

    line: int
    key: str
    sentence: str


class PolicyError(InvalidCommand):
    """The policy document cannot be used as it is."""

    code = "invalid-policy"

    def __init__(self, file: str, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(sentence_of(problem, file) for problem in problems))
        self.file = file
        self.problems = problems


def sentence_of(problem: Problem, file: str) -> str:
    """The problem as a person reads it: file, line, and what to do."""
    place = f"{file}, line {problem.line}" if problem.line else file
    return f"{place}: {problem.sentence}"
