"""Which law `caseledger due` is asked by: that of the ledger at hand, of a policy file, or of a pack."""

from __future__ import annotations

from pathlib import Path

from api.cli.ledgers import opened
from api.due.law import Law, knowing, law_of, law_of_file, law_of_version
from api.policy_files import read_clocks_file
from ledger.errors import LedgerUnavailable
from ledger.settings import Settings


def law_at_hand(code: str, policy: str | None) -> Law:
    """Where a clock is defined; InvalidCommand names those that are known if this one is not.

    Without `policy` it is the policy in force, where a ledger lies at hand and its policy knows the
    clock, else the packs that come with the program.
    """
    if policy is not None and policy != "published":
        path = Path(policy)
        return knowing(law_of_file(read_clocks_file(path), path.name), code)
    published = _published(asked_for=policy is not None)
    if policy is not None and published is not None:
        return knowing(published, code)
    return law_of(code, published)


def _published(*, asked_for: bool) -> Law | None:
    place = Settings().location
    if not asked_for and isinstance(place, Path) and not place.exists():
        return None
    try:
        with opened() as ledger:
            versions = ledger.policies()
            if not versions.versions and not asked_for:
                return None
            return law_of_version(versions.in_force(ledger.clock()))
    except LedgerUnavailable:
        if asked_for:
            raise
        return None
