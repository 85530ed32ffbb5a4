"""Bodies: what is sent and answered in SCIM, by the names of RFC 7643 and 7644, as the description tells them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from api.http.answering.shapes import Schema
from api.http.scim.settling import EXTERNAL_ID_AT_MOST
from api.http.scim.users import STANDING, Stands

_TEXT: Schema = {"type": "string"}
_TRUTH: Schema = {"type": "boolean"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_SCHEMAS: Schema = {
    "type": "array",
    "items": _TEXT,
    "description": "The URNs of what it says.",
}
_META: Schema = {
    "type": "object",
    "readOnly": True,
    "description": "Of which kind it is, and where it is read.",
    "properties": {"resourceType": _TEXT, "location": {**_TEXT, "format": "uri-reference"}},
}
_LIST_OF = "ScimListOf"


def named(name: str) -> Schema:
    """The reference to one of them."""
    return {"$ref": f"#/components/schemas/{name}"}


def list_of(name: str) -> Schema:
    """The reference to the list of some of them."""
    return named(f"{_LIST_OF}{name.removeprefix('Scim')}s")


def bodies() -> dict[str, Schema]:
    """All of them, by the names under which the description refers to them."""
    listed = ("ScimUser", "ScimResourceType", "ScimSchema")
    lists = {f"{_LIST_OF}{each.removeprefix('Scim')}s": _list(each) for each in listed}
    return {**_users(), **_operations(), **_of_the_service(), **lists, "ScimError": _ERROR}


def _object(said: str, properties: Mapping[str, Schema], *required: str) -> Schema:
    """An object that may hold more: what is not kept here is passed over, as clients do with what they do not know."""
    return {
        "type": "object",
        "description": said,
        "properties": dict(properties),
        **({"required": list(required)} if required else {}),
        "additionalProperties": True,
    }


def _codes(said: str) -> Schema:
    item = _object("One of them.", {"value": {**_TEXT, "description": "Its code."}}, "value")
    return {"type": "array", "items": item, "description": said}


def _users() -> dict[str, Schema]:
    kept: dict[str, Schema] = {
        "schemas": _SCHEMAS,
        "userName": {
            **_TEXT,
            "description": "The code of a member of the policy; it never changes.",
        },
        "active": {**_TRUTH, "description": "False for whoever has left; nobody returns."},
        "groups": _codes("Their teams, by the codes of the policy."),
        "roles": _codes("Their roles, by the codes of the policy."),
        STANDING: _standing(),
    }
    own = {
        **_TEXT,
        "maxLength": EXTERNAL_ID_AT_MOST,
        "writeOnly": True,
        "description": "Your own id of them: filter by it; it is not told again.",
    }
    sent = _object(
        "A user (RFC 7643, section 4.1) as it is sent.", {**kept, "externalId": own}, "userName"
    )
    of_it: dict[str, Schema] = {"id": {**_TEXT, "description": "Their userName."}, **kept}
    shown = _object(
        "A user (RFC 7643, section 4.1), with the attributes that were asked for.",
        {**of_it, "meta": _META},
        "schemas",
        "id",
    )
    return {"ScimUser": shown, "ScimUserBody": sent}


def _standing() -> Schema:
    return _object(
        "How they stand here.",
        {
            "standing": {
                "enum": [*get_args(Stands)],
                "readOnly": True,
                "description": "proposed: nobody has published them yet.",
            },
            "leftOn": {
                **_TEXT,
                "format": "date",
                "description": "From which date on they are not there any more.",
            },
            "successor": {**_TEXT, "description": "The code of whoever takes over."},
        },
    )


def _operations() -> dict[str, Schema]:
    operation = _object(
        "What changes; without a path the value is an object of attributes.",
        {
            "op": {
                "type": "string",
                "description": "add, replace or remove, in small or capital letters.",
                "examples": ["replace"],
            },
            "path": {
                **_TEXT,
                "description": 'An attribute, or one of several values: `roles[value eq "auditor"]`.',
            },
            "value": {"description": "What the attribute is to be."},
        },
        "op",
    )
    each = {
        "type": "array",
        "minItems": 1,
        "maxItems": 100,
        "items": operation,
        "description": "Done in their order, all or none.",
    }
    body = _object(
        "What changes of a user (RFC 7644, section 3.5.2).",
        {"schemas": _SCHEMAS, "Operations": each},
        "Operations",
    )
    return {"ScimPatchOp": body}


def _of_the_service() -> dict[str, Schema]:
    supported = _object("Whether this is spoken here.", {"supported": _TRUTH}, "supported")
    parts = ("patch", "bulk", "filter", "changePassword", "sort", "etag")
    scheme = _object("How to say who asks.", {"type": _TEXT, "name": _TEXT, "description": _TEXT})
    schemes = {"type": "array", "items": scheme, "description": "How to say who asks."}
    attribute = _object("An attribute.", {"name": _TEXT, "type": _TEXT, "multiValued": _TRUTH})
    return {
        "ScimServiceProviderConfig": _object(
            "What of SCIM is spoken here (RFC 7643, section 5).",
            {
                "schemas": _SCHEMAS,
                **dict.fromkeys(parts, supported),
                "authenticationSchemes": schemes,
                "meta": _META,
            },
            "schemas",
            *parts,
            "authenticationSchemes",
        ),
        "ScimResourceType": _object(
            "A kind of resource (RFC 7643, section 6).",
            {
                "schemas": _SCHEMAS,
                "id": _TEXT,
                "name": _TEXT,
                "endpoint": _TEXT,
                "description": _TEXT,
                "schema": _TEXT,
                "schemaExtensions": {
                    "type": "array",
                    "items": _object(
                        "An extension.", {"schema": _TEXT, "required": _TRUTH}, "schema", "required"
                    ),
                },
                "meta": _META,
            },
            "schemas",
            "name",
            "endpoint",
            "schema",
        ),
        "ScimSchema": _object(
            "What is kept of a resource (RFC 7643, section 7).",
            {
                "schemas": _SCHEMAS,
                "id": _TEXT,
                "name": _TEXT,
                "attributes": {"type": "array", "items": attribute},
                "meta": _META,
            },
            "schemas",
            "id",
            "attributes",
        ),
    }


def _list(name: str) -> Schema:
    return _object(
        "A page of them (RFC 7644, section 3.4.2).",
        {
            "schemas": _SCHEMAS,
            "totalResults": {**_COUNT, "description": "How many there are on all pages."},
            "startIndex": {"type": "integer", "description": "The place of the first one here."},
            "itemsPerPage": {**_COUNT, "description": "How many are here."},
            "Resources": {"type": "array", "items": named(name)},
        },
        "schemas",
        "totalResults",
        "Resources",
    )


_ERROR = _object(
    "What went wrong and what to do (RFC 7644, section 3.12).",
    {
        "schemas": _SCHEMAS,
        "status": {**_TEXT, "description": "The status, as a text."},
        "detail": {**_TEXT, "description": "One sentence that says what to do."},
        "scimType": {**_TEXT, "description": "The kind of error, where the standard has a word."},
    },
    "schemas",
    "status",
    "detail",
)
