"""Disclosing: the grounds of a law for withholding, and how an office answers requests for information. Policy data."""

from __future__ import annotations

from typing import Literal, TypeAlias

from ledger.policy.values import Amount, Code, Label, Labelled, Section, Words, YesNo

Audience: TypeAlias = Literal["applicant", "subject", "publication", "regulator"]
"""For whom something is released: who asked, the person it is about, everybody, or a regulator or court."""

ConsultationKind: TypeAlias = Literal["third_party", "public_body", "cabinet_office", "legal"]


class Exemption(Labelled):
    """A ground on which a record may or must be withheld."""

    statute: Label | None = None
    section: Label
    duty: Literal["mandatory", "discretionary"]
    test: Literal["class", "harm"]
    audiences: tuple[Audience, ...] = ()
    """For whom it withholds; for everybody if left out."""
    interest: Words | None = None
    """What it protects."""
    override: YesNo = False
    """A public interest can set it aside, so whether it does is considered each time."""
    personal: YesNo = False
    """It protects a person's own data from others."""
    for_years: Amount | None = None
    """A document that is so old, by its own date, when it is asked for is not withheld under it any more."""
    status: Literal["verified", "unverified"] = "unverified"

    def withholds_from(self, audience: Audience) -> bool:
        """Whether it can be cited for this audience."""
        return not self.audiences or audience in self.audiences


class ConsultationTerms(Section):
    """The clocks of one kind of consultation, chained: answer by, decide by, and no release before."""

    represent: Code | None = None
    decide: Code | None = None
    release: Code | None = None
    oral: YesNo = False
    """They may speak instead of writing."""


class DisclosureTerms(Section):
    """Who answers requests for information, and what an answer does to the clocks of its case."""

    teams: tuple[Code, ...] = ()
    """The access office; any team if left out."""
    approvers: tuple[Code, ...] = ()
    """Who may approve; any other person if left out."""
    sole_officer: YesNo = False
    """Where there is but one officer, they may approve their own work, and an entry says so."""
    personal: Code | None = None
    """The exemption proposed for personal values of somebody else; the first that is `personal` if left out."""
    staff: Code | None = None
    """The exemption proposed for who acted; staff are shown by their code if left out."""
    fee_wait: Code | None = None
    """The reason to wait from a fee estimate until it is paid."""
    clarify_wait: Code | None = None
    """The reason to wait from a question about the scope until it is agreed."""
    publish: Code | None = None
    """The clock before whose end no answer is published."""
    schedule: YesNo = True
    """The applicant is given a schedule of what is withheld, and not its codes alone."""
