"""A case and people, recorded from the command line."""

from __future__ import annotations

from tests.api.command_line import CommandLine

OPENING = (
    "open", "phone", "--request-type", "INC-APP", "--language", "fr", "--region", "HAL",
    "--answer", "name=Ada Lind", "--answer", "description=The rent is due.",
    "--answer", "language=fr", "--answer", "contact=902-555-0188", "--as", "I-02",
)  # fmt: skip
BY = ("--as", "I-02")


def opened(office: CommandLine) -> str:
    """The reference of a new one."""
    return office.asked(*OPENING)["reference"]


def party(office: CommandLine, name: str, phone: str) -> str:
    """The id of somebody with this number."""
    said = office.asked("party", "--name", name, "--contact", f"phone={phone}", *BY)
    return said["stream"].removeprefix("party/")
