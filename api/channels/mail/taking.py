"""Taking mail from a source, one message after another: each is marked as done once what became of it is durable."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, get_args

from api.channels.mail.intake import Became, Came, MailIntake, Taken, TooLarge
from ledger.ids import reference_of

_OUTCOMES: tuple[Became, ...] = get_args(Became)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A mail of a source, and how the source hears that it is recorded or safely set aside."""

    came: Came | TooLarge
    done: Callable[[], None] = lambda: None


@dataclass(slots=True)
class MailReport:
    """What became of the mail of a source: `read` is the sum of all that can become of one."""

    source: str
    taken: list[Taken] = field(default_factory=list[Taken])

    @property
    def counts(self) -> dict[str, int]:
        """How many mails became what."""
        found = Counter(each.became for each in self.taken)
        return {outcome: found[outcome] for outcome in _OUTCOMES}

    def as_json(self) -> dict[str, Any]:
        """The report; no personal data in it."""
        return {
            "source": self.source,
            "read": len(self.taken),
            **self.counts,
            "mails": [
                {
                    "became": each.became,
                    "mail_id": each.mail_id and str(each.mail_id),
                    "case": each.case_id and reference_of(each.case_id),
                    "item_id": each.item_id and str(each.item_id),
                    "reason": each.reason,
                }
                for each in self.taken
            ],
        }


def take_all(
    intake: MailIntake, waiting: Iterable[Waiting], *, source: str, however_many: bool = False
) -> MailReport:
    """Takes every mail of a source; interrupted, what is left is there the next time."""
    report = MailReport(source)
    for each in waiting:
        report.taken.append(intake.take(each.came, however_many=however_many))
        each.done()
    return report
