"""Making a release from the command line: authorised, made as of a signed checkpoint, verified, recorded, named."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Annotated
from uuid import UUID

from cyclopts import Parameter

from api.cli.acting import Acting
from api.cli.disclosures.approving import ask_to_compare
from api.cli.disclosures.asking import Desk, Id, desk
from api.cli.evidence.as_of_checkpoint import proofs_to_give_out
from api.cli.evidence.bundling import write_bundle
from api.verifier import Trusted, Verdict, trusted_keys, verify_bundle
from ledger.errors import IntegrityFailure, InvalidCommand
from ledger.evidence.proofs import Proofs
from ledger.evidence.signing_keys import signing_of
from ledger.evidence.slots import b64u
from ledger.policy.values import Language
from ledger.registers.disclosures.releasing import AuthoriseRelease, RecordRelease
from projections.disclosures.dossier import as_authorised
from projections.disclosures.index import withholding_index
from projections.disclosures.index_lines import IndexAudience, records
from projections.disclosures.selecting import index_lines, release_of, selection_of
from projections.releases.bundle import bundle
from projections.releases.streams import Reader

_PURPOSE = "To make a release of a disclosure."
Languages = Annotated[
    tuple[Language, ...],
    Parameter(name="--language", negative="", help="English, French, or both if left out; repeat."),
]


def release(
    id_: Id,
    /,
    *,
    out: Path,
    recipient: str | None = None,
    purpose: str | None = None,
    languages: Languages = ("en", "fr"),
    acting: Acting = Acting(),  # noqa: B008 - frozen
) -> int:
    """Makes a release of what was approved, as of a signed checkpoint, and records it.

    It is authorised by an entry before the file is made, and recorded by another before the file has its
    name: a release that was interrupted is made by asking again.

    Parameters
    ----------
    out
        The file that is made, a zip that proves itself.
    recipient
        Whom it is for; '-' or '@FILE' reads it.
    purpose
        What for; '-' or '@FILE' reads it.
    """
    with desk(id_, acting) as at:
        if out.exists():
            raise InvalidCommand(f"{out} is there already: choose another name.")
        release_id = at.state.pending_release
        if release_id is None:
            release_id = _authorised(at, recipient, purpose, languages)
        with proofs_to_give_out(at.ledger) as proofs:
            return _made(at, release_id, out, proofs)


def _authorised(
    at: Desk, recipient: str | None, purpose: str | None, languages: tuple[Language, ...]
) -> UUID:
    if recipient is None or purpose is None:
        raise InvalidCommand(
            "Say whom the release is for and what for: give --recipient and --purpose."
        )
    ask_to_compare(at)
    release_id = at.own_id("release")
    at.ask(
        AuthoriseRelease,
        release_id=release_id,
        given_to=at.text(recipient, "--recipient"),
        purpose=at.text(purpose, "--purpose"),
        languages=languages,
    )
    return release_id


def _made(at: Desk, release_id: UUID, out: Path, proofs: Proofs) -> int:
    """The file, made beside its name, recorded, and then given its name."""
    known = as_authorised(at.own_entries(purpose=_PURPOSE), release_id)
    authorised = release_of(known, release_id)
    policies = at.ledger.policies()
    language = authorised.authorised.languages[0]
    index = withholding_index(
        known,
        policies,
        disclosure_id=at.disclosure_id,
        audience=_schedule(at, authorised.authorised.audience),
        release_id=release_id,
        language=language,
    )
    selection = selection_of(known, authorised, records(known, policies))
    reader = Reader(at.actor, selection.purpose, at.purpose_code)
    made = bundle(at.ledger, selection, index=index_lines(index), proofs=proofs, reader=reader)
    part = out.with_name(f".{out.name}.part")
    part.unlink(missing_ok=True)
    write_bundle(made, part)
    verdict = _verified(at, part)
    digest = _digest(part)
    receipt = at.ask(
        RecordRelease,
        release_id=release_id,
        bundle=digest,
        checkpoint_size=proofs.size,
        checkpoint_root=b64u(proofs.checkpoint.root),
    )
    part.rename(out)
    if at.state.publishes is not None:
        at.reach(receipt, "published")
    return at.show(
        receipt,
        release_id=str(release_id),
        sha256=digest,
        manifest=verdict.manifest,
        verified=verdict.word,
        lines_withheld=len(index.lines),
    )


def _verified(at: Desk, part: Path) -> Verdict:
    """What the verifier says of the file, which shares no code with what made it; IntegrityFailure if it fails."""
    keys = "\n".join(signing_of(at.ledger.store).ever("checkpoint"))
    verdict = verify_bundle(part, Trusted(trusted_keys(keys)))
    if verdict.word == "failed":
        part.unlink()
        raise IntegrityFailure(
            "The release that was made does not verify, so it was thrown away and nothing is recorded of it: "
            "run `caseledger verify`."
        )
    return verdict


def _schedule(at: Desk, audience: str) -> IndexAudience:
    """Which index the release carries: the regulator's for a regulator, else the schedule, else the codes alone."""
    if audience == "regulator":
        return "regulator"
    return "applicant" if at.policy.disclosure.schedule else "notice"


def _digest(path: Path) -> str:
    found = sha256()
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            found.update(chunk)
    return found.hexdigest()
