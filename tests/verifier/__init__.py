"""Tests of the verifier that needs no ledger."""
