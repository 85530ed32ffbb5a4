"""The ledger that the environment names, opened for one command, what is meant in it, and the zone of its office."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from typing import TYPE_CHECKING
from uuid import UUID

from api.cli.progress import progress_bar
from api.cli.showing import due, local, warn
from ledger.errors import CaseNotFound, InvalidCommand, ReadAlone
from ledger.evidence.trees.trees import Trees
from ledger.ids import case_stream, reference_of, references_like
from ledger.input.quoting import quoted
from ledger.policy.calendars.zones import LocalDays, zone_of
from ledger.policy.in_force import Policies
from ledger.policy.load import Load
from ledger.sealing.rows import recorded_at
from ledger.service import Ledger
from ledger.settings import Settings
from projections.lists.load import standing

if TYPE_CHECKING:
    from projections.rows.case_rows import CaseRow
    from projections.views import Views

_SHUT = "The master key is missing: nothing sealed is opened, and nothing is recorded."


@contextmanager
def opened() -> Iterator[Ledger]:
    """The ledger, ready to be written to; LedgerUnavailable says why not."""
    with opened_with_views_at_hand() as (ledger, _):
        yield ledger


@contextmanager
def opened_with_views() -> Iterator[tuple[Ledger, Views]]:
    """The ledger and its views, which may lie behind it still: catch them up before a question."""
    with opened_with_views_at_hand() as (ledger, open_views):
        yield ledger, open_views()


@contextmanager
def opened_with_views_at_hand() -> Iterator[tuple[Ledger, Callable[[], Views]]]:
    """The ledger and what opens its views: most commands need none, which are a fifth of what they import."""
    settings = Settings()
    with ExitStack() as opening:

        @cache
        def views() -> Views:
            from projections.views import Views  # noqa: PLC0415 - see above

            return opening.enter_context(Views.open(settings.location))

        def seen() -> tuple[int, Load]:
            return standing(views())

        with Ledger.open(
            settings.location, master_key=settings.master_key_file, standing=seen, shut=True
        ) as ledger:
            try:
                yield ledger, views
            except InvalidCommand as error:
                if error.misread is None:
                    raise
                raise InvalidCommand(f"{error}{_meant(ledger, error.misread)}") from error
            if ledger.vault.is_shut:
                warn(_SHUT)


def _meant(ledger: Ledger, misread: str) -> str:
    """Which cases may be meant by a reference with a slip in it."""
    found: list[str] = []
    for reference in references_like(misread):
        with suppress(CaseNotFound):
            found.append(reference_of(ledger.find_case(reference)))
    return f" Is {' or '.join(found)} meant?" if found else ""


def stream_meant(ledger: Ledger, said: str) -> str:
    """The stream of a case that is named by its reference, or any stream by its name, whether it has entries or not."""
    kind, slash, subject = said.partition("/")
    if not slash:
        return case_stream(ledger.find_case(said))
    try:
        return f"{kind}/{UUID(subject)}"
    except ValueError as error:
        raise InvalidCommand(
            f"{quoted(said)} is no stream: give a case's reference, or KIND/ID such as case/0198..."
        ) from error


@contextmanager
def opened_with_trees() -> Iterator[tuple[Ledger, Trees]]:
    """The ledger and the trees of its proofs, which may lie behind it still."""
    with opened() as ledger, Trees.open(Settings().location, ledger.store) as trees:
        yield ledger, trees


def caught_up(views: Views, ledger: Ledger) -> int:
    """Brings the views up to the ledger's last entry; says on stderr what had to be made again.

    Those of a standby are read as they lie there, and it is said how far they are if that is behind.
    """
    try:
        with progress_bar("entries") as tell:
            position = views.catch_up(ledger.store, progress=lambda at: tell(*at))
    except ReadAlone:
        position, last = views.position(), ledger.store.tip()
        warn(
            "Views cannot be brought on here, as on a standby: they know entry {position}, and the log has {last}.",
            position=position,
            last=last,
        )
    for notice in views.notices:
        sys.stderr.write(f"{notice}\n")
    return position


_SKEW = timedelta(minutes=5)
"""By so much clocks of several machines may differ without a word."""


def warn_of_what_is_to_come(ledger: Ledger, days: LocalDays) -> None:
    """Says on stderr where the last entry lies in a time to come, as a demonstration's does, or a clock is wrong."""
    if found := _both_times(ledger, days):
        here, there, on = found
        warn(
            "The last entry was recorded at {there}, and here it is {here}: what follows mixes the two; set this "
            "machine's clock, or give --known-at {on}.",
            there=there,
            here=here,
            on=on,
        )


def warn_of_a_clock_set_back(ledger: Ledger, days: LocalDays, *, said: str) -> None:
    """Says on stderr what comes of it for whoever records where this machine's clock is behind the last entry."""
    if found := _both_times(ledger, days):
        here, there, _ = found
        warn(said, there=there, here=here)


def _both_times(ledger: Ledger, days: LocalDays) -> tuple[str, str, date] | None:
    """What the clock here says and when the last entry was recorded, with its day; None unless that is ahead."""
    now, tip = ledger.clock(), ledger.store.tip()
    # There is none in an empty log, nor at the end of one that ends with what is lost.
    for last in ledger.store.entries(after=tip - 1, limit=1):
        there = recorded_at(last)
        if there > now + _SKEW:
            return local(now, days.zone), local(there, days.zone), days.date_of(there)
    return None


def office_days(policies: Policies) -> LocalDays:
    """The dates of the office's zone, by the latest policy; those of UTC while there is none."""
    latest = policies.latest
    if latest is None:
        return LocalDays("UTC", UTC)
    return latest.compiled.calendars.days_of(latest.policy.office.zone)


def clock_zone(policies: Policies, clock: str) -> tzinfo | None:
    """Where the days of a clock end, by the latest policy; None of a deadline that another system stated."""
    terms = policies.latest.compiled.clocks.get(clock) if policies.latest else None
    return zone_of(terms.zone) if terms is not None else None


def first_due(policies: Policies, row: CaseRow, zone: tzinfo, *, at: datetime | None = None) -> str:
    """When a case is due first, or that one of its instants `at`, by the day that the law of its clock means."""
    instant = row.due_at if at is None else at
    codes = (each.code for each in row.clocks if each.due_at == instant)
    code = next(codes, None)
    return due(instant, zone, of=None if code is None else clock_zone(policies, code))
