"""A review from the command line: opened on a decided case, with another team, decided by another person."""

from __future__ import annotations

from pathlib import Path

from tests.api.command_line import CommandLine
from tests.ledgers import OFFICE

REVIEWS = """
[types.GEN-REV]
en = "Review of a decision"
fr = "Révision d'une décision"
programme = "GEN"
clocks = ["ANSWER-30"]
reviews = true
other_decider = true
"""


def test_a_decision_is_reviewed_by_somebody_else(empty: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "reviewing.toml"
    file.write_text(OFFICE.read_text(encoding="utf-8") + REVIEWS, encoding="utf-8")
    empty.done("policy", "publish", str(file), "--as", "D-01")
    ref = empty.asked("open", "phone", "--request-type", "INC-APP", "--as", "I-02")["reference"]
    assert empty("review", ref, "--channel", "letter", "--as", "I-02").code == 2
    empty.done(
        "decide", ref, "refused", "--legal-basis", "Rules", "--reasons", "No.",
        "--delegation", "DEL-INC-2026", "--as", "N-02",
    )  # fmt: skip
    review = empty.asked("review", ref, "--channel", "letter", "--as", "I-02")["reference"]
    finding = ("finding", review, "upheld", "--legal-basis", "Rules", "--reasons", "It was right.")
    refused = empty(*finding, "--as", "N-03")
    assert (refused.code, "another team" in refused.err) == (2, True)
    empty.done(*finding, "--as", "I-03")
    assert empty.asked("case", review)["links"] == [["review_of", ref]]
    assert f"review of {ref}" in empty.done("case", review).out
    told = [line["sentence"] for line in empty.asked("trail", review)["trail"]]
    said = f"This case reviews the decision of case {ref}, which N-02 made for the team Income supports."
    assert said in told
    assert any(f"The review of case {ref} found the decision upheld" in each for each in told)
    link = ("link", ref, "00000-00000-0", "--relation", "related", "--as", "I-02")
    assert empty(*link).code == 2
