"""Writes the golden files that are missing, and none that is there: `python -m tests.golden`."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from ledger.case.contact.contacts import NoteAdded
from ledger.entry import Actor, Context
from ledger.facts import Fact, SharedText, topics
from ledger.ids import derived_uuid
from ledger.registers.integrations.followed import CHAPTERS
from ledger.sealing.heads import first_head
from ledger.sealing.sealing import Sealer
from ledger.sealing.vault import Vault
from ledger.store import StoredRow
from tests.golden import stored
from tests.golden.examples import examples
from tests.golden.values import COMBINING, FIRST, LEAP_DAY, NOON

IN_COMPARTMENTS = {
    "access": ("ledger.registers.keeping.accesses",),
    "apikey": ("ledger.registers.integrations.api_keys",),
    "disclosure": ("ledger.registers.disclosures",),
    "erasure": ("ledger.registers.keeping.erasures",),
    "hold": ("ledger.registers.keeping.holds",),
    "inquiry": ("ledger.registers.inquiries",),
    "release": ("ledger.registers.keeping.given_out",),
    "signing": ("ledger.registers.signing",),
    "webhook": ("ledger.registers.integrations.subscriptions",),
}
"""The modules whose facts happen in streams of a kind that no feed shows."""
HOMES = {
    f"{module}.": kind
    for kind, modules in (*CHAPTERS.items(), *IN_COMPARTMENTS.items())
    for module in modules
}
ACTORS = (
    Actor("person", "I-02", role="accueil", team="INT", on_behalf_of="L-01", delegation="DÉL-7"),
    Actor("machine", "watch", version="1"),
)
CONTEXTS = (
    Context(FIRST, NOON, derived_uuid(NOON, "golden", "whole"), "b" * 22, COMBINING, "c-1", "d" * 43),
    Context(NOON, LEAP_DAY, derived_uuid(NOON, "golden", "bare")),
    Context(FIRST, FIRST, derived_uuid(FIRST, "golden"), "", batch="lot-№1", source="système"),
)  # fmt: skip


def main() -> None:
    """Seals the example of each topic that has no golden file at its present schema version."""
    stored.FACTS.mkdir(exist_ok=True)
    if not stored.KEYS.exists():
        stored.new_keys()
    known = examples()
    missing = [
        topic
        for topic, kind in sorted(topics().items())
        if not stored.path_of(topic, kind.schema_version).exists()
    ]
    with TemporaryDirectory() as folder, stored.opened_vault(Path(folder)) as vault:
        for topic in missing:
            entry = _sealed(known[topic], vault, number=sorted(topics()).index(topic))
            stored.write(stored.path_of(topic, entry.schema), entry)
        if not stored.SHARED.exists():
            stored.write(stored.SHARED, _shared(vault))
        stored.keep_keys(vault, Path(folder))


def _shared(vault: Vault) -> stored.GoldenEntry:
    """A note whose words are about the case and about two people in it."""
    note_id, first, second = (
        derived_uuid(NOON, "golden", "shared", str(each)) for each in range(3)
    )
    stretches = (
        (None, "It is said: "),
        (first, "Zoë hit "),
        (second, "Émile\tfirst, "),
        (first, "twice."),
    )
    said = "".join(words for _, words in stretches)
    return _sealed(
        NoteAdded(note_id=note_id, text=SharedText(stretches)),
        vault,
        number=0,
        stream=f"case/{derived_uuid(NOON, 'golden', 'shared')}",
        read=NoteAdded(note_id=note_id, text=said),
    )


def _sealed(
    fact: Fact, vault: Vault, *, number: int, stream: str | None = None, read: Fact | None = None
) -> stored.GoldenEntry:
    """The first entry of a stream, one of the topic's own if none is named, as the ledger stores it.

    `read` is what it is read as, if that is another value than was sealed.
    """
    home = f"{type(fact).__module__}."
    kind = next(kind for module, kind in HOMES.items() if home.startswith(module))
    stream = (
        stream or f"{kind}/{derived_uuid(NOON, 'golden', fact.topic, str(fact.schema_version))}"
    )
    actor, context = ACTORS[number % len(ACTORS)], CONTEXTS[number % len(CONTEXTS)]
    sealed = Sealer(vault, stored.ledger_id()).seal(
        fact,
        actor=actor,
        context=context,
        stream=stream,
        version=1,
        previous=first_head(stored.ledger_id(), stream),
        recorded_at=LEAP_DAY,
    )
    return stored.GoldenEntry(
        StoredRow(number + 1, stream, 1, fact.topic, sealed.state),
        tuple(blob for _, blob in sealed.blobs),
        fact.schema_version,
        stored.as_read(read or fact, sealed=False),
        stored.as_read(read or fact, sealed=True),
        actor.slot(),
        context.slot(),
    )


if __name__ == "__main__":
    main()
