"""The proof of the bytes."""
