"""The words of the menu about evidence: what is signed, proved, witnessed, and under which keys."""

from __future__ import annotations

from api.cli.menu_lines import Lines

SIGNING = {
    "checkpoint": "Sign the head of the log, show it, and carry it to witnesses and back.",
    "recover": "Record what a restore has lost, so that the ledger can be written to again.",
}
EVIDENCE = {
    "prove": "Prove what stands in a stream, or that there is no such stream, to a stranger.",
    "receipt": "Sign a receipt for what was received.",
    "check-proof": "Check a proof or a receipt with nothing but the office's public key.",
}
KEYS = {
    "show": "The public keys, to be published.",
    "new": "Introduce a new key, which signs beside the others.",
    "retire": "Sign under a key no more, and destroy its secret half.",
    "witness": "Name a witness, whose cosignatures count.",
    "quorum": "Say how many witnesses must cosign.",
}
WITNESS = {
    "show": "The logs that this witness watches, and what it saw last.",
    "new": "Make a witness.",
    "trust": "Watch a log, under its public key.",
    "cosign": "Check that a checkpoint goes on from the last one, and cosign it.",
    "serve": "Cosign for logs that ask over HTTP.",
}
KEPT_WITHIN = (
    (
        "keys",
        "Keys that sign: shown, introduced, retired; witnesses named.",
        (Lines("api.cli.evidence.keys", KEYS),),
    ),
    (
        "witness",
        "Cosign another office's checkpoints; needs no ledger.",
        (Lines("api.cli.evidence.witnessing", WITNESS),),
    ),
)
"""The same for whoever keeps a ledger, or watches another's."""
