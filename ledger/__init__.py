"""What happened: the only writer of the ledger. Imports nothing of `projections` or `api`."""
