"""What stuck: time to resolution, what was settled at first contact, and what bounced back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from projections.figures.figure import Figure
from projections.figures.resolution import (
    Ending,
    Lifetime,
    TimeToResolution,
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
_TOO_LATE = "received within the quiet window"


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
    ripe = [life for life in cohort if life.received_on <= life.cut_on]
    return time_to_resolution(
        measured.footing,
        "5.6 time to the resolution that stuck",
        lambda apart: settled_spells(ripe, apart),
        n=len(ripe),
        excluded={
            **unseen,
            _TOO_LATE: len(cohort) - len(ripe),
            _ANONYMOUS: _received(measured, measured.mine) - _received(measured, known),
        },
        office=_apart(measured, ripe),
    )


def first_contact(measured: Measured) -> Figure:
    """What was settled on the day it came, without anybody else and without asking again, of whoever is known.

    Of what came so lately that its quiet window could not be over, nobody can tell: it is left out and counted.
    """
    ours = [life for life in measured.ours if measured.within(life.received_at)]
    known = [life for life in ours if not measured.anonymous(life)]
    ripe = [life for life in known if measured.on(life.received_at) <= measured.cut_on(life)]
    elsewhere = sum(life.imported and measured.within(life.received_at) for life in measured.mine)
    return first_contact_resolution(
        measured.footing,
        at_once=sum(_at_once(measured, life) for life in ripe),
        received=len(ripe),
        excluded={
            ELSEWHERE: elsewhere,
            _TOO_LATE: len(known) - len(ripe),
            _ANONYMOUS: len(ours) - len(known),
        },
    )


def bounced(measured: Measured) -> Iterator[Figure]:
    """What came back, by who had resolved it, and by the channel of the case and that of the return.

    Of whoever is not known nobody can tell that they came back: what they asked is told apart.
    """
    back: Counter[str] = Counter()
    at_risk: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    not_yet: Counter[str] = Counter()
    for life, closing in measured.closings(ours=False):
        if closing.kind != "resolved":
            continue
        who, quiet_on = _resolver(measured, life, closing), measured.quiet_on(life, closing)
        known = who != _ANONYMOUS
        if quiet_on > measured.last_on:
            not_yet.update((who, life.channel) if known else (who,))
            continue
        at_risk.update((who, life.channel) if known else (who,))
        back_on = measured.returned_on(life, closing)
        if back_on is not None and back_on <= quiet_on:
            back[who] += 1
            if known:
                pairs[life.channel, _channel_back(life, closing)] += 1
    for who in (_PERSON, _MACHINE, _ANONYMOUS, ELSEWHERE):
        yield bounce_back(
            measured.footing,
            returned=back[who],
            at_risk=at_risk[who],
            by=who,
            not_yet=not_yet[who],
        )
    for (channel, by), count in sorted(pairs.items()):
        yield bounce_back(
            measured.footing,
            returned=count,
            at_risk=at_risk[channel],
            by=f"{channel} to {by}",
            not_yet=not_yet[channel],
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
    endings = [each for each in life.closings if each.at < measured.end]
    return Lifetime(
        measured.on(life.received_at),
        tuple(
            Ending(
                measured.on(each.at),
                each.kind,
                measured.quiet_on(life, each),
                measured.returned_on(life, each),
            )
            for each in sorted(endings, key=lambda each: each.at)
        ),
        measured.cut_on(life),
        measured.seen_from(life),
    )


def _apart(measured: Measured, cohort: Sequence[Lifetime]) -> Apart | None:
    office = measured.asking.office
    first = min((life.received_on for life in cohort), default=measured.last_on)
    if not office.reaches(first, measured.last_on):
        return None
    return Apart(office.between(first, measured.window.until_on))


def _at_once(measured: Measured, life: Life) -> bool:
    """Whether it was resolved on the day it came, and nothing but that befell it until its quiet window was over."""
    on = measured.on(life.received_at)
    that_day = [
        measured.quiet_on(life, each)
        for each in life.closings
        if each.kind == "resolved" and measured.on(each.at) == on
    ]
    befell = [
        *life.returns,
        *(each.at for each in life.requests),
        *(each.at for each in life.contacts if each.inbound),
        *([] if life.transferred_at is None else [life.transferred_at]),
    ]
    return bool(that_day) and all(measured.on(at) > max(that_day) for at in befell)


def _channel_back(life: Life, closing: Closing) -> str:
    """By which channel the requester got in touch before the case was opened again."""
    back = life.returned(closing)
    heard = [
        each
        for each in life.contacts
        if each.inbound and back is not None and closing.at <= each.at <= back
    ]
    return heard[-1].channel if heard else "not known"
