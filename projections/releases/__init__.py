"""Releases: a selection of what is shown becomes a bundle that proves itself without this ledger."""
