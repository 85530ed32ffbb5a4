"""The routes of all commands: every verb at its address."""

from __future__ import annotations

from api.http.addresses import ADDRESSES
from api.http.commands.asked_of import Written
from api.http.commands.writing import add_write
from api.http.routing.routes import Routes
from api.verbs import VERBS


def command_routes() -> Routes:
    """Every verb at its address."""
    routes = Routes(prefix="/v1", tag="Commands")
    for name, address in ADDRESSES.items():
        verb = VERBS[name]
        add_write(
            routes,
            address.path,
            Written(verb, address.act, address.fields_of(verb), address.in_order),
            summary=(verb.command.__doc__ or "").partition("\n")[0].rstrip("."),
            example=address.example,
        )
    return routes


def case_acts() -> tuple[str, ...]:
    """The acts of all verbs that are asked of a case."""
    return tuple(ADDRESSES[name].act for name, verb in VERBS.items() if verb.of_a_case)
