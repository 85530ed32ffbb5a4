"""What is refused is said in both languages: the table is held against every refusal in the source.

Read is all that the service imports. A sentence that somebody adds without its French fails here.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import cycle, islice

import orjson
import pytest
from pydantic import ValidationError

from api.http.refusing.french import french_of, phrase_of, value_in_french
from api.http.refusing.problems import TITLES, Unfitting, problem
from api.http.refusing.templates import Template
from api.http.sentences import CHAPTERS, PHRASES, SENTENCES, WORDS
from ledger.errors import Refusal
from ledger.input import fitting
from ledger.policy import access
from ledger.policy.acting import acts
from ledger.registers.disclosures.dispositions import Redaction
from tests.api.http.refusals import HOLE, Source, Written
from tests.api.http.served import Served

NOT_OVER_HTTP = {
    "api.environment": "stops the service from starting",
    "ledger.making": "makes a ledger, at the command line",
    "ledger.policy.reading.packs": "reads policies from files, at the command line",
    "ledger.policy.reading.toml": "reads policies from files, at the command line",
}
"""Modules whose refusals nobody is answered over HTTP, and why."""
_NEVER_SAID = "is never said: each such refusal is given a sentence of its own"
IN_ENGLISH = {
    "What was asked in SCIM cannot be done; `scim_type` says why in the words of its standard.": _NEVER_SAID,
    "A request is refused at the edge, before it becomes a command.": _NEVER_SAID,
    "It is known who asks, and they may not ask so; whoever answers them puts that on record.": _NEVER_SAID,
    "The key that was shown was not issued for this act, whatever else its member may do.": _NEVER_SAID,
    "What was sent does not fit, field by field; values are not repeated, since they may be personal.": _NEVER_SAID,
    "The account that runs this may not read or write a file: run it as the one to which it belongs.": _NEVER_SAID,
    "CASELEDGER_HTTP_OIDC_AUDIENCE is not set: without it a token that the issuer made for another service would "
    "open this one.": "stops the service from starting",
    f"'{HOLE}' is not an https address: keys that came another way could be anybody's.": (
        "stops the service from starting"
    ),
    f"CASELEDGER_WEBHOOK_CA_FILE: {HOLE} holds no certificates that can be read.": (
        "stops the service from starting"
    ),
}
"""Sentences that stay in English alone, and why."""
TOLD_ELSEWHERE = (
    "api.http.identity.acting: found.sentence",  # of a `Bar`, whose own sentence is read where it is made
    "ledger.store.interface: store.unwritable",  # as `sqlite.files.unwritable` says it, which is read there
    "api.http.app: error",  # of a body, field by field: told in both by `fitting`
    "api.http.commands.drafting: error",
    "api.http.bodies: error",
)
"""Places where a refusal is made of what says its own sentence."""
OF_CODE = {
    "RecordDecision", "ResolveCase", "application/json", "caseledger.entry/1", "ledger.db", "trees.db", "unrouted",
    f"{HOLE} version {HOLE}", f"{HOLE} (version {HOLE})", f"{HOLE} (schema {HOLE})",
    "from", "cursor", "Last-Event-ID", "after", "Host", "Authorization",
    "adjustments", "language", "purpose", "standing", "status", "disclosure_id", "release_id", "webhook_id",
    "director", "liaison", "records", "application/scim+json", "application/x-www-form-urlencoded", "lat", "long",
    "page", "at", "on", "until", "description", "ledger", "vault", "rb",
}  # fmt: skip
"""Words of the source that stand in sentences and are the same in both languages: names and codes."""
OF_VALUES = (
    "ledger.case",
    "ledger.registers",
    "ledger.times",
    "ledger.facts",
    "api.verbs",
    "api.channels",
)
"""Modules whose validators say what is wrong with a value that was sent."""
PUT_TOGETHER = {
    "cleared or waiting", "holding or clearing", "The database of this account", "The database {name}",
    "The database {name} (schema {schema})",
}  # fmt: skip
"""Phrases that are put together in the source, or kept by an object, so that nobody can read them there."""
SPOKEN, NAME = re.compile(r"[^\W\d_]{2}"), re.compile(r"\w+([._-]\w+)+")
SAMPLES = (
    "RDW", "R-02", "7ZK3Q-0M9TB-4", "'colour'", "2026-03-02", "12", "one, two", "none", "This",
    "2026-03-02T13:00:00.000000Z", "5f0c3a1e-7f2b-4d37-9f0e-1d2c3b4a5f60", "working_days", "case.open", "3 times",
)  # fmt: skip
"""What stands in sentences as a value."""


@cache
def source() -> Source:
    return Source("api.http.app", without=tuple(NOT_OVER_HTTP))


@cache
def refusals() -> tuple[Written, ...]:
    return tuple(source().refusals())


@cache
def shapes() -> frozenset[str]:
    """The templates as they are read in the source, whatever their values are called."""
    return frozenset(shape(each) for each in SENTENCES)


def shape(template: str) -> str:
    return HOLE.join(Template.read(template).words)


def test_every_sentence_that_is_refused_with_is_there_in_french() -> None:
    assert len(refusals()) > 700
    titles = {english for _, english, _ in TITLES.values()}
    there = {*shapes(), *titles, *IN_ENGLISH}
    missing = {
        text: each.place
        for each in refusals()
        if not (each.said <= there or each.told <= there)
        for text in each.told - there
    }
    assert missing == {}


def test_what_is_refused_with_is_written_out_in_the_source() -> None:
    refusals()
    assert sorted(source().unread) == sorted(TOLD_ELSEWHERE)


def test_no_french_sentence_outlives_its_english_one() -> None:
    written = {text for each in refusals() for text in (*each.said, *each.told)}
    of_a_conflict = "Expected version {expected}, but the stream is at version {actual}: read it again and decide anew."
    assert {each for each in SENTENCES if shape(each) not in written} == {of_a_conflict}
    assert IN_ENGLISH.keys() <= written


def test_a_french_sentence_says_each_value_of_its_english_one_and_no_other() -> None:
    for english, french in (*SENTENCES.items(), *PHRASES.items()):
        assert {*Template.read(french).holes} == {*Template.read(english).holes}, english


def test_each_sentence_stands_once() -> None:
    told = Counter(shape(each) for chapter in CHAPTERS for each in chapter.SENTENCES)
    assert [each for each, times in told.items() if times > 1] == []


def test_each_sentence_comes_back_as_its_own_french_and_no_other() -> None:
    for english, french in SENTENCES.items():
        template, other = Template.read(english), Template.read(french)
        # what stands just before another value is a single code or number
        narrow = {
            hole
            for hole, words in zip(template.holes, template.words[1:], strict=True)
            if words in (" ", "-", ", ")
        }
        names = dict.fromkeys(template.holes)
        for first in range(len(SAMPLES)):
            said = zip(names, islice(cycle(SAMPLES), first, None), strict=False)
            values = {hole: "12" if hole in narrow else value for hole, value in said}
            told = other.filled(
                {hole: value_in_french(hole, value) for hole, value in values.items()}
            )
            assert french_of(template.filled(values)) == told


def test_each_phrase_comes_back_as_its_own_french_and_no_other() -> None:
    for english, french in PHRASES.items():
        template, other = Template.read(english), Template.read(french)
        values = dict(zip(template.holes, SAMPLES, strict=False))
        assert phrase_of(template.filled(values)) == other.filled(values)


@cache
def words() -> dict[str, str]:
    """Words of the source that can stand in sentences of the table, each with a place."""
    refusals()
    return dict(source().words_in_holes(of=shapes()))


def test_words_of_english_in_a_sentence_have_their_french() -> None:
    codes = {code for told in WORDS.values() for code in told}
    known = {*shapes(), *map(shape, PHRASES), *codes, *OF_CODE}
    missing = {
        word: place
        for word, place in words().items()
        if SPOKEN.search(word) and not NAME.fullmatch(word) and word not in known
    }
    assert missing == {}


def test_no_french_phrase_outlives_its_english_one() -> None:
    of_fields = {english for english, _ in fitting.SENTENCES.values()}
    said = {*words(), *dict(source().unfitting(OF_VALUES))}
    assert {each for each in PHRASES.keys() - of_fields if shape(each) not in said} == PUT_TOGETHER


def test_what_a_validator_says_of_a_value_has_its_french() -> None:
    known = {shape(each) for each in PHRASES}
    said = dict(source().unfitting(OF_VALUES))
    assert len(said) > 8
    assert {text: place for text, place in said.items() if text not in known} == {}


def test_why_somebody_is_refused_has_its_words_in_french() -> None:
    assert {*acts.REFUSED.values(), *access.REFUSED.values()} <= PHRASES.keys()


def test_a_sentence_that_the_table_does_not_know_has_no_french() -> None:
    assert french_of("The moon is full: wait.") is None
    assert french_of("The case waits in no queue: transfer it, with the reason. " * 100) is None


def test_words_that_lead_into_each_other_end_somewhere() -> None:
    deep = "The ledger takes nothing more (" * 30 + "one of " * 60 + "): open it again." * 30
    assert "l'une de ces valeurs : one of" in (french_of(deep) or "")


def test_of_two_templates_that_fit_the_one_with_more_words_is_meant() -> None:
    said = "R-02 has left: name R-03, who stands in, or the team RDW alone."
    assert french_of(said) == (
        "R-02 n'est plus là : nommez R-03, qui assure la suppléance, ou l'équipe RDW seule."
    )


def test_a_refusal_that_stands_in_another_is_told_in_french_too() -> None:
    told = french_of(
        "The ledger takes nothing more (The ledger is closed: open it again.): open it again."
    )
    assert (
        told
        == "Le registre ne reçoit plus rien (Le registre est fermé : rouvrez-le.) : rouvrez-le."
    )


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
        (resolver, "settle", {}, "Le dossier est ouvert : il se clôt après avoir été réglé."),
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
