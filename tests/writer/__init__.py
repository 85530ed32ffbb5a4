"""What the one writer promises, on every store."""
