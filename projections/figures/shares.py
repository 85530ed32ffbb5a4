"""The short figures: shares of cases, resolutions, requests and entries (practice, formulas 5.12)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from projections.figures.figure import Basis, Figure, Footing, share


def first_contact_resolution(
    footing: Footing, *, at_once: int, received: int, excluded: Mapping[str, int]
) -> Figure:
    """Of the cases received, those settled on that local day without transfer, request or further contact."""
    basis = footing.basis("5.12 first-contact resolution", received, excluded=excluded)
    return share(basis, at_once, received)


def bounce_back(
    footing: Footing, *, returned: int, at_risk: int, by: str, not_yet: int = 0
) -> Figure:
    """Of the resolutions old enough to be known, those that a person decided had come back within the window.

    `by` names the group: who resolved, or the channel of the case and that of the return. `not_yet`
    are left out because their window is still open.
    """
    basis = footing.basis(
        f"5.12 bounce-back, {by}", at_risk, excluded={"window still open": not_yet}
    )
    return share(basis, returned, at_risk, nothing="no resolution is old enough")


def closed_without_reply(
    footing: Footing, *, without: int, resolutions: int, excluded: Mapping[str, int]
) -> Figure:
    """Of the resolutions, those before which no notice and no contact had reached the requester."""
    basis = footing.basis("5.12 closed without reply", resolutions, excluded=excluded)
    return share(basis, without, resolutions, nothing="nothing was resolved")


COORDINATION = "entries, not minutes"


def coordination_share(footing: Footing, *, coordinating: int, entries: int) -> Figure:
    """Of what staff entered, what moved work instead of doing it: counted in entries, which are not minutes."""
    basis = footing.basis(f"5.12 coordination share ({COORDINATION})", entries)
    return share(basis, coordinating, entries, nothing="staff entered nothing")


def asked_again(footing: Footing, *, repeated: int, requests: int) -> Figure:
    """Of the requests for information, those naming a field that an accepted handover held already."""
    basis = footing.basis("5.12 asked again", requests)
    return share(basis, repeated, requests, nothing="nothing was asked for")


@dataclass(frozen=True, slots=True)
class SkillCover:
    """The request types that fewer than two present people may work on, with how many may."""

    basis: Basis
    thin: Mapping[str, int]


def skill_cover(footing: Footing, eligible: Mapping[str, int]) -> SkillCover:
    """Which of these types, with how many eligible present people each, are thinly covered."""
    thin = {kind: count for kind, count in sorted(eligible.items()) if count < 2}
    return SkillCover(footing.basis("5.12 skill cover", len(eligible)), thin)
