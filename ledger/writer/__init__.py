"""The one writer: what is asked is decided under the ledger's lock, sealed, and appended in one durable write."""
