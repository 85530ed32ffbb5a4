"""Whoever has no master key reads and verifies all that is not sealed, and records and opens nothing."""

from __future__ import annotations

import pytest

from tests.api.command_line import CommandLine

SEALED = "Who mends the bridge at Rita's?"
MISSING = (
    "The master key is missing: put its file back beside the ledger, or name in CASELEDGER_MASTER_KEY the file where "
    "it lies, never the key itself.\n"
)


@pytest.fixture
def case(office: CommandLine) -> str:
    """A case of the office, signed for in a checkpoint; the master key is gone since."""
    wanted = ("--request-type", "GEN-ENQ", "--answer", f"description={SEALED}", "--as", "I-02")
    reference = str(office.asked("open", "phone", *wanted)["reference"])
    office.done("checkpoint")
    return reference


def _timeless(answer: object) -> object:
    """An answer without when it was asked for."""
    when = ("at", "up_to_date")
    return {**answer, **dict.fromkeys(when)} if isinstance(answer, dict) else answer


def test_what_is_not_sealed_is_read_as_ever_and_it_is_said_that_nothing_else_is(
    office: CommandLine, case: str
) -> None:
    reading = (
        ("board",), ("cases",), ("sla",), ("escalations",), ("case", case), ("trail", case),
        ("spans", case), ("status", case), ("policy", "replay"),
    )  # fmt: skip
    with_it = [_timeless(office.asked(*words)) for words in reading]
    (office.home / "master.key").unlink()
    for words, before in zip(reading, with_it, strict=True):
        said = office.done(*words, "--json")
        assert _timeless(said.json) == before
        assert said.sentences == [
            "The master key is missing: nothing sealed is opened, and nothing is recorded."
        ]
    assert SEALED not in office.done("trail", case).out


@pytest.mark.parametrize(
    "words",
    [
        ("open", "phone", "--request-type", "GEN-ENQ", "--as", "I-02"),
        ("note", "{case}", "call", "--as", "I-02"),
        ("case", "{case}", "--open", "--purpose", "To read it", "--as", "I-02"),
        ("checkpoint",),
        ("watch",),
        ("rekey",),
        ("serve", "--port", "0"),
    ],
    ids=" ".join,
)
def test_what_opens_or_records_is_refused_in_one_sentence_and_nothing_is_recorded(
    office: CommandLine, case: str, words: tuple[str, ...]
) -> None:
    key = office.home / "master.key"
    written = key.read_bytes()
    with office.ledger() as ledger:
        before = ledger.store.tip()
    key.unlink()
    said = office(*(each.format(case=case) for each in words))
    assert (said.code, said.err) == (2, MISSING)
    key.write_bytes(written)
    with office.ledger() as ledger:
        assert ledger.store.tip() == before


def test_it_is_verified_against_what_was_signed_and_said_that_nothing_was_opened(
    office: CommandLine, case: str
) -> None:
    with_it = office.asked("verify")
    (office.home / "master.key").unlink()
    without = office.asked("verify")
    assert (with_it.pop("sealed_parts_opened"), without.pop("sealed_parts_opened")) == (True, False)
    assert without == with_it
    assert with_it["checkpoints"] == 1
    assert with_it["sealed_parts"] > 0
    assert (
        "The master key is not here: what is sealed was held against its digests, and not opened."
        in office.done("verify").out
    )


def test_both_are_said_in_french_too(
    office: CommandLine, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (office.home / "master.key").unlink()
    monkeypatch.setenv("CASELEDGER_LANGUAGE", "fr")
    assert (
        "La clé maîtresse n'est pas là : ce qui est scellé a été comparé à ses empreintes, sans être ouvert."
        in office.done("verify").out
    )
    assert office.done("trail", case).sentences == [
        "La clé maîtresse manque : rien de scellé n'est ouvert, et rien n'est consigné."
    ]
