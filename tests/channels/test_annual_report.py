"""The annual report has the names, the order and the codes of the reports that agencies file.

`annual_report.rng` says what of FoiaAnnualReport 1.03 the ledger speaks; the published schema is not ours to keep.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] (lxml ships no types)

from api.channels.annual_report import annual_report
from ledger.policy.document.disclosing import Exemption
from projections.disclosures.statistics import RESULTS, Statistics

GRAMMAR = Path(__file__).parent / "annual_report.rng"
FOIA = "{http://leisp.usdoj.gov/niem/FoiaAnnualReport/extension/1.03}"
STRUCTURES = "{http://niem.gov/niem/structures/2.0}"


def statistics(
    *, results: Mapping[str, int], exemptions: Mapping[str, int], **days: Any
) -> Statistics:
    said: dict[str, Any] = {
        "median_days": None, "average_days": None, "lowest_days": None, "highest_days": None, **days,
    }  # fmt: skip
    return Statistics(
        from_on=date(2025, 10, 1),
        until_on=date(2026, 9, 30),
        pending_at_start=1,
        received=2,
        completed=sum(results.values()),
        pending_at_end=3,
        on_time=0,
        late=0,
        overdue_at_end=0,
        extended=0,
        extensions=0,
        results={**dict.fromkeys(RESULTS, 0), **results},
        exemptions=exemptions,
        applicants={},
        minutes=0,
        cost_cents=0,
        paid_cents=0,
        pages=0,
        **said,
    )


FULL = statistics(
    results={"granted": 1, "part": 2, "refused": 3, "no_record": 4, "withdrawn": 5, "other": 6},
    exemptions={"US-6": 2, "NS-20": 1, "US-7": 3},
    median_days="12",
    average_days="13.5",
    lowest_days=0,
    highest_days=143,
)
NOTHING = statistics(results={}, exemptions={})


def report(found: Statistics) -> etree._Element:
    grounds: dict[str, Exemption] = {}
    made = annual_report(
        found, grounds, organisation="Access", abbreviation="ACC", made_on=date(2026, 11, 1)
    )
    return etree.fromstring(made)


def local(element: etree._Element) -> str:
    return etree.QName(element).localname


@pytest.fixture(scope="module")
def grammar() -> Any:
    return etree.RelaxNG(etree.parse(str(GRAMMAR)))


@pytest.mark.parametrize("found", [FULL, NOTHING], ids=["a full year", "an empty year"])
def test_the_report_says_all_that_is_asked_for_and_in_its_order(
    grammar: Any, found: Statistics
) -> None:
    grammar.assertValid(report(found))


def test_what_is_out_of_order_of_another_name_or_of_another_code_is_not_valid(grammar: Any) -> None:
    made = report(FULL)
    year = made.find(f"{FOIA}DocumentFiscalYearDate")
    assert year is not None
    made.insert(0, year)
    assert not grammar.validate(made)
    for name, said in (
        ("AppliedExemptionCode", "Ex. 20"),
        ("NonExemptionDenialReasonCode", "Gone"),
    ):
        made = report(FULL)
        next(made.iter(f"{FOIA}{name}")).text = said
        assert not grammar.validate(made)


def test_exemptions_that_the_schema_has_no_code_for_stand_in_a_footnote() -> None:
    made = report(FULL)
    codes = [each.text for each in made.iter(f"{FOIA}AppliedExemptionCode")]
    assert codes == ["Ex. 6"]
    (section,) = made.iter(f"{FOIA}RequestDispositionAppliedExemptionsSection")
    footnote = section.findtext(f"{FOIA}FootnoteText")
    assert footnote == "Also applied, with the number of requests: NS-20 (1); US-7 (3)."


def test_a_section_that_is_not_recorded_says_so() -> None:
    made = report(FULL)
    said = {local(each): each.findtext(f"{FOIA}FootnoteText") for each in made if len(each) == 1}
    assert said["FeeWaiverSection"] == said["ProcessedAppealSection"]
    assert str(said["FeeWaiverSection"]).startswith("Not reported: the ledger does not record")
    assert {"ProcessedRequestSection", "FeesCollectedSection", "BacklogSection"}.isdisjoint(said)


def test_reasons_have_their_codes_and_those_that_nobody_had_are_left_out() -> None:
    codes = [each.text for each in report(FULL).iter(f"{FOIA}NonExemptionDenialReasonCode")]
    assert codes == ["NoRecords", "Withdrawn", "Other"]
    assert not list(report(NOTHING).iter(f"{FOIA}NonExemptionDenial"))


def test_days_below_one_are_a_code_and_a_track_without_requests_has_none() -> None:
    made = report(FULL)
    (simple,) = made.iter(f"{FOIA}SimpleResponseTime")
    assert [(local(each), each.text) for each in simple] == [
        ("ResponseTimeMedianDaysValue", "12"),
        ("ResponseTimeAverageDaysValue", "13.5"),
        ("ResponseTimeLowestDaysCode", "LT1"),
        ("ResponseTimeHighestDaysValue", "143"),
    ]
    (expedited,) = made.iter(f"{FOIA}ExpeditedResponseTime")
    assert {each.text for each in expedited} == {"0.0000"}


def test_every_reference_is_to_something_in_the_report() -> None:
    made = report(FULL)
    marks = [each.get(f"{STRUCTURES}id") for each in made.iter() if each.get(f"{STRUCTURES}id")]
    references = {each.get(f"{STRUCTURES}ref") for each in made.iter()} - {None}
    assert len(set(marks)) == len(marks)
    assert references == set(marks)
