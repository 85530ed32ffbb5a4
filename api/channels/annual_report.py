"""The statistics of an access office in the shape of the annual report that United States agencies file as XML.

Names, order and codes are those of FoiaAnnualReport 1.03 as agencies file it (its schema is not published with
the reports): sections V.A (received and processed), V.B(1) to V.B(3) (dispositions, other reasons, exemptions)
and VII.A (response times), with one organisation. Exemptions of another law stand under their own section.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] (lxml ships no types)

from ledger.policy.disclosing import Exemption
from projections.disclosures.statistics import Statistics

_NAMES = {
    "iepd": "http://leisp.usdoj.gov/niem/FoiaAnnualReport/exchange/1.03",
    "foia": "http://leisp.usdoj.gov/niem/FoiaAnnualReport/extension/1.03",
    "nc": "http://niem.gov/niem/niem-core/2.0",
    "s": "http://niem.gov/niem/structures/2.0",
}
_OTHER_REASONS = (("NoRecords", "no_record"), ("Withdrawn", "withdrawn"), ("Other", "other"))
_NOT_USED = "0.0000"
"""What stands for the days of a track in which there was no request."""
_UNITED_STATES = "US-"


def annual_report(
    found: Statistics,
    exemptions: Mapping[str, Exemption],
    *,
    organisation: str,
    abbreviation: str,
    made_on: date,
) -> bytes:
    """The report as UTF-8 XML."""
    root = etree.Element(_of("iepd", "FoiaAnnualReport"), nsmap=_NAMES)
    _add(root, "nc", "DocumentApplicationName", "caseledger")
    _add(_add(root, "nc", "DocumentCreationDate"), "nc", "Date", made_on.isoformat())
    _add(root, "nc", "DocumentDescriptionText", "FOIA Annual Report")
    office = _add(root, "nc", "Organization", marked="ORG0")
    _add(office, "nc", "OrganizationAbbreviationText", abbreviation)
    _add(office, "nc", "OrganizationName", organisation)
    _add(root, "foia", "DocumentFiscalYearDate", str(found.until_on.year))
    _processed(root, found)
    _dispositions(root, found)
    _other_reasons(root, found)
    _exemptions(root, found, exemptions)
    _response_times(root, found)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _processed(root: etree._Element, found: Statistics) -> None:
    section = _add(root, "foia", "ProcessedRequestSection")
    counts = _add(section, "foia", "ProcessingStatistics", marked="PS0")
    _add(counts, "foia", "ProcessingStatisticsPendingAtStartQuantity", str(found.pending_at_start))
    _add(counts, "foia", "ProcessingStatisticsReceivedQuantity", str(found.received))
    _add(counts, "foia", "ProcessingStatisticsProcessedQuantity", str(found.completed))
    _add(counts, "foia", "ProcessingStatisticsPendingAtEndQuantity", str(found.pending_at_end))
    _of_the_office(section, "ProcessingStatisticsOrganizationAssociation", "PS0")


def _dispositions(root: etree._Element, found: Statistics) -> None:
    section = _add(root, "foia", "RequestDispositionSection")
    counts = _add(section, "foia", "RequestDisposition", marked="RD0")
    denied = found.results["refused"] + found.results["neither_confirm_nor_deny"]
    _add(counts, "foia", "RequestDispositionFullGrantQuantity", str(found.results["granted"]))
    _add(counts, "foia", "RequestDispositionPartialGrantQuantity", str(found.results["part"]))
    _add(counts, "foia", "RequestDispositionFullExemptionDenialQuantity", str(denied))
    for code, result in _OTHER_REASONS:
        if not found.results[result]:
            continue
        other = _add(counts, "foia", "NonExemptionDenial")
        _add(other, "foia", "NonExemptionDenialReasonCode", code)
        _add(other, "foia", "NonExemptionDenialQuantity", str(found.results[result]))
    _add(counts, "foia", "RequestDispositionTotalQuantity", str(found.completed))
    _of_the_office(section, "RequestDispositionOrganizationAssociation", "RD0")


def _other_reasons(root: etree._Element, found: Statistics) -> None:
    """What lies behind the reason `Other`; the section is there also where there is nothing to say."""
    section = _add(root, "foia", "RequestDenialOtherReasonSection")
    counts = _add(section, "foia", "ComponentOtherDenialReason", marked="CODR0")
    times = str(found.results["other"])
    reason = _add(counts, "foia", "OtherDenialReason")
    said = "Closed in another way" if found.results["other"] else "N/A"
    _add(reason, "foia", "OtherDenialReasonDescriptionText", said)
    _add(reason, "foia", "OtherDenialReasonQuantity", times)
    _add(counts, "foia", "ComponentOtherDenialReasonQuantity", times)
    _of_the_office(section, "OtherDenialReasonOrganizationAssociation", "CODR0")


def _exemptions(
    root: etree._Element, found: Statistics, exemptions: Mapping[str, Exemption]
) -> None:
    section = _add(root, "foia", "RequestDispositionAppliedExemptionsSection")
    counts = _add(section, "foia", "ComponentAppliedExemptions", marked="RDE0")
    for code, times in found.exemptions.items():
        applied = _add(counts, "foia", "AppliedExemption")
        _add(applied, "foia", "AppliedExemptionCode", _code(code, exemptions.get(code)))
        _add(applied, "foia", "AppliedExemptionQuantity", str(times))
    _of_the_office(section, "ComponentAppliedExemptionsOrganizationAssociation", "RDE0")


def _code(code: str, exemption: Exemption | None) -> str:
    """`Ex. 6` for the sixth of the United States' Act, else the statute and section of another law."""
    if code.startswith(_UNITED_STATES):
        return f"Ex. {code.removeprefix(_UNITED_STATES)}"
    if exemption is None:
        return code
    return f"{exemption.statute or ''} s. {exemption.section}".strip()


def _response_times(root: etree._Element, found: Statistics) -> None:
    section = _add(root, "foia", "ProcessedResponseTimeSection")
    times = _add(section, "foia", "ProcessedResponseTime", marked="PRT0")
    figures = {
        "Median": found.median_days,
        "Average": found.average_days,
        "Lowest": found.lowest_days,
        "Highest": found.highest_days,
    }
    _track(times, "SimpleResponseTime", figures)
    for track in ("ComplexResponseTime", "ExpeditedResponseTime"):
        _track(times, track, dict.fromkeys(figures))
    _of_the_office(section, "ProcessedResponseTimeOrganizationAssociation", "PRT0")


def _track(times: etree._Element, name: str, figures: Mapping[str, str | int | None]) -> None:
    """The days of one track; the office has one, and the others are there without a request."""
    days = _add(times, "foia", name)
    for figure, value in figures.items():
        below_one = value is not None and float(value) < 1
        kind = "Code" if below_one else "Value"
        said = "LT1" if below_one else _NOT_USED if value is None else str(value)
        _add(days, "foia", f"ResponseTime{figure}Days{kind}", said)


def _of_the_office(section: etree._Element, name: str, mark: str) -> None:
    association = _add(section, "foia", name)
    for prefix, each, to in (
        ("foia", "ComponentDataReference", mark),
        ("nc", "OrganizationReference", "ORG0"),
    ):
        _add(association, prefix, each).set(_of("s", "ref"), to)


def _add(
    parent: etree._Element, prefix: str, name: str, text: str | None = None, *, marked: str = ""
) -> etree._Element:
    element = etree.SubElement(parent, _of(prefix, name))
    element.text = text
    if marked:
        element.set(_of("s", "id"), marked)
    return element


def _of(prefix: str, name: str) -> str:
    return f"{{{_NAMES[prefix]}}}{name}"
