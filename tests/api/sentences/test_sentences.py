"""What is refused is said in both languages: the table is held against every refusal in the source.

Read is all that the service and the command line import. A sentence that somebody adds without its French fails here.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import cycle, islice

from api.http.refusing.problems import TITLES
from api.sentences import (
    CHAPTERS,
    OF_THE_COMMAND_LINE,
    PHRASES,
    SENTENCES,
    WORDS,
    command_line_typed,
)
from api.sentences.french import french_of, phrase_of, value_in_french
from api.sentences.templates import Template
from ledger.input import fitting
from ledger.policy import access
from ledger.policy.acting import acts
from tests.api.sentences.refusals import HOLE, Source, Written
from tests.house import ROOT, dotted

NOT_OVER_HTTP = {
    "api.environment": "stops the service from starting",
    "ledger.policy.reading.packs": "reads policies from files, at the command line",
    "ledger.policy.reading.toml": "reads policies from files, at the command line",
}
"""Modules whose refusals nobody is answered over HTTP, and why."""
OF_A_TEXT = ("MappingError", "api.channels.event_log")
"""What is wrong with a text that somebody wrote, told by its own keys: in English alone."""
_NEVER_SAID = "is never said: each such refusal is given a sentence of its own"
_FIELD_BY_FIELD = "is told in French where it is made, by what is wrong with the field"
IN_ENGLISH = {
    HOLE: "is another refusal, after which may stand which case is meant",
    f"{HOLE}: {HOLE}.": _FIELD_BY_FIELD,
    f"{HOLE}: {HOLE} ({HOLE}).": _FIELD_BY_FIELD,
    f"{HOLE} : {HOLE}.": _FIELD_BY_FIELD,
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
    "api.cli.writing.refused: sentence",  # the refusal that goes on record before it is told
    "api.http.app: error",  # of a body, field by field: told in both by `fitting`
    "api.http.commands.drafting: error",
    "api.http.bodies: error",
    "api.channels.mapping_files: file",  # what is wrong with a mapping, line by line and key by key
)
"""Places where a refusal is made of what says its own sentence."""
OF_CODE = {
    "RecordDecision", "ResolveCase", "application/json", "caseledger.entry/1", "ledger.db", "trees.db", "unrouted",
    f"{HOLE} version {HOLE}", f"{HOLE} (version {HOLE})", f"{HOLE} (schema {HOLE})",
    "from", "cursor", "Last-Event-ID", "after", "Host", "Authorization",
    "adjustments", "language", "purpose", "standing", "status", "disclosure_id", "release_id", "webhook_id",
    "director", "liaison", "records", "application/scim+json", "application/x-www-form-urlencoded",
    "multipart/form-data", "lat", "long",
    "channel", "region", "category", "type",  # of a mapping of requests: [values.region]
    "psql", "name=Ada", "phone=902-555-0188", f"case/{HOLE}",
    "page", "complete", "at", "on", "by", "until", "description", "ledger", "vault", "rb",
}  # fmt: skip
"""Words of the source that stand in sentences and are the same in both languages: names and codes."""
OF_VALUES = (
    "ledger.case",
    "ledger.registers",
    "ledger.times",
    "ledger.facts",
    "api.verbs",
    "api.channels.mail",
    "api.channels.directories",
)
"""Modules whose validators say what is wrong with a value that was sent."""
PUT_TOGETHER = {
    "cleared or waiting", "holding or clearing", "The database of this account", "The database {name}",
    "The database {name} (schema {schema})",
}  # fmt: skip
"""Phrases that are put together in the source, or kept by an object, so that nobody can read them there."""
SPOKEN, NAME = re.compile(r"[^\W\d_]{2}"), re.compile(r"--\w[\w-]*|[A-Z_]+|`.+`|\w+([._-]\w+)+")
SAMPLES = (
    "RDW", "R-02", "7ZK3Q-0M9TB-4", "'colour'", "2026-03-02", "12", "one, two", "none", "This",
    "2026-03-02T13:00:00.000000Z", "5f0c3a1e-7f2b-4d37-9f0e-1d2c3b4a5f60", "working_days", "case.open", "3 times",
)  # fmt: skip
"""What stands in sentences as a value."""

EVERY_CHAPTER = (*CHAPTERS, *OF_THE_COMMAND_LINE)


@cache
def source() -> Source:
    lines = (ROOT / "api" / "cli").rglob("*.py")
    starts = [dotted(each) for each in lines if each.stem not in ("__init__", "menu")]
    return Source(("api.http.app", *starts), without=tuple(NOT_OVER_HTTP))


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
        if not each.place.startswith(OF_A_TEXT)
        if not (each.said <= there or each.told <= there)
        for text in each.told - there
    }
    assert missing == {}


def test_what_is_refused_with_is_written_out_in_the_source() -> None:
    refusals()
    assert {*source().unread} == {*TOLD_ELSEWHERE}


def test_no_french_sentence_outlives_its_english_one() -> None:
    written = {text for each in refusals() for text in (*each.said, *each.told)}
    of_a_conflict = "Expected version {expected}, but the stream is at version {actual}: read it again and decide anew."
    of_the_edge = command_line_typed.SENTENCES.keys()
    meant = {
        each for each in SENTENCES if each.endswith(" meant?") and each.startswith("{sentence}")
    }
    unsaid = {each for each in SENTENCES if shape(each) not in written}
    assert unsaid - of_the_edge - meant == {of_a_conflict}
    assert IN_ENGLISH.keys() <= written


def test_a_french_sentence_says_each_value_of_its_english_one_and_no_other() -> None:
    for english, french in (*SENTENCES.items(), *PHRASES.items()):
        assert {*Template.read(french).holes} == {*Template.read(english).holes}, english


def test_each_sentence_stands_once() -> None:
    told = Counter(shape(each) for chapter in EVERY_CHAPTER for each in chapter.SENTENCES)
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
    dated = {f"1er {HOLE} {HOLE}", f"{HOLE} on {HOLE} ({HOLE})"}  # as `days.in_french` tells them
    known = {*shapes(), *map(shape, PHRASES), *codes, *OF_CODE, *dated}
    missing = {
        word: place
        for word, place in words().items()
        if SPOKEN.search(word) and not NAME.fullmatch(word) and word not in known
    }
    assert missing == {}


def test_no_french_phrase_outlives_its_english_one() -> None:
    of_fields = {english for english, _ in fitting.SENTENCES.values()}
    said = {*words(), *dict(source().unfitting(OF_VALUES)), *dict(source().reasons())}
    assert {each for each in PHRASES.keys() - of_fields if shape(each) not in said} == PUT_TOGETHER


def test_what_a_validator_says_of_a_value_has_its_french() -> None:
    known = {shape(each) for each in PHRASES}
    said = dict(source().unfitting(OF_VALUES))
    assert len(said) > 8
    assert {text: place for text, place in said.items() if text not in known} == {}


def test_why_something_is_set_aside_or_not_cosigned_has_its_french() -> None:
    known = {shape(each) for each in PHRASES}
    reasons = dict(source().reasons())
    assert len(reasons) > 20
    assert {text: place for text, place in reasons.items() if text not in known} == {}


def test_why_somebody_is_refused_has_its_words_in_french() -> None:
    assert {*acts.REFUSED.values(), *access.REFUSED.values()} <= PHRASES.keys()


def test_a_phrase_within_a_phrase_is_told_too() -> None:
    assert phrase_of("its time 'soon' lies outside the calendar") == (
        "son heure « soon » est hors du calendrier"
    )


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


def test_days_and_minutes_in_a_sentence_are_told_in_french_words() -> None:
    """They stood as 2026-03-02 09:30, and nobody was told by whose clock."""
    said = (
        "The case was received at 09:30 on 2 March 2026 (America/Halifax), so this cannot have happened before: "
        "give a later time."
    )
    assert french_of(said) == (
        "Le dossier a été reçu le 2 mars 2026 à 9 h 30 (America/Halifax), ceci n'a donc pu arriver avant : donnez un "
        "moment plus tardif."
    )
    assert value_in_french("day", "1 April 2026") == "1er avril 2026"
    assert value_in_french("days", "1 April 2026, 2 April 2026") == "1er avril 2026, 2 avril 2026"
    assert value_in_french("day", "may 2026") == "may 2026"
    lapsed = "The delegation DEL lapsed on 2 March 2026: cite one that is valid on 3 March 2026."
    assert french_of(lapsed) == (
        "La délégation DEL a expiré le 2 mars 2026 : citez-en une qui vaut le 3 mars 2026."
    )
