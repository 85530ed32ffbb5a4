"""What the department writes to people: every template, on a case of every type that it is for, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from ledger.case.clocks.facts import ClockStopped
from ledger.case.contact.filing import AddRecordItem
from ledger.case.contact.notices import IssueNotice, NoticeIssued, RecordNoticeGiven
from ledger.case.escalation.chase_steps import ReachChaseStep
from ledger.case.intake.needs import ConfirmNeed
from ledger.case.intake.opening import OpenCase
from ledger.case.outcome.deciding import RecordDecision
from ledger.case.outcome.readiness import MarkReady, OverrideReadiness, readiness_of
from ledger.case.outcome.review import OpenReview, RecordReview
from ledger.entry import Actor
from ledger.errors import Refusal
from ledger.policy.document.notices import Template
from ledger.policy.telling.templates import STATES_RIGHTS, of_its_own
from ledger.policy.values import Language
from tests.deciding import CASE_ID, MONDAY, WATCH, History, by, given, number
from tests.policy.department import answers_to, compiled, department, published

LATER = datetime(2026, 3, 24, 14, 0, tzinfo=UTC)
"""When the notice of a lapse is due for what came on Monday and is incomplete."""
OFFICER = Actor("person", "INT-02", role="intake", team="INT")


def opened(request_type: str | None, language: Language, *, whole: bool = True) -> History[Any]:
    """A case from the desk, with all that its type asks, or with nothing."""
    answers = answers_to(request_type, language=language) if request_type and whole else {}
    opening = OpenCase(
        case_id=CASE_ID,
        channel="desk",
        request_type=request_type,
        region="HAL",
        language=language,
        answers=answers,
    )
    case = given(policies=published()).asked(opening)
    for need in ("identity", "fee"):
        if request_type and whole and need in department().types[request_type].complete_needs:
            case = case.asked(ConfirmNeed(case_id=CASE_ID, need=need))
    return case


def decider(request_type: str) -> Actor:
    """Who decides cases of a type: whoever holds the delegation for it, or anybody where none is needed."""
    for code, each in department().delegations.items():
        if each.is_for(request_type):
            member = each.members[0]
            team = department().members[member].teams[0]
            return Actor("person", member, role="caseworker", team=team, delegation=code)
    return OFFICER


def made_ready(case: History[Any]) -> History[Any]:
    """The case with its checklist met, or set aside where an answer does not meet it, and found ready by a person."""
    for place in range(2):
        case = case.asked(
            AddRecordItem(
                case_id=CASE_ID,
                item_id=number(50 + place),
                digest="0" * 64,
                media_type="application/pdf",
                size_bytes=1_000,
                custodian="INT",
                place_kept="evidence",
            )
        )
    states = readiness_of(case.state, compiled())
    confirmed = tuple(each.code for each in states if each.to_confirm)
    for each in states:
        if each.state == "unmet" and not each.to_confirm:
            aside = OverrideReadiness(case_id=CASE_ID, check=each.code, reason="Seen at the desk.")
            case = case.asked(by(OFFICER, aside))
    return case.asked(by(OFFICER, MarkReady(case_id=CASE_ID, confirmed=confirmed)))


def decided(request_type: str, language: Language, outcome: str) -> History[Any]:
    """A case that was decided, or a review that was recorded."""
    said = {"legal_basis": "Section 4(1)", "reasons": "As told.", "decision_id": number(1)}
    if not department().types[request_type].reviews:
        asked = RecordDecision(case_id=CASE_ID, outcome=outcome, **said)
        case = made_ready(opened(request_type, language))
        return case.asked(by(decider(request_type), asked))
    other = number(99)
    first = decided("LIC-EVT", language, "refused")
    review = OpenReview(
        case_id=CASE_ID,
        other_case=other,
        channel="desk",
        request_type=request_type,
        answers=answers_to(request_type, language=language),
    )
    case = replace(given(policies=published()), others={f"case/{other}": first.state}).asked(review)
    finding = RecordReview(case_id=CASE_ID, finding="varied", other_case=other, **said)
    return made_ready(case).asked(by(decider(request_type), finding))


def standing_for(code: str, request_type: str, language: Language) -> History[Any]:
    """A case of a type that stands as a template asks for."""
    template = department().templates[code]
    match template.kind:
        case "decision":
            return decided(request_type, language, "granted")
        case "refusal":
            return decided(request_type, language, "refused")
        case "lapse":
            case = opened(request_type, language, whole=False)
            return case.asked(by(WATCH, ReachChaseStep(case_id=CASE_ID, step=1), at=LATER))
        case "information_request":
            return opened(request_type, language, whole=False)
        case _:
            plain = code == "ACK-PLAIN"
            whole = code != "ACK-MISSING"
            return opened(None if plain else request_type, language, whole=whole)


def types_for(code: str, template: Template) -> list[str]:
    """The types of which cases may be written to by a template."""
    policy = department()
    if template.kind == "lapse":
        return [each for each, kind in policy.types.items() if kind.chase == "in-20-days"]
    return [
        each
        for each in template.types or policy.types
        if template.kind not in STATES_RIGHTS
        or code in (of_its_own(policy, each, template.kind) or (code,))
    ]


def notice_on(case: History[Any]) -> NoticeIssued:
    """The notice that was issued on a case."""
    return next(each.fact for each in case.happened if isinstance(each.fact, NoticeIssued))


def issue(code: str, **fields: Any) -> IssueNotice:
    """The notice by letter, with something for each placeholder that it asks for."""
    values = dict.fromkeys(department().templates[code].asks, "2026-04-01")
    told: dict[str, Any] = {"channel": "letter", "values": values, **fields}
    return IssueNotice(case_id=CASE_ID, notice_id=number(1), template=code, **told)


@pytest.mark.parametrize("language", department().office.languages)
@pytest.mark.parametrize("code", department().templates)
def test_a_template_is_filled_in_on_a_case_of_every_type_that_it_is_for(
    code: str, language: Language
) -> None:
    template = department().templates[code]
    types = types_for(code, template)
    assert types
    for request_type in types:
        case = standing_for(code, request_type, language)
        at = LATER if template.kind == "lapse" else MONDAY  # after the chase has come so far
        by = 10 if template.kind == "extension" else None
        asked = issue(code, extends_by=by)
        issued = notice_on(case.when(asked, actor=OFFICER, at=at).after)
        said = f"{issued.subject}\n{issued.words}"
        assert issued.language == language
        assert "{" not in said, (request_type, said)
        assert issued.rights_stated == (template.kind in STATES_RIGHTS)


def test_an_acknowledgement_names_the_date_of_the_answer_and_not_that_of_itself() -> None:
    case = opened("RDW-DRN", "en").when(issue("ACK"), actor=OFFICER).after
    said = str(notice_on(case).words)
    assert "We are to answer by 15 April 2026." in said, "thirty working days on"
    stopped = [each.fact.clock for each in case.happened if isinstance(each.fact, ClockStopped)]
    assert stopped == ["ACK-2"]


@pytest.mark.parametrize(
    "request_type",
    [
        code
        for code, kind in department().types.items()
        if any("decision_given" in department().clocks[each.clock].stops_on for each in kind.clocks)
        and kind.judgement
        and not kind.reviews
    ],
)
def test_a_decision_is_given_and_its_clocks_stop_with_its_notice(request_type: str) -> None:
    case = decided(request_type, "fr", "granted")
    own = of_its_own(department(), request_type, "decision")
    case = case.asked(by(OFFICER, issue(own[0] if own else "DECISION")))
    open_before = {code for code, each in case.state.clocks.items() if each.open}
    case = case.asked(by(OFFICER, RecordNoticeGiven(case_id=CASE_ID, notice_id=number(1))))
    left = {code for code, each in case.state.clocks.items() if each.open}
    waited_for = {
        code for code in open_before if "decision_given" in department().clocks[code].stops_on
    }
    assert left == open_before - waited_for
    assert waited_for or request_type == "HSG-TEN", "an order is due once the hearing was held"


def test_where_a_type_has_rights_of_its_own_the_letter_for_all_types_is_refused() -> None:
    case = decided("IAC-SLF", "en", "granted")
    case.when(issue("DECISION"), actor=OFFICER).refused(
        Refusal, saying="use DECISION-ACCESS instead of DECISION", rule="rights-of-the-type"
    )
    right = case.when(issue("DECISION-ACCESS"), actor=OFFICER).after
    assert "within 60 days" in str(notice_on(right).words)


def test_the_notice_of_a_lapse_names_the_date_that_the_chase_holds_to() -> None:
    case = standing_for("LAPSE-WARNING", "INC-APP", "en")
    case = case.when(issue("LAPSE-WARNING"), actor=OFFICER, at=LATER).after
    assert case.state.chase.lapses_at == datetime(2026, 4, 1, 3, 0, tzinfo=UTC), (
        "the end of that day"
    )
    assert "lapses on 31 March 2026" in str(notice_on(case).subject)
