"""Keeping a ledger from the command line: who read what, holds, retention, erasure, media that cannot be written."""
