"""The bytes on which every promise rests: slots, heads, seals, and their verification."""
