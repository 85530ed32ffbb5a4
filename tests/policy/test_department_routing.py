"""The twenty routing rules of the sample department: for each a case that it takes, and one that it just does not."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.policy.document.conditions import RoutingFacts
from ledger.policy.load import Load
from ledger.policy.routing.explaining import explain
from ledger.policy.routing.rules import Routing, replay, route, routing_from
from tests.deciding import is_one_sentence
from tests.policy.department import compiled, department, facts

POLICY = compiled()
FULL = {"INC-HAL": 164, "INC-REG": 140}
"""The least points at which each income team is above 120 % of its day, 136 and 116 points, and overflows."""


class Case(NamedTuple):
    """What is known of a case, and the rule and the team that it then goes to."""

    known: RoutingFacts
    rule: str
    team: str
    load: Load = Load()


def sent(
    rule: str, team: str, request_type: str | None, region: str | None = "HAL", **said: object
) -> Case:
    """A case of a type in a region, with what else is said of it, and where it goes."""
    load = said.pop("load", {})
    assert isinstance(load, dict)
    return Case(facts(request_type, region, **said), rule, team, Load(load))


DANGER, SAFE = {"danger_now": True}, {"danger_now": False}

TAKEN = {
    "2: a dangerous pothole in the Valley goes to the Valley's depot": sent(
        "danger-on-a-road", "RDW-WES", "RDW-POT", "WES", answers=DANGER
    ),
    "2: a fallen sign in Chéticamp goes to the depot of Cape Breton": sent(
        "danger-on-a-road", "RDW-CBE", "RDW-SGN", "CBE-CHETICAMP", answers=DANGER
    ),
    "2: danger on a road nobody knows where goes to the contact centre at once": sent(
        "danger-somewhere", "INT", "RDW-POT", None, answers=DANGER
    ),
    "2: a dangerous repair goes to maintenance at once": sent(
        "danger-at-home", "HSM", "HSG-RPR", answers=DANGER
    ),
    "2: in French too": sent("danger-at-home", "HSM", "HSG-RPR", answers=DANGER, language="fr"),
    "3: a spill goes to environmental emergencies": sent("spill", "ENX", "ENV-SPL", answers=DANGER),
    "4: emergency assistance goes to the duty team": sent(
        "emergency-assistance", "INE", "INC-EMG", answers=SAFE
    ),
    "4: in French too": sent(
        "emergency-assistance", "INE", "INC-EMG", answers=SAFE, language="fr"
    ),
    "5: a general access request goes to the access office": sent("access", "IAP", "IAC-GEN"),
    "5: access to one's own file too": sent("access", "IAP", "IAC-SLF"),
    "5: a correction too": sent("access", "IAP", "IAC-COR"),
    "6: a complaint that names staff goes to complaints": sent(
        "staff-complaint", "CRU", "IAC-CPL", flags=frozenset({"staff-concerned"})
    ),
    "6: an application that complains of its caseworker goes to complaints": sent(
        "staff-complaint", "CRU", "INC-APP", flags=frozenset({"staff-concerned"})
    ),
    "6: a complaint that names nobody goes to complaints": sent("complaint", "CRU", "IAC-CPL"),
    "7: a review of what income supports decided goes to reviews": sent(
        "review", "CRU", "IAC-REV", related_teams={"decider": "INC-HAL"}
    ),
    "8: a member's enquiry goes to ministerial correspondence": sent("member", "MCU", "IAC-MBR"),
    "9: an application in French goes to the income team with the smaller load": sent(
        "income-in-french", "INC-REG", "INC-APP", language="fr", load={"INC-HAL": 10}
    ),
    "9: a repair in French goes to the French-skilled team with the smallest load": sent(
        "housing-in-french", "INC-HAL", "HSG-RPR", answers=SAFE, language="fr",
        load={"INT": 1, "INC-REG": 1},
    ),
    "10: a pothole without danger goes to the region's depot": sent(
        "road-defect", "RDW-NOR", "RDW-POT", "NOR-EAST", answers=SAFE
    ),
    "10: snow in Halifax goes to the depot of Halifax": sent("road-defect", "RDW-HAL", "RDW-WIN"),
    "10: a culvert in Argyle goes to the depot of the west": sent(
        "road-defect", "RDW-WES", "RDW-DRN", "WES-ARGYLE"
    ),
    "11: a damage claim goes to permits and claims": sent("road-permit-or-claim", "RDP", "RDW-CLM"),
    "11: a driveway too": sent("road-permit-or-claim", "RDP", "RDW-ACC", "CBE"),
    "12: an application from Halifax goes to income supports, Halifax": sent(
        "income-halifax", "INC-HAL", "INC-APP"
    ),
    "12: at 120 % of its day it still does": sent(
        "income-halifax", "INC-HAL", "INC-APP", load={"INC-HAL": FULL["INC-HAL"] - 1}
    ),
    "12: above 120 % it goes to the regions": sent(
        "income-halifax", "INC-REG", "INC-APP", load={"INC-HAL": FULL["INC-HAL"]}
    ),
    "12: unless they are above it as well": sent("income-halifax", "INC-HAL", "INC-APP", load=FULL),
    "12: a special need from the Valley goes to the regions": sent(
        "income-regions", "INC-REG", "INC-SPC", "WES"
    ),
    "12: above 120 % to Halifax": sent(
        "income-regions", "INC-HAL", "INC-OVP", "WES", load={"INC-REG": FULL["INC-REG"]}
    ),
    "12: a change from a region nobody knows goes to the regions": sent(
        "income-regions", "INC-REG", "INC-CHG", None
    ),
    "13: a child-care subsidy from Halifax goes to the regions": sent(
        "child-care", "INC-REG", "INC-CHS"
    ),
    "14: a repair without danger goes to maintenance": sent(
        "housing-repair", "HSM", "HSG-RPR", answers=SAFE
    ),
    "15: a hearing goes to the tenancies officers": sent("tenancy", "TEN", "HSG-TEN"),
    "16: a rent supplement goes to housing applications": sent("housing", "HSA", "HSG-SUP"),
    "17: a certificate goes to vital records": sent("vital-record", "LIV", "LIC-CRT"),
    "17: a certificate in French too": sent("vital-record", "LIV", "LIC-CRT", language="fr"),
    "18: a business licence goes to licences and events": sent("licence", "LIB", "LIC-BUS"),
    "19: a well in Isle Madame goes to the inspectors, east": sent(
        "inspection-east", "ENI-E", "ENV-WEL", "CBE-MADAME"
    ),
    "19: a well in the east of Northern too": sent("inspection-east", "ENI-E", "ENV-WEL", "NOR-EAST"),
    "19: a smell in Clare goes to the inspectors, west": sent(
        "inspection-west", "ENI-W", "ENV-CMP", "WES-CLARE"
    ),
    "19: a wetland in the west of Northern too": sent(
        "inspection-west", "ENI-W", "ENV-WET", "NOR-WEST"
    ),
    "20: what nobody could name goes to intake": sent("triage", "INT", None),
}  # fmt: skip

NOT_TAKEN = {
    "2: a road without danger is not immediate": (
        "danger-on-a-road", sent("road-defect", "RDW-HAL", "RDW-SGN", answers=SAFE),
    ),
    "2: danger in a region that is known is not the contact centre's": (
        "danger-somewhere", sent("danger-on-a-road", "RDW-HAL", "RDW-POT", answers=DANGER),
    ),
    "2: a repair without danger is not immediate": (
        "danger-at-home", sent("housing-repair", "HSM", "HSG-RPR", answers=SAFE),
    ),
    "3: a smell is no spill": ("spill", sent("inspection-east", "ENI-E", "ENV-CMP")),
    "4: an ordinary application is no emergency": (
        "emergency-assistance", sent("income-halifax", "INC-HAL", "INC-APP"),
    ),
    "5: a service complaint is no access request": ("access", sent("complaint", "CRU", "IAC-CPL")),
    "6: an application that names no staff stays with income supports": (
        "staff-complaint", sent("income-halifax", "INC-HAL", "INC-APP"),
    ),
    "6: an access request that names staff stays with the access office": (
        "staff-complaint", sent("access", "IAP", "IAC-SLF", flags=frozenset({"staff-concerned"})),
    ),
    "6: a review is no complaint": ("complaint", sent("review", "CRU", "IAC-REV")),
    "7: a review of what the reviewers decided is found another reviewer": (
        "review", sent("triage", "INT", "IAC-REV", related_teams={"decider": "CRU"}),
    ),
    "8: a complaint that a member might have sent is not an enquiry": (
        "member", sent("complaint", "CRU", "IAC-CPL", channel="member"),
    ),
    "9: an application in English goes by its region": (
        "income-in-french", sent("income-halifax", "INC-HAL", "INC-APP"),
    ),
    "9: a well in French goes to the inspectors": (
        "housing-in-french", sent("inspection-east", "ENI-E", "ENV-WEL", language="fr"),
    ),
    "10: a pothole whose region nobody knows goes to intake": (
        "road-defect", sent("triage", "INT", "RDW-POT", None, answers=SAFE),
    ),
    "11: a culvert is neither permit nor claim": (
        "road-permit-or-claim", sent("road-defect", "RDW-HAL", "RDW-DRN"),
    ),
    "12: an application from elsewhere is not Halifax's": (
        "income-halifax", sent("income-regions", "INC-REG", "INC-APP", "CBE"),
    ),
    "12: one of Halifax is not the regions'": (
        "income-regions", sent("income-halifax", "INC-HAL", "INC-APP"),
    ),
    "13: a special need of Halifax is not child care": (
        "child-care", sent("income-halifax", "INC-HAL", "INC-SPC"),
    ),
    "14: an adaptation is no repair": ("housing-repair", sent("housing", "HSA", "HSG-ADP")),
    "15: a rent supplement needs no hearing": ("tenancy", sent("housing", "HSA", "HSG-SUP")),
    "16: a hearing is not of the other housing requests": (
        "housing", sent("tenancy", "TEN", "HSG-TEN"),
    ),
    "17: an event permit is no vital record": ("vital-record", sent("licence", "LIB", "LIC-EVT")),
    "18: a change of name is no licence": ("licence", sent("vital-record", "LIV", "LIC-NAM")),
    "19: a well in Northern, nobody knows which half, goes to intake": (
        "inspection-east", sent("triage", "INT", "ENV-WEL", "NOR"),
    ),
    "19: a well in Halifax is not of the west": (
        "inspection-west", sent("inspection-east", "ENI-E", "ENV-WEL"),
    ),
    "20: what has a type and a region never goes to the default": (
        "triage", sent("road-defect", "RDW-HAL", "RDW-WIN"),
    ),
}  # fmt: skip


def routed(case: Case) -> Routing:
    return route(POLICY, case.known, case.load)


@pytest.mark.parametrize("case", TAKEN.values(), ids=TAKEN)
def test_the_rule_takes(case: Case) -> None:
    answer = routed(case)
    assert (answer.rule, answer.team) == (case.rule, case.team)
    assert answer.confirm is None


@pytest.mark.parametrize(("rule", "case"), NOT_TAKEN.values(), ids=NOT_TAKEN)
def test_the_rule_just_does_not_take(rule: str, case: Case) -> None:
    answer = routed(case)
    assert answer.rule != rule
    assert (answer.rule, answer.team) == (case.rule, case.team)


@pytest.mark.parametrize("flag", ["safe-contact", "adjustment"])
def test_1_where_care_is_needed_the_rules_propose_and_emergency_duty_confirms_in_an_hour(
    flag: str,
) -> None:
    for case in TAKEN.values():
        flagged = RoutingFacts(
            case.known.type, case.known.region, case.known.channel, case.known.language,
            case.known.severity, case.known.flags | {flag}, case.known.answers,
            case.known.related_teams,
        )  # fmt: skip
        answer = route(POLICY, flagged, case.load)
        assert (answer.rule, answer.team) == (case.rule, case.team)
        assert answer.confirm == ("care", "INE", 1, "business_hours")


def test_every_rule_has_a_case_that_it_takes_and_one_that_it_does_not() -> None:
    rules = {rule.code for rule in department().routing}
    assert {case.rule for case in TAKEN.values()} == rules - {"care"}
    assert {rule for rule, _ in NOT_TAKEN.values()} == rules - {"care"}
    assert {name.partition(":")[0] for name in TAKEN} == {str(n) for n in range(2, 21)}


def test_danger_has_a_lane_of_its_own_and_nothing_else_has() -> None:
    for case in TAKEN.values():
        assert (routed(case).lane == "immediate") == case.rule.startswith("danger-")


def test_access_requests_and_complaints_about_staff_are_kept_apart_from_the_casework() -> None:
    apart = {case.rule: routed(case).compartment for case in TAKEN.values()}
    assert {rule: where for rule, where in apart.items() if where} == {
        "access": "access-office",
        "staff-complaint": "staff-complaints",
    }


def test_the_default_alarms_above_two_percent() -> None:
    assert department().routing[-1].alarm_above_percent == 2


def test_a_flag_says_why_by_its_name_in_both_languages() -> None:
    answer = routed(TAKEN["6: an application that complains of its caseworker goes to complaints"])
    assert explain(answer, POLICY, "en") == (
        "Sent to Complaints and reviews by rule 'What complains of a member of staff goes to "
        "complaints, in its own compartment' of policy 1, because a member of staff is concerned."
    )
    assert explain(answer, POLICY, "fr") == (
        "Confié à Plaintes et révisions par la règle « Ce qui met en cause un membre du personnel va "
        "aux plaintes, dans son compartiment » de la politique 1, parce qu'un membre du personnel "
        "est visé."
    )


known = st.builds(
    RoutingFacts,
    type=st.none() | st.sampled_from(sorted(department().types)),
    region=st.none() | st.sampled_from(sorted(department().regions)),
    channel=st.sampled_from(sorted(department().channels)),
    language=st.sampled_from([None, "en", "fr"]),
    severity=st.sampled_from([None, "immediate_danger", "other"]),
    flags=st.frozensets(st.sampled_from(sorted(department().flags))),
    answers=st.dictionaries(
        st.sampled_from(sorted(c for c, f in department().fields.items() if f.tier == "office")),
        st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5),
        max_size=4,
    ),
    related_teams=st.dictionaries(
        st.just("decider"), st.sampled_from(sorted(department().teams)), max_size=1
    ),
)
loads = st.builds(
    Load, st.dictionaries(st.sampled_from(sorted(department().teams)), st.integers(1, 400))
)
present = st.none() | st.frozensets(st.sampled_from(sorted(department().members)), max_size=30)


@given(known, loads, present)
def test_whatever_is_known_some_rule_takes_the_case_and_says_why_in_one_sentence(
    known: RoutingFacts, load: Load, present: frozenset[str] | None
) -> None:
    answer = route(POLICY, known, load, present=present)
    assert answer.team in department().teams
    assert answer.rule in {rule.code for rule in department().routing}
    assert replay(POLICY, routing_from(answer.as_json())) == answer
    for language in ("en", "fr"):
        said = explain(answer, POLICY, language)
        assert is_one_sentence(said), said
        assert "{" not in said
