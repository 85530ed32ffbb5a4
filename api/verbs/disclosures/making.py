"""Making a release: the bundle of what was approved, as it stood when it was authorised, the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from api.verbs.disclosures.asked_of import purpose_of
from api.verifier import Trusted, Verdict, trusted_keys, verify_bundle
from ledger.entry import Actor
from ledger.errors import IntegrityFailure
from ledger.evidence.proofs import Proofs
from ledger.evidence.signing_keys import signing_of
from ledger.evidence.slots import b64u
from ledger.opening import Reading
from ledger.policy.document import Policy
from ledger.registers.disclosures import STREAM
from ledger.registers.disclosures.releasing import RecordRelease
from ledger.service import Ledger
from projections.disclosures.dossier import as_authorised
from projections.disclosures.index import WithholdingIndex, withholding_index
from projections.disclosures.index_lines import IndexAudience, records
from projections.disclosures.selecting import index_lines, release_of, selection_of
from projections.releases.bundle import bundle
from projections.releases.selection import Selection
from projections.releases.streams import Reader

_PURPOSE = "To make a release of a disclosure."


@dataclass(frozen=True, slots=True)
class Made:
    """A release as it is to be made: what of the ledger it shows, the index that it carries, and who reads for it."""

    selection: Selection
    index: WithholdingIndex
    reader: Reader

    def bundle(self, ledger: Ledger, proofs: Proofs) -> Iterator[bytes]:
        """The bytes of its zip, made as they are asked for."""
        return bundle(
            ledger, self.selection, index=index_lines(self.index), proofs=proofs, reader=self.reader
        )


def to_be_made(ledger: Ledger, actor: Actor, disclosure_id: UUID, release_id: UUID) -> Made:
    """A release that was authorised, by the policy that was in force then; who reads for it is recorded.

    Refusal where something of it was erased since.
    """
    reading = Reading((f"{STREAM}/{disclosure_id}",), _PURPOSE, "disclosure")
    (read,) = ledger.open_values(reading, actor=actor)
    entries = [each.entry for each in read]
    known = as_authorised(entries, release_id)
    release = release_of(known, release_id)
    policies = ledger.policies()
    authorised_at = entries[release.version - 1].context.known_at
    index = withholding_index(
        known,
        policies,
        disclosure_id=disclosure_id,
        audience=_schedule(policies.in_force(authorised_at).policy, release.authorised.audience),
        release_id=release_id,
        language=release.authorised.languages[0],
    )
    selection = selection_of(known, release, records(known, policies))
    return Made(selection, index, Reader(actor, selection.purpose, purpose_of(known.state)))


def _schedule(policy: Policy, audience: str) -> IndexAudience:
    """Which index a release carries: the regulator's for a regulator, else the schedule, else the codes alone."""
    if audience == "regulator":
        return "regulator"
    return "applicant" if policy.disclosure.schedule else "notice"


def verified(ledger: Ledger, path: Path) -> Verdict:
    """What the verifier says of a bundle, which shares no code with what made it; IntegrityFailure if it fails."""
    keys = "\n".join(signing_of(ledger.store).ever("checkpoint"))
    verdict = verify_bundle(path, Trusted(trusted_keys(keys)))
    if verdict.word == "failed":
        raise IntegrityFailure(
            "The release that was made does not verify, so it was thrown away and nothing is recorded of it: "
            "run `caseledger verify`."
        )
    return verdict


def recording(
    disclosure_id: UUID, release_id: UUID, verdict: Verdict, proofs: Proofs
) -> RecordRelease:
    """The command that records a bundle which verified."""
    assert verdict.file is not None, "a zip file was verified"
    return RecordRelease(
        disclosure_id=disclosure_id,
        release_id=release_id,
        bundle=verdict.file,
        checkpoint_size=proofs.size,
        checkpoint_root=b64u(proofs.checkpoint.root),
    )
