"""The terms of the office that examples are from: the sample office's, and beside them what it has no use for."""

from __future__ import annotations

from collections.abc import Mapping

from ledger.policy.document.policy import Policy
from ledger.policy.reading.toml import read_policy
from tests.api.http.access_office import DEPARTMENT
from tests.ledgers import OFFICE

_BESIDES: Mapping[str, str] = {
    'director = "D-01"\n': 'director = "D-01"\ndirectory_system = "city"\n',
    'complete_needs = ["particulars"]\n': (
        'complete_needs = ["identity", "particulars"]\n'
        "checklist = [\n"
        '  { code = "identity", en = "Who they are is known", fr = "Leur identité est connue", confirmed = true },\n'
        '  { code = "adds-up", en = "Household and income agree", fr = "Ménage et revenu concordent", '
        "confirmed = true },\n"
        "]\n"
    ),
    'unit = "working_days", cap = 10, times = 1 },\n]\n': (
        'unit = "working_days", cap = 10, times = 1, tell = [{ party = "commissioner", within_days = 5 }] },\n]\n'
        'lapse = { unit = "working_days", amount = 10 }\n'
    ),
    'about = { en = "Any other question to the office."': (
        'by_token = true\nabout = { en = "Any other question to the office."'
    ),
    'types = ["INC-APP"]\n': 'types = ["INC-APP", "INC-REV"]\n',
    'years = 2, fiscal = true, ends = "destroy"': (
        'years = 2, fiscal = true, ends = "transfer_to_archives"'
    ),
    'required = ["civic_location", "danger_now"]\neffort_points = 2\n': (
        'required = ["civic_location", "danger_now"]\neffort_points = 2\nchase = "reminded"\n'
    ),
}
"""What of its policy is said otherwise: a system keeps its directory, checks, duties, archives and chases are added."""
_TAKEN_OVER = (
    ("[chases.reminded]", "# What pulling asks"),
    ("[templates.ACK]", "[templates.ACK-MISSING]"),
    ("[templates.DECISION]", "[templates.REFUSAL]"),
)
"""Sections of the sample department's policy that stand in this one too."""
_REVIEWS = """
[types.INC-REV]
en = "Review of a decision"
fr = "Révision d'une décision"
programme = "INC"
effort_points = 5
clocks = ["ACK-2"]
deadline_bearing = true
judgement = true
reviews = true
retention = "R7S"
"""


def terms() -> Policy:
    """The policy of the office."""
    return read_policy(written(), file=OFFICE.name)


def written() -> str:
    """The same as it is written."""
    text = OFFICE.read_text(encoding="utf-8")
    for said, instead in _BESIDES.items():
        assert said in text, said
        text = text.replace(said, instead)
    department = DEPARTMENT.read_text(encoding="utf-8")
    for begins, ends in _TAKEN_OVER:
        text += "\n" + department[department.index(begins) : department.index(ends)]
    return text + _REVIEWS
