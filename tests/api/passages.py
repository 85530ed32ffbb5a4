"""People whom the passages of a case are about."""

from __future__ import annotations

import pytest

from tests.api.command_line import CommandLine

FIRST, SECOND = ("--as", "D-01", "--role", "records"), ("--as", "L-01", "--role", "records")


def party(office: CommandLine, name: str, *, by: str = "I-02") -> str:
    """The id of somebody new."""
    made = office.asked("party", "--name", name, "--as", by)
    return made["stream"].partition("/")[2]


@pytest.fixture
def bob(office: CommandLine) -> str:
    return party(office, "Bartholomew Trunchpole")


def erase(
    office: CommandLine,
    who: str,
    *,
    first: tuple[str, ...] = FIRST,
    second: tuple[str, ...] = SECOND,
) -> str:
    """Erases somebody; what whoever proposes it is told."""
    told = office.done("erasure", "propose", "--party", who, "--authority", "order", *first).out
    (erasure,) = office.asked("erasure")["erasures"]
    office.done("erasure", "approve", erasure["erasure_id"], *second)
    office.done("erasure", "carry-out", erasure["erasure_id"], *first)
    return told
