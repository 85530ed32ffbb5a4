"""The statistics of an access office in the shape of the annual report that United States agencies file as XML.

It is valid by the schema of FoiaAnnualReport 1.03, with one organisation: sections V.A (received and processed),
V.B(1) to V.B(3) (dispositions, other reasons, exemptions), VII.A (response times), X (fees collected) and XII.A
(backlog). The other sections are there and say that the ledger does not record them. Exemptions that the schema has
no code for, of another law above all, stand in a footnote.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] (lxml ships no types)

from ledger.policy.document.disclosing import Exemption
from ledger.policy.document.policy import Policy
from projections.disclosures.statistics import Statistics

_NAMES = {
    "iepd": "http://leisp.usdoj.gov/niem/FoiaAnnualReport/exchange/1.03",
    "foia": "http://leisp.usdoj.gov/niem/FoiaAnnualReport/extension/1.03",
    "nc": "http://niem.gov/niem/niem-core/2.0",
    "s": "http://niem.gov/niem/structures/2.0",
}
_ORDER = (
    "Exemption3StatuteSection", "ProcessedRequestSection", "RequestDispositionSection",
    "RequestDenialOtherReasonSection", "RequestDispositionAppliedExemptionsSection", "ProcessedAppealSection",
    "AppealDispositionSection", "AppealDispositionAppliedExemptionsSection", "AppealNonExemptionDenialSection",
    "AppealDenialOtherReasonSection", "AppealResponseTimeSection", "OldestPendingAppealSection",
    "ProcessedResponseTimeSection", "InformationGrantedResponseTimeSection",
    "SimpleResponseTimeIncrementsSection", "ComplexResponseTimeIncrementsSection",
    "ExpeditedResponseTimeIncrementsSection", "PendingPerfectedRequestsSection", "OldestPendingRequestSection",
    "ExpeditedProcessingSection", "FeeWaiverSection", "PersonnelAndCostSection", "FeesCollectedSection",
    "SubsectionUsedSection", "SubsectionPostSection", "BacklogSection", "ProcessedConsultationSection",
    "OldestPendingConsultationSection", "ProcessedRequestComparisonSection",
    "BackloggedRequestComparisonSection", "ProcessedAppealComparisonSection",
    "BackloggedAppealComparisonSection",
)  # fmt: skip
_UNRECORDED = "Not reported: the ledger does not record this section of the report."
_CODES = {f"US-{number}": f"Ex. {number}" for number in "12345689"}
"""The exemptions that are cited as a whole; of the seventh the schema knows its subparagraphs alone."""
_OTHER_REASONS = (("NoRecords", "no_record"), ("Withdrawn", "withdrawn"), ("Other", "other"))
_NOT_USED = "0.0000"
"""What stands for the days of a track in which there was no request."""


def report_of(found: Statistics, policy: Policy, *, made_on: date) -> bytes:
    """The report of the office of a policy."""
    office = policy.office.en
    return annual_report(
        found,
        policy.exemptions,
        organisation=office,
        abbreviation="".join(word[0] for word in office.split() if word[0].isupper()),
        made_on=made_on,
    )


def annual_report(
    found: Statistics,
    exemptions: Mapping[str, Exemption],
    *,
    organisation: str,
    abbreviation: str,
    made_on: date,
) -> bytes:
    """The report as UTF-8 XML."""
    root = etree.Element(_qualified("iepd", "FoiaAnnualReport"), nsmap=_NAMES)
    _add(root, "nc", "DocumentApplicationName", "caseledger")
    _add(_add(root, "nc", "DocumentCreationDate"), "nc", "Date", made_on.isoformat())
    _add(root, "nc", "DocumentDescriptionText", "FOIA Annual Report")
    office = _add(root, "nc", "Organization", marked="ORG0")
    _add(office, "nc", "OrganizationAbbreviationText", abbreviation)
    _add(office, "nc", "OrganizationName", organisation)
    _add(root, "foia", "DocumentFiscalYearDate", str(found.until_on.year))
    sections = {name: _add(root, "foia", name) for name in _ORDER}
    _processed(sections["ProcessedRequestSection"], found)
    _dispositions(sections["RequestDispositionSection"], found)
    _other_reasons(sections["RequestDenialOtherReasonSection"], found)
    _exemptions(sections["RequestDispositionAppliedExemptionsSection"], found, exemptions)
    _response_times(sections["ProcessedResponseTimeSection"], found)
    _fees(sections["FeesCollectedSection"], found)
    _backlog(sections["BacklogSection"], found)
    for section in sections.values():
        if len(section) == 0:
            _add(section, "foia", "FootnoteText", _UNRECORDED)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _processed(section: etree._Element, found: Statistics) -> None:
    counts = _add(section, "foia", "ProcessingStatistics", marked="PS0")
    _add(counts, "foia", "ProcessingStatisticsPendingAtStartQuantity", str(found.pending_at_start))
    _add(counts, "foia", "ProcessingStatisticsReceivedQuantity", str(found.received))
    _add(counts, "foia", "ProcessingStatisticsProcessedQuantity", str(found.completed))
    _add(counts, "foia", "ProcessingStatisticsPendingAtEndQuantity", str(found.pending_at_end))
    _of_the_office(section, "ProcessingStatisticsOrganizationAssociation", "PS0")


def _dispositions(section: etree._Element, found: Statistics) -> None:
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


def _other_reasons(section: etree._Element, found: Statistics) -> None:
    """What lies behind the reason `Other`; the section is there also where there is nothing to say."""
    counts = _add(section, "foia", "ComponentOtherDenialReason", marked="CODR0")
    times = str(found.results["other"])
    reason = _add(counts, "foia", "OtherDenialReason")
    said = "Closed in another way" if found.results["other"] else "N/A"
    _add(reason, "foia", "OtherDenialReasonDescriptionText", said)
    _add(reason, "foia", "OtherDenialReasonQuantity", times)
    _add(counts, "foia", "ComponentOtherDenialReasonQuantity", times)
    _of_the_office(section, "OtherDenialReasonOrganizationAssociation", "CODR0")


def _exemptions(
    section: etree._Element, found: Statistics, exemptions: Mapping[str, Exemption]
) -> None:
    counts = _add(section, "foia", "ComponentAppliedExemptions", marked="RDE0")
    others = list[str]()
    for code, times in found.exemptions.items():
        if code not in _CODES:
            others.append(f"{_cited(code, exemptions.get(code))} ({times})")
            continue
        applied = _add(counts, "foia", "AppliedExemption")
        _add(applied, "foia", "AppliedExemptionCode", _CODES[code])
        _add(applied, "foia", "AppliedExemptionQuantity", str(times))
    _of_the_office(section, "ComponentAppliedExemptionsOrganizationAssociation", "RDE0")
    if others:
        said = f"Also applied, with the number of requests: {'; '.join(others)}."
        _add(section, "foia", "FootnoteText", said)


def _cited(code: str, exemption: Exemption | None) -> str:
    """The statute and section of an exemption; its code where the policy in force does not know it."""
    return f"{exemption.statute or ''} s. {exemption.section}".strip() if exemption else code


def _response_times(section: etree._Element, found: Statistics) -> None:
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
    _add(section, "foia", "FootnoteText", "Days are calendar days from receipt to the answer.")


def _fees(section: etree._Element, found: Statistics) -> None:
    """What applicants paid; the share of a cost that nobody logged is none."""
    fees = _add(section, "foia", "FeesCollected", marked="FC0")
    share = min(found.paid_cents / found.cost_cents, 1) if found.cost_cents else 0
    _add(fees, "foia", "FeesCollectedAmount", f"{found.paid_cents / 100:.2f}")
    _add(fees, "foia", "FeesCollectedCostPercent", f"{share:.4f}")
    _of_the_office(section, "FeesCollectedOrganizationAssociation", "FC0")


def _backlog(section: etree._Element, found: Statistics) -> None:
    """What was overdue at the end of the year."""
    backlog = _add(section, "foia", "Backlog", marked="BK0")
    _add(backlog, "foia", "BackloggedRequestQuantity", str(found.overdue_at_end))
    _of_the_office(section, "BacklogOrganizationAssociation", "BK0")


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
        _add(association, prefix, each).set(_qualified("s", "ref"), to)


def _add(
    parent: etree._Element, prefix: str, name: str, text: str | None = None, *, marked: str = ""
) -> etree._Element:
    element = etree.SubElement(parent, _qualified(prefix, name))
    element.text = text
    if marked:
        element.set(_qualified("s", "id"), marked)
    return element


def _qualified(prefix: str, name: str) -> str:
    return f"{{{_NAMES[prefix]}}}{name}"
