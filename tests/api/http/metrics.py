"""The metrics of a service, by name and labels."""

from __future__ import annotations

from prometheus_client.parser import text_string_to_metric_families

from tests.api.http.served import Served


def samples(office: Served) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    """Those of an office, as they are now."""
    answer = office.nobody().get("/metrics")
    assert answer.status_code == 200
    return parsed(answer.text)


def parsed(text: str) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    """Those of a text."""
    return {
        (each.name, frozenset(each.labels.items())): each.value
        for family in text_string_to_metric_families(text)
        for each in family.samples
    }


def counted(name: str, **labels: str) -> tuple[str, frozenset[tuple[str, str]]]:
    """Which of them this is."""
    return f"caseledger_{name}", frozenset(labels.items())
