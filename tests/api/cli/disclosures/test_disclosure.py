"""A request for information from the command line: from the letter to what may be released, and all that is refused."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from uuid import UUID

from api.verbs.disclosures import disclosures
from ledger.registers.disclosures.opening import AskClarification
from tests.api.command_line import CommandLine
from tests.api.disclosing import (
    APPROVER,
    DEPARTMENT,
    OFFICER,
    SAID,
    WHY,
    clock,
    department,
    everything_in,
    id_of,
    letter,
    opened,
    pothole,
)
from tests.api.english import english_in

__all__ = ["department"]


def in_french(department: CommandLine, *words: str) -> str:
    """What is shown of disclosures in French, with no English left in it."""
    said = department.done("disclosure", *words, "--language", "fr", *OFFICER).out
    assert english_in(said) == set(), said
    return " ".join(said.split())


def with_proposals(department: CommandLine) -> tuple[str, str]:
    """A case, and the request in whose scope it lies, the finder's proposals made."""
    case, ref = pothole(department), letter(department)
    department.done("disclosure", "begin", ref, *OFFICER)
    department.done("disclosure", "scope", ref, "--case", case, *OFFICER)
    department.done("disclosure", "propose", ref, *OFFICER)
    return case, ref


def test_a_request_from_the_letter_to_the_decision(department: CommandLine) -> None:
    case, ref = pothole(department), letter(department)
    assert clock(department, ref) == "running"
    department.done("disclosure", "begin", ref, "--applicant-class", "media", *OFFICER)
    department.done(
        "disclosure", "search", ref, "RDW", "2", "--tasked-on", "2026-01-05", "--system", "mail",
        "--terms", "pothole", "--minutes", "40", *OFFICER,
    )  # fmt: skip
    drawn = department.asked("disclosure", "scope", ref, "--case", case, *OFFICER)
    assert drawn["personal_slots"] > 2
    department.done("disclosure", "propose", ref, *OFFICER)
    proposed = department.asked("disclosure", "proposals", ref, *OFFICER)
    words = {(each["slot"], tuple(each["words"] or ())) for each in proposed}
    assert ("answers.name", ()) in words
    assert ("answers.description", (9, 11)) in words, "Ada Lind, who is known"
    assert ("text", (6, 8)) in words
    assert "en vertu de réponse reçue proposition" in in_french(department, "proposals", ref)
    assert "à l'examen; affirme : non tranché. Ce qu'elle attend : " in in_french(
        department, "show", ref
    )
    rest = ("disclosure", "decide", ref, "release", "--rest", *OFFICER)
    unseen = department(*rest)
    assert (unseen.code, len(unseen.sentences)) == (2, 1)
    assert "The finder would withhold 1 of these: answer its proposals first" in unseen.err
    withhold = (
        "disclosure",
        "decide",
        ref,
        "withhold",
        "--case",
        case,
        "--under",
        "NS-20",
        *WHY,
        *OFFICER,
    )
    slip = department(*withhold, "1:answers.nmae")
    assert (slip.code, len(slip.sentences)) == (2, 1)
    assert "holds nothing in 'answers.nmae': name one of those that it has, answers." in slip.err
    assert "answers.name" in slip.err, "its page calls it by its field alone"
    department.done("disclosure", "accept", ref, "--all", *WHY, *OFFICER)
    department.done("disclosure", "decide", ref, "release", "--rest", *OFFICER)
    department.done("disclosure", "claim", ref, "whole_stream", *OFFICER)
    department.done("disclosure", "compare", ref, *OFFICER)
    refused = department("disclosure", "approve", ref, *OFFICER)
    assert (refused.code, len(refused.sentences)) == (2, 1)
    assert "attend : L'approbation d'une deuxième personne : `" in in_french(
        department, "show", ref
    )
    department.done("disclosure", "approve", ref, *APPROVER)
    department.done(
        "disclosure", "answer", ref, "part", "--complain-to", "The Commissioner", "--contact", "I. Ntake",
        "--reasons", "Names are withheld.", "--complain-within-days", "60", *OFFICER,
    )  # fmt: skip
    shown = department.asked("disclosure", "show", ref, *OFFICER)
    assert (shown["standing"], shown["undecided"], shown["waits_for"]) == ("approved", 0, None)
    assert "attend : Qu'elle soit faite : `caseledger" in in_french(department, "show", ref)
    assert f"{ref} le demandeur" in in_french(department, "show")
    trail = department.asked("disclosure", "trail", ref, "--language", "fr", *OFFICER)["trail"]
    assert "La réponse à la demande" in trail[0]["sentence"]
    assert SAID not in department.done("disclosure", "trail", ref, *OFFICER).out


def test_the_index_says_more_to_each_audience_and_never_what_is_withheld(
    department: CommandLine,
) -> None:
    _, ref = with_proposals(department)
    department.done("disclosure", "accept", ref, "--all", *WHY, *OFFICER)
    notice = department.asked("disclosure", "index", ref, *OFFICER)
    assert "harm" not in notice["columns"]
    assert department("disclosure", "index", ref, "--audience", "regulator", *OFFICER).code == 2
    said = department.done(
        "disclosure", "index", ref, "--audience", "regulator", "--purpose", "A complaint.", "--csv",
        *OFFICER,
    ).out  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(said)))
    assert len(rows) == len(notice["lines"])
    assert {each["harm"] for each in rows} == {"Their privacy is invaded."}
    assert all(each["proposed_by"].startswith("finder") for each in rows)
    for word in ("Lind", "902-555-0199", "ada@example.org"):
        assert word not in said


def test_the_index_and_what_was_proposed_name_a_case_as_commands_take_it_and_the_index_is_french_as_a_whole(
    department: CommandLine,
) -> None:
    case, ref = with_proposals(department)
    assert case in department.done("disclosure", "proposals", ref, *OFFICER).out
    assert case in department.done("disclosure", "show", ref, *OFFICER).out
    department.done("disclosure", "accept", ref, "1", *WHY, *OFFICER)
    assert "named by its number or its id" in department(
        "disclosure", "accept", ref, "99", *OFFICER
    ).err  # fmt: skip
    left = department.asked("disclosure", "proposals", ref, *OFFICER)
    assert left[0]["number"] == 2
    department.done("disclosure", "accept", ref, "--all", *WHY, *OFFICER)
    shown = in_french(department, "index", ref)
    assert "Retenu, version 1, pour : avis" in shown
    assert "Documents : 0; pages : 0" in shown
    assert case in shown


def test_documents_are_listed_counted_and_cut_by_a_redaction_tool_s_schedule(
    department: CommandLine, tmp_path: Path
) -> None:
    ref = letter(department)
    department.done("disclosure", "begin", ref, *OFFICER)
    for digest in ("0a" * 32, "0b" * 32, "0a" * 32):
        department.done(
            "disclosure", "item", ref, "A memorandum", "--digest", digest, "--pages", "12",
            "--media-type", "application/pdf", "--custodian", "Roads", "--title", "About Ada Lind",
            *OFFICER,
        )  # fmt: skip
    schedule = tmp_path / "cuts.csv"
    schedule.write_text('page,box,exemption\n3-4,,NS-20\n7,"0,100,500,200",NS-20\n', "utf-8")
    department.done(
        "disclosure", "dispose", ref, "1", "release_in_part", "--schedule", str(schedule),
        "--title-shown", "generalised", *WHY, *OFFICER,
    )  # fmt: skip
    department.done("disclosure", "dispose", ref, "2", "release_in_full", *OFFICER)
    found = department.asked(
        "disclosure",
        "index",
        ref,
        "--audience",
        "applicant",
        "--purpose",
        "The schedule.",
        *OFFICER,
    )
    assert found["sums"] == {
        "items": 3, "duplicates": 1, "not_responsive": 0, "pages": 36, "pages_full": 30,
        "pages_part": 2, "pages_withheld": 4, "pages_of_duplicates": 12, "slots_withheld": 0,
        "words_withheld": 0,
    }  # fmt: skip
    assert {each["title"] for each in found["lines"]} == {"A memorandum"}
    assert [each["disposition"] for each in found["lines"]] == [
        "release_in_part", "release_in_part", "duplicate_of", "duplicate_of",
    ]  # fmt: skip
    for content, said in (
        ("page,exemption\n3,NS-20\n", "page,box,exemption"),
        ('page,box,exemption\n3-4,,NS-20\n7,"0,100,500,200"', "Line 3 of cuts.csv has 2 values"),
        ('page,box,exemption\n3-4,,NS-20\n7,"0,100', "a quote is never closed"),
    ):
        schedule.write_text(content, "utf-8")
        wrong = department(
            "disclosure", "dispose", ref, "1", "release_in_part", "--schedule", str(schedule),
            *OFFICER,
        )  # fmt: skip
        assert (wrong.code, len(wrong.sentences), said in wrong.err) == (2, 1, True), wrong.err


def test_fees_and_questions_pause_the_statutory_clock_of_the_request(
    department: CommandLine,
) -> None:
    ref = letter(department)
    department.done("disclosure", "begin", ref, *OFFICER)
    department.done("disclosure", "estimate", ref, "--line", "search:9-6:half_hour:1500", *OFFICER)
    assert clock(department, ref) == "paused"
    paid = department.done("disclosure", "pay", ref, "4000", *OFFICER).out
    assert "The fee: $45.00 estimated, $40.00 paid; $5.00 still owed." in paid
    assert "$5.00 still owed" in department.done("disclosure", "show", ref, *OFFICER).out
    assert "Les droits : 45,00 $ estimés, 40,00 $ payés; 5,00 $ encore dus." in in_french(
        department, "show", ref
    )
    assert clock(department, ref) == "paused"
    department.done("disclosure", "pay", ref, "500", *OFFICER)
    assert clock(department, ref) == "running"
    department.done("disclosure", "clarify", ref, "Which road?", *OFFICER)
    assert department.asked("case", ref)["case"]["waiting"] == "particulars"
    department.done("disclosure", "scope", ref, "--case", pothole(department), *OFFICER)
    assert department.asked("case", ref)["case"]["waiting"] is None


def test_an_act_asked_again_under_its_id_brings_what_was_missing_on_the_case(
    department: CommandLine,
) -> None:
    ref, command_id = letter(department), "0190a000-0000-7000-8000-000000000001"
    department.done("disclosure", "begin", ref, *OFFICER)
    with department.ledger() as ledger:  # the act alone, as if the command had been killed there
        ((disclosure_id, _),) = disclosures(ledger)
        officer = ledger.read(f"disclosure/{disclosure_id}")[0].entry.actor
        command = AskClarification(disclosure_id=disclosure_id, words="Which road?")
        ledger.handle(command, actor=officer, command_id=UUID(command_id))
    assert department.asked("case", ref)["case"]["waiting"] is None
    asked = ("disclosure", "clarify", ref, "Which road?", "--command-id", command_id, *OFFICER)
    for _ in range(2):
        assert department.asked(*asked)["fresh"] is False
        assert department.asked("case", ref)["case"]["waiting"] == "particulars"
    with department.ledger() as ledger:
        topics = [each.entry.topic for each in ledger.read(f"case/{ledger.find_case(ref)}")]
    assert topics.count("WaitingBegan") == 1


def test_a_notice_to_a_third_party_does_not_name_the_applicant(department: CommandLine) -> None:
    ref = letter(department)
    department.done("disclosure", "begin", ref, *OFFICER)
    notice = (
        "disclosure", "consult", ref, "third_party", "--provision", "s. 22", "--body", "Acme Ltd.",
        "--slots", "1", *OFFICER,
    )  # fmt: skip
    named = department(*notice, "--words", "Rita Press of the paper wants your letter.")
    assert (named.code, len(named.sentences)) == (2, 1)
    assert "names the applicant" in named.err
    department.done(*notice, "--words", "We intend to release a letter of yours.")
    shown = department.done("disclosure", "show", ref, *OFFICER).out
    assert "Consulted: a third party, waits for them, until the end of 20" in shown
    assert "Consultation : un tiers, en attente de réponse, jusqu'à : fin du 20" in in_french(
        department, "show", ref
    )
    early = department("disclosure", "heard", ref, "no_answer", *OFFICER)
    assert "They may answer until" in early.err
    department.done("disclosure", "heard", ref, "consents", *OFFICER)
    department.done("disclosure", "conclude", ref, "release", "--words", "Released.", *OFFICER)
    consulted = department.asked("disclosure", "show", ref, *OFFICER)["consultations"][0]
    assert consulted["not_before_at"] is not None


def test_somebody_who_asks_for_their_own_gets_it_and_others_stay_withheld(
    department: CommandLine, tmp_path: Path
) -> None:
    ada = department.asked("party", "--name", "Ada Lind", "--as", "INT-02")["stream"].partition(
        "/"
    )[2]
    case = opened(
        department, "RDW-POT", "--requester", ada, "--answer", "name=Ada Lind",
        "--answer", "description=My car broke in it; Bob Stone of Main Street saw it from his window",
    )  # fmt: skip
    bob = department.asked("party", "--name", "Bob Stone", "--as", "INT-02")["stream"].partition(
        "/"
    )[2]
    department.done("concerns", case, bob, "witness", "--as", "INT-02")
    pothole(department)
    ref = opened(department, "IAC-SLF", "--requester", ada)
    department.done("disclosure", "begin", ref, "--audience", "subject", "--party", ada, *OFFICER)
    drawn = department.asked("disclosure", "scope", ref, *OFFICER)
    assert drawn["streams"] == 3, "their record, the case about the hole, and the request itself"
    department.done("disclosure", "propose", ref, *OFFICER)
    found = department.asked("disclosure", "proposals", ref, *OFFICER)
    own = f"case/{id_of(department, case)}"
    about_bob = [each for each in found if each["stream"] == own and each["entry"] == 1]
    assert [(each["slot"], each["words"]) for each in about_bob] == [
        ("answers.description", [5, 7])
    ]
    for words in (
        ("accept", ref, "--all", *WHY), ("decide", ref, "release", "--rest"),
        ("claim", ref, "stated_scope"), ("compare", ref),
    ):  # fmt: skip
        department.done("disclosure", *words, *OFFICER)
    department.done("disclosure", "approve", ref, *APPROVER)
    department.done(
        "disclosure", "answer", ref, "part", "--complain-to", "The Commissioner", "--contact", "I. Ntake",
        "--reasons", "A witness is withheld.", *OFFICER,
    )  # fmt: skip
    out = tmp_path / "own.zip"
    department.done(
        "disclosure", "release", ref, "--out", str(out), "--recipient", "Ada Lind", "--purpose",
        "Her own data", *OFFICER,
    )  # fmt: skip
    whole = everything_in(out)
    assert "broke " in whole
    assert "Ada Lind" in whole, "a release to the person it is about names them inside"
    assert "Bob" not in whole
    assert "Stone" not in whole


WRONG = {
    "selects nothing": ("scope", "{ref}"),
    "no kind of entry": ("scope", "{ref}", "--case", "{case}", "--topic", "Nonsense"),
    "not in the scope": ("decide", "{ref}", "release", "1:name", "--case", "{case}"),
    "waits for a decision": ("decide", "{ref}", "release", "--rest"),
    "Say what is decided": ("decide", "{ref}", "release"),
    "no line of a fee": ("estimate", "{ref}", "--line", "search"),
    "No document 1": ("dispose", "{ref}", "1", "release_in_full"),
    "No disclosure answers": ("show", "{case}"),
    "No release 3": ("index", "{ref}", "--release", "3"),
    "make one first": ("deliver", "{ref}", "email"),
    "nothing to abandon": ("abandon", "{ref}", "No."),
    "recorded: it was asked by RDW-HAL-02": ("approve", "{ref}", "--as", "RDW-HAL-02"),
    "it was asked by RDW-HAL-02": ("show", "{ref}", "--as", "RDW-HAL-02"),
    "asked by RDW-HAL-02, who has no role": ("show", "--as", "RDW-HAL-02"),
    "was asked by RDW-HAL-02": ("claim", "{ref}", "none", "--as", "RDW-HAL-02"),
    "in order": ("statistics", "--from", "2026-02-01", "--until", "2026-01-01"),
    "neither yes nor no": ("publish", "{ref}", "perhaps", "Why."),
    "is no time that exists": (
        "decide",
        "{ref}",
        "withhold",
        "1:name",
        "--case",
        "{case}",
        "--under",
        "NS-20",
        "--until-on",
        "soon",
    ),
}


def test_what_cannot_be_done_is_said_in_one_sentence(department: CommandLine) -> None:
    case, ref = pothole(department), letter(department)
    department.done("disclosure", "begin", ref, *OFFICER)
    for said, words in WRONG.items():
        acting = () if "--as" in words or words[0] == "statistics" else OFFICER
        given = [each.format(ref=ref, case=case) for each in words]
        refused = department("disclosure", *given, *acting)
        assert (refused.code, len(refused.sentences)) == (2, 1), refused
        assert said in refused.err, words


def test_a_scope_that_selects_nothing_is_not_set_and_what_was_drawn_before_stays(
    department: CommandLine,
) -> None:
    case, ref = pothole(department), letter(department)
    department.done("disclosure", "begin", ref, *OFFICER)
    department.done("disclosure", "scope", ref, "--case", case, *OFFICER)
    before = department.asked("disclosure", "show", ref, *OFFICER)
    late = ("disclosure", "scope", ref, "--case", case, "--from", "2100-01-01", *OFFICER)
    assert "widen it, or answer that there is no record" in department(*late).err
    assert department.asked("disclosure", "show", ref, *OFFICER) == before


def test_who_may_what_of_a_disclosure_is_the_table_of_acts_here_as_over_http(
    department: CommandLine,
) -> None:
    ref, beside = letter(department), ("--as", "IAP-CLERK")
    text = DEPARTMENT.read_text(encoding="utf-8").replace(
        "[members]\n", '[members]\nIAP-CLERK = { teams = ["IAP"], roles = ["caseworker"] }\n'
    )
    policy = department.home.parent / "with-a-clerk.toml"
    policy.write_text(text, encoding="utf-8")
    department.done("policy", "publish", str(policy), "--as", "DIR-01")
    refused = department("disclosure", "begin", ref, *beside)
    assert (refused.code, len(refused.sentences)) == (2, 1)
    assert "it was asked by IAP-CLERK, who has no role in which this is done" in (refused.err)
    department.done("disclosure", "begin", ref, *OFFICER)
    assert "it was asked by IAP-CLERK" in department(
        "disclosure", "time", ref, "review", "30", *beside
    ).err  # fmt: skip
    grounds = [each["row"]["ground"] for each in department.asked("accesses")["listed"]]
    assert grounds.count("no-such-task") == 2
