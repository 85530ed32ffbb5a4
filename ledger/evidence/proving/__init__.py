"""Proofs that somebody takes away, and what it takes to check them."""
