"""What is hashed and sealed of an entry, under which keys, and how it is read again."""
