"""A seventh programme area is added by TOML alone, and every decision recorded before comes out as it was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.case.clocks.facts import ClockArmed
from ledger.case.custody.routing import CaseRouted
from ledger.case.intake.opening import OpenCase
from ledger.commands import Request
from ledger.entry import Actor
from ledger.errors import InvalidCommand
from ledger.policy.document.problems import PolicyError
from ledger.policy.reading.toml import read_policy
from projections.policies.replay import replay_policy
from tests.api.command_line import CommandLine
from tests.case.cases import WHO
from tests.ledgers import place_in, publish
from tests.policy.department import DEPARTMENT, answers_to, department, with_changes

OFFICER = Actor("person", "INT-02", role="intake", team="INT")

CULTURE = (
    ("[programmes]\n", '[programmes]\nCUL = { en = "Culture and heritage", fr = "Culture et patrimoine" }\n'),
    ("[skills]\n", '[skills]\nheritage = { en = "Heritage", fr = "Patrimoine" }\n'),
    (
        "# Roads and winter\n",
        """# Culture and heritage

[types.CUL-GRT]
en = "Festival grant"
fr = "Subvention de festival"
programme = "CUL"
required = ["activity", "event_date", "site_age"]
effort_points = 4
clocks = ["ACK-2", "DEC-30", "DEC-30-WAITED"]
deadline_bearing = true
judgement = true
settle_days = 20
retention = "R7"
checklist = [{ code = "site-seen", en = "Somebody saw it", fr = "Quelqu'un l'a vu", confirmed = true }]

# Roads and winter
""",
    ),
    (
        "[fields.activity]\n",
        """[fields.site_age]
tier = "office"
kind = "number"
en = "Age of the building in years"
fr = "Âge de l'immeuble en années"
help = { en = "As well as you know.", fr = "Au mieux de votre connaissance." }
why = { en = "Old buildings need advice.", fr = "Un vieil immeuble exige des conseils." }

[fields.activity]
""",
    ),
    (
        "[teams.RDP]\n",
        """[teams.CUL]
en = "Culture and heritage"
fr = "Culture et patrimoine"
regions = ["HAL", "CBE", "NOR", "WES"]
skills = ["heritage", "fr"]
wip = { active = 20, paused = 20 }
leader = "CUL-01"

[teams.RDP]
""",
    ),
    (
        "[delegations.DEL-RDW-2025]\n",
        """[delegations.DEL-CUL-2026]
en = "Culture and heritage"
fr = "Culture et patrimoine"
authority = "Instrument of delegation CRS-2026-01 (invented) [A]"
members = ["CUL-01"]
types = ["CUL-GRT"]
begins_on = 2026-01-01
ends_on = 2029-12-31

[delegations.DEL-RDW-2025]
""",
    ),
    (
        "[members]\n",
        """[members]
CUL-01 = { teams = ["CUL"], skills = ["heritage"], languages = ["en", "fr"], points_a_day = 10 }
CUL-02 = { teams = ["CUL"], skills = ["heritage"], languages = ["en", "fr"], points_a_day = 10 }
""",
    ),
    (
        "# 1\n[[routing]]\n",
        """# 0
[[routing]]
code = "heritage"
en = "Old buildings go to culture and heritage"
fr = "Les vieux immeubles vont à culture et patrimoine"
when = { type = "CUL-GRT", answers = { site_age = { at_least = 100 } } }
team = "CUL"

# 1
[[routing]]
""",
    ),
    (
        "# 20\n[[routing]]\n",
        """# 19a
[[routing]]
code = "culture"
en = "Culture goes to culture and heritage"
fr = "La culture va à culture et patrimoine"
when = { programme = "CUL" }
team = "CUL"

# 20
[[routing]]
""",
    ),
)  # fmt: skip
"""What a policy officer writes into the file for a new area: nothing that stands there is changed."""


@pytest.fixture
def worked(empty: CommandLine) -> CommandLine:
    """The department, in which some hundred requests of every type were routed, some onto teams already full."""
    empty.done("policy", "publish", str(DEPARTMENT), "--as", "DIR-01")
    with empty.ledger() as ledger:
        for place, (request_type, region, language, flag) in enumerate(_requests()):
            answers = answers_to(request_type, language=language) if request_type else {}
            if place % 3 == 0 and "danger_now" in answers:
                answers["danger_now"] = True
            opening = OpenCase(
                case_id=ledger.new_id(), channel="phone", request_type=request_type,
                region=region, language=language, flags=(flag,) if flag else (), answers=answers,
            )  # fmt: skip
            ledger.handle_all([Request(opening, OFFICER)])
    return empty


def _requests() -> Iterator[tuple[str | None, str | None, str, str | None]]:
    flags = (None, "adjustment", None, "staff-concerned", "safe-contact")
    regions = (*department().regions, None)
    for n in range(4):
        for place, kind in enumerate((*department().types, None)):
            yield (
                kind,
                regions[(place + n) % len(regions)],
                ("en", "fr")[n % 2],
                flags[(place + n) % 5],
            )
    yield "HSG-RPR", "HAL", "en", None
    yield "HSG-RPR", "HAL", "en", None
    yield "RDW-POT", None, "en", None
    yield "RDW-POT", None, "en", None
    yield "RDW-POT", None, "en", None
    for _ in range(40):
        yield "INC-APP", "HAL", "en", None


@pytest.fixture
def seven(tmp_path: Path) -> Path:
    """The department's policy with a seventh area."""
    file = tmp_path / "seven.toml"
    file.write_text(with_changes(*CULTURE), encoding="utf-8")
    return file


def test_a_seventh_area_changes_no_decision_that_was_recorded(
    worked: CommandLine, seven: Path
) -> None:
    before = worked.asked("policy", "replay")
    assert (before["same"], before["replay"]["decisions"]) == (181, 181)
    with worked.ledger() as ledger:
        facts = [entry.fact for entry in ledger.entries()]
    used = {fact.rule for fact in facts if isinstance(fact, CaseRouted)}
    assert {rule.code for rule in department().routing} - used == {"care"}, "every rule was used"

    assert worked.asked("policy", "check", str(seven)) == {
        "file": "seven.toml", "problems": [], "advice": [],
    }  # fmt: skip
    tried = worked.asked("policy", "replay", "--against", str(seven))
    assert (tried["same"], tried["replay"]["differences"]) == (181, [])

    worked.done("policy", "publish", str(seven), "--as", "DIR-01")
    with worked.ledger() as ledger:
        again = replay_policy(ledger.store, ledger.policies())
        assert (len(ledger.policies().versions), again.same, again.holds) == (2, 181, True)
    assert worked.asked("policy", "replay")["same"] == 181


def test_the_seventh_area_is_routed_and_promised_from_the_moment_it_takes_effect(
    tmp_path: Path, seven: Path
) -> None:
    place = place_in(tmp_path)
    with place.office(department()) as ledger:
        before = OpenCase(case_id=ledger.new_id(), channel="web", request_type="CUL-GRT")
        with pytest.raises(InvalidCommand, match="'CUL-GRT' is not a request type"):
            ledger.handle(before, actor=OFFICER)
        more = read_policy(seven.read_text(encoding="utf-8"), file=seven.name)
        publish(ledger, more, effective_from=place.clock.at)
        for age, rule in ((140, "heritage"), (12, "culture")):
            case_id = ledger.new_id()
            answers = {**WHO, "activity": "Fair", "event_date": "2026-08-01", "site_age": age}
            ledger.handle(
                before.model_copy(update={"case_id": case_id, "answers": answers}), actor=OFFICER
            )
            facts = [each.entry.fact for each in ledger.read(f"case/{case_id}")]
            assert [(each.rule, each.team) for each in facts if isinstance(each, CaseRouted)] == [
                (rule, "CUL")
            ]
            assert {each.clock for each in facts if isinstance(each, ClockArmed)} == {
                "ACK-2", "DEC-30", "DEC-30-WAITED",
            }  # fmt: skip


def test_a_seventh_area_that_breaks_off_in_the_middle_is_refused_with_what_is_missing() -> None:
    text = with_changes(*CULTURE[1:])
    with pytest.raises(PolicyError) as refused:
        read_policy(text, file="seven.toml")
    assert {problem.key for problem in refused.value.problems} == {
        "types.CUL-GRT.programme",
        "routing[26].when.programme",
    }
