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
required = ["decision_ref"]
clocks = ["ANSWER-30"]
reviews = true
other_decider = true

[fields.decision_ref]
tier = "office"
kind = "text"
names_decision = true
en = "Decision concerned"
fr = "Décision visée"
"""


def test_a_decision_is_reviewed_by_somebody_else(empty: CommandLine, tmp_path: Path) -> None:
    ref = _application(empty, tmp_path)
    assert empty("review", ref, "--channel", "letter", "--as", "I-02").code == 2
    _refused(empty, ref)
    review = empty.asked("review", ref, "--channel", "letter", "--as", "I-02")["reference"]
    finding = ("finding", review, "upheld", "--legal-basis", "Rules", "--reasons", "It was right.")
    refused = empty(*finding, "--as", "N-03")
    assert (refused.code, "another team" in refused.err) == (2, True)
    empty.done(*finding, "--as", "I-03")
    assert empty.asked("case", review)["links"] == [{"relation": "review_of", "reference": ref}]
    assert f"review of case {ref}" in empty.done("case", review).out
    in_french = empty.done("case", review, "--language", "fr").out
    assert f"une révision du dossier {ref}" in in_french
    told = [line["sentence"] for line in empty.asked("trail", review)["trail"]]
    said = f"This case reviews the decision of case {ref}, which N-02 made for the team Income supports."
    assert said in told
    assert any(f"The review of case {ref} found the decision upheld" in each for each in told)
    link = ("link", ref, "00000-00000-0", "--relation", "related", "--as", "I-02")
    assert empty(*link).code == 2


def test_a_decision_says_that_it_is_reviewed_and_what_came_of_it(
    empty: CommandLine, tmp_path: Path
) -> None:
    """Years later its page and trail told of a refusal, and nobody knew that a review had varied it."""
    ref = _application(empty, tmp_path)
    _refused(empty, ref)
    review = empty.asked("review", ref, "--channel", "letter", "--as", "I-02")["reference"]
    asked_for = [{"reference": review, "finding": None}]
    assert empty.asked("case", ref)["case"]["reviews"] == asked_for
    assert f" in case {review}" in empty.done("case", ref).out
    empty.done(
        "finding", review, "varied", "--legal-basis", "Rules", "--reasons", "Rent.", "--as", "I-03"
    )
    found = [{"reference": review, "finding": "varied"}]
    assert empty.asked("case", ref)["case"]["reviews"] == found
    assert f"varied, in case {review}" in empty.done("case", ref).out
    assert f"modifiée, dans le dossier {review}" in empty.done("case", ref, "--language", "fr").out
    told = [line["sentence"] for line in empty.asked("trail", ref)["trail"]]
    assert told[-1] == f"The decision was reviewed in case {review}, and varied."
    assert f"A review of the decision was opened, as case {review}." in told


def test_the_requester_of_a_decision_is_told_that_it_is_reviewed_and_was(
    empty: CommandLine, tmp_path: Path
) -> None:
    """Whoever asked after their request heard that it was refused, when a review had put a grant in its place."""
    ref = _application(empty, tmp_path)
    _refused(empty, ref)
    assert "review" not in empty.done("status", ref).out
    review = empty.asked("review", ref, "--channel", "letter", "--as", "I-02")["reference"]
    assert "Our decision is being reviewed." in empty.done("status", ref).out
    empty.done(
        "finding", review, "varied", "--legal-basis", "Rules", "--reasons", "Rent.", "--as", "I-03"
    )
    assert "Our decision was reviewed since; if you do not know" in empty.done("status", ref).out
    french = empty.done("status", ref, "--language", "fr").out
    assert "Notre décision a été révisée depuis; si vous ne savez pas" in french
    assert "varied" not in empty.done("status", ref).out, "the letter of the review tells that"


def test_what_was_taken_to_a_court_is_held_until_that_has_ended_and_the_decision_says_how(
    empty: CommandLine, tmp_path: Path
) -> None:
    """After a review comes the regulator or a court: nothing could say so, and nothing kept the case for it."""
    ref = _application(empty, tmp_path)
    to_court = ("appeal", ref, "court", "Supreme Court", "--words", "Notice of 3 March", "--as")
    assert "no decision that could be taken" in empty(*to_court, "I-02").err
    _refused(empty, ref)
    hold = empty.asked(*to_court, "I-02")["appeal_id"]
    (appealed,) = empty.asked("case", ref)["case"]["appeals"]
    assert (appealed["taken_to"], appealed["body"], appealed["ending"]) == (
        "court", "Supreme Court", None,
    )  # fmt: skip
    records = ("--as", "D-01", "--role", "records")
    (held,) = empty.asked("hold", *records)["held"]
    assert (held["hold_id"], held["ground"]) == (hold, "litigation")
    assert "record how that ended" in empty("hold", "release", hold, *records).err
    empty.done("appeal", ref, "regulator", "Commissioner", "--as", "I-02")
    ended = ("appeal-end", ref, "sent_back", "--as", "I-02")
    assert "Say which with --appeal-id" in empty(*ended).err
    again = empty("appeal", ref, "court", "supreme  court", "--as", "L-02")
    assert (again.code, f"as appeal {hold}: if this is another one" in again.err) == (2, True)
    assert "I-02 recorded at" in again.err, "two people each recorded it, and one hold was left"
    other = empty.asked("appeal", ref, "court", "Supreme Court", "--another", "--as", "L-02")
    empty.done("appeal-end", ref, "withdrawn", "--appeal-id", other["appeal_id"], "--as", "L-02")
    empty.done(*ended, "--appeal-id", hold)
    assert "to court, Supreme Court" in empty.done("case", ref).out
    assert ": sent back" in empty.done("case", ref).out
    assert "devant un tribunal" in empty.done("case", ref, "--language", "fr").out
    assert [each["ground"] for each in empty.asked("hold", *records)["held"]] == ["investigation"]
    empty.done("appeal-end", ref, "withdrawn", "--as", "I-02")
    assert empty.asked("hold", *records)["held"] == []
    assert "no appeal" in empty("appeal-end", ref, "upheld", "--as", "I-02").err.lower()
    told = empty.done("trail", ref, "--language", "fr").out
    assert "Le recours contre la décision a pris fin : le recours a été retiré." in told


def test_nobody_is_asked_which_decision_a_review_is_of_since_it_names_the_case(
    empty: CommandLine, tmp_path: Path
) -> None:
    """A review was chased for the reference of the decision that it is linked to."""
    ref = _application(empty, tmp_path)
    _refused(empty, ref)
    asked = ("review", ref, "--channel", "letter", "--as", "I-02")
    review = empty.asked(*asked)["reference"]
    assert "decision_ref" not in empty.asked("case", review)["case"]["missing_fields"]
    told = [line["sentence"] for line in empty.asked("trail", review)["trail"]]
    assert any(f"Decision concerned: {ref}" in each for each in told), told
    assert "log there what is new" in empty(*asked).err, "a second one was opened beside it"
    empty.done("resolve", review, "withdrawn", "--words", "She withdrew it.", "--as", "I-02")
    said_otherwise = empty.asked(*asked, "--answer", "decision_ref=Letter of 3 May")["reference"]
    told = [line["sentence"] for line in empty.asked("trail", said_otherwise)["trail"]]
    assert any("Decision concerned: Letter of 3 May" in each for each in told)


def _application(empty: CommandLine, folder: Path) -> str:
    """The reference of an income application, at an office that reviews its decisions."""
    file = folder / "reviewing.toml"
    file.write_text(OFFICE.read_text(encoding="utf-8") + REVIEWS, encoding="utf-8")
    empty.done("policy", "publish", str(file), "--as", "D-01")
    return empty.asked("open", "phone", "--request-type", "INC-APP", "--as", "I-02")["reference"]


def _refused(empty: CommandLine, ref: str) -> None:
    empty.done(
        "decide", ref, "refused", "--legal-basis", "Rules", "--reasons", "No.",
        "--delegation", "DEL-INC-2026", "--as", "N-02",
    )  # fmt: skip
