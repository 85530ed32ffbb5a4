"""Templates by which an office writes to people."""

from __future__ import annotations

TEMPLATES = """
[templates.ACK]
en = "Acknowledgement"
fr = "Accusé de réception"
kind = "acknowledgement"
version = "1"
asks = ["name"]
texts.en = { subject = "Your request {reference}", body = "Dear {name}, we have it since {received_on}." }
texts.fr = { subject = "Votre demande {reference}", body = "{name}, nous l'avons depuis le {received_on}." }
"""
