"""Making a release from the command line: authorised, made as of a signed checkpoint, verified, recorded, named."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from uuid import UUID

from cyclopts import Parameter

from api.cli.disclosures.asking import Desk, Id, desk, own_id_of
from api.cli.evidence.bundling import write_bundle
from api.cli.writing.acting import Acting
from api.new_files import give_name
from api.verbs.disclosures.making import recording, to_be_made, verified
from ledger.errors import IntegrityFailure, InvalidCommand
from ledger.evidence.proving.proofs import Proofs
from ledger.policy.values import Language
from ledger.registers.disclosures.releasing import RecordRelease

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
    acting: Acting = Acting(),
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
        with at.around.proofs() as proofs:
            return _make_file(at, release_id, out, proofs)


def _authorised(
    at: Desk, recipient: str | None, purpose: str | None, languages: tuple[Language, ...]
) -> UUID:
    if recipient is None or purpose is None:
        raise InvalidCommand(
            "Say whom the release is for and what for: give --recipient and --purpose."
        )
    at.step("compare")
    done = at.ask(
        "release",
        given_to=at.text(recipient, "--recipient"),
        purpose=at.text(purpose, "--purpose"),
        languages=languages,
    )
    return UUID(own_id_of(done, "release_id"))


def _make_file(at: Desk, release_id: UUID, out: Path, proofs: Proofs) -> int:
    """The file, made beside its name, verified, recorded, and then given its name."""
    release = to_be_made(
        at.ledger, at.around.actor, disclosure_id=at.disclosure_id, release_id=release_id
    )
    part = out.with_name(f".{out.name}.part")
    part.unlink(missing_ok=True)
    write_bundle(release.bundle(at.ledger, proofs), part)
    try:
        verdict = verified(at.ledger, part)
    except IntegrityFailure:
        part.unlink()
        raise
    said = recording(verdict, proofs, disclosure_id=at.disclosure_id, release_id=release_id)
    done = at.record("make", RecordRelease(**said))
    give_name(part, out)
    return at.show(
        done,
        release_id=str(release_id),
        sha256=verdict.file,
        manifest=verdict.manifest,
        verified=verdict.word,
        lines_withheld=len(release.index.lines),
    )
