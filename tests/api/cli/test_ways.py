"""What a refusal tells to do first is called as the command line calls it, though its rule names the ledger's own."""

from __future__ import annotations

import re

from api.cli.writing.ways import said_here
from api.sentences import SENTENCES
from tests.api.command_line import CommandLine

_OF_THE_LEDGER = re.compile(r"`[A-Z][a-z]+[A-Z]\w+`|\(`[a-z_]+`\)")
_HERE = re.compile(r"`caseledger ([a-z-]+)`")
_NO_COMMANDS = {"(`chown`)", "(`concerns`)", "(`effective_at`)"}


def test_no_sentence_names_what_the_command_line_does_not_have(office: CommandLine) -> None:
    told = [said_here(each) for each in SENTENCES if "`" in each]
    assert {found for each in told for found in _OF_THE_LEDGER.findall(each)} <= _NO_COMMANDS
    for verb in {found for each in told for found in _HERE.findall(each)}:
        assert office(verb, "--help").code == 0, verb


def test_whoever_is_refused_reads_which_command_and_which_option(office: CommandLine) -> None:
    opening = ("open", "phone", "--request-type", "GEN-ENQ", "--as", "I-02")
    ref = office.asked(*opening)["reference"]
    refused = office("resolve", ref, "duplicate-of", "--as", "I-02")
    (said,) = refused.sentences
    assert said.endswith(
        "name that case (`--other-case`), or link the two as the same matter first (`caseledger link`)."
    )
