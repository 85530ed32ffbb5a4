"""Grounds: what must be said for a value to be withheld, by the exemption that is cited.

A ground of harm says which harm and how it follows; a discretionary one which factors spoke for and
against; one that the public interest can set aside whether it does; a whole text or document why no part of
it can be given. A missing record of these is what regulators and courts find first.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from ledger.case.known.answers import not_one_of
from ledger.commands import Circumstances
from ledger.errors import InvalidCommand, Refusal
from ledger.policy.document.disclosing import Audience, Exemption
from ledger.registers.disclosures.state import in_force
from ledger.times import LocalDate

Override: TypeAlias = Literal["does_not_prevail", "prevails"]
"""Whether the public interest in giving the value outweighs what the exemption protects."""


class Reasons(BaseModel):
    """Under which exemptions, in order, something is withheld, and what its record needs."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    exemptions: tuple[str, ...] = Field(min_length=1)
    paragraph: str | None = Field(default=None, max_length=100)
    override: Override | None = None
    until_on: LocalDate | None = None
    harm: str | None = None
    factors_for: str | None = None
    factors_against: str | None = None
    override_reason: str | None = None
    severability: str | None = None


def refuse_unfounded(
    reasons: Reasons, audience: Audience, around: Circumstances, *, severable: bool
) -> None:
    """Refuses what is withheld without all that its exemptions ask for; `severable` if a part could be given."""
    known = in_force(around).policy.exemptions
    for code in reasons.exemptions:
        exemption = known.get(code)
        if exemption is None:
            raise InvalidCommand(not_one_of("an exemption", code, known))
        if not exemption.withholds_from(audience):
            raise Refusal(
                f"{code} withholds nothing from the audience '{audience}': cite another exemption, or "
                "release it.",
                rule="exemption-for-the-audience",
            )
        _refuse_unsaid(code, exemption, reasons)
    if reasons.override == "prevails":
        raise Refusal(
            "Where the public interest prevails the value is given: release it, and say so in the reason.",
            rule="override-releases",
        )
    if severable and not reasons.severability:
        raise Refusal(
            "All of it is withheld and only part of it may need to be: withhold the words or pages that "
            "are exempt, or say with --severability why none of it can be given.",
            rule="severed-where-it-can-be",
        )


def _refuse_unsaid(code: str, exemption: Exemption, reasons: Reasons) -> None:
    if exemption.test == "harm" and not reasons.harm:
        raise Refusal(
            f"{code} is a ground of harm: say with --harm which harm is foreseen and how it follows.",
            rule="harm-is-said",
        )
    if exemption.duty == "discretionary" and not (reasons.factors_for and reasons.factors_against):
        raise Refusal(
            f"{code} is discretionary: say with --for and --against what spoke for giving it and what "
            "against.",
            rule="discretion-is-exercised",
        )
    if exemption.override and reasons.override is None:
        raise Refusal(
            f"The public interest can set {code} aside: say with --override whether it does, and with "
            "--override-reason why.",
            rule="override-is-considered",
        )
    if reasons.override is not None and not reasons.override_reason:
        raise InvalidCommand(
            "The public interest was weighed, and nobody says how: give --override-reason."
        )
