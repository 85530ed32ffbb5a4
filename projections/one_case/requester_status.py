"""A requester's status: what stage their request is at, what is waited for, and what was promised by when.

For the requester and whoever answers them, in plain words and both languages. It says nothing personal,
and of the office no more than the team: no name of staff, no note, nobody else's matters.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import assert_never

from ledger.case.intake.needs import Need, told_of
from ledger.case.links import CAME_LATE
from ledger.policy.calendars.zones import LocalDays
from ledger.policy.document.chases import LAPSED
from ledger.policy.document.policy import Policy, WaitedOn
from ledger.policy.in_force import PolicyVersion
from ledger.policy.values import Language
from projections.one_case.details import CaseDetails
from projections.rows.case_rows import CaseRow
from projections.rows.escalations import EscalationRow
from projections.sentences.sentence import Sentence
from projections.sentences.wording import Wording

_STAGES = {
    "sorting": Sentence(
        "We have your request and are finding out who answers it.",
        "Nous avons votre demande et cherchons qui y répondra.",
    ),
    "queued": Sentence(
        "Your request is with {team} and waits for its turn.",
        "Votre demande est à l'équipe {team} et attend son tour.",
    ),
    "in_hand": Sentence(
        "Somebody of {team} is working on your request.",
        "Une personne de l'équipe {team} travaille à votre demande.",
    ),
    "moving": Sentence(
        "Your request is being handed over to {team}.",
        "Votre demande est en cours de transmission à l'équipe {team}.",
    ),
    "answered": Sentence(
        "What you asked for was given to you on {on}; tell us if it did not reach you.",
        "Ce que vous avez demandé vous a été remis le {on}; dites-le-nous si cela ne vous est pas parvenu.",
    ),
    "resolved": Sentence(
        "Your request was closed on {on}: {outcome}.",
        "Votre demande a été close le {on} : {outcome}.",
    ),
}
_MISSING = Sentence(
    "We still need something from you to go on ({count} {count:answer|answers}).",
    "Il nous manque encore quelque chose de vous pour continuer ({count} {count:réponse|réponses}).",
)
_NEEDED = Sentence("We still need from you: {what}.", "Il nous manque encore de vous : {what}.")
_HOW = Sentence(
    "Tell us by any of our channels and give your reference, {reference}[; we asked for it by {on}].",
    "Dites-le-nous par l'un de nos moyens de communication en donnant votre numéro, {reference}"
    "[; nous l'attendons au plus tard le {on}].",
)
_LAPSES = Sentence(
    "If nothing comes by {on}, your request may be closed without an answer.",
    "Si rien ne vient d'ici le {on}, votre demande pourra être close sans réponse.",
)
_LAPSED = Sentence(
    "What we had asked you for did not come[: {what}]. If you still need it, tell us by any of our channels and give "
    "your reference, {reference}.",
    "Ce que nous vous avions demandé n'est pas venu[ : {what}]. Si vous en avez encore besoin, dites-le-nous par l'un "
    "de nos moyens de communication en donnant votre numéro, {reference}.",
)
_CHECKED = Sentence(
    "We are checking what you told us of this: {what}.",
    "Nous vérifions ce que vous nous avez dit de ceci : {what}.",
)
_DECIDED = Sentence(
    "You were given our decision on {on}.", "Notre décision vous a été donnée le {on}."
)
_CONTESTED = Sentence(
    "Our decision is being reviewed.", "Notre décision fait l'objet d'une révision."
)
_REVIEWED = Sentence(
    "Our decision was reviewed since; if you do not know what came of that, ask us.",
    "Notre décision a été révisée depuis; si vous ne savez pas ce qu'il en est advenu, demandez-le-nous.",
)
_BACK = Sentence(
    "We are looking at what you told us since.",
    "Nous examinons ce que vous nous avez dit depuis.",
)
_NEXT_CONTACT = Sentence(
    "You will hear from us by {on}.", "Vous aurez de nos nouvelles le {on} au plus tard."
)
_PROMISED = Sentence("{what}: by {on}.", "{what} : au plus tard le {on}.")
_LATE = Sentence(
    "{what}: was due by {on}, and is late.", "{what} : était dû le {on} et est en retard."
)
_PAUSED = Sentence(
    "{what}: the date stands still while we wait.",
    "{what} : le délai est suspendu pendant l'attente.",
)


@dataclass(frozen=True, slots=True)
class RequesterStatus:
    """What a requester is told: sentences, and the dates on which they rest (local dates of the office)."""

    reference: str
    request_type: str | None
    received_on: date
    stage: str
    sentences: tuple[str, ...]
    next_contact_on: date | None
    promised_on: dict[str, date]
    """By the code of the clock."""
    needed: tuple[str, ...] = ()
    """What is missing from the requester, by its name; left out of what anybody may see."""
    answer_by_on: date | None = None


def requester_status(
    row: CaseRow,
    details: CaseDetails,
    version: PolicyVersion,
    *,
    at: datetime,
    language: Language,
    publicly: bool = False,
    escalations: Sequence[EscalationRow] = (),
) -> RequesterStatus:
    """What the requester of a case is told at an instant; not what they left out where anybody reads it.

    By its `escalations` they are told that somebody sees to what they said once their request was over.
    """
    policy = version.policy
    days = version.compiled.calendars.days_of(policy.office.zone)
    wording = Wording(language, policy, days.zone)
    kind = policy.types.get(row.request_type or "")
    stage, said = _stage(row, details, wording, days.date_of, publicly=publicly)
    wanted = _wanted(row, details, policy)
    private = row.open and not publicly
    answered = set(details.answered_fields).difference(details.asked_fields)
    told = told_of(wanted, answered, policy) if private else ()
    needed = _needed(details, policy, wording, wanted=wanted, told=told) if private else ()
    by_on = _last_day(days, details.answer_by) if needed and details.answer_by else None
    back = row.return_since is not None or _heard_late(escalations)
    sentences = [said, *_waiting(row, version, wording, told=told)]
    if back:
        sentences.append(wording.filled(_BACK, {}))
    if details.outcome == LAPSED and not back and not publicly:
        what = "; ".join(_needed(details, policy, wording, wanted=wanted, told=()))
        sentences.append(wording.filled(_LAPSED, {"what": what, "reference": row.reference}))
    if told:
        what = "; ".join(wording.value("need", each) for each in told)
        sentences.append(wording.filled(_CHECKED, {"what": what}))
    if row.open and details.decision_given_at is not None and not publicly:
        on = wording.day(days.date_of(details.decision_given_at))
        sentences.append(wording.filled(_DECIDED, {"on": on}))
    if (review := _review(details)) is not None and not publicly:
        sentences.append(wording.filled(review, {}))
    if needed:
        asked_by = wording.day(by_on) if by_on is not None and by_on >= days.date_of(at) else ""
        what = {"what": "; ".join(needed)}
        sentences.append(wording.filled(_NEEDED, what))
        sentences.append(wording.filled(_HOW, {"reference": row.reference, "on": asked_by}))
        if details.lapses_at is not None and at < details.lapses_at and not details.flags:
            on = wording.day(_last_day(days, details.lapses_at))
            sentences.append(wording.filled(_LAPSES, {"on": on}))
    elif row.open and details.missing:
        sentences.append(wording.filled(_MISSING, {"count": str(details.missing)}))
    if row.promised_at is not None:
        on = wording.day(_last_day(days, row.promised_at))
        sentences.append(wording.filled(_NEXT_CONTACT, {"on": on}))
    promised, said_of_it = _promised(row, version, wording, at=at)
    sentences += said_of_it
    return RequesterStatus(
        reference=row.reference,
        request_type=kind.say(language) if kind else None,
        received_on=days.date_of(row.received_at),
        stage=stage,
        sentences=tuple(sentences),
        next_contact_on=_last_day(days, row.promised_at) if row.promised_at else None,
        promised_on=promised,
        needed=needed,
        answer_by_on=by_on,
    )


def _review(details: CaseDetails) -> Sentence | None:
    """That the decision is reviewed, or was; what that found the letter of the review tells, once it is given.

    Of a case that was opened again since nobody can tell here whether it was decided anew.
    """
    if any(each.finding is None for each in details.reviews):
        return _CONTESTED
    return _REVIEWED if details.reviews and not details.reopened else None


def _last_day(days: LocalDays, before: datetime) -> date:
    """The day that ends at an instant."""
    return days.date_of(before - timedelta(microseconds=1))


def _promised(
    row: CaseRow, version: PolicyVersion, wording: Wording, *, at: datetime
) -> tuple[dict[str, date], list[str]]:
    """By when the case is answered, by clock, and what is told of each."""
    days_of, clocks = version.compiled.calendars.days_of, version.compiled.clocks
    told: list[str] = []
    promised: dict[str, date] = {}
    for clock in row.clocks:
        if not is_promised(version, clock.code):
            continue
        what = version.policy.clocks[clock.code].say(wording.language)
        if clock.due_at is None:
            told.append(wording.filled(_PAUSED, {"what": what}))
            continue
        promised[clock.code] = _last_day(days_of(clocks[clock.code].zone), clock.due_at)
        sentence = _LATE if clock.due_at <= at else _PROMISED
        on = wording.day(promised[clock.code])
        told.append(wording.filled(sentence, {"what": what, "on": on}))
    return promised, told


def _needed(
    details: CaseDetails,
    policy: Policy,
    wording: Wording,
    *,
    wanted: Collection[Need],
    told: Collection[Need],
) -> tuple[str, ...]:
    """What the requester is to give yet: the fields of the form that are missing or were asked for, and each need.

    A field that proves a need which is wanting is not asked for beside it, nor is a need of which they told so, unless
    they were asked for it since; nor what was asked for before the need that it proves was met.
    """
    asked = (each for each in details.asked_fields if not _seen_since(each, details, policy))
    codes = dict.fromkeys((*details.missing_fields, *asked))
    fields = [policy.fields[code] for code in codes if code in policy.fields]
    named = [each.say(wording.language) for each in fields if each.proves not in wanted]
    return (*named, *(wording.value("need", each) for each in wanted if each not in told))


def _seen_since(code: str, details: CaseDetails, policy: Policy) -> bool:
    """Whether the need that a field proves was confirmed after the requester was asked for it."""
    field = policy.fields.get(code)
    proves = field.proves if field is not None else None
    return proves in details.needs_met and code in details.asked_before_met


def _wanted(row: CaseRow, details: CaseDetails, policy: Policy) -> tuple[Need, ...]:
    """The needs of a complete request that nobody confirmed yet; particulars are the fields themselves."""
    kind = policy.types.get(row.request_type or "")
    if kind is None or details.complete_at is not None or row.imported:
        return ()
    return kind.unmet(details.needs_met)


def is_promised(version: PolicyVersion, clock: str) -> bool:
    """Whether a requester is told when a clock is due."""
    terms = version.compiled.clocks.get(clock)
    return terms is not None and terms.sense == "deadline" and not terms.shadow


def _stage(
    row: CaseRow,
    details: CaseDetails,
    wording: Wording,
    date_of: Callable[[datetime], date],
    *,
    publicly: bool,
) -> tuple[str, str]:
    """The stage and the sentence that says it."""
    if row.resolved_at is not None:
        outcome = wording.value("outcome", details.outcome, listed="close")
        said = {"on": wording.day(date_of(row.resolved_at)), "outcome": outcome}
        return "resolved", wording.filled(_STAGES["resolved"], said)
    if details.access_given_at is not None and not publicly:
        on = wording.day(date_of(details.access_given_at))
        return "answered", wording.filled(_STAGES["answered"], {"on": on})
    unsorted = row.team is None or row.adjudicate_by is not None
    stage = "sorting" if unsorted else "queued" if row.owner is None else "in_hand"
    team = row.team
    if row.transit_to is not None:
        stage, team = "moving", row.transit_to
    return stage, wording.filled(_STAGES[stage], {"team": wording.value("team", team)})


def _waiting(
    row: CaseRow, version: PolicyVersion, wording: Wording, *, told: Collection[Need]
) -> Iterator[str]:
    """What the case waits for; not what the requester told of, which is for the office to see."""
    reasons = version.policy.reasons.wait
    for wait in row.waits:
        reason = reasons.get(wait.reason)
        if reason is not None and wait.reason not in told:
            said = {"reason": reason.say(wording.language)}
            yield wording.filled(_waits_on(reason.on), said)


def _waits_on(whom: WaitedOn) -> Sentence:
    match whom:
        case "requester":
            return Sentence("We wait for you: {reason}.", "Nous attendons de vous : {reason}.")
        case "third_party":
            return Sentence(
                "We wait for somebody else: {reason}.", "Nous attendons un tiers : {reason}."
            )
        case "other_body":
            return Sentence(
                "We wait for another body: {reason}.",
                "Nous attendons un autre organisme : {reason}.",
            )
        case _:
            assert_never(whom)


def _heard_late(escalations: Sequence[EscalationRow]) -> bool:
    """Whether something came in after the quiet window that is taken up nowhere yet, nor left at that."""
    late = (each for each in escalations if each.reason == CAME_LATE)
    return any(not each.over and each.action != "accept_breach" for each in late)
