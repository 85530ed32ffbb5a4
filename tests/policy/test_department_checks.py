"""Each check of a policy, tried on the sample department with one thing broken: it finds that, at its line."""

from __future__ import annotations

import re
from datetime import date

import pytest

from ledger.policy.checking import check
from ledger.policy.document.problems import PolicyError, Problem, sentence_of
from ledger.policy.reading.toml import read_policy
from tests.policy.department import DEPARTMENT, TEXT, line_in, with_changes

TODAY = date(2026, 11, 22)


def found(text: str, today: date = TODAY) -> list[Problem]:
    """What is wrong with a policy, or else what could be better."""
    try:
        return check(read_policy(text, file=DEPARTMENT.name), today, text=text)
    except PolicyError as error:
        return list(error.problems)


PERMIT = """
clocks = ["ACK-2", "DEC-20", "DEC-20-WAITED"]
deadline_bearing = true
judgement = true
settle_days = 20
chase = "in-20-days"
retention = "R10"\
"""
LATE = '[[routing]]\ncode = "late"\nen = "Late"\nfr = "Tard"\nteam = "INT"\n\n'

BROKEN = {
    "a type that arms no clock": (
        'clocks = ["ACK-2", "FIX-30"]\ndeadline_bearing = true',
        "deadline_bearing = false",
        "types.RDW-DRN",
        "[types.RDW-DRN]",
        "arms no clock with a deadline",
    ),
    "a type that promises nothing in summer": (
        'clocks = ["ACK-1", { clock = "FIX-2"',
        'clocks = [{ clock = "FIX-2"',
        "types.RDW-WIN.clocks",
        'clocks = [{ clock = "FIX-2"',
        "arm nothing at times",
    ),
    "judgement without a checklist where other types have one": (
        """checklist = [
  { code = "need-shown", en = "Evidence of the need is on file", fr = "La preuve du besoin est au dossier", items = 1 },
]

[types.INC-CHG]""",
        "[types.INC-CHG]",
        "types.INC-SPC.judgement",
        'judgement = true\nsettle_days = 20\nchase = "in-20-days"\nretention = "R7S"\n[types.INC-CHG]',
        "has no checklist as other types have",
    ),
    "a check that looks at what is not asked": (
        'fields = ["decision_ref"] },\n  { code = "account',
        'fields = ["event_date"] },\n  { code = "account',
        "types.INC-OVP.checklist[0]",
        '{ code = "decision-known"',
        "looks at the field 'event_date', which this type does not ask",
    ),
    "a form option that maps to nothing": (
        '"Snow and ice" = "RDW-WIN"\n',
        "",
        "channels.web.options[1]",
        '"Snow and ice",',
        "add its type or 'triage'",
    ),
    "a category that the form does not offer": (
        '"Snow and ice" = "RDW-WIN"',
        '"Snow and ice" = "RDW-WIN"\n"Fog" = "RDW-WIN"',
        "channels.web.categories.Fog",
        '"Fog" = ',
        "names the option 'Fog', which is not defined; allowed: ",
    ),
    "a form option that maps to a type that is not there": (
        '"Snow and ice" = "RDW-WIN"',
        '"Snow and ice" = "RDW-WIM"',
        'channels.web.categories."Snow and ice"',
        '"Snow and ice" = ',
        "did you mean 'RDW-WIN'?); allowed: ",
    ),
    "a team that names a skill that nobody in it has": (
        'skills = ["spill"]\nwip',
        'skills = ["spill", "foi"]\nwip',
        "teams.ENX.skills[1]",
        'skills = ["spill", "foi"]',
        "names the skill 'foi', known to 0: add one, or few_by_design = true",
    ),
    "a skill that one person of a team has": (
        'skills = ["housing"]\nwip',
        'skills = ["housing", "fr"]\nwip',
        "teams.HSA.skills[1]",
        'skills = ["housing", "fr"]',
        "names the skill 'fr', known to 1: add one, or few_by_design = true",
    ),
    "a leader who is nobody": (
        'leader = "CRU-01"',
        'leader = "CRU-11"',
        "teams.CRU.leader",
        'leader = "CRU-11"',
        "names the member 'CRU-11', which is not defined (did you mean 'CRU-01'?); allowed: ",
    ),
    "somebody on call who is nobody": (
        '"ENI-E-02", "ENI-W-02"]\n\n',
        '"ENI-E-02", "ENI-W-22"]\n\n',
        "teams.ENX.on_call[3]",
        '"ENI-E-02", "ENI-W-22"]',
        "names the member 'ENI-W-22'",
    ),
    "personal answers that no retention class covers": (
        PERMIT,
        PERMIT.removesuffix('\nretention = "R10"'),
        "types.RDW-ACC",
        "[types.RDW-ACC]",
        "nobody can say when what it asks (name, contact, description, lot, plan, safe_contact, ",
    ),
    "a retention class that is not there": (
        PERMIT,
        PERMIT.replace("R10", "R11"),
        "types.RDW-ACC.retention",
        'retention = "R11"',
        "names the class 'R11', which is not defined (did you mean 'R10'?); allowed: PERM, R10",
    ),
    "a field that nobody asks": (
        'required = ["civic_location", "well_type"]',
        'required = ["civic_location"]',
        "fields.well_type",
        "[fields.well_type]",
        "is asked by no request type",
    ),
    "an effect of a reason that is not on the list": (
        'effects = { fee = "pause" }',
        'effects = { fees = "pause" }',
        "clocks.FOI-NS-1993.effects.fees",
        'effects = { fees = "pause" }',
        "names the reason to wait 'fees', which is not defined (did you mean 'fee'?); allowed: ",
    ),
    "an extension for a reason that is not on the list": (
        'reasons = ["commissioner"]',
        'reasons = ["ombudsman"]',
        "clocks.FOI-NS-1993.extensions[1].reasons[0]",
        'reasons = ["ombudsman"]',
        "names the reason to extend 'ombudsman'",
    ),
    "a template in one language only": (
        TEXT[TEXT.index("[templates.DONE.texts.fr]") :],
        "",
        "templates.DONE.texts",
        "[templates.DONE.texts",
        "has no fr: a notice exists in every language of the office",
    ),
    "a rule after the default": (
        "# -------------------------------------------------------------------------------- 9  Reasons",
        LATE,
        "routing[26]",
        LATE,
        "stands after the default and can never be reached: move it up",
    ),
    "a default that nobody hears": (
        "alarm_above_percent = 2\n",
        "",
        "routing[25]",
        '[[routing]]\ncode = "triage"',
        "has no alarm_above_percent",
    ),
    "a team that no rule reaches": (
        'team = "MCU"',
        'team = "INT"',
        "teams.MCU",
        "[teams.MCU]",
        "is reached by no routing rule",
    ),
    "a label without French": (
        'fr = "Permis d\'accès"\n',
        "",
        "types.RDW-ACC",
        "[types.RDW-ACC]",
        "has no French",
    ),
}


@pytest.mark.parametrize(("old", "new", "key", "piece", "said"), BROKEN.values(), ids=BROKEN)
def test_each_check_finds_the_one_thing_that_is_wrong_at_its_line(
    old: str, new: str, key: str, piece: str, said: str
) -> None:
    text = with_changes((old, new))
    (problem,) = found(text)
    assert (problem.key, problem.line) == (key, line_in(text, piece))
    assert problem.sentence.startswith(f"{key} ")
    assert said in problem.sentence
    assert problem.sentence.endswith(".")
    assert sentence_of(problem, DEPARTMENT.name).startswith(f"department.toml, line {problem.line}")


def test_a_calendar_that_ends_within_two_years_is_found_before_a_promise_needs_it() -> None:
    assert found(TEXT, date(2027, 12, 31)) == []
    late = found(TEXT, date(2028, 1, 1))
    assert [each.key for each in late] == [
        "calendars.NS-SAMPLE.ends_on",
        "calendars.OFFICE.ends_on",
    ]
    assert "less than 24 months ahead: publish it to 2030-01-01 or later" in late[0].sentence
    assert late[0].line == line_in(TEXT, "ends_on = 2029-12-31")


def test_a_day_without_an_edition_of_the_law_is_found_in_each_type_that_needs_it() -> None:
    text = with_changes(("effective_from = 2027-04-01", "effective_from = 2027-04-02"))
    gaps = found(text)
    assert [each.key for each in gaps] == ["types.IAC-GEN.clocks", "types.IAC-SLF.clocks"]
    assert all("arm nothing from 2027-04-01" in each.sentence for each in gaps)
    assert found(text, date(2027, 4, 2)) == [], "what is past promises nothing any more"


def test_a_call_to_whoever_is_on_call_where_nobody_is_is_found_once() -> None:
    (problem,) = found(re.sub(r"\non_call = .*", "", TEXT))
    assert problem.key == "clocks.MAKE-SAFE.rungs[0]"
    assert "no team says who: add on_call to a team" in problem.sentence


def test_types_to_which_the_office_cannot_give_a_notice_that_they_need_are_found() -> None:
    own = '[templates.REFUSAL]\ntypes = ["RDW-ACC", "INC-APP"]\n'
    lacking = found(with_changes(("[templates.REFUSAL]\n", own)))
    keys = {each.key for each in lacking}
    assert {"types.RDW-CLM", "types.HSG-TEN"} <= keys
    assert not keys & {"types.RDW-ACC", "types.INC-APP", "types.IAC-GEN", "types.RDW-POT"}
    assert all(
        "needs a notice of the kind refusal, and no template" in each.sentence for each in lacking
    )


@pytest.mark.parametrize("name", ["transfer", "decline", "skip", "reopen", "contact", "escalation"])
def test_an_act_that_nobody_can_give_a_reason_for_is_found(name: str) -> None:
    """Whoever writes a policy from nothing hears of it before the first case that cannot be handed over."""
    text = re.sub(rf"(?ms)^\[reasons\.{name}\]\n.*?\n(?=\n|\Z)", "", TEXT)
    assert f"reasons.{name}" in {each.key for each in found(text)}
