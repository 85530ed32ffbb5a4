"""What the edge refuses it says in both languages: the table is held against every sentence in its source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.http.french import french_of, pattern_of
from api.http.problems import TITLES
from api.http.sentences import PHRASES, SENTENCES
from ledger import errors
from ledger.errors import LedgerError
from ledger.policy import access, acts
from tests.api.http.served import Served

ROOT = Path(__file__).resolve().parents[3]
EDGE = (
    *sorted((ROOT / "api" / "http").glob("*.py")),
    *sorted((ROOT / "api" / "feed").glob("*.py")),
    ROOT / "api" / "webhooks" / "routes.py",
    ROOT / "api" / "webhooks" / "targets.py",
    ROOT / "api" / "verbs" / "found.py",
    ROOT / "api" / "moments.py",
    ROOT / "ledger" / "opening.py",
    ROOT / "ledger" / "policy" / "on_behalf.py",
    ROOT / "ledger" / "case" / "pulling.py",
    ROOT / "projections" / "listing.py",
    ROOT / "projections" / "queues.py",
)
"""Where a caller of the HTTP API meets a refusal first."""
RAISED = {
    "Bar",
    "Barred",
    "CaseNotFound",
    "EdgeProblem",
    "InvalidCommand",
    "LedgerUnavailable",
    "NotAuthorised",
    "Refusal",
    "Unauthenticated",
    "UnlawfulTransition",
}
OF_THE_SET_UP = ("CASELEDGER_", "--port ", "'some-value' is not an https")
"""How sentences begin that stop the service from starting, and no caller meets."""
ENGLISH_ALONE = (ROOT / "ledger" / "case" / "pulling.py",)
"""Of these some sentences are in the table and the rest are answered in English."""


def _text(node: ast.expr, known: dict[str, str]) -> str | None:
    """A sentence as it is written, each value in it as a word that stands for any."""
    match node:
        case ast.Constant(value=str() as said):
            return said
        case ast.Name(id=name):
            return known.get(name)
        case ast.JoinedStr(values=parts):
            return "".join(
                str(part.value) if isinstance(part, ast.Constant) else "some-value"
                for part in parts
            )
        case _:
            return None


def raised_in(file: Path) -> Iterator[str]:
    """The sentences with which a module refuses."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    known: dict[str, str] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and (said := _text(node.value, {})) is not None:
            known |= {each.id: said for each in node.targets if isinstance(each, ast.Name)}
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name), args=args) if name in RAISED:
                said = [_text(each, known) for each in args]
                yield from (each for each in said if each is not None and " " in each)
            case _:
                pass


def of_classes() -> Iterator[str]:
    """The sentence of each kind of error, where no better one is given."""
    for kind in vars(errors).values():
        if isinstance(kind, type) and issubclass(kind, LedgerError):
            yield kind.sentence()


def at_the_edge() -> list[str]:
    found = [each for file in EDGE if file not in ENGLISH_ALONE for each in raised_in(file)]
    return [each for each in (*found, *of_classes()) if not each.startswith(OF_THE_SET_UP)]


def test_every_sentence_of_the_edge_is_there_in_french() -> None:
    titles = {english for _, english, _ in TITLES.values()}
    found = at_the_edge()
    assert len(found) > 90
    missing = [each for each in found if each not in titles and french_of(each) is None]
    # what is put together from a field and what is wrong with it is told in both by `fitting`
    assert [each for each in missing if each != "some-value: some-value."] == []


def test_no_french_sentence_outlives_its_english_one() -> None:
    source = [*at_the_edge(), *(each for file in ENGLISH_ALONE for each in raised_in(file))]
    written = " ".join(file.read_text(encoding="utf-8") for file in EDGE)
    for english in SENTENCES:
        if english.startswith(("Expected version", "Say who you are")):
            continue  # made of an error's own values, or its docstring
        pattern = pattern_of(english)
        assert any(pattern.fullmatch(each) for each in source) or english in written, english


def test_a_french_sentence_says_each_value_of_its_english_one_and_no_other() -> None:
    for english, french in SENTENCES.items():
        names = {*pattern_of(english).groupindex}
        assert {*pattern_of(french).groupindex} == names, english


def test_why_somebody_is_refused_has_its_words_in_french() -> None:
    assert {*acts.REFUSED.values(), *access.REFUSED.values()} <= PHRASES.keys()


@pytest.mark.parametrize(
    ("path", "headers", "status", "said"),
    [
        ("/v1/board?known_at=hier", {}, 422, "known_at n'est pas un moment qui existe"),
        ("/v1/cases?limit=0", {}, 422, "limit : un nombre entier de 1 à 1000."),
        ("/v1/cases/7ZK3Q-0M9TB-5", {}, 422, "Ce n'est pas une référence de dossier"),
        ("/v1/accesses", {}, 403, "qui n'a aucun rôle où cela se fait; adressez-vous à"),
        ("/v1/board", {"Acting_Role": "auditor"}, 403, "n'a pas ce rôle : omettez Acting-Role"),
        (
            "/v1/cases/REF/values?purpose=casework",
            {"Audit_Reason": "ab"},
            422,
            "Dites en 3 caractères",
        ),
        ("/v1/nowhere", {}, 404, "Il n'y a rien à cette adresse."),
    ],
)
def test_a_french_reader_is_told_in_french_what_to_do(
    office: Served, path: str, headers: dict[str, str], status: int, said: str
) -> None:
    reference = office.as_member("I-02").opened()
    caller = office.as_member("R-02", Accept_Language="fr-CA, en;q=0.5")
    answer = caller.get(path.replace("REF", reference), **headers)
    assert (answer.status_code, answer.headers["Content-Language"]) == (status, "fr")
    assert said in answer.json()["detail"]


def test_what_does_not_fit_a_body_is_told_in_french_field_by_field(office: Served) -> None:
    caller = office.as_member("I-02", Accept_Language="fr")
    said = {"channel": 7, "request_type": "RDW-POT", "colour": "red"}
    answer = caller.post("/v1/cases", said)
    assert (answer.status_code, answer.headers["Content-Language"]) == (422, "fr")
    wrong = {each["pointer"]: each["detail"] for each in answer.json()["errors"]}
    assert wrong == {
        "/channel": "doit être un texte",
        "/colour": "n'est pas connu ici : omettez-le",
    }


def test_what_the_rules_of_the_core_refuse_is_answered_in_english_and_says_so(
    office: Served,
) -> None:
    reference = office.as_member("I-02").opened()
    caller = office.as_member("R-02", Accept_Language="fr")
    answer = caller.post(f"/v1/cases/{reference}/settle", {}, If_Match="*")
    assert answer.status_code == 409
    assert answer.headers["Content-Language"] == "en"
    assert answer.json()["title"] in {english for _, english, _ in TITLES.values()}
