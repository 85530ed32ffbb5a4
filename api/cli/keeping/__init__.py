"""Keeping a ledger from the command line: made, held, disposed of, erased, and who read it."""
