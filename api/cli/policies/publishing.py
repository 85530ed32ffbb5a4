"""Policies from the command line: checked, published, shown, and tried against what was recorded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from api.cli.edge import DONE, FOUND
from api.cli.ledgers import caught_up, office_days, opened, opened_with_views_at_hand
from api.cli.progress import progress_bar
from api.cli.reading.asked_at import Asked
from api.cli.showing import Column, local, number, say, show_json, show_table, words
from api.cli.wording.as_refused import as_spoken
from api.cli.wording.coded import coded, labelled
from api.cli.wording.in_french import told
from api.cli.wording.spoken import spoken
from api.cli.writing.acting import Acting
from api.cli.writing.recording import recorded, show_receipt
from api.moments import since_of
from api.policy_files import publication_of, read_policy_file
from api.verbs.policy_verbs import left_behind
from api.verbs.policy_verbs import since as since_of_version
from ledger.errors import InvalidCommand
from ledger.ids import reference_of
from ledger.input.quoting import known_codes
from ledger.policies_then import policies_then
from ledger.policy.checking import check as found_wanting
from ledger.policy.compiled.policy import compile_policy
from ledger.policy.document.policy import Member, Policy, RoutingRule
from ledger.policy.document.problems import PolicyError, Problem
from ledger.policy.in_force import PolicyVersion
from ledger.service import Ledger
from projections.policies.replay import PolicyReplay, replay_policy
from projections.views import Views

AsJson = Annotated[bool, Parameter(name="--json", negative="", help="Answer as JSON.")]
File = Annotated[Path, Parameter(name="FILE", help="A policy in TOML.")]
_DIFFERENCES_TOLD = 20


def check(file: File, /, *, as_json: AsJson = False) -> int:
    """Lists what is wrong in a policy file, each with its line and key, and what could be better."""
    problems: Sequence[Problem] = ()
    advice: Sequence[Problem] = ()
    try:
        policy, text = read_policy_file(file)
        advice = found_wanting(policy, datetime.now().astimezone().date(), text=text)
    except PolicyError as error:
        problems = error.problems
    if as_json:
        show_json(
            {
                "file": file.name,
                "problems": [_problem_json(each) for each in problems],
                "advice": [_problem_json(each) for each in advice],
            }
        )
    else:
        title = told("{file}: what is wrong", file=file.name)
        _list(title, problems, empty="Nothing: it can be published.")
        if not problems:
            _list("What could be better", advice, empty="Nothing.")
    return FOUND if problems else DONE


def publish(
    file: File,
    /,
    *,
    effective_from: Annotated[str | None, Parameter(name="--from")] = None,
    acting: Acting = Acting(),
) -> int:
    """Publishes a policy file into the ledger; what is decided from then on cites it.

    Parameters
    ----------
    effective_from
        From when: an instant, or a date (its beginning at the office); at once if left out, a first one for ever.
    """
    acting.named()
    policy, _ = read_policy_file(file)
    with opened_with_views_at_hand() as (ledger, views):
        first = not ledger.policies().versions
        if first:
            _refuse_outsider(policy, acting.named())
        actor = acting.office_actor(ledger)
        days = office_days(ledger.policies())
        since = since_of(effective_from, option="--from", days=days) if effective_from else None
        command = publication_of(ledger, policy, effective_from=since)
        receipt = recorded(ledger, acting.request(command, actor), verbose=acting.verbose)
        version = ledger.policies().versions[receipt.version - 1]
        said = {"policy": version.digest, "effective_from": since_of_version(version)}
        if acting.as_json:
            show_receipt(receipt, as_json=True, **said)
        else:
            show_receipt(receipt, as_json=False, policy=version.digest)
            say(_in_force(version))
            if not first:
                _tell_left_behind(policy, views(), ledger)
    return DONE


_ONE_LEFT = (
    "1 open case is with {team}, which is no team of this policy: `caseledger route` or `transfer` it, which "
    "`caseledger cases --team {team}` lists."
)
_SEVERAL_LEFT = (
    "{count} open cases are with {team}, which is no team of this policy: `caseledger route` or `transfer` each that "
    "`caseledger cases --team {team}` lists."
)


def _tell_left_behind(policy: Policy, views: Views, ledger: Ledger) -> None:
    """Says which open cases are with teams that the policy has no more: only the director answers for them."""
    caught_up(views, ledger)
    for each in left_behind(policy, views, ledger.clock()):
        left = _ONE_LEFT if each.cases == 1 else _SEVERAL_LEFT
        say(told(left, count=each.cases, team=each.team))


def _refuse_outsider(policy: Policy, code: str) -> None:
    """Refuses the first policy from somebody whom it does not know: nobody could say later who that was."""
    if code not in policy.members:
        raise InvalidCommand(
            f"'{code}' is not a member of this policy, and whoever publishes the first one is; it knows "
            f"{known_codes(code, policy.members)}."
        )


def show(*, asked: Asked = Asked()) -> int:
    """Shows the policy in force."""
    with opened() as ledger:
        policies = ledger.policies()
        when = asked.instants(office_days(policies), now=ledger.clock())
        known = policies_then(ledger, when.then)
        versions = [each for each in known.versions if each.effective_from <= when.at]
        if asked.as_json:
            show_json(_version_json(versions[-1]) if versions else None)
            return DONE
        if not versions:
            say(told("No policy is in force: publish one with `caseledger policy publish FILE`."))
            return DONE
        _show(versions[-1])
    return DONE


def replay(
    *,
    against: Annotated[
        Path | None, Parameter(name="--against", help="Another policy to decide under.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Decides every recorded routing again on the facts and loads recorded; any difference is found."""
    with opened() as ledger:
        policies, other = ledger.policies(), None
        if against is not None:
            policy, _ = read_policy_file(against)
            other = compile_policy(policy, version=len(policies.versions) + 1)
        with progress_bar("entries") as tell:
            found = replay_policy(
                ledger.store, policies, against=other, progress=lambda at: tell(*at)
            )
    if as_json:
        show_json({"same": found.same, "replay": found})
    else:
        _show_replay(found)
    return DONE if found.holds else FOUND


def schema() -> int:
    """Prints the JSON schema of a policy, for editors that complete and check TOML."""
    show_json(Policy.model_json_schema())
    return DONE


def _problem_json(problem: Problem) -> dict[str, Any]:
    return {"line": problem.line, "key": problem.key, "sentence": problem.sentence}


def _list(title: str, problems: Sequence[Problem], *, empty: str) -> None:
    rows = [(each.line or "", each.key, as_spoken(each.sentence)) for each in problems]
    show_table(title, [Column("line", "right"), words("key"), words("what")], rows, empty=empty)


def _show_replay(found: PolicyReplay) -> None:
    said = "{same} of {all} recorded decisions come out the same under the policy that each cites."
    if found.against:
        said = "{same} of {all} recorded decisions come out the same under that policy."
    say(told(said, same=found.same, all=found.decisions))
    if found.holds:
        return
    show_table(
        "These would go elsewhere" if found.against else "These are defects",
        [number("entry"), Column("case"), words("recorded"), words("now")],
        [
            (
                each.position,
                reference_of(each.case_id),
                f"{each.recorded_team} ({each.recorded_rule})",
                f"{each.team} ({each.rule})",
            )
            for each in found.differences[:_DIFFERENCES_TOLD]
        ],
        empty="",
    )
    if (more := len(found.differences) - _DIFFERENCES_TOLD) > 0:
        say(told("And {count} more: all with --json.", count=more))


def _version_json(version: PolicyVersion) -> dict[str, Any]:
    return {
        "number": version.number,
        "digest": version.digest,
        "effective_from": since_of_version(version),
        "tz_version": version.tz_version,
        "document": version.document,
    }


def _in_force(version: PolicyVersion) -> str:
    if version.from_the_beginning:
        said = "Policy {number} is in force, also for whatever happened before it was published."
        return told(said, number=version.number)
    zone = version.compiled.calendars.days_of(version.policy.office.zone)
    since = local(version.effective_from, zone.zone)
    said = "Policy {number} is in force from {since} ({zone})."
    return told(said, number=version.number, since=since, zone=zone.name)


def _show(version: PolicyVersion) -> None:
    policy = version.policy
    say(
        told(
            "{office}, digest {digest}",
            office=policy.office.say(spoken()),
            digest=version.digest[:12],
        ),
        _in_force(version),
    )
    _show_types(policy)
    _show_clocks(policy)
    _show_teams(policy)
    show_table(
        "Routing rules, the first that holds decides",
        [Column("rule"), words("what it says"), words("to")],
        [(rule.code, rule.say(spoken()), _goes_to(rule)) for rule in policy.routing],
        empty="None.",
    )
    say(told("The whole document: `caseledger policy show --json`."))


def _show_types(policy: Policy) -> None:
    show_table(
        "Request types",
        [
            Column("type"),
            words("name"),
            Column("programme"),
            words("clocks"),
            Column("points", "right"),
            Column("kept"),
        ],
        [
            (
                code,
                kind.say(spoken()),
                kind.programme,
                ", ".join(each.clock for each in kind.clocks),
                kind.effort_points,
                kind.retention,
            )
            for code, kind in policy.types.items()
        ],
        empty="None.",
    )


def _show_teams(policy: Policy) -> None:
    show_table(
        "Teams",
        [
            Column("team"),
            words("name"),
            Column("leader"),
            Column("people", "right"),
            Column("full-time", "right"),
            Column("skills"),
            Column("on call"),
            Column("active", "right"),
            Column("paused", "right"),
        ],
        [
            (
                code,
                team.say(spoken()),
                team.leader,
                len(people := _people(policy, code)),
                _full_time(each for each in people if each.teams[0] == code),
                ", ".join(team.skills),
                ", ".join(team.on_call),
                team.wip.active,
                team.wip.paused,
            )
            for code, team in policy.teams.items()
        ],
        empty="None.",
    )


def _show_clocks(policy: Policy) -> None:
    show_table(
        "Clocks",
        [
            Column("clock"),
            words("name"),
            words("how long"),
            words("counted from"),
            words("until"),
            words("stands still for"),
        ],
        [
            (
                code,
                clock.say(spoken()),
                f"{clock.amount} {coded('unit_of_one' if clock.amount == 1 else 'unit', clock.unit)}",
                _moment(clock.start_event or clock.starts_on),
                f" {told('or')} ".join(_moment(each) for each in clock.stops_on),
                ", ".join(
                    labelled("reason", each, policy, among="wait") or "" for each in clock.effects
                ),
            )
            for code, clock in policy.clocks.items()
        ],
        empty="None.",
    )


def _moment(code: str) -> str:
    """When a clock starts or ends, in words if it is one of ours and no field of a form."""
    said = (coded(field, code) or code for field in ("moment", "milestone"))
    return next((each for each in said if each != code), code)


def _people(policy: Policy, team: str) -> list[Member]:
    return [
        each for each in policy.members.values() if each.kind == "person" and team in each.teams
    ]


def _full_time(people: Iterable[Member]) -> str:
    """How many full-time people they come to, where they are at home and carry work."""
    percent = sum(each.fte_percent for each in people if each.points_a_day)
    said = f"{percent / 100:g}"
    return said if spoken() == "en" else said.replace(".", ",")


def _goes_to(rule: RoutingRule) -> str:
    if rule.confirm is not None:
        said = "where the rules below say, once {team} confirms"
        return told(said, team=rule.confirm.team)
    to = rule.team or ", ".join(rule.teams) or told("any team with '{skill}'", skill=rule.skill)
    if rule.overflow is None:
        return to
    return told("{team}, else {others}", team=to, others=", ".join(rule.overflow.to))
