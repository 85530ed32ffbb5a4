"""What is hashed and sealed of an entry, and read again."""
