"""Fitting: what of a value does not fit its field, in our own words and both languages, never in a library's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from pydantic import ValidationError

Said = tuple[str, str]
"""In English and in French."""

_OURS = frozenset({"value_error", "assertion_error"})
_TEXT = ("must be a text", "doit être un texte")
_WHOLE = ("must be a whole number", "doit être un nombre entier")
_NUMBER = ("must be a number", "doit être un nombre")
_YES_OR_NO = ("must be yes or no (true or false)", "doit être oui ou non (true ou false)")
_UUID = ("must be a UUID", "doit être un UUID")
_DATE = ("must be a date, such as 2026-03-31", "doit être une date, telle que 2026-03-31")
_INSTANT = (
    "must be an instant with its offset, such as 2026-03-02T13:00:00Z",
    "doit être un instant avec son décalage, tel que 2026-03-02T13:00:00Z",
)
_LIST = ("must be a list", "doit être une liste")
_OBJECT = ("must be an object of names and values", "doit être un objet de noms et de valeurs")
_ONE_OF = ("must be one of {expected}", "doit être l'une de ces valeurs : {expected}")
_AT_LEAST = ("must be {limit} or more", "doit être {limit} ou plus")
_AT_MOST = ("must be {limit} or less", "doit être {limit} ou moins")
_ABOVE = ("must be more than {limit}", "doit être plus que {limit}")
_BELOW = ("must be less than {limit}", "doit être moins que {limit}")
_OTHERWISE = (
    "is not written as this field is: see its description",
    "n'est pas écrit comme ce champ l'exige : voyez sa description",
)

_LANGUAGE = (
    "must be the tag of a language, such as en, mic or fr-CA",
    "doit être l'étiquette d'une langue, telle que en, mic ou fr-CA",
)

WRITTEN_AS: Mapping[str, Said] = {
    r"^[0-9a-f]{64}$": (
        "must be a SHA-256 in hexadecimal: 64 characters, 0 to 9 and a to f",
        "doit être un SHA-256 en hexadécimal : 64 caractères, de 0 à 9 et de a à f",
    ),
    r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$": _LANGUAGE,
    r"^([a-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$": _LANGUAGE,
    r"^https?://[!-~]+$": (
        "must be an address that begins with https://, without blanks and in ASCII",
        "doit être une adresse qui commence par https://, sans espaces et en ASCII",
    ),
    r"^[A-Za-z0-9][A-Za-z0-9_.-]*$": (
        "must be a code: a letter or digit, then letters, digits, dots, hyphens and underscores, such as RDW-POT",
        "doit être un code : lettres, chiffres, points, traits d'union et traits bas, tel que RDW-POT",
    ),
    r"^[A-Za-z0-9][A-Za-z0-9_./:+-]*$": (
        "must be a code and no name: a letter or digit, then letters, digits and any of _ . / : + -, such as R-02",
        "doit être un code et non un nom : lettres, chiffres et ces signes : _ . / : + -, tel que R-02",
    ),
    r"^[A-Za-z0-9_.{}-]+$": (
        "must be the code of a team, or one with a field in braces, such as RDW-{region}",
        "doit être le code d'une équipe, ou un code avec un champ entre accolades, tel que RDW-{region}",
    ),
    r"^[a-z][a-z0-9_]*$": (
        "must be a code in lower case: a letter, then letters, digits and underscores",
        "doit être un code en minuscules : une lettre, puis des lettres, des chiffres et des traits bas",
    ),
    r"^[A-Z]{3}$": (
        "must be the code of a currency by ISO 4217, three capital letters such as CAD",
        "doit être le code d'une monnaie selon ISO 4217, trois lettres majuscules telles que CAD",
    ),
    r"^[a-z0-9][a-z0-9_.-]*$": (
        "must be a code in lower case: a letter or digit, then letters, digits, dots, hyphens and underscores",
        "doit être un code en minuscules : lettres, chiffres, points, traits d'union et traits bas",
    ),
}
"""By the pattern that a text does not fit: how it is written, for whoever reads no patterns."""

SENTENCES: Mapping[str, Said] = {
    "missing": ("is missing: give it", "manque : donnez-le"),
    "extra_forbidden": ("is not known here: leave it out", "n'est pas connu ici : omettez-le"),
    "none_required": ("must be left out", "doit être omis"),
    "string_type": _TEXT,
    "string_unicode": _TEXT,
    "string_too_short": (
        "must have {min_length} or more characters",
        "doit compter {min_length} caractères ou plus",
    ),
    "string_too_long": (
        "must have {max_length} characters at most",
        "doit compter {max_length} caractères au plus",
    ),
    "string_pattern_mismatch": _OTHERWISE,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": _WHOLE,
    "int_from_float": _WHOLE,
    "fraction": (
        "must be a whole number without a point, and money whole cents, such as 500 for 5.00",
        "doit être un nombre entier sans point, et une somme des cents entiers, tels que 500 pour 5,00",
    ),
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "bool_type": _YES_OR_NO,
    "bool_parsing": _YES_OR_NO,
    "uuid_type": _UUID,
    "uuid_parsing": _UUID,
    "uuid_version": _UUID,
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "datetime_type": _INSTANT,
    "datetime_parsing": _INSTANT,
    "datetime_object_invalid": _INSTANT,
    "datetime_from_date_parsing": _INSTANT,
    "timezone_aware": _INSTANT,
    "literal_error": _ONE_OF,
    "enum": _ONE_OF,
    "greater_than_equal": _AT_LEAST,
    "less_than_equal": _AT_MOST,
    "greater_than": _ABOVE,
    "less_than": _BELOW,
    "too_short": ("needs at least {min_length}", "en demande au moins {min_length}"),
    "too_long": ("may have {max_length} at most", "en admet {max_length} au plus"),
    "list_type": _LIST,
    "tuple_type": _LIST,
    "set_type": _LIST,
    "frozen_set_type": _LIST,
    "dict_type": _OBJECT,
    "mapping_type": _OBJECT,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "dataclass_type": _OBJECT,
    "is_instance_of": _OTHERWISE,
    "path_type": ("must name a file", "doit nommer un fichier"),
    "union_tag_not_found": _OTHERWISE,
    "union_tag_invalid": _OTHERWISE,
}
"""By the library's code of what is wrong: our sentence, after the name of the field."""


TOO_BIG = 2**53
"""Canonical JSON holds no whole number from here on."""


def too_big_in(said: Mapping[str, Any]) -> str | None:
    """The name of the first field that holds a whole number which no entry can; None if none does."""
    return next((name for name, value in said.items() if _is_too_big(value)), None)


def _is_too_big(value: object) -> bool:
    if isinstance(value, Mapping):
        return any(map(_is_too_big, cast("Mapping[object, object]", value).values()))
    if isinstance(value, list | tuple):
        return any(map(_is_too_big, cast("Sequence[object]", value)))
    return isinstance(value, int) and abs(value) >= TOO_BIG


def first_of(error: ValidationError) -> tuple[str, str]:
    """The first field that something does not fit, by its steps, and what is wrong with it."""
    wrong = error.errors(include_url=False, include_input=False)[0]
    return ".".join(str(step) for step in wrong["loc"]), said_of(wrong)


def said_of(wrong: Mapping[str, Any]) -> str:
    """What is wrong with a field, to be said after its name, without a full stop."""
    if wrong["type"] in _OURS:
        return str(wrong.get("ctx", {}).get("error", wrong["msg"])).rstrip(".")
    return _sentence_of(wrong, 0)


def said_in_french(wrong: Mapping[str, Any]) -> str | None:
    """The same in French; None for what a validator of ours says, which is in English alone."""
    if wrong["type"] in _OURS:
        return None
    return _sentence_of(wrong, 1)


def _sentence_of(wrong: Mapping[str, Any], language: int) -> str:
    context: Mapping[str, Any] = wrong.get("ctx", {})
    if (written := WRITTEN_AS.get(context.get("pattern", ""))) is not None:
        return written[language]
    return SENTENCES.get(wrong["type"], _OTHERWISE)[language].format_map(_named(context))


def _named(context: Mapping[str, Any]) -> dict[str, Any]:
    limit = next((context[name] for name in ("ge", "gt", "le", "lt") if name in context), "")
    expected = str(context.get("expected", "")).replace(" or ", ", ").replace("'", "")
    return {**context, "limit": limit, "expected": expected}
