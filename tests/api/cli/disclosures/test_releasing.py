"""A release from the command line: made, verified, recorded, delivered, superseded, and not before all is decided."""

from __future__ import annotations

import re
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ledger.evidence.signing.signing_state import signing_of
from tests.api.command_line import CommandLine
from tests.api.disclosing import (
    APPROVER,
    OFFICER,
    WHY,
    answered,
    approved,
    clock,
    department,
    everything_in,
    letter,
    pothole,
)

__all__ = ["department"]

RELEASE = ("--recipient", "Rita Press", "--purpose", "Her request of January")


def test_a_release_is_made_verified_recorded_delivered_and_superseded(
    department: CommandLine, tmp_path: Path
) -> None:
    ref, out = approved(department), tmp_path / "release.zip"
    nobody = department("disclosure", "release", ref, "--out", str(out), *OFFICER)
    assert (nobody.code, out.exists()) == (2, False)
    said = department.asked("disclosure", "release", ref, "--out", str(out), *RELEASE, *OFFICER)
    assert (said["verified"], said["lines_withheld"]) == ("confirmed", 5)
    assert said["sha256"] == sha256(out.read_bytes()).hexdigest()
    whole = everything_in(out)
    assert "agrees with " in whole, "what is released is there"
    for withheld in ("Lind", "902-555-0199", "ada@example.org", "Rita", "privacy is invaded"):
        assert withheld not in whole
    with department.ledger() as ledger:
        (key,) = signing_of(ledger.store).in_force("checkpoint")
    verified = department.done("verify-bundle", str(out), "--key", key, "--json").json
    assert verified["verdict"] == "confirmed"
    assert said_to_be_withheld(department, ref, out, key) == verified_as_withheld(verified)
    french = department.done("verify-bundle", str(out), "--key", key, "--language", "fr").out
    assert french.startswith("Confirmé : tout ce qui est montré découle d'un point de contrôle")
    assert "Pour le demandeur : Her request of January" in french
    assert not any(each in french for each in ("Proven", "Withheld", "entries", "Checkpoint"))
    assert clock(department, ref) == "running"
    assert not department.asked("case", ref)["case"]["replied"]
    department.done("disclosure", "deliver", ref, "email", *OFFICER)
    assert clock(department, ref) == "met", "access was given"
    assert "What you asked for was given to you on" in department.done("status", ref).out
    assert department.asked("case", ref)["case"]["replied"], "what they asked for is a reply"
    department.done("disclosure", "undelivered", ref, "bounced", *OFFICER)
    assert "was given to you" not in department.done("status", ref).out
    assert department.asked("disclosure", "show", ref, *OFFICER)["standing"] == "delivery failed"
    assert department.asked("case", ref)["escalations"]
    assert clock(department, ref) == "running", "what never arrived was not given, as of a notice"
    again = tmp_path / "again.zip"
    second = department.asked("disclosure", "release", ref, "--out", str(again), *RELEASE, *OFFICER)
    index = department.asked("disclosure", "index", ref, "--release", "2", *OFFICER)
    assert (index["version"], index["supersedes"]) == (2, said["release_id"])
    assert second["release_id"] != said["release_id"]
    beside = department("verify-bundle", str(again), "--key", key, "--since", str(out))
    assert "Nothing was rewritten since the earlier release" in beside.out, (
        "whoever has both was told that the second is not shown to go on from the first"
    )
    department.done("disclosure", "deliver", ref, "mail", *OFFICER)
    assert clock(department, ref) == "met"
    department.done("disclosure", "undelivered", ref, "returned", *OFFICER)
    assert clock(department, ref) == "running"
    department.done("disclosure", "deliver", ref, "in_person", *OFFICER)
    assert clock(department, ref) == "met"
    assert department.done("verify").code == 0


def said_to_be_withheld(
    department: CommandLine, ref: str, out: Path, key: str
) -> tuple[int, int, int]:
    """Entries, values and words that the index and the verifier say are withheld, which counted otherwise."""
    index = department.done("disclosure", "index", ref, "--release", "1", *OFFICER).out
    counts = r"entries: (\d+), whole values: (\d+), words of other texts: (\d+)"
    verified = department.done("verify-bundle", str(out), "--key", key).out
    told = r"Withheld: (\d+) entr\w+, (\d+) whole values?, and (\d+) words? of other texts"
    (of_index,), (of_verifier,) = re.findall(counts, index), re.findall(told, verified)
    assert of_index == of_verifier
    entries, values, words = of_index
    return int(entries), int(values), int(words)


def verified_as_withheld(verified: dict[str, Any]) -> tuple[int, int, int]:
    counted = verified["counted"]
    return tuple(counted[f"{each}_withheld"] for each in ("lines", "slots", "words"))


def test_what_waits_for_a_third_party_s_review_says_from_which_day_on_it_is_released(
    department: CommandLine,
) -> None:
    """It was said to wait for its release, which was then refused."""
    case, ref = pothole(department), letter(department)
    for words in (
        ("begin", ref), ("scope", ref, "--case", case), ("propose", ref),
        ("accept", ref, "--all", *WHY), ("decide", ref, "release", "--rest"),
        ("consult", ref, "third_party", "--provision", "s. 22", "--body", "Acme Ltd.", "--slots", "1",
         "--words", "We intend to release a letter of yours."),
        ("heard", ref, "objects"), ("conclude", ref, "release", "--words", "It is released."),
        ("claim", ref, "whole_stream"), ("compare", ref),
    ):  # fmt: skip
        department.done("disclosure", *words, *OFFICER)
    department.done("disclosure", "approve", ref, *APPROVER)
    answered(department, ref)
    early = department("disclosure", "release", ref, "--out", "r.zip", *RELEASE, *OFFICER).err
    on = early.partition("release from ")[2].partition(" on")[0]
    shown = department.done("disclosure", "show", ref, *OFFICER).out
    waits = f"What it waits for: That it is made, from {on} on: `caseledger disclosure release`."
    assert on != ""
    assert waits in shown


def test_what_was_released_waits_until_it_was_received(
    department: CommandLine, tmp_path: Path
) -> None:
    """It was said to wait for nothing, while the clock of the request ran on."""
    ref, out = approved(department), tmp_path / "release.zip"
    department.done(
        "disclosure", "answer", ref, "part", "--complain-to", "The Commissioner", "--contact", "I. Ntake",
        "--reasons", "Names are withheld.", *OFFICER,
    )  # fmt: skip
    shown = department.done("disclosure", "show", ref, *OFFICER).out
    assert "What it waits for: That it is made: `caseledger disclosure release`." in shown
    department.done("disclosure", "release", ref, "--out", str(out), *RELEASE, *OFFICER)
    waits = department.asked("disclosure", "show", ref, *OFFICER)["waits_for"]
    assert waits == "That it was received: `caseledger disclosure deliver`, or `undelivered`."
    department.done("disclosure", "deliver", ref, "email", *OFFICER)
    assert department.asked("disclosure", "show", ref, *OFFICER)["waits_for"] is None


def test_what_is_to_be_published_waits_until_everybody_was_given_it(
    department: CommandLine, tmp_path: Path
) -> None:
    """It was said to wait for nothing once that was decided, before anybody could read it."""
    ref = approved(department)
    released(department, ref, tmp_path / "release.zip")
    department.done("disclosure", "publish", ref, "yes", "Others ask for the same.", *OFFICER)
    shown = department.done("disclosure", "show", ref, *OFFICER).out
    assert "What it waits for: That it is published, from " in shown
    assert "on, by a disclosure of its own to everybody: `caseledger disclosure begin`." in shown
    french = department.done("disclosure", "show", ref, "--language", "fr", *OFFICER).out
    assert "Qu'elle soit publiée, à partir du " in french
    (due_at,) = [
        each["due_at"]
        for each in department.asked("case", ref)["clocks"]
        if each["clock"] == "PUBLISH-14"
    ]
    on = datetime.fromisoformat(due_at).astimezone(ZoneInfo("America/Halifax")).date()
    assert f"not before {on}" in department.done("case", ref).out
    assert f"pas avant le {on}" in department.done("case", ref, "--language", "fr").out
    department.done("disclosure", "publish", ref, "no", "It would name them.", *OFFICER)
    assert department.asked("disclosure", "show", ref, *OFFICER)["waits_for"] is None


def released(department: CommandLine, ref: str, out: Path) -> None:
    department.done("disclosure", "release", ref, "--out", str(out), *RELEASE, *OFFICER)
    department.done("disclosure", "deliver", ref, "email", *OFFICER)


def test_a_release_that_was_interrupted_is_made_by_asking_again(
    department: CommandLine, tmp_path: Path
) -> None:
    ref, out = approved(department), tmp_path / "release.zip"
    missing = tmp_path / "nowhere" / "release.zip"
    for_nothing = ("--out", str(missing), "--recipient", "Rita Press", "--purpose", "?")
    unsaid = department("disclosure", "release", ref, *for_nothing, *OFFICER)
    assert "say in 3 characters or more" in unsaid.err
    assert department.asked("disclosure", "show", ref, *OFFICER)["standing"] == "approved", (
        "what was authorised for a purpose that nobody may read for could never be made"
    )
    interrupted = department(
        "disclosure", "release", ref, "--out", str(missing), *RELEASE, *OFFICER
    )
    assert (interrupted.code, len(interrupted.sentences)) == (2, 1)
    assert (
        department.asked("disclosure", "show", ref, *OFFICER)["standing"]
        == "a release is being made"
    )
    assert "What it waits for: That it is made, as was authorised" in (
        department.done("disclosure", "show", ref, *OFFICER).out
    ), "it was said to wait for nothing"
    changed = department("disclosure", "claim", ref, "stated_scope", *OFFICER)
    assert "A release of this disclosure is being made" in changed.err
    said = department.asked("disclosure", "release", ref, "--out", str(out), *OFFICER)
    assert said["verified"] == "confirmed"


def test_nothing_is_released_while_a_personal_slot_is_undecided(
    department: CommandLine, tmp_path: Path
) -> None:
    case, ref = pothole(department), letter(department)
    for words in (("begin", ref), ("scope", ref, "--case", case), ("claim", ref, "whole_stream")):
        department.done("disclosure", *words, *OFFICER)
    out = tmp_path / "release.zip"
    refused = department("disclosure", "release", ref, "--out", str(out), *RELEASE, *OFFICER)
    assert (refused.code, len(refused.sentences)) == (2, 1)
    assert "Personal slots in scope that are not decided: " in refused.err
    assert not out.exists()


def test_a_request_that_several_disclosures_answer_names_none_of_them(
    department: CommandLine, tmp_path: Path
) -> None:
    """An officer who meant the applicant's was taken to mean the one for publication, since that was newer."""
    ref = approved(department)
    first = department.asked("disclosure", "show", ref, *OFFICER)["disclosure_id"]
    department.done(
        "disclosure", "answer", ref, "part", "--complain-to", "The Commissioner", "--contact", "I. Ntake",
        "--reasons", "Names are withheld.", *OFFICER,
    )  # fmt: skip
    out = str(tmp_path / "release.zip")
    department.done("disclosure", "release", ref, "--out", out, *RELEASE, *OFFICER)
    second = department.asked(
        "disclosure", "begin", ref, "--audience", "publication", "--publishes", ref, *OFFICER
    )["disclosure_id"]
    refused = department("disclosure", "show", ref, *OFFICER)
    assert (refused.code, len(refused.sentences)) == (2, 1)
    assert (
        f"Several disclosures answer {ref}: say which by its id: {first} (for: applicant)"
        in refused.err
    )
    assert f"{second} (for: publication)" in refused.err
    dit = department.done("disclosure", "trail", first, "--language", "fr", *OFFICER).out
    assert dit.splitlines()[1].split() == ["inscription", "quand", "qui", "quoi"]
    department.done("disclosure", "end", second, "Begun too early.", *OFFICER)
    assert department.asked("disclosure", "show", ref, *OFFICER)["disclosure_id"] == first


def test_a_document_in_the_index_has_no_stream(department: CommandLine) -> None:
    ref = letter(department)
    department.done("disclosure", "begin", ref, *OFFICER)
    department.done(
        "disclosure", "item", ref, "A memorandum", "--digest", "0a" * 32, "--pages", "3", "--media-type",
        "application/pdf", "--custodian", "RDW", *OFFICER,
    )  # fmt: skip
    department.done(
        "disclosure", "dispose", ref, "1", "release_in_part", "--redact", "2:NS-20", "--harm", "It names a neighbour.",
        "--override", "does_not_prevail", "--override-reason", "Nothing weighs.", "--severability",
        "The rest is given.", *OFFICER,
    )  # fmt: skip
    shown = department.done("disclosure", "index", ref, *OFFICER).out
    assert "NS-20" in shown
    assert "None" not in shown
