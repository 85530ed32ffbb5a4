"""The office in French on the command line: a command that takes --language says all of it so, or none."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from inspect import getsource
from types import FunctionType, ModuleType

import pytest

from api.cli import ledgers
from api.cli.cases import (
    accountable,
    case_lines,
    case_shown,
    correspondence,
    duplicates,
    looking_up,
    notices_owed,
    one_case,
    placed,
    pulled,
    written_shown,
)
from api.cli.disclosures import releasing
from api.cli.flow import baseline, figures_shown, flows, rates, sequences
from api.cli.flow import calls as flow_calls
from api.cli.keeping import erasures
from api.cli.office import (
    attendance,
    board,
    disposals,
    escalated,
    finding,
    morning,
    reading,
    running_out,
    tray,
)
from api.cli.reading import question
from api.cli.wording.coded import coded, listed
from api.cli.wording.french_figures import FIGURES
from api.cli.wording.in_french import FRENCH
from api.cli.wording.spoken import speaking
from api.cli.writing import recording
from tests.api.command_line import CommandLine

SAID_IN: tuple[ModuleType | FunctionType, ...] = (
    reading, board, morning, disposals, running_out, rates, flow_calls.show, flow_calls.explain_draw,
    escalated.escalations,
    escalated.show_escalations,
    finding.cases, finding.show_cases, finding.show_workload, case_lines, case_shown, written_shown,
    one_case.case,
    ledgers.warn_of_what_is_to_come, releasing, flows, figures_shown, baseline, sequences.show, finding.workload,
    accountable, erasures.show, attendance, correspondence, duplicates, looking_up, notices_owed, placed, pulled,
    recording, tray, escalated.acknowledge_all,
)  # fmt: skip
"""What shows a board, a queue, the clocks, escalations, a morning, a case and what was withheld."""
OF_COLUMNS = {"Column", "number", "words"}


def calls(name: str | None = None) -> Iterator[ast.Call]:
    for each in SAID_IN:
        for node in ast.walk(ast.parse(getsource(each))):
            if isinstance(node, ast.Call) and name in (None, called(node)):
                yield node


def called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def texts() -> Iterator[str]:
    """Every heading, title and sentence that is written out."""
    for call in calls():
        written = (
            [*call.args[:1]] if called(call) in {*OF_COLUMNS, "told", "warn", "show_table"} else []
        )
        written += [each.value for each in call.keywords if each.arg == "empty"]
        for each in written:
            if isinstance(each, ast.Constant) and each.value:
                yield str(each.value)


def test_every_heading_title_and_sentence_has_its_french() -> None:
    said = {*texts(), question.NOTHING_YET, question.UNROUTED}
    assert len(said) > 60
    assert said - FRENCH.keys() == set()


def test_nothing_is_said_but_what_can_be_said_in_french() -> None:
    said = [each for call in (*calls("say"), *calls("show_table")) for each in call.args[:1]]
    assert len(said) > 10
    assert [ast.unparse(each) for each in said if isinstance(each, ast.JoinedStr)] == []
    constant = [each.value for each in said if isinstance(each, ast.Constant)]
    assert [each for each in constant if each not in FRENCH] == []


EXPECTED = {
    ("board",): ("Tableau du ", "équipe", "en file", "À jour jusqu'à l'inscription"),
    ("queue", "RDW"): ("File de RDW ", "dossier", "en file", "échéance"),
    ("sla",): ("Où en sont les délais", "bientôt échus", "total"),
    ("sla", "--status", "due_soon"): ("Délais : bientôt échus",),
    ("escalations",): (
        "Signalements en attente de réponse", "Réponses des 28 jours précédents : 0",
    ),
    ("rate", "RDW"): ("Cadences du ", "une journée complète", "Les jours à venir, si rien ne change"),
    ("calls", "RDW"): ("Appels de RDW ", "Personne n'a été tiré au sort ce jour-là"),
    ("cases",): ("Dossiers", "état", "reçu"),
    ("absences",): ("Qui n'est pas là le ", "suppléance", "R-03 absent"),
    ("cover", "--all"): ("Qui peut faire quoi le ", "compétences"),
    ("owed",): ("Avis à donner", "Aucun : qui devait être avisé l'a été."),
    ("tray",): ("Courriels de machines", "La corbeille est vide.", "À jour jusqu'à l'inscription"),
    ("find", "Ada Example", "--as", "I-02"): (
        "Dossiers qui peuvent être de cette personne", "Comparé : 2 dossiers ", "est consigné",
    ),
    ("morning", "RDW"): (
        "Matinée de RDW ", "Arrivés depuis le", "À personne encore", "absent", "Cadence : ",
    ),
}  # fmt: skip
"""What stands in the answer of each command that is asked."""


OF_A_CASE = (
    "Dossier ", "état en main", "reçu ", " par Téléphone", "gravité autre", "nouvelles de nous pas encore",
    "Délais délai état échéance promis dépassé", " court ", "À faire quoi nature par", "tâche", "Signalements depuis",
    "Ce qui existe en quelle langue", "français 1 pièce", "Pièces pièce nº", "Ce qui est personnel est scellé",
)  # fmt: skip


def test_an_office_is_shown_in_french_and_none_of_it_in_english(office: CommandLine) -> None:
    opens = (
        "open", "phone", "--request-type", "RDW-POT", "--region", "HAL", "--language", "en", "--as", "I-02",
    )  # fmt: skip
    case = office.asked(*opens)["reference"]
    office.done("pull", "RDW", "--as", "R-02")
    office.done(*opens)
    office.done("escalate", case, "--party", "L-02", "--reason", "act", "--as", "R-02")
    office.done("absent", "R-03", "--as", "L-02")
    target = (datetime.now(UTC) + timedelta(days=200)).date().isoformat()
    office.done("rate", "set", "RDW", "1", target, "--as", "L-02")
    begins = {
        each.partition("{")[0].strip() for each, french in FRENCH.items() if each not in french
    }
    english = {each for each in begins if len(each) > 6 and each[0] != "`"}
    office.done("task", case, "Look at it.", "--due-at", f"{target}T12:00:00Z", "--as", "R-02")
    item = ("item", case, "--digest", "0" * 64, "--media-type", "image/png", "--custodian", "RDW")
    office.done(
        *item, "--size-bytes", "1", "--place-kept", "RDW", "--language", "fr", "--as", "R-02"
    )
    of_it = {("case", case): OF_A_CASE}
    for words, expected in (EXPECTED | of_it).items():
        shown = " ".join(office(*words, "--language", "fr").out.split())
        assert [each for each in expected if each not in shown] == [], words
        assert [each for each in english if each in shown] == [], words
        assert office(*words).out != shown
        french, as_ever = (
            office(*words, *more, "--json").json for more in (("--language", "fr"), ())
        )
        assert french.keys() == as_ever.keys()


def test_who_was_told_and_why_a_day_was_missed_are_codes_of_ours_and_so_words_in_french() -> None:
    assert listed("parties", ("owner", "L-02")) == "owner, L-02"
    assert coded("cause", "hard_cases") == "hard cases"
    with speaking("fr"):
        assert listed("parties", ("owner", "L-02")) == "la personne responsable, L-02"
        assert coded("cause", "hard_cases") == "des dossiers difficiles"


def test_figures_work_sequence_and_spans_are_told_in_french_and_none_of_them_in_english(
    office: CommandLine,
) -> None:
    """Whoever works in French read them in English."""
    opens = (
        "open", "phone", "--request-type", "RDW-POT", "--region", "HAL", "--language", "en", "--as", "I-02",
    )  # fmt: skip
    case = office.asked(*opens)["reference"]
    office.done("pull", "RDW", "--as", "R-02")
    office.done("wait", case, "weather", "--as", "R-02")
    office.done("sequence", "set", "RDW:40", "INC:10", "--as", "L-02")
    english = {
        each.partition("{")[0].strip() for each, french in FIGURES.items() if each not in french
    }
    told = {
        ("flow", "--said-in"): (
            "Flux par jour, tous les dossiers", "Mesures du ", "Arrivées par jour ouvrable", "En cours",
            "il n'y en a pas à compter", "À jour jusqu'à",
        ),
        ("flow", "--team", "RDW", "--by", "languages", "--said-in"): (
            "Flux par jour", "Temps jusqu'au premier règlement, par langue", "trop peu pour être dit",
        ),
        ("sequence", "--language"): ("Arriérés dans leur ordre", "en résorption", "heures par semaine"),
        ("workload", "RDW", "--language"): ("Qui a quoi dans RDW ", "membre", "là"),
        ("spans", case, "--language"): (f"Qui répondait de {case}", "en attente : ", "maintenant"),
    }  # fmt: skip
    for words, expected in told.items():
        shown = " ".join(office.done(*words, "fr").out.split())
        assert [each for each in expected if each not in shown] == [], shown
        assert [each for each in english if len(each) > 6 and each in shown] == [], words
        assert office.asked(*words, "fr").keys() == office.asked(*words, "en").keys()


REFUSED = {
    ("bord",): "Commande inconnue : « bord ». Vouliez-vous dire « board »? Quelques commandes : morning, ",
    ("board", "--tea"): "Option inconnue : --tea. Voyez `caseledger board --help`.",
    ("board", "--langage", "fr"): "Option inconnue : --langage. Vouliez-vous dire --language? Voyez ",
    ("queue",): "Il faut à `caseledger queue` : TEAM. Voyez `caseledger queue --help`.",
    ("queue", "RDW", "--as-of"): "Il faut à `caseledger queue` une valeur après --as-of. Voyez ",
    ("queue", "RDW", "INC"): "« INC » est de trop pour cette commande. Voyez ",
    ("find", "Ada", "--as-of", "2027-01-01"): "parmi ce qu'on sait maintenant : omettez --as-of.",
    ("cases", "--standing", "shut"): "« shut » n'est pas une valeur de --standing. Choisissez parmi : ",
    ("cases", "--nobody=3"): "--nobody ne prend aucune valeur : omettez « 3 ». Voyez ",
    ("policy", "chek"): "Commande inconnue : « chek ». Vouliez-vous dire « check »? Les commandes : check, ",
    ("cases", "--limit", "ten"): "--limit prend un nombre entier : « ten » n'en est pas un.",
    ("case", "SLIP"): " : son symbole de contrôle ne convient pas; ",
    ("pull", "RDW"): "Dites qui agit : donnez --as MEMBRE, ou mettez votre code dans CASELEDGER_ACTOR.",
    ("contact", "CASE", "--minutes", "-3"): "--minutes : doit être 0 ou plus.",
    ("resolve", "CASE", "duplicate-of"): "(`caseledger link`).",
    ("accept", "CASE"): "Le dossier n'est pas en cours de transfert : il n'y a rien à répondre.",
}  # fmt: skip
"""What is said on stderr where the environment sets French and something cannot be done."""


def test_whoever_sets_french_is_answered_and_refused_in_it(
    office: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """HTTP had French for each refusal, and the command line told all of them in English."""
    monkeypatch.setenv("CASELEDGER_LANGUAGE", "fr")
    opens = ("open", "phone", "--request-type", "GEN-ENQ", "--as", "I-02")
    said = office.done(*opens).out
    reference = said.partition(" : consigné, version ")[0]
    assert "manque : " in said
    assert "(description)" in said, "a field is called by what is asked, and by its code"
    office.done("adjust", reference, "Large print.", "--flag", "adjustment", "--as", "I-02")
    shown = " ".join(office.done("case", reference).out.split())
    assert "type GEN-ENQ Demande de renseignements" in shown
    assert "à ménager une mesure d'adaptation est requise" in shown
    slip = reference[:-1] + ("0" if reference[-1] != "0" else "1")
    acting = {"contact", "resolve", "accept"}
    for words, expected in REFUSED.items():
        asked = [each.replace("CASE", reference).replace("SLIP", slip) for each in words]
        asked += ["--as", "I-02"] if words[0] in acting else []
        if words[0] == "contact":
            asked += ["--direction", "inbound", "--channel", "phone", "--kind", "chase"]
        found = office(*asked)
        assert (found.code, expected in found.err) == (2, True), (words, found.err)
    assert "is not a team of any policy" in office("queue", "NOPE", "--language", "en").err
    monkeypatch.setenv("CASELEDGER_LANGUAGE", "de")
    assert (
        office("board").err
        == "CASELEDGER_LANGUAGE is en or fr, and not 'de': set one of the two.\n"
    )
    monkeypatch.delenv("CASELEDGER_LANGUAGE")
    assert "n'est une équipe d'aucune politique" in office("queue", "NOPE", "--language", "fr").err
    assert "is not a team of any policy" in office("queue", "NOPE").err
