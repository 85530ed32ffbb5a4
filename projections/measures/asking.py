"""What a report is asked about, and the cases that it then stands on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta

from ledger.policy.calendars.zones import LocalDays
from ledger.policy.dates import ONE_DAY
from ledger.policy.document.contacts import Demand
from ledger.policy.flow.demand import demand_of
from ledger.policy.in_force import Policies
from projections.comparing.persons import asked_by_nobody_known
from projections.figures.demand import Effort
from projections.figures.figure import Footing, Window
from projections.flow.lives import Lives
from projections.flow.office_days import OfficeDays
from projections.one_case.life import Closing, Contacted, Life, Move

SETTLE_DAYS = 10
"""Working days of the quiet window where no policy says a type's own."""
ELSEWHERE = "history of another system"
"""Why a case is left out of what no other system's log can tell."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which cases a report is about; None is any."""

    team: str | None = None
    request_type: str | None = None
    programme: str | None = None
    channel: str | None = None
    region: str | None = None
    language: str | None = None
    interview_language: str | None = None
    interpreter: str | None = None
    format: str | None = None

    def said(self) -> Mapping[str, str]:
        """The filters that are set."""
        return {name: value for name in _NAMES if (value := getattr(self, name)) is not None}

    def take(self, life: Life) -> bool:
        """Whether a case is one of those, its team apart."""
        return all(
            getattr(life, name) == value for name, value in self.said().items() if name != "team"
        )

    def of_team(self, team: str | None) -> bool:
        """Whether something that happened in a team's hands is."""
        return self.team is None or team == self.team


_NAMES = tuple(each.name for each in fields(Filters))


@dataclass(frozen=True, slots=True)
class Asking:
    """What a report is about: the window, which cases, whose dates, and the staff time that was recorded."""

    window: Window
    filters: Filters
    days: LocalDays
    office: OfficeDays
    policies: Policies
    known_at: datetime | None = None
    seen_from: date | None = None
    """Cases received before this day could be seen to end only from it on; None: from when each was known."""
    effort: Effort | None = None


class Measured:
    """The cases of one report, and what its figures share.

    `cases` fulfil the filters but for the team, `mine` are those that the team had as the window ended, `ours`
    those of them that were kept here from the beginning, `elsewhere` how many were not.
    """

    def __init__(self, found: Lives, asking: Asking) -> None:
        self.asking = asking
        self.window = asking.window
        self.last_on = asking.window.until_on - timedelta(days=1)
        self.end = asking.days.begin(asking.window.until_on)
        self.cases = [life for life in found.cases.values() if asking.filters.take(life)]
        self.last_instant = self.end - timedelta.resolution
        self.mine = [
            life for life in self.cases if asking.filters.of_team(life.team_at(self.last_instant))
        ]
        self.ours = [life for life in self.mine if not life.imported]
        self.elsewhere = len(self.mine) - len(self.ours)
        self.footing = Footing(
            asking.window, asking.filters.said(), found.position, asking.known_at
        )
        begins_at = found.begins_at
        self._log_begins_on = None if begins_at is None else asking.days.date_of(begins_at)
        self._cut: dict[str | None, date] = {}
        self._on: dict[datetime, date] = {}

    def on(self, at: datetime) -> date:
        """The local date of an instant."""
        found = self._on.get(at)
        if found is None:
            found = self._on[at] = self.asking.days.date_of(at)
        return found

    def within(self, at: datetime) -> bool:
        """Whether an instant lies in the window."""
        return self.window.holds(self.on(at))

    def moves(self) -> Iterator[Move]:
        """What came and went in the window, in the team's hands."""
        for life in self.cases:
            for move in life.moves():
                if self.within(move.at) and self.asking.filters.of_team(move.team):
                    yield move

    def closings(self, *, ours: bool) -> Iterator[tuple[Life, Closing]]:
        """The closings in the window."""
        for life in self.ours if ours else self.mine:
            for closing in life.closings:
                if self.within(closing.at):
                    yield life, closing

    def demand(self, contact: Contacted) -> Demand:
        """What a contact is by the policy that was in force then."""
        versions = self.asking.policies.versions
        then = [each for each in versions if each.effective_from <= contact.at] or versions
        return demand_of(then[-1].policy, contact.kinds)

    def returned_on(self, life: Life, closing: Closing) -> date | None:
        """The date on which a case was back after a closing, as far as the window's end shows."""
        back = life.returned(closing)
        return None if back is None or back >= self.end else self.on(back)

    def seen_from(self, life: Life) -> date | None:
        """The date from which a case could have been seen to end."""
        if self.asking.seen_from is not None:
            return self.asking.seen_from
        return self._log_begins_on if life.imported else self.on(life.known_from)

    def anonymous(self, life: Life) -> bool:
        """Whether nothing here says who asked; of history of another system nothing is known either way."""
        latest = self.asking.policies.latest
        return (
            not life.imported
            and latest is not None
            and asked_by_nobody_known(
                latest.policy, on_record=life.requester, answered=life.answered
            )
        )

    def quiet_on(self, life: Life, closing: Closing) -> date:
        """The last day of the quiet window after a closing: as it was recorded, else by the type's working days."""
        if closing.settles_at is not None:
            return self.on(closing.settles_at - timedelta.resolution)
        working = self._settle_days(life.request_type)
        return self.asking.office.after(self.on(closing.at), working)

    def cut_on(self, life: Life) -> date:
        """The last day up to which the window's end can tell whether a closing of this case stuck."""
        found = self._cut.get(life.request_type)
        if found is None:
            working = self._settle_days(life.request_type)
            last = self.asking.office.before(self.window.until_on, working)[:1]
            found = last[0] - ONE_DAY if last else self.last_on
            self._cut[life.request_type] = found
        open_still = [
            self.on(each.at) - ONE_DAY
            for each in life.closings
            if each.at < self.end and self.quiet_on(life, each) > self.last_on
        ]
        return min(found, *open_still) if open_still else found

    def _settle_days(self, request_type: str | None) -> int:
        """The working days of a type's quiet window."""
        latest = self.asking.policies.latest
        kind = latest.policy.types.get(request_type or "") if latest else None
        return SETTLE_DAYS if kind is None else kind.settle_days
