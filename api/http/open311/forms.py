"""Forms of an answer: the same value as JSON, and as XML by the naming that GeoReport's two formats share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

import orjson
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] (lxml ships no types)

Form = Literal["json", "xml"]
MEDIA_TYPES: Mapping[Form, str] = {
    "json": "application/json; charset=utf-8",
    "xml": "text/xml; charset=utf-8",
}
_ONE_OF: Mapping[str, str] = {
    "attributes": "attribute",
    "endpoints": "endpoint",
    "errors": "error",
    "formats": "format",
    "service_request_updates": "request_update",
    "service_requests": "request",
    "service_requests_updates": "request_update",
    "services": "service",
    "values": "value",
}
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML 1.0 document may hold."""


def form_of(path: str) -> Form:
    """The form that an address asks for; XML, which every client knows, where it asks for none."""
    return "json" if path.endswith(".json") else "xml"


def rendered(root: str, said: Any, form: Form) -> bytes:
    """What is said, in a form; `root` names it in XML."""
    if form == "json":
        return orjson.dumps(said)
    return etree.tostring(_element(root, said), xml_declaration=True, encoding="utf-8")


def _element(name: str, said: Any) -> Any:
    found = etree.Element(name)
    match said:
        case None:
            pass
        case bool():
            found.text = "true" if said else "false"
        case Mapping():
            found.extend(_element(each, value) for each, value in said.items())
        case list() | tuple():
            found.extend(_element(_ONE_OF[name], each) for each in said)
        case _:
            found.text = _NO_XML.sub("\ufffd", str(said))
    return found
