"""An office that writes to people: its templates, and the notices that tests issue from them."""

from __future__ import annotations

from typing import Any

from ledger.case.contact.notices import IssueNotice, RecordNoticeFailed, RecordNoticeGiven
from tests.deciding import CASE_ID, number

TEMPLATES: dict[str, Any] = {
    "ACK": {
        "en": "Acknowledgement",
        "fr": "Accusé de réception",
        "kind": "acknowledgement",
        "version": "1",
        "texts": {
            "en": {
                "subject": "Your request {reference}",
                "body": "We received it on {received_on}. We answer by {due_on}.",
            },
            "fr": {
                "subject": "Votre demande {reference}",
                "body": "Nous l'avons reçue le {received_on}. Nous répondons au plus tard le {due_on}.",
            },
        },
    },
    "DECISION": {
        "en": "Decision",
        "fr": "Décision",
        "kind": "decision",
        "version": "2026-01",
        "types": ["INC-APP"],
        "asks": ["amount"],
        "texts": {
            "en": {
                "subject": "Your request: {outcome}",
                "body": "Decided under {legal_basis}. You are paid {amount} a month.",
                "rights": "You may ask for a review within 30 days.",
            },
            "fr": {
                "subject": "Votre demande : {outcome}",
                "body": "Tranché selon {legal_basis}. Vous recevez {amount} par mois.",
                "rights": "Vous pouvez demander une révision dans les 30 jours.",
            },
        },
    },
    "LAPSE": {
        "en": "Notice of lapse",
        "fr": "Avis de péremption",
        "kind": "lapse",
        "version": "1",
        "texts": {
            "en": {"subject": "{reference}", "body": "Send {missing}.", "rights": "Ask again."},
            "fr": {"subject": "{reference}", "body": "Envoyez {missing}.", "rights": "Redemandez."},
        },
    },
    "MORE-TIME": {
        "en": "Extension",
        "fr": "Prolongation",
        "kind": "extension",
        "version": "1",
        "given_on_sending": True,
        "texts": {
            "en": {"subject": "{request_type}", "body": "More time.", "rights": "Complain."},
            "fr": {"subject": "{request_type}", "body": "Plus de temps.", "rights": "Plainte."},
        },
    },
}


def writes(document: dict[str, Any]) -> None:
    """Lets the office write to people from its templates."""
    document["templates"] = TEMPLATES


def issue(template: str = "ACK", *, place: int = 1, **fields: Any) -> IssueNotice:
    """A notice is sent by e-mail."""
    told: dict[str, Any] = {"channel": "email", **fields}
    return IssueNotice(case_id=CASE_ID, notice_id=number(place), template=template, **told)


def give(place: int = 1) -> RecordNoticeGiven:
    """The notice reached its recipient."""
    return RecordNoticeGiven(case_id=CASE_ID, notice_id=number(place))


def fail(place: int = 1, **fields: Any) -> RecordNoticeFailed:
    """The notice bounced."""
    told: dict[str, Any] = {"reason": "bounced", **fields}
    return RecordNoticeFailed(case_id=CASE_ID, notice_id=number(place), **told)
