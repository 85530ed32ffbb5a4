"""What is refused over HTTP is told in French to whoever asks in it, and in English as a whole where there is none."""

from __future__ import annotations

import orjson
import pytest
from pydantic import ValidationError

from api.http.refusing.problems import Unfitting, problem
from ledger.errors import Refusal
from ledger.registers.disclosures.dispositions import Redaction
from tests.api.http.served import Served


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
            "Le but ne dit rien : dites en 3 caractères",
        ),
        ("/v1/nowhere", {}, 404, "Il n'y a rien à cette adresse : `GET /openapi.json`"),
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


def test_what_the_rules_of_the_core_refuse_is_answered_in_french(office: Served) -> None:
    clerk = office.as_member("I-02", Accept_Language="fr")
    reference = clerk.opened()
    resolver = office.as_member("R-02", Accept_Language="fr")
    asked = [
        (resolver, "settle", {}, "Le dossier est ouvert : un règlement ne devient définitif "),
        (
            clerk,
            "ask",
            {"fields": ["colour"]},
            "« colour » n'est pas un champ de la politique en vigueur; elle connaît : ",
        ),
        (
            clerk,
            "promise",
            {"by_at": "2020-01-01T00:00:00Z"},
            "Une promesse porte sur un moment à venir : ",
        ),
    ]
    for caller, act, body, said in asked:
        answer = caller.post(f"/v1/cases/{reference}/{act}", body, If_Match="*")
        assert (answer.headers["Content-Language"], answer.json()["detail"][: len(said)]) == (
            "fr",
            said,
        )


def test_what_a_validator_of_ours_says_is_answered_in_french() -> None:
    with pytest.raises(ValidationError) as wrong:
        Redaction(first_page=3, last_page=2, exemptions=("NS-20",))
    said = orjson.loads(problem(Unfitting(wrong.value), language="fr").body)
    assert [each["detail"] for each in said["errors"]] == [
        "finit avant de commencer : donnez les pages dans l'ordre"
    ]


def test_a_city_and_a_directory_are_told_in_french_too(office: Served) -> None:
    nobody = office.nobody()
    city = nobody.get("/open311/v2/services/NOPE.json", Accept_Language="fr")
    assert (city.status_code, city.headers["Content-Language"]) == (404, "fr")
    assert city.json()[0]["description"].startswith("Aucun service n'a ce service_code : ")
    users = nobody.get("/scim/v2/Users", Accept_Language="fr")
    assert (users.status_code, users.headers["Content-Language"]) == (401, "fr")
    assert users.json()["detail"].startswith("Dites qui vous êtes : ")


def test_what_has_no_french_is_answered_in_english_as_a_whole_and_says_so() -> None:
    answer = problem(Refusal("The moon is full: wait.", rule="moon"), language="fr")
    said = orjson.loads(answer.body)
    assert answer.headers["Content-Language"] == "en"
    assert (said["title"], said["detail"]) == ("A rule forbids this.", "The moon is full: wait.")
