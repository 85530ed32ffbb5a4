"""Who was accountable for a case from the command line: its spans, in both dimensions."""

from __future__ import annotations

from fractions import Fraction

from api.cli.edge import DONE
from api.cli.ledgers import office_days, opened
from api.cli.reading.about_case import AboutCase, Ref, about_case
from api.cli.reading.asked_at import Asked
from api.cli.showing import Column, local, number, say, show_json, show_table, words
from api.cli.wording.in_french import Spoken, decimal, told
from api.cli.wording.spoken import speaking, spoken
from ledger.policy.calendars.counting import OfficeHours
from ledger.policy.in_force import Policies
from projections.answers import as_json
from projections.flow.measured import (
    MeasuredSpan,
    Overlap,
    OwnerDays,
    lasted,
    measured,
    overlaps,
    owner_days,
    quiet_windows,
)
from projections.fold.told import told as as_told
from projections.rows.spans import SPANS

_PENDING = {"returned": "sent back", "adjudication": "to be adjudicated"}
"""What is to be done of a case that no team has taken yet, in words."""


def spans(
    ref: Ref,
    /,
    *,
    language: Spoken = "en",
    asked: Asked = Asked(),
) -> int:
    """Tells who was accountable for a case and why, without gap or overlap, with the office open and closed."""
    with speaking(language), opened() as ledger:
        about = about_case(ledger, ref, asked)
        entries = [each.entry for each in about.counting(ledger.read(about.stream))]
        said = [as_told(entry) for entry in entries]
        rows = SPANS.after(said)
        acts = [
            (entry.actor.id, entry.context.effective_at)
            for entry in entries
            if entry.actor.kind == "person"
        ]
        days, at = office_days(about.policies), about.when.at
        hours, quiet = _hours(about.policies), quiet_windows(said)
        found = measured(rows, at=at, days=days, hours=hours, acts=acts, quiet=quiet)
        with_owner, overlapping = owner_days(rows, at=at, days=days, acts=acts), overlaps(rows)
        if asked.as_json:
            told_of = [_as_json(each) for each in found]
            sums = {"seconds": lasted(found), "overlaps": overlapping, "with_owner": with_owner}
            show_json(about.answer(spans=told_of, **sums))
        else:
            _show(about, found, with_owner, overlapping)
    return DONE


def _as_json(measured: MeasuredSpan) -> dict[str, object]:
    """A span in plain values, with what its row derives."""
    span = measured.span
    derived = {"kind": span.kind, "paused": span.paused}
    return {**as_json(measured), "span": {**as_json(span), **derived}}


def _hours(policies: Policies) -> OfficeHours | None:
    """When the office is open, by the latest policy."""
    latest = policies.latest
    if latest is None:
        return None
    return latest.compiled.calendars.hours[latest.policy.office.office_calendar]


def _show(
    about: AboutCase,
    found: tuple[MeasuredSpan, ...],
    with_owner: OwnerDays,
    overlapping: tuple[Overlap, ...],
) -> None:
    zone = about.zone
    show_table(
        told("Who was accountable for {reference}", reference=about.reference),
        [
            Column("since"),
            Column("until"),
            Column("team"),
            Column("owner"),
            words("why"),
            number("hours"),
            number("office open"),
        ],
        [
            (
                local(each.span.from_at, zone),
                local(each.span.to_at, zone) or told("now"),
                each.span.team,
                each.span.owner,
                told("provisional") if each.provisional else _why(about, each.span.kind),
                _in_hours(each.seconds),
                _in_hours(each.open_seconds),
            )
            for each in found
        ],
        empty="Nothing was known of it then: ask about a later instant.",
    )
    if with_owner.days:
        say(
            told(
                "Days with an owner: {days}; on {acted} of them the owner made an entry on it, which is not to say how "
                "long anybody worked.",
                days=with_owner.days,
                acted=with_owner.acted,
            )
        )
    if any(each.span.resolved for each in found):
        say(
            told(
                "In all {hours} h, {open} h of them while it was not resolved.",
                hours=_in_hours(lasted(found)),
                open=_in_hours(lasted([each for each in found if not each.span.resolved])),
            )
        )
    for each in overlapping:
        say(
            told(
                "Waited at once for {reasons}, from {began} until {ended}.",
                reasons=", ".join(_reason(about, wait.reason) for wait in each.waits),
                began=local(each.from_at, zone),
                ended=local(each.to_at, zone) or told("now"),
            )
        )
    say(about.foot)


def _why(about: AboutCase, kind: str) -> str:
    """With whom and why it was, in words: what a case waits for as the policy calls it."""
    said, _, reason = kind.partition(":")
    if reason:
        return told("waiting: {reason}", reason=_reason(about, reason))
    return told(_PENDING.get(said) or said.replace("_", " "))


def _reason(about: AboutCase, code: str) -> str:
    label = about.policy.reasons.wait.get(code) if about.policy else None
    return code if label is None else label.say(spoken())


def _in_hours(seconds: int | None) -> str:
    return "" if seconds is None else decimal(Fraction(seconds, 3600))
