"""What answers a field of a verb that was left out: the one open thing, whoever acts, who waits next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from itertools import dropwhile
from uuid import UUID

from api.verbs.verb import Around, case_of
from ledger.case.known.answered import Notice
from ledger.case.known.timed import Wait
from ledger.case.state import Case
from ledger.case.whom import adjudicator_of
from ledger.errors import InvalidCommand, UnlawfulTransition
from ledger.ids import case_stream, reference_of
from ledger.input.quoting import quoted
from ledger.policy.calendars.zones import zone_of
from ledger.policy.flow.pulling import wanting
from projections.fold.told import told as as_told
from projections.lists.queues import Candidate, candidates
from projections.rows.escalations import ESCALATIONS
from projections.sentences.by_topic import CODES

OFFERED = 50
"""How many candidates a pull carries, should others be quicker."""


def _only(
    around: Around, field: str, found: Mapping[UUID, str], *, nothing: str, rule: str
) -> UUID:
    """The only one there is; of several each is named by its id and by what it is.

    Where there is none it is refused by the rule by which the ledger refuses one that is not there.
    """
    if not found:
        raise UnlawfulTransition(nothing, rule=rule)
    if len(found) > 1:
        known = ", ".join(f"{key} ({what})" for key, what in found.items())
        raise InvalidCommand(f"Say which with {around.named(field)}: {known}.")
    (only,) = found
    return only


def _at(around: Around, instant: datetime | None) -> str:
    """An instant as the office's clock shows it; a dash for none."""
    if instant is None:
        return "-"
    zone = zone_of(around.policy.office.zone)
    return f"{instant.astimezone(zone):%Y-%m-%d %H:%M}"


def open_wait(around: Around) -> UUID:
    case = case_of(around)
    waits = {
        wait.wait_id: f"{_waits_on(case, wait)}, {_at(around, wait.from_at)}"
        for wait in case.waits
        if wait.to_at is None
    }
    nothing = "The case does not wait: there is nothing to end."
    return _only(around, "wait_id", waits, nothing=nothing, rule="ends-a-wait")


def _waits_on(case: Case, wait: Wait) -> str:
    """The reason of a wait, and the other body that was asked, where one was."""
    referral = case.owed.referrals.get(wait.wait_id)
    return quoted(wait.reason) if referral is None else f"{quoted(wait.reason)}, {referral.body}"


def open_transfer(around: Around) -> UUID:
    handover = case_of(around).handover
    if handover is None:
        raise UnlawfulTransition(
            "The case is not in transit: there is nothing to answer.", rule="answers-a-transfer"
        )
    return handover.transfer_id


def open_escalation(around: Around) -> UUID:
    """The escalation that waits for an answer still: what that of another is about is over."""
    rows = ESCALATIONS.after([as_told(each.entry) for each in around.ledger.read(around.stream)])
    asked = {UUID(row.escalation_id) for row in rows if not row.asleep}
    case = case_of(around)
    waiting = {
        key: f"{each.clock or each.alarm or each.parties[0]}, {_at(around, each.since_at)}"
        for key, each in case.escalations.items()
        if key in asked - case.acknowledged
    }
    nothing = "No escalation of this case waits for an answer."
    return _only(
        around, "escalation_id", waiting, nothing=nothing, rule="acknowledges-an-escalation"
    )


def open_duty(around: Around) -> UUID:
    owed = {
        key: ", ".join(party for party, done in told.items() if not done)
        for key, told in case_of(around).extensions.items()
        if not all(told.values())
    }
    nothing = "No extension of this case leaves anybody to be told."
    return _only(around, "extension_id", owed, nothing=nothing, rule="told-of-an-extension")


def open_task(around: Around) -> UUID:
    tasks = {
        task.task_id: f"{task.kind}, {task.member or task.team}, {_at(around, task.due_at)}"
        for task in case_of(around).owed.open_tasks
    }
    return _only(
        around, "task_id", tasks, nothing="No task of this case is open.", rule="task-of-the-case"
    )


def task_had(around: Around) -> UUID:
    """The task that somebody has, where there is but one."""
    tasks = {
        task.task_id: f"{task.kind}, {task.member}, {_at(around, task.due_at)}"
        for task in case_of(around).owed.open_tasks
        if task.member is not None
    }
    nothing = "Nobody has a task of this case: there is none to give back."
    return _only(around, "task_id", tasks, nothing=nothing, rule="task-of-the-case")


def open_follow_up(around: Around) -> UUID:
    found = {
        each.follow_up_id: f"{each.member}, {_at(around, each.due_at)}"
        for each in case_of(around).owed.follow_ups.values()
        if not each.done
    }
    nothing = "Nothing is to be followed up on this case."
    return _only(around, "follow_up_id", found, nothing=nothing, rule="follow-up-of-the-case")


def open_referral(around: Around) -> UUID:
    found = {
        each.referral_id: f"{each.body}, {_at(around, each.confirm_by)}"
        for each in case_of(around).owed.referrals.values()
        if each.unconfirmed
    }
    nothing = "No referral of this case waits for its confirmation."
    return _only(around, "referral_id", found, nothing=nothing, rule="confirms-a-referral")


def referral_to_end(around: Around) -> UUID:
    """The referral that can come to nothing still, where there is but one."""
    found = {
        each.referral_id: f"{each.body}, {_at(around, each.referred_at)}"
        for each in case_of(around).owed.referrals.values()
        if each.may_come_to_nothing
    }
    nothing = "No referral of this case can come to nothing."
    return _only(around, "referral_id", found, nothing=nothing, rule="ends-a-referral")


def all_missing(around: Around) -> tuple[str, ...]:
    return () if around.given.get("words") else tuple(sorted(case_of(around).missing))


def next_in_queue(around: Around) -> tuple[UUID, ...]:
    """The cases that whoever pulls may take, in the order of the policy; all of them for a dispatcher who assigns."""
    around.catch_up()
    team = around.given["team"]
    if team not in around.policy.teams:
        teams = ", ".join(sorted(around.policy.teams))
        raise InvalidCommand(
            f"{quoted(team)} is not a team of the policy in force; it knows {teams}."
        )
    found = _in_order(around)
    if not found:
        raise UnlawfulTransition(
            f"Nothing waits in the queue of {team}: there is nothing to pull.",
            rule="pulls-what-waits",
        )
    mine = [each for each in found if not _lacking(around, each)]
    if not mine:
        lacking = ", ".join(sorted({name for each in found for name in _lacking(around, each)}))
        raise UnlawfulTransition(
            f"Nothing that {_puller(around)} may take waits in the queue of {team}, where what waits takes "
            f"{lacking}: ask a dispatcher to assign a case.",
            rule="eligible-to-pull",
        )
    left = [*dropwhile(lambda each: _passed_over(around, each), mine)]
    if not left:
        raise UnlawfulTransition(
            f"{_puller(around)} passed over, or stepped back from, all that waits in the queue of {team} and that they "
            "may take: ask a dispatcher to assign it to somebody else.",
            rule="eligible-to-pull",
        )
    offered = [*dropwhile(lambda each: _kept_from(around, each), left)]
    if not offered:
        raise _kept(around, left[0])
    return tuple(UUID(each.key) for each in offered[:OFFERED])


def _kept(around: Around, candidate: Candidate) -> UnlawfulTransition:
    """What keeps a case in the queue that is next there, so that nobody may take it yet."""
    ref, team = reference_of(UUID(candidate.key)), around.given["team"]
    if (duty := _confirms(around, candidate)) is not None:
        return UnlawfulTransition(
            f"{ref} is next in the queue of {team} and is to be confirmed before anybody takes it: let somebody of "
            f"{duty} confirm where it goes with `caseledger confirm`, then pull again.",
            rule="confirmed-before-moved",
        )
    return UnlawfulTransition(
        f"{ref} is next in the queue of {team} and stands still until it is adjudicated: let "
        f"{adjudicator_of(around.policy) or 'a supervisor'} say where it belongs with `caseledger adjudicate`, or a "
        "dispatcher assign it meanwhile.",
        rule="bounced-is-adjudicated",
    )


def _confirms(around: Around, candidate: Candidate) -> str | None:
    """The duty team that is still to confirm where a case goes which is kept with it meanwhile."""
    proposal = _state(around, candidate).proposal
    return proposal.team if proposal is not None and proposal.kept else None


def _passed_over(around: Around, candidate: Candidate) -> bool:
    """Whether whoever pulls passed a case over or stepped back from it, and is offered it no more."""
    case, puller = _state(around, candidate), _puller(around)
    return puller in case.skipped or puller in case.moves.recused


def _kept_from(around: Around, candidate: Candidate) -> bool:
    if _passed_over(around, candidate) or _confirms(around, candidate) is not None:
        return True
    return _state(around, candidate).to_be_adjudicated


def _state(around: Around, candidate: Candidate) -> Case:
    return around.ledger.state_of(case_stream(UUID(candidate.key)))


def _in_order(around: Around) -> tuple[Candidate, ...]:
    now = around.ledger.clock()
    version = around.policies.in_force(now)
    return candidates(around.views, around.given["team"], version=version, at=now)[1]


def _lacking(around: Around, candidate: Candidate) -> tuple[str, ...]:
    puller = _puller(around)
    known = puller in around.policy.members
    return wanting(candidate.waiting, around.policy, puller) if known else ()


def _puller(around: Around) -> str:
    return around.given.get("owner") or around.actor.id


def passed_over(around: Around) -> dict[str, int]:
    """How many stand before the first case that whoever pulls may take, by what they lack first."""
    reasons: list[str] = []
    for each in _in_order(around):
        lacking = _lacking(around, each)
        if not lacking:
            break
        reasons.append(lacking[0])
    return dict(Counter(reasons))


def order_upto(around: Around) -> int:
    return around.views.position()


def own_team(around: Around) -> str:
    return around.actor.team or ""


def whoever_acts(around: Around) -> str:
    return around.actor.id


def proposed_return(around: Around) -> UUID:
    resolution = case_of(around).resolution
    if resolution is None or resolution.returning is None:
        raise UnlawfulTransition(
            "No return of this case is proposed: there is nothing to decide.",
            rule="decides-a-return",
        )
    return resolution.returning


def open_appeal(around: Around) -> UUID:
    """The appeal of the case that is open, where there is but one."""
    found = [key for key, each in case_of(around).appeals.items() if each.is_open]
    if not found:
        raise UnlawfulTransition(
            "No appeal of this case is open: there is nothing to end.", rule="ends-an-appeal"
        )
    if len(found) > 1:
        known = ", ".join(str(each) for each in found)
        raise InvalidCommand(f"Say which with {around.named('appeal_id')}: {known}.")
    return found[0]


def reviewed_case(around: Around) -> UUID | None:
    review = case_of(around).review
    return review and review.other_case


def extension_notice(around: Around) -> UUID | None:
    """The notice by which a clock is extended, where one stands that nobody extended by yet and no other is said."""
    if around.given.get("notice_given_at") or around.given.get("notice_method"):
        return None
    case, code = case_of(around), around.given["clock"]
    clock = case.clocks.get(code)
    used = {each.given_at for each in clock.history.extensions} if clock is not None else set()
    fitting = {
        key: _letter(around, each)
        for key, each in case.notices.items()
        if each.kind == "extension" and each.stands and each.to_requester
        and each.clock in (None, code) and each.given_at not in used
    }  # fmt: skip
    if len(fitting) > 1:
        known = ", ".join(f"{key} ({what})" for key, what in fitting.items())
        raise InvalidCommand(f"Say which with {around.named('notice_id')}: {known}.")
    return next(iter(fitting), None)


def open_notice(around: Around) -> UUID:
    sent = case_of(around).notices
    waiting = {
        key: _letter(around, each)
        for key, each in sent.items()
        if not each.given_at and not each.failed_at
    }
    nothing = "No notice of this case waits to be given: issue one first."
    return _only(around, "notice_id", waiting, nothing=nothing, rule="of-an-issued-notice")


def standing_notice(around: Around) -> UUID:
    standing = {
        key: _letter(around, each)
        for key, each in case_of(around).notices.items()
        if not each.failed_at
    }
    nothing = "No notice of this case could have failed: none was issued, or all failed."
    return _only(around, "notice_id", standing, nothing=nothing, rule="of-an-issued-notice")


def _letter(around: Around, notice: Notice) -> str:
    return f"{CODES[f'kind.{notice.kind}'].en} of {_at(around, notice.issued_at)}"
