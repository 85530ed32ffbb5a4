"""Problems: every error of the house as RFC 9457 says it, in the caller's language, with a type that stays."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import orjson
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.responses import Response

from api.http.refusing.ways import said_over_http
from api.sentences.french import french_of, phrase_of
from ledger.errors import LedgerError, LedgerUnavailable, Refusal, VersionConflict
from ledger.input.fitting import said_in_french, said_of
from ledger.policy.document.problems import PolicyError, sentence_of
from ledger.policy.values import Language
from projections.answers import as_json

MEDIA_TYPE = "application/problem+json"
TYPES = "/problems/"

TITLES: Mapping[str, tuple[int, str, str]] = {
    "malformed-request": (400, "The request cannot be read.", "La requête est illisible."),
    "unauthenticated": (401, "It is not known who asks.", "On ne sait pas qui demande."),
    "not-authorised": (403, "This actor may not do this.", "Cet acteur n'y est pas autorisé."),
    "not-found": (404, "There is nothing at this address.", "Il n'y a rien à cette adresse."),
    "case-not-found": (
        404,
        "No such case is in this ledger.",
        "Ce dossier n'est pas dans le registre.",
    ),
    "party-not-found": (
        404,
        "No such party is in this ledger.",
        "Cette partie n'est pas dans le registre.",
    ),
    "disclosure-not-found": (
        404,
        "No such disclosure is in this ledger.",
        "Cette communication n'est pas dans le registre.",
    ),
    "method-not-allowed": (405, "This cannot be done here.", "Cela ne peut se faire ici."),
    "not-acceptable": (
        406,
        "No such form of the answer is offered.",
        "La réponse n'existe pas sous cette forme.",
    ),
    "refused": (409, "A rule forbids this.", "Une règle l'interdit."),
    "unlawful-transition": (
        409,
        "The case is not in a state in which this can happen.",
        "L'état du dossier ne le permet pas.",
    ),
    "beyond-calendar": (
        409,
        "The office's calendars do not reach so far.",
        "Les calendriers du bureau ne vont pas jusque-là.",
    ),
    "version-conflict": (
        412,
        "Somebody else wrote to this stream first.",
        "Quelqu'un d'autre a écrit avant vous.",
    ),
    "body-too-large": (413, "The body is too large.", "Le corps de la requête est trop grand."),
    "unsupported-media-type": (415, "The body is not JSON.", "Le corps n'est pas en JSON."),
    "invalid-command": (
        422,
        "What was asked cannot be understood.",
        "La demande est incompréhensible.",
    ),
    "invalid-policy": (
        422,
        "A policy cannot be understood.",
        "Une politique est incompréhensible.",
    ),
    "precondition-required": (
        428,
        "Say which version you have seen.",
        "Indiquez la version que vous avez vue.",
    ),
    "too-many-requests": (429, "Too much was asked at once.", "Trop de demandes à la fois."),
    "ledger-error": (
        500,
        "The ledger could not do what was asked.",
        "Le registre n'a pu faire ce qui était demandé.",
    ),
    "defect": (
        500,
        "Something went wrong on our side.",
        "Une erreur s'est produite de notre côté.",
    ),
    "integrity-failure": (
        500,
        "What is stored is not what was recorded.",
        "Ce qui est conservé n'est pas ce qui fut consigné.",
    ),
    "unreadable-entry": (
        500,
        "An entry cannot be read by this version.",
        "Cette version ne peut lire une inscription.",
    ),
    "ledger-unavailable": (
        503,
        "The ledger cannot be reached or written just now.",
        "Le registre est momentanément inaccessible.",
    ),
    "outcome-unknown": (
        503,
        "This may be recorded or not: ask again under the same key.",
        "Ceci est peut-être consigné : redemandez avec la même clé.",
    ),
    "timed-out": (503, "The answer took too long.", "La réponse a trop tardé."),
}
"""Each type by its code: its status, and its title in English and in French."""


_FIELD = re.compile(r"[a-z0-9_.-]{1,64}")
_TITLES_IN_FRENCH = {english: french for _, english, french in TITLES.values()}


class EdgeProblem(LedgerError):
    """A request is refused at the edge, before it becomes a command."""

    def __init__(
        self,
        code: str,
        sentence: str | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        **more: object,
    ) -> None:
        status, title, _ = TITLES[code]
        super().__init__(sentence or title)
        self.edge_code = code
        self.edge_status = status
        self.headers = headers or {}
        """What tells a program what to send instead."""
        self.more = more


class Unfitting(EdgeProblem):
    """What was sent does not fit, field by field; values are not repeated, since they may be personal."""

    def __init__(self, error: ValidationError | RequestValidationError) -> None:
        self.wrong = tuple(
            (
                _pointer(each["loc"]),
                english := said_of(each),
                said_in_french(each) or phrase_of(english),
            )
            for each in error.errors()
        )
        pointer, english, _ = self.wrong[0]
        super().__init__("invalid-command", f"{pointer}: {english}.")

    def in_language(self, language: Language) -> tuple[str | None, list[dict[str, str]]]:
        """The detail, and each field with what is wrong with it; no detail where one of them has no French."""
        place = 2 if language == "fr" else 1
        said = [(each[0], each[place]) for each in self.wrong]
        if any(what is None for _, what in said):
            return None, self.in_language("en")[1]
        colon = " :" if language == "fr" else ":"
        errors = [{"pointer": pointer, "detail": what or ""} for pointer, what in said]
        return f"{said[0][0]}{colon} {said[0][1]}.", errors


def sentence_in(sentence: str, language: Language) -> str:
    """What is said to whoever asks over HTTP, a refusal or not, told in their language and as it is done there."""
    told = french_of(sentence) if language == "fr" else None
    return said_over_http(
        sentence if told is None else told, language if told is not None else "en"
    )


def said_in(error: LedgerError, language: Language) -> tuple[str, Language]:
    """What an error says, as one does it over HTTP, and in which language: in English where there is no French."""
    if language == "fr":
        told = (
            error.in_language("fr")[0]
            if isinstance(error, Unfitting)
            else french_of(str(error)) or _TITLES_IN_FRENCH.get(str(error))
        )
        if told is not None:
            return said_over_http(told, "fr"), "fr"
    return said_over_http(str(error), "en"), "en"


def problem(error: LedgerError, *, language: Language, instance: str | None = None) -> Response:
    """The answer that says what went wrong and what to do, in English where there is no French for it."""
    code, status = code_of(error), status_of(error)
    detail, language = said_in(error, language)
    said: dict[str, Any] = {
        "type": f"{TYPES}{code}",
        "title": title_of(code, language),
        "status": status,
        "detail": detail,
        "code": code,
    }
    if instance is not None:
        said["instance"] = instance
    match error:
        case Refusal():
            said["rule"] = error.rule or None
            said["ground"] = as_json(error.ground)
        case VersionConflict():
            said |= {"expected": error.expected, "actual": error.actual}
        case PolicyError():
            said["errors"] = [
                {"pointer": f"/{error.file}", "detail": sentence_of(each, error.file)}
                for each in error.problems
            ]
        case Unfitting():
            said["errors"] = error.in_language(language)[1]
        case EdgeProblem():
            said |= as_json(error.more)
        case _:
            pass
    headers = {"Content-Language": language, "Cache-Control": "no-store"}
    if isinstance(error, EdgeProblem):
        headers |= error.headers
    if isinstance(error, LedgerUnavailable):
        headers["Retry-After"] = str(error.retry_after_seconds)
    elif code in ("timed-out", "too-many-requests"):
        headers["Retry-After"] = "5"
    return Response(orjson.dumps(said), status, headers, MEDIA_TYPE)


def title_of(code: str, language: Language) -> str:
    """The title of a type of problem."""
    _, english, french = TITLES[code]
    return french if language == "fr" else english


def _pointer(steps: tuple[int | str, ...]) -> str:
    """Where a field stands, as a JSON pointer (RFC 6901); a name in it that is none of ours is left out."""
    return "/" + "/".join(step_of(part) for part in steps)


def step_of(part: int | str) -> str:
    """A step of a pointer as it may be repeated: a place or the name of a field, since a name can be anybody's."""
    said = str(part)
    return said if _FIELD.fullmatch(said) else "…"


def code_of(error: LedgerError) -> str:
    """The code of the type of problem that an error is."""
    return error.edge_code if isinstance(error, EdgeProblem) else type(error).code


def status_of(error: LedgerError) -> int:
    """The HTTP status of an error."""
    return error.edge_status if isinstance(error, EdgeProblem) else type(error).status
