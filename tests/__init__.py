"""What the ledger promises, each promise tried."""
