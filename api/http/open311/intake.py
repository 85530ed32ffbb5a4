"""Intake by GeoReport: a request becomes a case, its sender a party, and what no field takes a note."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from api.http.open311.arguments import CONTROLS, Arguments
from api.http.open311.services import attribute_codes, must_be_given, offered
from api.http.open311.uploads import Upload
from ledger.case.contact.contacts import AddNote, LogContact
from ledger.case.contact.filing import AddRecordItem
from ledger.case.intake.opening import OpenCase
from ledger.case.known.answers import Answer, said_in_kind, unfit
from ledger.errors import InvalidCommand
from ledger.ids import derived_uuid
from ledger.personal.originals import CUSTODIAN, place_kept
from ledger.policy.calendars.zones import LocalDays
from ledger.policy.checking import asked_by
from ledger.policy.document.open311 import Given
from ledger.policy.document.policy import Policy, RequestType
from ledger.policy.in_force import PolicyVersion
from ledger.policy.telling.offering import open311_channel, taking_field, update_kind
from ledger.registers.people.parties import RecordParty
from ledger.times import EPOCH

SOURCE = "open311"
_DEGREES = re.compile(r"[+-]?\d{1,3}(?:\.\d{1,15})?")
_WEB = re.compile(r"https?://[^\s<>\"]{1,2000}", re.IGNORECASE)
_NAMED, _REACHED_BY = ("first_name", "last_name"), ("email", "phone")
_OF_A_PARTY = (*_NAMED, *_REACHED_BY)


@dataclass(frozen=True, slots=True)
class Ids:
    """The ids of what one request records: those of the first time stand, whatever is made when it is sent again."""

    command_id: UUID
    new_id: Callable[[], UUID]

    def derived(self, what: str) -> UUID:
        """The id of something that follows from the command, the same each time."""
        return derived_uuid(EPOCH, f"open311-{what}", str(self.command_id))


@dataclass(frozen=True, slots=True)
class Intake:
    """What is asked of the ledger for one request."""

    opening: OpenCase
    party: RecordParty | None
    note: AddNote | None


def intake_of(
    arguments: Arguments, version: PolicyVersion, ids: Ids, *, language: str | None
) -> Intake:
    """The commands of a request; InvalidCommand or NothingThere say in one sentence what is wrong with it."""
    policy = version.policy
    code = arguments.one("service_code")
    if code is None:
        raise InvalidCommand("service_code was not provided: ask for the list of services.")
    kind, _ = offered(policy, code)
    _refuse_placeless(arguments)
    days = version.compiled.calendars.days_of(policy.office.zone)
    answers = dict(_attributes(arguments, policy, kind, days))
    _refuse_incomplete(policy, kind, answers)
    taken, besides = set(CONTROLS), list[str]()
    for given, said, arguments_of_it in _given_texts(arguments, policy):
        field = taking_field(policy, given)
        if field is not None and field not in answers:
            answers[field] = said
            taken.update(arguments_of_it)
            besides += [f"{given}: {each}" for each in arguments.each(given)[1:]]
    if language is not None:
        answers = {**dict(_in_language(policy, kind, language)), **answers}
    party = _party(arguments, ids)
    if party is not None:
        taken.update(_OF_A_PARTY)
    opening = OpenCase(
        case_id=ids.new_id(),
        channel=open311_channel(policy) or "",
        request_type=code,
        language=language,
        requester=party.party_id if party else None,
        answers=answers,
        source=SOURCE,
        external_id=arguments.one("external_id"),
    )
    rest = [
        *besides,
        *_rest(arguments, taken | {"external_id"}),
        *_unasked(arguments, asked_by(policy, kind)),
    ]
    return Intake(opening, party, _note(opening.case_id, rest, ids))


def _note(case_id: UUID, lines: list[str], ids: Ids) -> AddNote | None:
    if not lines:
        return None
    return AddNote(case_id=case_id, note_id=ids.derived("note"), text="\n".join(lines))


def items_of(uploads: Sequence[Upload], ids: Ids, *, case_id: UUID) -> tuple[AddRecordItem, ...]:
    """Each file that came with it as a record item of its case, kept here as it came."""
    return tuple(
        AddRecordItem(
            case_id=case_id,
            item_id=item_id,
            digest=upload.digest,
            media_type=upload.media_type,
            size_bytes=len(upload.raw),
            custodian=CUSTODIAN,
            place_kept=place_kept(item_id),
            title=upload.name or None,
            source=SOURCE,
        )
        for number, upload in enumerate(uploads)
        for item_id in (ids.derived(f"upload-{number}"),)
    )


def update_of(arguments: Arguments, policy: Policy, ids: Ids, *, case_id: UUID) -> LogContact:
    """The contact that an update of a request is logged as, in the words of whoever sent it."""
    description = arguments.one("description")
    kind = update_kind(policy)
    if description is None:
        raise InvalidCommand("description was not provided: say what is new about the request.")
    if kind is None:
        raise InvalidCommand("This office takes no updates of requests: call it instead.")
    rest = _rest(arguments, CONTROLS | {"description", "service_request_id"})
    return LogContact(
        case_id=case_id,
        contact_id=ids.derived("contact"),
        direction="inbound",
        channel=open311_channel(policy) or "",
        kinds=(kind,),
        words="\n".join([description, *rest]),
    )


def _refuse_placeless(arguments: Arguments) -> None:
    """One of lat and long, address_string or address_id must be there, and degrees must be such."""
    lat, long = arguments.one("lat"), arguments.one("long")
    if (lat is None) != (long is None):
        raise InvalidCommand("lat and long go together: send both, or an address_string.")
    if not (lat or arguments.one("address_string") or arguments.one("address_id")):
        raise InvalidCommand(
            "No place was provided: send lat and long, or address_string, or address_id."
        )
    for name, said, most in (("lat", lat, 90), ("long", long, 180)):
        if said is not None and not (_DEGREES.fullmatch(said) and abs(float(said)) <= most):
            raise InvalidCommand(f"{name}: send degrees from -{most} to {most}, such as 44.6488.")
    if not all(_WEB.fullmatch(each) for each in arguments.each("media_url")):
        raise InvalidCommand("media_url: send an address that begins with https:// or http://.")


def _attributes(
    arguments: Arguments, policy: Policy, kind: RequestType, days: LocalDays
) -> Iterator[tuple[str, Answer]]:
    """The answers to fields that the type asks."""
    for code in asked_by(policy, kind):
        values = dict.fromkeys(arguments.attributes.get(code, ()))
        if len(values) > 1:
            raise InvalidCommand(
                f"attribute[{code}] takes one value, and {len(values)} were sent: send one."
            )
        for said in values:
            field = policy.fields[code]
            answer = said_in_kind(field, said, days.date_of, currency=policy.office.currency)
            if (wanted := unfit(field, answer, written=True)) is not None:
                raise InvalidCommand(f"attribute[{code}] must be {wanted}.")
            yield code, answer


def _refuse_incomplete(policy: Policy, kind: RequestType, answers: Mapping[str, Answer]) -> None:
    for code in attribute_codes(policy, kind):
        if code not in answers and must_be_given(policy, kind, code):
            raise InvalidCommand(
                f"attribute[{code}] was not provided, and this service requires it: "
                f"{policy.fields[code].en}"
            )


def _given_texts(
    arguments: Arguments, policy: Policy
) -> Iterator[tuple[Given, str, tuple[str, ...]]]:
    """What was given by arguments, each in one text, with the arguments that it is made of."""
    for given, names in _MADE_OF.items():
        if given == "place":
            names = tuple(name for name in _PLACE if taking_field(policy, name) is None)
        there = {name: said for name in names if (said := _given(arguments, name)) is not None}
        if there:
            yield given, _in_one(given, there), tuple(there)


_PLACE: tuple[Given, ...] = ("address_string", "address_id", "lat", "long")
_MADE_OF: Mapping[Given, tuple[str, ...]] = {
    "name": _NAMED,
    "contact": _REACHED_BY,
    "place": _PLACE,
    **{each: (each,) for each in _PLACE},
    "description": ("description",),
    "media_url": ("media_url",),
    "device_id": ("device_id",),
    "account_id": ("account_id",),
}
"""Of which arguments each thing given is made."""


def _given(arguments: Arguments, name: str) -> str | None:
    """The value of an argument; of pictures, of which there may be several, the first one's."""
    if name == "media_url":
        return next(iter(arguments.each(name)), None)
    return arguments.one(name)


def _in_one(given: Given, there: Mapping[str, str]) -> str:
    if given == "name":
        return " ".join(there.values())
    if given == "place" and "lat" in there and "long" in there:
        there = {**there, "lat": f"{there['lat']}, {there['long']}"}
        del there["long"]
    return "; ".join(there.values())


def _in_language(policy: Policy, kind: RequestType, language: str) -> Iterator[tuple[str, Answer]]:
    """The language that a client asks for, where a field of the type takes it."""
    for code in asked_by(policy, kind):
        field = policy.fields[code]
        if field.sets_language and language in field.choices:
            yield code, language


def _party(arguments: Arguments, ids: Ids) -> RecordParty | None:
    """Whoever sent it, as they say of themselves; nobody where they say nothing."""
    names = (arguments.one(name) for name in _NAMED)
    name = " ".join(each for each in names if each)
    contact = {each: said for each in _REACHED_BY if (said := arguments.one(each)) is not None}
    if not name and not contact:
        return None
    return RecordParty(party_id=ids.new_id(), name=name or None, contact=contact or None)


def _rest(arguments: Arguments, taken: frozenset[str] | set[str]) -> list[str]:
    """A line for each argument that nothing has taken."""
    return [
        f"{name}: {said}"
        for name, values in arguments.plain.items()
        if name not in taken
        for said in dict.fromkeys(values)
    ]


def _unasked(arguments: Arguments, asked: tuple[str, ...]) -> list[str]:
    """A line for each attribute that the service does not ask."""
    return [
        f"attribute[{code}]: {said}"
        for code, values in arguments.attributes.items()
        if code not in asked
        for said in values
    ]
