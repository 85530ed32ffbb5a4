"""What `verify` does, and what follows from what it finds."""
