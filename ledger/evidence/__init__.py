"""What lets others check the ledger: trees over it, signed heads, proofs to take away, verification."""
