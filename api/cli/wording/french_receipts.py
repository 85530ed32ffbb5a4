"""Receipts in French: what a command came to, with the ids and the counts that stand beside it."""

from __future__ import annotations

from collections.abc import Mapping

OF_RECEIPTS: Mapping[str, str] = {
    "{name}: recorded, version {version}, entry {position}, digest {digest}": (
        "{name} : consigné, version {version}, inscription {position}, empreinte {digest}"
    ),
    "{name}: nothing to add, version {version}, entry {position}, digest {digest}": (
        "{name} : rien à ajouter, version {version}, inscription {position}, empreinte {digest}"
    ),
    "none": "aucun",
    # Streams of which there is one
    "directory": "annuaire",
    "rate": "cadence",
    "sequence": "ordre",
    # Ids
    "absence id": "id de l'absence",
    "adjustment id": "id de l'adaptation",
    "call id": "id de l'appel",
    "consultation id": "id de la consultation",
    "contact id": "id du contact",
    "countermeasure id": "id de la contre-mesure",
    "decision id": "id de la décision",
    "disclosure id": "id de la communication",
    "draft id": "id du projet de rapport",
    "erasure id": "id de l'effacement",
    "escalation id": "id du signalement",
    "extension id": "id de la prolongation",
    "follow up id": "id du suivi",
    "heads up id": "id du préavis",
    "hold id": "id de la mise en réserve",
    "appeal id": "id du recours",
    "inquiry id": "id de l'enquête",
    "instruction id": "id de la consigne",
    "record id": "id de l'enregistrement",
    "item id": "id de la pièce",
    "note id": "id de la note",
    "notice id": "id de l'avis",
    "promise id": "id de la promesse",
    "question id": "id de la question",
    "recommendation id": "id de la recommandation",
    "referral id": "id du renvoi",
    "release id": "id de la remise",
    "request id": "id de la demande",
    "search id": "id de la recherche",
    "task id": "id de la tâche",
    "transfer id": "id du transfert",
    "wait id": "id de l'attente",
    "work id": "id du travail",
    # Counts, and what a file was found to be
    "drawn": "tirés",
    "found": "repérés",
    "differences": "différences",
    "bytes": "octets",
    "sha256": "SHA-256",
    "manifest": "liste des fichiers",
    "verified": "vérification",
    "lines withheld": "lignes retenues",
    "confirmed": "confirmé",
    "consistent": "concordant",
    "failed": "échec",
}
