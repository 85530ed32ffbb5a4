"""Offices with a few cases, checkpoints signed over them, and bundles made of them, for the tests of releases."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from api.verifier import Trusted, Verdict, trusted_keys, verify_bundle
from ledger.case.contact.contacts import AddNote
from ledger.case.intake.opening import OpenCase
from ledger.commands import Request
from ledger.evidence.proving.proofs import Proofs, proving
from ledger.evidence.signing.checkpoints import make_checkpoint
from ledger.evidence.signing.signer import Signer
from ledger.evidence.signing.signing_state import signing_of
from ledger.evidence.trees.trees import Trees
from ledger.ids import case_stream
from ledger.service import Ledger
from projections.releases.bundle import bundle
from projections.releases.selection import EntrySelection, IndexLine, Selection, StreamSelection
from projections.releases.streams import Reader
from tests.ledgers import INTAKE, WATCH, Place

WORDS = "Call Mrs Doe back,  tomorrow at\nhalf past nine.\u00a0– Merci "


@dataclass(frozen=True)
class Office:
    """A ledger of a test and where it lies."""

    ledger: Ledger
    place: Place

    def case(self, *notes: str, description: str = WORDS) -> str:
        """A new case with these notes on it; its stream."""
        case_id = self.ledger.new_id()
        answers = {"name": "Élise Doe", "description": description}
        opened = OpenCase(case_id=case_id, channel="phone", request_type="GEN-ENQ", answers=answers)
        self.ledger.handle_all(
            [
                Request(opened, INTAKE),
                *(
                    Request(
                        AddNote(case_id=case_id, note_id=self.ledger.new_id(), text=note), INTAKE
                    )
                    for note in notes
                ),
            ]
        )
        self.place.clock.pass_by(minutes=5)
        return case_stream(case_id)

    def note(self, stream: str, text: str) -> None:
        """Another note on a case, some minutes later."""
        self.place.clock.pass_by(minutes=5)
        note = AddNote(
            case_id=UUID(stream.partition("/")[2]), note_id=self.ledger.new_id(), text=text
        )
        self.ledger.handle(note, actor=INTAKE)

    def sign(self) -> None:
        """Signs a checkpoint over all that is recorded."""
        with Trees.open(self.place.location, self.ledger.store) as trees:
            make_checkpoint(self.ledger, trees, Signer.beside(self.place.master_key), actor=WATCH)

    @contextmanager
    def proofs(self) -> Generator[Proofs]:
        """Proofs as of the newest checkpoint."""
        with (
            Trees.open(self.place.location, self.ledger.store) as trees,
            proving(self.ledger.store, trees) as found,
        ):
            yield found

    @property
    def key(self) -> str:
        """The office's published key."""
        (key,) = signing_of(self.ledger.store).in_force("checkpoint")
        return key

    def whole(self, stream: str) -> StreamSelection:
        """All of a stream, nothing withheld."""
        count = len(self.ledger.store.stream(stream))
        return StreamSelection(
            stream, count, tuple(EntrySelection(version) for version in range(1, count + 1))
        )

    def bundle(
        self,
        selection: Selection,
        index: Sequence[IndexLine] = (),
        *,
        earlier: Sequence[int] = (),
    ) -> bytes:
        """The bundle of a selection as of the newest checkpoint."""
        reader = Reader(INTAKE, "a test")
        with self.proofs() as proofs:
            made = bundle(
                self.ledger, selection, index=index, proofs=proofs, reader=reader, earlier=earlier
            )
            return b"".join(made)

    def verdict(self, made: bytes, folder: Path, *, key: str | None = None) -> Verdict:
        """What the verifier says of a bundle, trusting the office's own key unless another is given."""
        return verdict_on(made, folder, keys=key or self.key)


def verdict_on(made: bytes, folder: Path, *, keys: str = "") -> Verdict:
    """What the verifier says of these bytes."""
    file = folder / "release.zip"
    file.write_bytes(made)
    return verify_bundle(file, Trusted(trusted_keys(keys) if keys else ()))


def selection_of(*streams: StreamSelection, **said: object) -> Selection:
    """A selection for an applicant that claims whole streams, unless it says otherwise."""
    around = {"claim": "whole_stream", "audience": "applicant", "purpose": "Request 12", **said}
    return Selection(streams=streams, **around)
