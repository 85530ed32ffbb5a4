"""Bodies: what is sent with a command, as a model made from the command's own fields, and read without mercy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any, TypeVar

import orjson
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, create_model
from pydantic.fields import FieldInfo
from starlette.requests import Request as HttpRequest

from api.http.refusing.problems import EdgeProblem, Unfitting, step_of
from api.moments import refuse_unmeant
from api.unwelcome import UNWELCOME
from api.verbs import CASE_NAMED, CASES_NAMED, Verb
from api.verbs.field_words import said_of
from ledger.input.given_twice import given_twice
from ledger.input.quoting import quoted

M = TypeVar("M", bound=BaseModel)
_JSON = "application/json"
_AS_IT_IS = "identity"
_DEEP_AT_MOST = 32
_SAID_HERE = {
    "; repeat for each": "",
    "NAME=VALUE, ": "By name, ",
    "DATE=PERCENT, ": "By date in percent, ",
    " such as phone=902-555-0188": " such as phone",
    ": an instant, or a date (the end of that day at the office)": ": an instant with its offset",
    ": an instant, or a date (the end of that day)": ": an instant with its offset",
    ": an instant, or a date": ": an instant with its offset",
}
"""What the help of the command line says of how something is written, as JSON has it."""


class Body(BaseModel):
    """What comes with a command; `happened_at` is when it happened, if not just now."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    happened_at: AwareDatetime | None = Field(
        default=None, description="When it happened, with its offset from UTC, if not just now."
    )


def body_of(verb: Verb, *, in_path: frozenset[str]) -> type[Body]:
    """The model of what is sent with a verb; what stands in the address is not repeated."""
    fields: dict[str, Any] = {
        name: _field(
            name, asked, said=said_of(name, verb.words, asked), optional=name in verb.found
        )
        for name, asked in verb.asked_for.items()
        if name not in in_path
    }
    return create_model(
        f"{verb.command.__name__}Body", __base__=Body, __doc__=verb.command.__doc__, **fields
    )


def _field(name: str, asked: FieldInfo, *, said: str, optional: bool) -> Any:
    kind: Any = asked.annotation
    if name in CASE_NAMED:
        kind = str
    elif name in CASES_NAMED:
        kind = tuple[str, ...]
    if kind is asked.annotation and asked.metadata:
        kind = Annotated[kind, *asked.metadata]
    for on_the_command_line, over_http in _SAID_HERE.items():
        said = said.replace(on_the_command_line, over_http)
    if optional:
        return kind | None, Field(default=None, description=said)
    if asked.is_required():
        return kind, Field(description=said)
    if name in CASE_NAMED:
        return kind | None, Field(default=None, description=said)
    return kind, Field(default=asked.get_default(call_default_factory=True), description=said)


def expect_json(request: HttpRequest) -> None:
    """Refuses a body that says to be of another kind."""
    said = request.headers.get("content-type", _JSON).partition(";")[0].strip().lower()
    if said != _JSON:
        raise EdgeProblem(
            "unsupported-media-type", f"Send the body as {_JSON}.", headers={"Accept": _JSON}
        )
    if request.headers.get("content-encoding", _AS_IT_IS).strip().lower() != _AS_IT_IS:
        raise EdgeProblem(
            "unsupported-media-type",
            "Send the body as it is, without a Content-Encoding.",
            headers={"Accept-Encoding": _AS_IT_IS},
        )


def read_body(model: type[M], raw: bytes) -> M:
    """What was sent, as the model has it; EdgeProblem says what does not fit, and where."""
    readable(raw)
    try:
        found = model.model_validate_json(raw or b"{}")
    except ValidationError as error:
        raise Unfitting(error) from error
    for name in found.model_fields_set:
        _refuse_unmeant(getattr(found, name), f"/{step_of(name)}")
    return found


def _refuse_unmeant(value: Any, pointer: str) -> None:
    """Refuses a date or an instant that nobody can mean, wherever it stands."""
    match value:
        case date():
            refuse_unmeant(value, option=pointer)
        case BaseModel():
            for name in value.model_fields_set:
                _refuse_unmeant(getattr(value, name), f"{pointer}/{name}")
        case Mapping():
            for name, each in value.items():
                _refuse_unmeant(each, f"{pointer}/{step_of(str(name))}")
        case list() | tuple():
            for place, each in enumerate(value):
                _refuse_unmeant(each, f"{pointer}/{place}")
        case _:
            pass


def readable(raw: bytes, *, twice: Callable[[bytes], str | None] = given_twice) -> Any:
    """The JSON of a body; EdgeProblem where it is none, is too deep, or holds what no text may hold.

    `twice` finds a key that it gives twice, which nobody can understand.
    """
    try:
        said = orjson.loads(raw or b"{}")
    except orjson.JSONDecodeError as error:
        raise EdgeProblem(
            "malformed-request", f"The body is not JSON in UTF-8 ({error}): send an object."
        ) from error
    if not isinstance(said, dict):
        raise EdgeProblem("invalid-command", "The body is JSON but no object: send { … }.")
    refuse_unwelcome(said)
    if raw and (name := twice(raw)) is not None:
        raise EdgeProblem(
            "malformed-request",
            f"The body gives {quoted(name, otherwise='a key')} more than once in one object, and either could be "
            "meant: give it once.",
        )
    return said


def refuse_unwelcome(value: Any, pointer: str = "", depth: int = 0) -> None:
    """Refuses JSON that is too deep, or holds what makes a text look other than it is."""
    if depth > _DEEP_AT_MOST:
        raise EdgeProblem(
            "invalid-command", f"The body is nested deeper than {_DEEP_AT_MOST}: send it flatter."
        )
    match value:
        case str():
            if found := UNWELCOME.search(value):
                raise EdgeProblem(
                    "invalid-command",
                    f"{pointer or '/'}: holds the control character U+{ord(found.group()):04X}, which makes "
                    "a text look other than it is: send it without.",
                )
        case Mapping():
            for name, each in value.items():
                refuse_unwelcome(name, pointer, depth + 1)
                refuse_unwelcome(each, f"{pointer}/{step_of(str(name))}", depth + 1)
        case list():
            for place, each in enumerate(value):
                refuse_unwelcome(each, f"{pointer}/{place}", depth + 1)
        case _:
            pass
