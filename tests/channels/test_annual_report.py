"""The annual report has the names, the order and the codes of the reports that agencies file.

The schema that those name (`../schema/exchange/FoiaAnnualReport.xsd`) is not published with them, so what is held
here are the facts of reports filed for 2020 and 2024: which element stands in which, in which order, how often.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] (lxml ships no types)

from api.channels.annual_report import annual_report
from ledger.policy.disclosing import Exemption
from projections.disclosures.statistics import RESULTS, Statistics

ONE, SOME = (1, 1), (0, 99)
COUNTS = ("PendingAtStart", "Received", "Processed", "PendingAtEnd")
ASSOCIATION = {"ComponentDataReference": ONE, "OrganizationReference": ONE}
TRACK = {f"ResponseTime{each}Days": ONE for each in ("Median", "Average", "Lowest", "Highest")}
FILED: Mapping[str, Mapping[str, tuple[int, int]]] = {
    "FoiaAnnualReport": {
        "DocumentApplicationName": ONE,
        "DocumentCreationDate": ONE,
        "DocumentDescriptionText": ONE,
        "Organization": ONE,
        "DocumentFiscalYearDate": ONE,
        "ProcessedRequestSection": ONE,
        "RequestDispositionSection": ONE,
        "RequestDenialOtherReasonSection": ONE,
        "RequestDispositionAppliedExemptionsSection": ONE,
        "ProcessedResponseTimeSection": ONE,
    },
    "DocumentCreationDate": {"Date": ONE},
    "Organization": {"OrganizationAbbreviationText": ONE, "OrganizationName": ONE},
    "ProcessedRequestSection": {
        "ProcessingStatistics": ONE,
        "ProcessingStatisticsOrganizationAssociation": ONE,
    },
    "ProcessingStatistics": {f"ProcessingStatistics{each}Quantity": ONE for each in COUNTS},
    "ProcessingStatisticsOrganizationAssociation": ASSOCIATION,
    "RequestDispositionSection": {
        "RequestDisposition": ONE,
        "RequestDispositionOrganizationAssociation": ONE,
    },
    "RequestDisposition": {
        "RequestDispositionFullGrantQuantity": ONE,
        "RequestDispositionPartialGrantQuantity": ONE,
        "RequestDispositionFullExemptionDenialQuantity": ONE,
        "NonExemptionDenial": SOME,
        "RequestDispositionTotalQuantity": ONE,
    },
    "NonExemptionDenial": {
        "NonExemptionDenialReasonCode": ONE,
        "NonExemptionDenialQuantity": ONE,
    },
    "RequestDispositionOrganizationAssociation": ASSOCIATION,
    "RequestDenialOtherReasonSection": {
        "ComponentOtherDenialReason": ONE,
        "OtherDenialReasonOrganizationAssociation": ONE,
    },
    "ComponentOtherDenialReason": {
        "OtherDenialReason": ONE,
        "ComponentOtherDenialReasonQuantity": ONE,
    },
    "OtherDenialReason": {
        "OtherDenialReasonDescriptionText": ONE,
        "OtherDenialReasonQuantity": ONE,
    },
    "OtherDenialReasonOrganizationAssociation": ASSOCIATION,
    "RequestDispositionAppliedExemptionsSection": {
        "ComponentAppliedExemptions": ONE,
        "ComponentAppliedExemptionsOrganizationAssociation": ONE,
    },
    "ComponentAppliedExemptions": {"AppliedExemption": SOME},
    "AppliedExemption": {"AppliedExemptionCode": ONE, "AppliedExemptionQuantity": ONE},
    "ComponentAppliedExemptionsOrganizationAssociation": ASSOCIATION,
    "ProcessedResponseTimeSection": {
        "ProcessedResponseTime": ONE,
        "ProcessedResponseTimeOrganizationAssociation": ONE,
    },
    "ProcessedResponseTime": {
        "SimpleResponseTime": ONE,
        "ComplexResponseTime": ONE,
        "ExpeditedResponseTime": ONE,
    },
    "SimpleResponseTime": TRACK,
    "ComplexResponseTime": TRACK,
    "ExpeditedResponseTime": TRACK,
    "ProcessedResponseTimeOrganizationAssociation": ASSOCIATION,
}
"""The elements of the sections that we file, each with what stands in it, in order, and how often at least and at
most. The days of a response time end in `Value`, or in `Code` for less than one."""
CODES = {
    "NoRecords", "Referred", "Withdrawn", "FeeRelated", "NotDescribed", "ImproperRequest", "NotAgency",
    "Duplicate", "Other",
}  # fmt: skip
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
    exemptions={"US-6": 2, "NS-20": 1},
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


def wrong(element: etree._Element) -> list[str]:
    """Where an element differs from what is filed, all of it below included."""
    filed = FILED.get(local(element))
    if filed is None:
        return [f"{local(each)} in {local(element)}" for each in element]
    names = [
        name.removesuffix("Code").removesuffix("Value") if name.startswith("ResponseTime") else name
        for name in map(local, element)
    ]
    order = list(filed)
    found = [f"{name} in {local(element)}" for name in names if name not in filed]
    places = [order.index(name) for name in names if name in filed]
    if places != sorted(places):
        found.append(f"the order in {local(element)}")
    for name, (least, most) in filed.items():
        if not least <= names.count(name) <= most:
            found.append(f"how often {name} is in {local(element)}")
    return [*found, *(each for child in element for each in wrong(child))]


@pytest.mark.parametrize("found", [FULL, NOTHING], ids=["a full year", "an empty year"])
def test_every_element_stands_where_it_is_filed(found: Statistics) -> None:
    assert wrong(report(found)) == []


def test_what_is_out_of_order_or_of_another_name_is_seen() -> None:
    made = report(FULL)
    year = made.find(f"{FOIA}DocumentFiscalYearDate")
    assert year is not None
    made.insert(0, year)
    year.append(etree.Element(f"{FOIA}Year"))
    assert wrong(made) == ["the order in FoiaAnnualReport", "Year in DocumentFiscalYearDate"]


def test_reasons_have_their_codes_and_those_that_nobody_had_are_left_out() -> None:
    codes = [each.text for each in report(FULL).iter(f"{FOIA}NonExemptionDenialReasonCode")]
    assert codes == ["NoRecords", "Withdrawn", "Other"]
    assert CODES.issuperset(codes)
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
