"""The verbs of the directory: who is absent and who stands in, who is back, and who leaves."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from api.verbs.verb import Around, Verb
from ledger.errors import UnlawfulTransition
from ledger.policy.routing.presence import Directory
from ledger.registers.directory import EndAbsence, RecordAbsence, RecordLeaver


def _directory_id(around: Around) -> UUID:
    return around.ledger.directory_id


def today(around: Around) -> date:
    """The date at the office."""
    now = around.ledger.clock()
    version = around.policies.in_force(now)
    return version.compiled.calendars.days_of(version.policy.office.zone).date_of(now)


def _absence_to_end(around: Around) -> UUID:
    """The absence that somebody comes back from: the one that reaches this date, else the latest."""
    member, back_on = around.given["member"], around.given["back_on"]
    directory: Directory = around.ledger.directory()
    known = directory.absences.get(member, ())
    open_then = [each for each in known if each.until_on is None or each.until_on >= back_on]
    found = open_then or list(known)[-1:]
    if not found:
        raise UnlawfulTransition(
            f"No absence of {member} is recorded: there is none to end.", rule="ends-an-absence"
        )
    return found[0].absence_id


DIRECTORY_VERBS = {
    "absent": Verb(
        RecordAbsence,
        first=("member",),
        own="absence_id",
        told={"directory_id": _directory_id},
        found={"from_on": today},
        words={"until_on": "Its last date; unknown if it is left out."},
    ),
    "back": Verb(
        EndAbsence,
        first=("member",),
        told={"directory_id": _directory_id},
        found={"back_on": today, "absence_id": _absence_to_end},
    ),
    "leaver": Verb(
        RecordLeaver,
        first=("member",),
        told={"directory_id": _directory_id},
        found={"left_on": today},
    ),
}
"""Each verb of the directory with its command."""
