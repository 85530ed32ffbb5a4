"""What a client of SCIM is told of the service before it asks for anybody (RFC 7643, sections 5 to 7)."""

from __future__ import annotations

from typing import Any

from api.http.scim.users import LISTED_AT_MOST, STANDING, USER

_META = "urn:ietf:params:scim:schemas:core:2.0:"


def provider(base: str) -> dict[str, Any]:
    """What of SCIM is spoken here."""
    no = {"supported": False}
    return {
        "schemas": [f"{_META}ServiceProviderConfig"],
        "patch": {"supported": True},
        "bulk": {"supported": False, "maxOperations": 0, "maxPayloadSize": 0},
        "filter": {"supported": True, "maxResults": LISTED_AT_MOST},
        "changePassword": no,
        "sort": no,
        "etag": no,
        "authenticationSchemes": [
            {
                "type": "oauthbearertoken",
                "name": "Key of an integration",
                "description": "A key that the director issues, in the header Authorization.",
                "primary": True,
            }
        ],
        "meta": {
            "resourceType": "ServiceProviderConfig",
            "location": f"{base}/ServiceProviderConfig",
        },
    }


def resource_type(base: str) -> dict[str, Any]:
    """The one kind of resource."""
    return {
        "schemas": [f"{_META}ResourceType"],
        "id": "User",
        "name": "User",
        "endpoint": "/Users",
        "description": "Somebody of the office, under their code in its policy.",
        "schema": USER,
        "schemaExtensions": [{"schema": STANDING, "required": False}],
        "meta": {"resourceType": "ResourceType", "location": f"{base}/ResourceTypes/User"},
    }


def schemas(base: str) -> dict[str, dict[str, Any]]:
    """The schemas by their ids: what is kept of a user, and how they stand here."""
    user = (
        _attribute(
            "userName",
            "The code of a member of the policy; it never changes.",
            required=True,
            mutability="immutable",
            uniqueness="server",
        ),
        _attribute(
            "externalId",
            "Your own id of them, of which a keyed digest is kept: filter by it; it is not told again.",
            returned="never",
        ),
        _attribute("active", "False for whoever has left; nobody returns.", kind="boolean"),
        _attribute("groups", "The codes of their teams.", kind="complex", several=True),
        _attribute("roles", "The codes of their roles.", kind="complex", several=True),
    )
    standing = (
        _attribute(
            "standing",
            "member, left, proposed (nobody has published them yet) or withdrawn.",
            mutability="readOnly",
        ),
        _attribute("leftOn", "From which date on they are not there any more."),
        _attribute("successor", "The code of whoever takes over."),
    )
    said = ((USER, "User", user), (STANDING, "Standing", standing))
    return {
        schema: {
            "schemas": [f"{_META}Schema"],
            "id": schema,
            "name": name,
            "attributes": list(attributes),
            "meta": {"resourceType": "Schema", "location": f"{base}/Schemas/{schema}"},
        }
        for schema, name, attributes in said
    }


def _attribute(
    name: str,
    said: str,
    *,
    kind: str = "string",
    several: bool = False,
    required: bool = False,
    mutability: str = "readWrite",
    returned: str = "default",
    uniqueness: str = "none",
) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": name,
        "type": kind,
        "multiValued": several,
        "description": said,
        "required": required,
        "caseExact": True,
        "mutability": mutability,
        "returned": returned,
        "uniqueness": uniqueness,
    }
    if kind == "complex":
        found["subAttributes"] = [_attribute("value", "A code of the policy.")]
    return found
