"""Making a release: the bundle of what was approved, as it stood when it was authorised, the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, BinaryIO
from uuid import UUID

from api.verbs.disclosures.asked_of import disclosure_of, purpose_of
from api.verbs.verb import Around
from api.verifier import Trusted, Verdict, trusted_keys, verify_bundle, verify_open
from ledger.entry import Actor
from ledger.errors import IntegrityFailure, Refusal, UnlawfulTransition
from ledger.evidence.proving.proofs import Proofs, notes_over, proving
from ledger.evidence.signing.signing_state import signing_of
from ledger.evidence.trees.trees import Trees
from ledger.personal.opening import Reading
from ledger.policy.document.policy import Policy
from ledger.registers.disclosures import STREAM
from ledger.registers.disclosures.releasing import DisclosureReleased
from ledger.sealing.slots import b64u
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
    """A release as it is to be made: what of the ledger it shows, the index that it carries, and who reads for it.

    `earlier` are the sizes of the checkpoints of the releases of this disclosure before it, beside each of which
    whoever has both can see that nothing was rewritten in between.
    """

    selection: Selection
    index: WithholdingIndex
    reader: Reader
    earlier: tuple[int, ...] = ()

    def bundle(self, ledger: Ledger, proofs: Proofs) -> Iterator[bytes]:
        """The bytes of its zip, made as they are asked for."""
        return bundle(
            ledger,
            self.selection,
            index=index_lines(self.index),
            proofs=proofs,
            reader=self.reader,
            earlier=self.earlier,
        )


def to_be_made(ledger: Ledger, actor: Actor, *, disclosure_id: UUID, release_id: UUID) -> Made:
    """A release that was authorised, by the policy that was in force then; who reads for it is recorded.

    Refusal where something of it was erased since.
    """
    reading = Reading((f"{STREAM}/{disclosure_id}",), _PURPOSE, "disclosure")
    (read,) = ledger.open_values(reading, actor=actor)
    entries = [each.entry for each in read]
    known = as_authorised(entries, release_id)
    release = release_of(known, release_id)
    policies = ledger.policies()
    policy = policies.in_force(entries[release.version - 1].context.known_at).policy
    index = withholding_index(
        known,
        policies,
        disclosure_id=disclosure_id,
        audience=_schedule(policy, release.authorised.audience),
        release_id=release_id,
        language=release.authorised.languages[0],
    )
    selection = selection_of(known, release, records(known, policies), policy.exemptions)
    reader = Reader(actor, selection.purpose, purpose_of(known.state))
    before = (each.fact for each in entries[: release.version])
    earlier = (each.checkpoint_size for each in before if isinstance(each, DisclosureReleased))
    return Made(selection, index, reader, tuple(earlier))


def _schedule(policy: Policy, audience: str) -> IndexAudience:
    """Which index a release carries: the regulator's for a regulator, else the schedule, else the codes alone."""
    if audience == "regulator":
        return "regulator"
    return "applicant" if policy.disclosure.schedule else "notice"


def verified(ledger: Ledger, made: Path | BinaryIO) -> Verdict:
    """What the verifier says of a bundle, which shares no code with what made it; IntegrityFailure if it fails."""
    trusted = Trusted(trusted_keys("\n".join(signing_of(ledger.store).ever("checkpoint"))))
    verdict = verify_bundle(made, trusted) if isinstance(made, Path) else verify_open(made, trusted)
    if verdict.word == "failed":
        raise IntegrityFailure(
            "The release that was made does not verify, so it was thrown away and nothing is recorded of it: "
            "run `caseledger verify`."
        )
    return verdict


def recording(
    verdict: Verdict, proofs: Proofs, *, disclosure_id: UUID, release_id: UUID
) -> dict[str, Any]:
    """What is recorded of a bundle that verified."""
    return {
        "disclosure_id": disclosure_id,
        "release_id": release_id,
        "bundle": verdict.file,
        "checkpoint_size": proofs.size,
        "checkpoint_root": b64u(proofs.checkpoint.root),
    }


def made(around: Around) -> Mapping[str, Any]:
    """Makes the release that is authorised, and says what is to be recorded of it; nothing of the file is kept."""
    disclosure_id = around.given["disclosure_id"]
    release_id = disclosure_of(around).pending_release
    if release_id is None:
        raise UnlawfulTransition(
            "No release of this disclosure is authorised and waits to be made: authorise one first.",
            rule="of-a-release",
        )
    release = to_be_made(
        around.ledger, around.actor, disclosure_id=disclosure_id, release_id=release_id
    )
    with around.proofs() as proofs, TemporaryFile() as file:
        file.writelines(release.bundle(around.ledger, proofs))
        verdict = verified(around.ledger, file)
        return recording(verdict, proofs, disclosure_id=disclosure_id, release_id=release_id)


def made_again(
    ledger: Ledger,
    trees: Trees,
    *,
    actor: Actor,
    disclosure_id: UUID,
    released: DisclosureReleased,
) -> IO[bytes]:
    """The bundle of a release that was made, in a file without a name which whoever asks closes.

    Refusal where it cannot be made to the same bytes any more.
    """
    release = to_be_made(ledger, actor, disclosure_id=disclosure_id, release_id=released.release_id)
    for note in notes_over(ledger.store, released.checkpoint_size):
        with proving(ledger.store, trees, note=note) as proofs:
            file = _written(release.bundle(ledger, proofs), released.bundle)
        if file is not None:
            return file
    raise Refusal(
        "This release cannot be made again to the bytes that were released, since something that it shows "
        "was erased or this is another version of the software: give out the file that was kept, or make "
        "a new release.",
        rule="same-bytes-again",
    )


def _written(chunks: Iterable[bytes], digest: str) -> IO[bytes] | None:
    """A file of these bytes, if this is their digest."""
    with ExitStack() as closing:
        file = closing.enter_context(TemporaryFile())
        hashed = sha256()
        for chunk in chunks:
            hashed.update(chunk)
            file.write(chunk)
        if hashed.hexdigest() != digest:
            return None
        file.seek(0)
        closing.pop_all()
        return file
