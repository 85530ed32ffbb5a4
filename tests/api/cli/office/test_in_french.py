"""The office in French on the command line: a command that takes --language says all of it so, or none."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from inspect import getsource
from types import FunctionType, ModuleType

from api.cli import ledgers
from api.cli.cases import accountable, case_shown, one_case, written_shown
from api.cli.disclosures import releasing
from api.cli.flow import baseline, figures_shown, flows, rates, sequences
from api.cli.flow import calls as flow_calls
from api.cli.keeping import erasures
from api.cli.office import escalated, finding, morning, reading, running_out
from api.cli.reading import question
from api.cli.wording.coded import coded, listed
from api.cli.wording.french_figures import FIGURES
from api.cli.wording.in_french import FRENCH, speaking
from tests.api.command_line import CommandLine

SAID_IN: tuple[ModuleType | FunctionType, ...] = (
    reading, morning, running_out, rates, flow_calls.show, flow_calls.explain_draw, escalated.escalations,
    escalated.show_escalations,
    finding.show_cases, finding.show_workload, case_shown, written_shown, one_case.case,
    ledgers.warn_of_what_is_to_come, releasing, flows, figures_shown, baseline, sequences.show, finding.workload,
    accountable, erasures.show,
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
        written = [*call.args[:1]] if called(call) in {*OF_COLUMNS, "told", "show_table"} else []
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
    english = {each for each in begins if len(each) > 6}
    office.done("task", case, "Look at it.", "--due-at", f"{target}T12:00:00Z", "--as", "R-02")
    item = ("item", case, "--digest", "0" * 64, "--media-type", "image/png", "--custodian", "RDW")
    office.done(
        *item, "--size-bytes", "1", "--place-kept", "RDW", "--language", "fr", "--as", "R-02"
    )
    of_it = {("case", case): OF_A_CASE}
    for words, expected in (EXPECTED | of_it).items():
        shown = " ".join(office.done(*words, "--language", "fr").out.split())
        assert [each for each in expected if each not in shown] == [], words
        assert [each for each in english if each in shown] == [], words
        assert office.done(*words).out != shown
        assert office.asked(*words, "--language", "fr").keys() == office.asked(*words).keys()


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
