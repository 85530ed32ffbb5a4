"""A question about the office: the ledger with its views caught up, and the instants that it is about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from api.cli.ledgers import caught_up, office_days, opened_with_views, warn_of_what_is_to_come
from api.cli.progress import progress_bar
from api.cli.reading.asked_at import Asked, Instants
from api.cli.wording.coded import with_name
from api.cli.wording.in_french import told
from ledger.errors import InvalidCommand
from ledger.input.quoting import known_codes
from ledger.policy.calendars.zones import LocalDays
from ledger.policy.in_force import Policies, PolicyVersion
from ledger.service import Ledger
from projections.answers import UpToDate
from projections.office.office_as_of import OfficeThen, office_as_of
from projections.rows.escalations import ever_escalated_for
from projections.views import Views

NOTHING_YET = (
    "Nothing yet: open a case with `caseledger open CHANNEL`, or bring in a history with "
    "`caseledger import FILE --mapping MAP`."
)
NOTHING_MOVED = (
    "Nothing waits, and nothing came or went: a case comes with `caseledger open CHANNEL`, a history with "
    "`caseledger import FILE --mapping MAP`."
)
UNROUTED = "unrouted"


@dataclass(frozen=True, slots=True)
class Question:
    """What a question is asked of: the ledger, its views caught up, and the instants it is about."""

    ledger: Ledger
    views: Views
    policies: Policies
    when: Instants
    days: LocalDays

    def then(self) -> OfficeThen | None:
        """The office folded anew as of an instant, if that is what is asked."""
        if self.when.as_of is None:
            return None
        with progress_bar("cases") as tell:
            return office_as_of(
                self.views,
                self.ledger.store,
                at=self.when.as_of,
                known_at=self.when.known_at,
                progress=lambda at: tell(*at),
            )

    def foot(self, standing: UpToDate) -> str:
        """The sentence at the foot of each answer."""
        return self.when.foot(standing.position, self.days)

    def team(self, code: str | None) -> str:
        """A team's code with its name, as far as the policy has one."""
        if code is None:
            return told(UNROUTED)
        return with_name(
            code, self.policies.latest.policy if self.policies.latest else None, "teams"
        )

    def known_team(self, code: str | None) -> None:
        """Refuses a team that nobody ever heard of; where no policy was published any may be meant."""
        ever = self.policies.ever_had("teams")
        if code is not None and ever and code not in ever:
            raise InvalidCommand(
                f"'{code}' is not a team of any policy published here; there are "
                f"{known_codes(code, ever)}, and '{UNROUTED}'."
            )

    def known_member(self, code: str) -> None:
        """Refuses a member that nobody ever heard of; where no policy was published anybody may be meant."""
        refuse_unknown_member(self.policies, code)

    def known_type(self, code: str) -> None:
        """Refuses a request type that no policy published here ever had; where there is none any may be meant."""
        ever = self.policies.ever_had("types")
        if ever and code not in ever:
            raise InvalidCommand(
                f"'{code}' is not a request type of any policy published here; there are {known_codes(code, ever)}."
            )

    def known_reason(self, code: str) -> None:
        """Refuses what no case can have been escalated for; where no policy was published any may be meant."""
        ever = ever_escalated_for(self.policies)
        if ever and code not in ever:
            raise InvalidCommand(
                f"'{code}' is no alarm, and no rung or reason of any policy published here; there are "
                f"{known_codes(code, ever)}."
            )


def refuse_unknown_member(policies: Policies, code: str) -> None:
    """Refuses a member that no policy ever had; where none was published anybody may be meant."""
    ever = policies.ever_had("members")
    if ever and code not in ever:
        raise InvalidCommand(
            f"'{code}' is not a member of any policy published here; there are {known_codes(code, ever)}."
        )


def in_force(question: Question) -> PolicyVersion | None:
    """The policy in force at the instant asked about; None if there was none."""
    found = [each for each in question.policies.versions if each.effective_from <= question.when.at]
    return found[-1] if found else None


@contextmanager
def question(asked: Asked) -> Iterator[Question]:
    """The question, with views that know every entry."""
    with opened_with_views() as (ledger, views):
        policies = ledger.policies()
        days = office_days(policies)
        when = asked.instants(days, now=ledger.clock())
        caught_up(views, ledger)
        if when.then.is_now:
            warn_of_what_is_to_come(ledger, days)
        yield Question(ledger, views, policies, when, days)
