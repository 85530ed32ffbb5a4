"""What a row of an export asks of the ledger: a case, whoever asks, and a note of what nothing here takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from api.channels.histories import CalledSo, Finding
from api.channels.imported_ids import requested_as
from api.channels.request_mapping import RequestMapping
from api.channels.rows import LogRow, shown
from ledger.case.contact.contacts import AddNote
from ledger.case.intake.opening import OpenCase
from ledger.case.known.answers import Answer, said_in_kind, unfit
from ledger.errors import InvalidCommand
from ledger.policy.document.policy import TRIAGE, Channel, Policy
from ledger.policy.in_force import PolicyVersion
from ledger.registers.people.parties import RecordParty
from ledger.service import Ledger
from ledger.times import EPOCH


@dataclass(frozen=True, slots=True)
class RequestIds:
    """The ids that a row always gives: they come from the source and what the source calls the request, keyed."""

    ledger: Ledger
    source: str
    external_id: str
    row: str
    """The digest of the row: what is put right after it was refused is asked anew."""

    def __call__(self, what: str, *, at: datetime = EPOCH) -> UUID:
        """The id of something that follows from the row."""
        return self.ledger.derived_id(
            at, f"request-{what}", self.source, self.external_id, self.row
        )

    @property
    def opens(self) -> UUID:
        """The id of the command that opens its case, whatever the row says."""
        return requested_as(self.ledger, self.source, self.external_id)


@dataclass(frozen=True, slots=True)
class RowAsked:
    """The commands of a row, and what of it is for a person to look at."""

    opening: OpenCase
    party: RecordParty | None
    note: AddNote | None
    findings: tuple[Finding, ...]
    also: tuple[CalledSo, ...] = ()
    """What other systems call it."""


class RowRead:
    """A row while it is read: `left` fills with what nothing takes, which stands in the note."""

    def __init__(self, row: LogRow, mapping: RequestMapping, version: PolicyVersion) -> None:
        self.left: list[str] = []
        self.findings: list[Finding] = []
        self._row = row
        self._mapping = mapping
        self._version = version

    @property
    def _policy(self) -> Policy:
        return self._version.policy

    def asked(self, ids: RequestIds, *, now: datetime) -> RowAsked:
        """What the row asks; UnreadableTime or InvalidCommand say why nothing can be made of it."""
        columns = self._mapping.request
        written = self._said(columns.reached)
        reached = None if written is None else self._mapping.time_rules.read(written).at
        if reached is not None and reached > now:
            raise InvalidCommand("it reached the office in the future, by its time: correct that")
        code, channel = self._channel()
        category, request_type = self._kind(channel)
        party = self._party(ids, at=reached or now)
        opening = OpenCase(
            case_id=ids("case", at=reached or now),
            channel=code,
            category=category,
            request_type=request_type,
            region=self._code_of("region", columns.region, self._policy.regions),
            language=self._code_of("language", columns.language, {*self._policy.office.languages}),
            reached_body_at=reached,
            requester=party.party_id if party else None,
            answers=dict(self._answers()),
            source=ids.source,
            external_id=ids.external_id,
        )
        for name in columns.note:
            self._leave(name, self._said(name))
        note = None
        if self.left:
            note = AddNote(case_id=opening.case_id, note_id=ids("note"), text="\n".join(self.left))
        also = tuple(
            CalledSo(source, called)
            for source, column in columns.ids.items()
            if (called := self._said(column)) is not None
        )
        return RowAsked(opening, party, note, tuple(self.findings), also)

    def _said(self, column: str | None) -> str | None:
        said = self._row.event.get(column, "").strip() if column else ""
        return said or None

    def _leave(self, column: str | None, said: str | None) -> None:
        if said is not None:
            self.left.append(f"{column}: {said}")

    def _channel(self) -> tuple[str, Channel]:
        columns = self._mapping.request
        said = self._code_of("channel", columns.channel_column, self._policy.channels)
        code = said or columns.channel
        channel = self._policy.channels.get(code)
        if channel is None:
            raise InvalidCommand(
                f"the policy has no channel {shown(code)}: name one of it under [request] channel"
            )
        return code, channel

    def _kind(self, channel: Channel) -> tuple[str | None, str | None]:
        """The category of the channel, or else the request type, if the row says one that is known."""
        columns = self._mapping.request
        category = self._code_of("category", columns.category, channel.categories)
        if category is not None:
            if channel.categories[category] == TRIAGE:
                self._leave(columns.category, category)
            return category, None
        return None, self._code_of("type", columns.type, self._policy.types)

    def _code_of(
        self, what: str, column: str | None, there: Mapping[str, object] | set[str]
    ) -> str | None:
        """A code of the policy; what is none stays in the note, for a person to find out."""
        said = self._said(column)
        if said is None:
            return None
        meant = self._mapping.meant(what, said)
        if meant in there:
            return meant
        self._leave(column, said)
        unknown = f"The policy has no {what} {shown(meant)}: a person finds out; [values.{what}] can say what it means."
        self.findings.append(Finding(f"{what}-unknown", unknown, (self._row.number,)))
        return None

    def _party(self, ids: RequestIds, *, at: datetime) -> RecordParty | None:
        """Whoever asks, as they say of themselves; nobody where they say nothing."""
        columns = self._mapping.request
        name = self._said(columns.name)
        ways = {"email": self._said(columns.email), "phone": self._said(columns.phone)}
        contact = {way: said for way, said in ways.items() if said is not None}
        if name is None and not contact:
            return None
        return RecordParty(party_id=ids("party", at=at), name=name, contact=contact or None)

    def _answers(self) -> Iterator[tuple[str, Answer]]:
        days = self._version.compiled.calendars.days_of(self._policy.office.zone)
        for code, column in self._mapping.answers.items():
            said, field = self._said(column), self._policy.fields.get(code)
            if said is None:
                continue
            if field is None:
                raise InvalidCommand(
                    f"the policy has no field {shown(code)}: put it right under [answers]"
                )
            meant, currency = self._mapping.meant(code, said), self._policy.office.currency
            answer = said_in_kind(field, meant, days.date_of, currency=currency)
            if (wanted := unfit(field, answer, written=True)) is None:
                yield code, answer
                continue
            self._leave(column, said)
            told = f"What {shown(column)} says is no answer to {code}, which must be {wanted}: it is in the note."
            self.findings.append(Finding("answer-unfit", told, (self._row.number,)))
