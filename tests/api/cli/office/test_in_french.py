"""The office in French on the command line: a command that takes --language says all of it so, or none."""

from __future__ import annotations

import ast
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from inspect import getsource
from types import ModuleType
from typing import get_args

import pytest

from api.cli.wording import (
    french_case,
    french_disclosures,
    french_evidence,
    french_figures,
    french_keeping,
    french_machine,
    french_people,
    french_policies,
    french_receipts,
    in_french,
)
from api.cli.wording.coded import coded, listed
from api.cli.wording.french_figures import FIGURES
from api.cli.wording.in_french import FRENCH
from api.cli.wording.spoken import speaking
from api.sentences import SENTENCES
from api.sentences.templates import Template
from api.verbs import VERBS
from api.verbs.disclosures import DISCLOSING
from api.watch import PARTS
from ledger.policy.document.retention import End
from projections.flow import calls as drawn
from projections.flow.call_bars import Bars
from tests.api.cli.shown_texts import sources_that_show, texts_of
from tests.api.command_line import CommandLine
from tests.api.english import english_in
from tests.ledgers import OFFICE

ON_RECORD = {
    "To find whoever calls without a number.", "To see the inquiry", "To decide what was proposed to be withheld.",
    "Safe contact, before contacting somebody", "The notice, to be sent",
}  # fmt: skip
"""Purposes under which something is read: they go on record as they are."""
OF_A_SHEET = {"caseledger board", "width=device-width, initial-scale=1"}
"""What stands in the head of a page and nobody reads."""
FOR_MACHINES = ("SELECT ", "'Content-Type: ", "caseledger bench")
OF_A_REFUSAL = {" Is {} meant?"}
AS_A_PROGRAM_READS_IT = {"set aside {}"}
"""Whence mail came, which is told to people in their language."""
STANDS = {"left on {}", "absent until {}"}
"""How somebody stands, as a program reads it: `stands_said` tells it to people."""
HOLE = re.compile(r"\{\w*\}")


def test_whatever_is_shown_has_its_french() -> None:
    refused = {HOLE.sub("{}", each) for each in SENTENCES}
    shown = {
        each
        for each in texts_of(*sources_that_show())
        if HOLE.sub("{}", each) not in refused and not each.startswith(FOR_MACHINES)
    }
    assert len(shown) > 600
    known = FRENCH.keys() | ON_RECORD | OF_A_SHEET | STANDS | OF_A_REFUSAL | AS_A_PROGRAM_READS_IT
    assert shown - known == set()


def test_what_stands_in_it_as_a_word_has_its_french() -> None:
    recorded = {said for part in PARTS for said in (part.one, part.several)}
    ids = {
        each.own.replace("_", " ")
        for table in (VERBS, DISCLOSING)
        for each in table.values()
        if each.own not in (None, "case_id", "party_id")
    }
    kept = {each.replace("_", " ") for each in get_args(End)}
    not_called = {HOLE.sub("90", each) for each in texts_of(getsource(Bars))}
    assert (ids | recorded | kept | not_called | {*get_args(drawn.Part)}) - FRENCH.keys() == set()


def test_each_text_stands_in_one_place_with_the_same_holes() -> None:
    catalogues = (
        french_case.OF_A_CASE, french_disclosures.OF_DISCLOSURES, french_figures.FIGURES,
        french_keeping.OF_KEEPING, french_people.OF_PEOPLE, french_receipts.OF_RECEIPTS, french_evidence.OF_EVIDENCE,
        french_machine.OF_THE_MACHINE, french_policies.OF_POLICIES,
    )  # fmt: skip
    own = texts_of_table(in_french)
    told = Counter(each for catalogue in (*catalogues, own) for each in catalogue)
    assert [each for each, times in told.items() if times > 1] == []
    for english, french in FRENCH.items():
        assert {*Template.read(french).holes} == {*Template.read(english).holes}, english


def texts_of_table(module: ModuleType) -> list[str]:
    """The texts that a module's own table begins lines with."""
    (table,) = (
        node.value
        for node in ast.parse(getsource(module)).body
        if isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Dict)
    )
    return [str(each.value) for each in table.keys if isinstance(each, ast.Constant)]


EXPECTED = {
    ("board",): ("Tableau du ", "équipe", "en file", "À jour jusqu'à l'inscription"),
    ("queue", "RDW"): ("File : RDW ", "dossier", "en file", "échéance"),
    ("published",): ("Reçus en 20", "programme", "comptoir", "total", "x : moins de 5, ou ce qui "),
    ("sla",): ("Où en sont les délais", "bientôt échus", "total"),
    ("sla", "--status", "due_soon"): ("Délais : bientôt échus",),
    ("escalations",): (
        "Signalements en attente de réponse", "Réponses des 28 jours précédents : 0",
    ),
    ("rate", "RDW"): ("Cadences du ", "une journée complète", "Les jours à venir, si rien ne change"),
    ("calls", "RDW"): ("Appels du ", " : RDW ", "Personne n'a été tiré au sort ce jour-là"),
    ("cases",): ("Dossiers", "état", "reçu"),
    ("absences",): ("Qui n'est pas là le ", "suppléance", "R-03 absent"),
    ("cover", "--all"): ("Qui peut faire quoi le ", "compétences"),
    ("owed",): ("Avis à donner", "Aucun : qui devait être avisé l'a été."),
    ("directory",): ("Membres, le ", "rôles", "D-01 INT agent, archiviste, directeur là", "absent", "intégrateur"),
    ("retention", "--until", "2046-01-01"): (
        "À éliminer au plus tard le 2046-01-01", "Rien n'est échu.", "0 est échu", "sur 2 dossiers clos examinés.",
        "2 dossiers clos sont encore sans date : leur règlement n'est pas définitif.",
    ),
    ("hold", "--as", "D-01", "--role", "records"): ("Dossiers mis en réserve", "demande d'accès"),
    ("inquiry", "--as", "L-01", "--role", "liaison"): ("Enquêtes", "réponse avant", "0 sur 1"),
    ("accesses",): (
        "Ouvertures de valeurs personnelles", "agent d'accueil l'accueil", "cherché",
        "refusé : une autre équipe a le dossier", "Le registre consigne 1 ouverture de ", "Refusé : 1 lecture.",
    ),
    ("accesses", "--member", "R-03"): ("Aucune n'est consignée.", "par R-03, compartiments à part,"),
    ("tray",): ("Courriels de machines", "La corbeille est vide.", "À jour jusqu'à l'inscription"),
    ("find", "Ada Example", "--as", "I-02"): (
        "Dossiers qui peuvent être de cette personne", "Comparé : 4 dossiers ", "et 0 fiche de personne.",
        "est consigné",
    ),
    ("morning", "RDW"): (
        "Matinée du ", " : RDW ", "Arrivés depuis le", "À personne encore", "absent", "Cadence : ",
    ),
}  # fmt: skip
"""What stands in the answer of each command that is asked."""


RECORDS = ("--as", "D-01", "--role", "records")
OF_A_CASE = (
    "Dossier ", "état en main", "reçu ", " par Téléphone", "gravité autre", "réponse de nous pas encore",
    "Délais délai état échéance promis dépassé", " court ", "À faire quoi nature par", "tâche", "Signalements depuis",
    "Ce qui existe en quelle langue", "français 1 pièce", "Pièces pièce nº", "Ce qui est personnel est scellé",
)  # fmt: skip


OWN_NAMES = {"of"}
"""Words of English in what the office itself is called."""


def _kept_and_opened(office: CommandLine, case: str) -> None:
    """What records, link and audit officers look at: closed cases, one of them on hold, an inquiry, and openings."""
    closes = ("open", "phone", "--request-type", "GEN-ENQ", "--answer", "name=Ada", "--as", "I-02")
    first, second = (office.asked(*closes)["reference"] for _ in range(2))
    for each in (first, second):
        office.done("resolve", each, "no-action", "--as", "I-02")
    office.done("hold", "place", second, "--ground", "access_request", *RECORDS)
    liaison = ("--as", "L-01", "--role", "liaison")
    asked = (
        "--office",
        "OMB-NS",
        "--reference",
        "2026-88",
        "--recipient",
        "Marie",
        "--purpose",
        "Le temps",
    )
    inquiry = office.asked("inquiry", "open", case, *asked, "--expires", "2046-01-01", *liaison)
    office.done("inquiry", "ask", inquiry["inquiry_id"], "Pourquoi?", *liaison)
    office.done("case", first, "--open", "--purpose", "Lire", "--as", "I-02")
    office("case", first, "--open", "--purpose", "Lire", "--as", "N-02")
    office.done("find", "Ada Example", "--as", "I-02")


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
    _kept_and_opened(office, case)
    of_it = {
        ("case", case): OF_A_CASE,
        ("silence", case): ("Aucun contact de notre part", "pendant 0 jour"),
    }
    for words, expected in (EXPECTED | of_it).items():
        shown = " ".join(office(*words, "--language", "fr").out.split())
        assert [each for each in expected if each not in shown] == [], shown
        assert [each for each in english if each in shown] == [], shown
        assert english_in(shown) <= OWN_NAMES, (words, shown)
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
        ("cases", "--language"): ("en attente", "Météo"),
        ("workload", "RDW", "--language"): ("Qui a quoi dans RDW ", "membre", "là"),
        ("spans", case, "--language"): (f"Qui répondait du dossier {case}", "en attente : ", "maintenant"),
    }  # fmt: skip
    for words, expected in told.items():
        shown = " ".join(office.done(*words, "fr").out.split())
        assert [each for each in expected if each not in shown] == [], shown
        assert [each for each in english if len(each) > 6 and each in shown] == [], words
        assert office.asked(*words, "fr").keys() == office.asked(*words, "en").keys()


KEPT = (
    ("verify",), ("checkpoint",), ("keys",), ("watch",), ("rebuild",), ("rekey",), ("recover",), ("api-key",),
    ("webhook",), ("set-aside",), ("policy", "show"), ("policy", "replay"),
    ("policy", "check", str(OFFICE)), ("policy", "rehearse", str(OFFICE)), ("export", "--out", "all.jsonl"),
    ("backup", "a.zip", "b.zip"), ("witness", "new", "wit.example.org"), ("witness",), ("verify-page",),
)  # fmt: skip
"""What whoever keeps the machine asks."""


def test_whoever_keeps_the_machine_is_answered_in_french_too(
    office: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASELEDGER_LANGUAGE", "fr")
    monkeypatch.setenv("CASELEDGER_WITNESS", str(office.home / "witness"))
    for words in KEPT:
        said = office.done(*words)
        shown = f"{said.out} {said.err}".replace(str(office.home), "")
        assert english_in(shown) == set(), said


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
    ("accept", "CASE"): "Le dossier n'est pas en transit : il n'y a rien à répondre.",
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
    assert "Option inconnue : --tea." in office("board", "--tea", "--language=fr").err
    placed = office("return", "REF", "--reason", "misrouted", "--as", "R-02").err
    assert placed.startswith(
        "--reason is given by its place, without its name: `caseledger return REF REASON`."
    ), "it was asked whether --json was meant"
    unknown = ("open", "phone", "--tea", "--language", "fr", "--as", "I-02")
    assert "Unknown option" in office(*unknown).err, "it is the language of the case"
    assert "is not a team of any policy" in office("queue", "NOPE").err
