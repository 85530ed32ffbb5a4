"""A city's endpoint for each test module, and the specification's own schemas where they are."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from tests.api.http.served import Served, serving
from tests.ledgers import place_in
from tests.open311.city import Application, application

_SCHEMAS = (
    Path(os.environ.get("CASELEDGER_DATA") or Path(__file__).parents[3] / "shared" / "data")
    / "open311"
    / "schemas"
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An office served from embedded stores."""
    with serving(place_in(tmp_path_factory.mktemp("city"))) as found:
        yield found


@pytest.fixture(scope="module")
def city(served: Served) -> Application:
    """The application of the city, which has a key."""
    return application(served)


@pytest.fixture
def anybody(served: Served) -> Application:
    """Somebody without a key."""
    return Application(served, None)


@pytest.fixture(scope="session")
def fits() -> Callable[[str, Any], None]:
    """Holds an answer against a schema of the specification, by the schema's name."""
    if not _SCHEMAS.is_dir():
        pytest.skip(
            "the schemas of Open311 are absent: put them at ../shared/data or name it in CASELEDGER_DATA"
        )
    schemas = {path.name: json.loads(path.read_text("utf-8")) for path in _SCHEMAS.glob("*.json")}
    registry = Registry[Any]().with_resources(
        (name, Resource.from_contents(schema, default_specification=DRAFT202012))
        for name, schema in schemas.items()
    )

    def check(name: str, said: Any) -> None:
        validator = Draft202012Validator(
            schemas[name], registry=registry, format_checker=FormatChecker()
        )
        assert [error.message for error in validator.iter_errors(said)] == []

    return check
