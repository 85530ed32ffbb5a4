"""What stuck: time to resolution, what was settled at first contact, and what bounced back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from projections.figures.figure import Figure
from projections.figures.resolution import (
    Ending,
    Lifetime,
    TimeToResolution,
    cut_off,
    first_spells,
    settled_spells,
    time_to_resolution,
)
from projections.figures.shares import bounce_back, first_contact_resolution
from projections.flow.office_days import Apart
from projections.measures.asking import ELSEWHERE, Measured
from projections.one_case.life import Closing, Life

_PERSON, _MACHINE = "resolved by a person", "resolved by a machine"
_ANONYMOUS = "asked by nobody known"


def first_time(measured: Measured) -> TimeToResolution:
    """From receipt to the first end, of the cases received in the window, as seen at its end."""
    return first_of(measured, "5.6 time to first resolution", measured.mine)


def adjusted_time(measured: Measured) -> TimeToResolution:
    """The same of those in which somebody needed an adjustment, so that care that makes them slower is seen."""
    adjusted = [life for life in measured.mine if life.adjusted]
    return first_of(measured, "5.6 time to first resolution, adjusted", adjusted)


def first_of(measured: Measured, definition: str, lives: Sequence[Life]) -> TimeToResolution:
    """From receipt to first end, of these cases, as seen at the end of the window."""
    cohort, unseen = _cohort(measured, lives)
    return time_to_resolution(
        measured.footing,
        definition,
        lambda apart: first_spells(cohort, measured.last_on, apart),
        n=len(cohort),
        excluded=unseen,
        office=_apart(measured, cohort),
    )


def settled_time(measured: Measured) -> TimeToResolution:
    """From receipt to the end that stuck, of the cases received in the window, as seen at its end.

    What nobody known asked is left out and counted: nobody can tell that it came back, so all of it would stick.
    """
    known = [life for life in measured.mine if not measured.anonymous(life)]
    cohort, unseen = _cohort(measured, known)
    ripe = [life for life in cohort if life.received_on <= cut_off(life, measured.last_on)]
    return time_to_resolution(
        measured.footing,
        "5.6 time to the resolution that stuck",
        lambda apart: settled_spells(ripe, measured.last_on, apart),
        n=len(ripe),
        excluded={
            **unseen,
            "received within the quiet window": len(cohort) - len(ripe),
            _ANONYMOUS: _received(measured, measured.mine) - _received(measured, known),
        },
        office=_apart(measured, ripe),
    )


def first_contact(measured: Measured) -> Figure:
    """What was settled on the day it came, without anybody else and without asking again, of whoever is known."""
    ours = [life for life in measured.ours if measured.within(life.received_at)]
    received = [life for life in ours if not measured.anonymous(life)]
    elsewhere = sum(life.imported and measured.within(life.received_at) for life in measured.mine)
    return first_contact_resolution(
        measured.footing,
        at_once=sum(_at_once(measured, life) for life in received),
        received=len(received),
        excluded={ELSEWHERE: elsewhere, _ANONYMOUS: len(ours) - len(received)},
    )


def bounced(measured: Measured) -> Iterator[Figure]:
    """What came back, by who had resolved it, and by the channel of the case and that of the return.

    Of whoever is not known nobody can tell that they came back: what they asked is told apart.
    """
    back: Counter[str] = Counter()
    at_risk: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    not_yet = 0
    for life, closing in measured.closings(ours=False):
        quiet = timedelta(days=measured.quiet_days(life.request_type))
        on = measured.on(closing.at)
        if closing.kind != "resolved":
            continue
        if on > measured.last_on - quiet:
            not_yet += 1
            continue
        who = _resolver(measured, life, closing)
        known = who != _ANONYMOUS
        at_risk.update((who, life.channel) if known else (who,))
        back_on = measured.returned_on(life, closing)
        if back_on is not None and back_on <= on + quiet:
            back[who] += 1
            if known:
                pairs[life.channel, _channel_back(life, closing)] += 1
    for who in (_PERSON, _MACHINE, _ANONYMOUS, ELSEWHERE):
        yield bounce_back(
            measured.footing, returned=back[who], at_risk=at_risk[who], by=who, not_yet=not_yet
        )
    for (channel, by), count in sorted(pairs.items()):
        yield bounce_back(
            measured.footing, returned=count, at_risk=at_risk[channel], by=f"{channel} to {by}"
        )


def _received(measured: Measured, lives: Sequence[Life]) -> int:
    return sum(measured.within(life.received_at) for life in lives)


def _resolver(measured: Measured, life: Life, closing: Closing) -> str:
    if life.imported:
        return ELSEWHERE
    if measured.anonymous(life):
        return _ANONYMOUS
    return _PERSON if closing.by_person else _MACHINE


def _cohort(measured: Measured, lives: Sequence[Life]) -> tuple[list[Lifetime], Mapping[str, int]]:
    """The cases received in the window, and how many are left out by reason: nothing of them could be seen."""
    received = [_lifetime(measured, life) for life in lives if measured.within(life.received_at)]
    known = [life for life in received if (life.seen_from or date.min) <= measured.last_on]
    seen = [life for life in known if not _ended_unseen(life)]
    return seen, {
        "known only afterwards": len(received) - len(known),
        "ended before it could be seen": len(known) - len(seen),
    }


def _ended_unseen(life: Lifetime) -> bool:
    return life.seen_from is not None and any(each.on < life.seen_from for each in life.endings)


def _lifetime(measured: Measured, life: Life) -> Lifetime:
    endings = sorted(each for each in life.closings if each.at < measured.end)
    return Lifetime(
        measured.on(life.received_at),
        tuple(
            Ending(measured.on(each.at), each.kind, measured.returned_on(life, each))
            for each in endings
        ),
        measured.quiet_days(life.request_type),
        measured.seen_from(life),
    )


def _apart(measured: Measured, cohort: Sequence[Lifetime]) -> Apart | None:
    office = measured.asking.office
    first = min((life.received_on for life in cohort), default=measured.last_on)
    if not office.reaches(first, measured.last_on):
        return None
    return Apart(office.between(first, measured.window.until_on))


def _at_once(measured: Measured, life: Life) -> bool:
    on = measured.on(life.received_at)
    return (
        any(each.kind == "resolved" and measured.on(each.at) == on for each in life.closings)
        and not life.returns
        and not life.requests
        and life.transferred_at is None
        and not any(each.inbound for each in life.contacts)
    )


def _channel_back(life: Life, closing: Closing) -> str:
    """By which channel the requester got in touch before the case was opened again."""
    back = life.returned(closing)
    heard = [
        each
        for each in life.contacts
        if each.inbound and back is not None and closing.at <= each.at <= back
    ]
    return heard[-1].channel if heard else "not known"
