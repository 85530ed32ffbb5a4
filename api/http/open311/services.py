"""Services: the request types that a policy offers, and the attributes that each asks for besides GeoReport's own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from api.http.open311.errors import NothingThere
from ledger.policy.checking import asked_by
from ledger.policy.document.conditions import FieldKind
from ledger.policy.document.open311 import Given, OfferedService
from ledger.policy.document.policy import AskedField, Policy, RequestType
from ledger.policy.telling.offering import taking_field
from ledger.policy.values import Language

_DATATYPES: dict[FieldKind, str] = {
    "text": "text",
    "item": "string",
    "number": "number",
    "money": "number",
    "date": "datetime",
    "yes_no": "singlevaluelist",
    "choice": "singlevaluelist",
}
_YES_NO = (("true", "Yes", "Oui"), ("false", "No", "Non"))
_DESCRIBED: dict[FieldKind, tuple[str, str]] = {
    "number": ("A whole number", "Un nombre entier"),
    "money": ("An amount, such as 1250 or 1250.00", "Un montant, comme 1250 ou 1250,00"),
    "date": ("A date, such as 2026-03-31", "Une date, comme 2026-03-31"),
}


def offered(policy: Policy, code: str) -> tuple[RequestType, OfferedService]:
    """A request type that is offered, and how; NothingThere for every other code."""
    service = policy.open311.services.get(code)
    if service is None:
        raise NothingThere("No service has this service_code: ask for the list of services.")
    return policy.types[code], service


def services(policy: Policy, language: Language) -> list[dict[str, Any]]:
    """Every service that is offered."""
    found: list[dict[str, Any]] = []
    for code, service in sorted(policy.open311.services.items()):
        kind = policy.types[code]
        found.append(
            {
                "service_code": code,
                "service_name": kind.say(language),
                "description": service.about.say(language) if service.about else None,
                "metadata": any(True for _ in attribute_codes(policy, kind)),
                "type": "batch" if service.by_token else "realtime",
                "keywords": service.keywords.say(language) if service.keywords else None,
                "group": policy.programmes[kind.programme].say(language),
            }
        )
    return found


def definition(policy: Policy, code: str, language: Language) -> dict[str, Any]:
    """The attributes of a service, in the order in which they are asked."""
    kind, _ = offered(policy, code)
    codes = attribute_codes(policy, kind)
    attributes = [
        _attribute(policy, kind, each, order, language) for order, each in enumerate(codes, start=1)
    ]
    return {"service_code": code, "attributes": attributes}


def attribute_codes(policy: Policy, kind: RequestType) -> Iterator[str]:
    """The fields of a type that no argument of GeoReport fills."""
    filled = {taking_field(policy, given) for given in get_args(Given)}
    return (code for code in asked_by(policy, kind) if code not in filled)


def must_be_given(policy: Policy, kind: RequestType, code: str) -> bool:
    """Whether a request without this attribute is refused: what is asked in some cases only is asked for later."""
    field = policy.fields[code]
    required = code in kind.required or code in policy.office.asks
    return required and field.when is None and not field.sets_language


def _attribute(
    policy: Policy, kind: RequestType, code: str, order: int, language: Language
) -> dict[str, Any]:
    field = policy.fields[code]
    described = _DESCRIBED.get(field.kind)
    help_said = field.help.say(language) if field.help else None
    found: dict[str, Any] = {
        "variable": True,
        "code": code,
        "datatype": _DATATYPES[field.kind],
        "required": must_be_given(policy, kind, code),
        "datatype_description": described[language == "fr"] if described else help_said,
        "order": order,
        "description": field.say(language),
    }
    if values := _values(field, language):
        found["values"] = values
    return found


def _values(field: AskedField, language: Language) -> list[dict[str, str]]:
    if field.kind == "yes_no":
        return [
            {"key": key, "name": french if language == "fr" else english}
            for key, english, french in _YES_NO
        ]
    return [{"key": key, "name": words.say(language)} for key, words in field.choices.items()]
