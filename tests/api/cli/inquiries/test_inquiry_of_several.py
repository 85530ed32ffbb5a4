"""An inquiry about several cases from the command line: its file says of each line which case it is of."""

from __future__ import annotations

from tests.api.command_line import CommandLine

AS_LINK = ("--as", "L-01", "--role", "liaison")


def _case(office: CommandLine) -> str:
    asked = office.asked("open", "phone", "--request-type", "GEN-ENQ", "--as", "I-02")
    ref: str = asked["reference"]
    return ref


def test_a_file_about_several_cases_says_of_each_line_which_case_it_is_of(
    office: CommandLine,
) -> None:
    """Two cases on hold were told of twice in the same words."""
    refs = (_case(office), _case(office))
    id_ = office.asked(
        "inquiry", "open", *refs, "--office", "OMB-NS", "--reference", "2026-90", "--recipient",
        "Marie Doucet", "--purpose", "Whether it was heard", "--expires", "2126-03-02", *AS_LINK,
    )["inquiry_id"]  # fmt: skip
    said = office.done("inquiry", "file", id_, *AS_LINK).out.splitlines()
    on_hold = {line.split()[0] for line in said if "The case is on hold." in line}
    assert on_hold == set(refs)
