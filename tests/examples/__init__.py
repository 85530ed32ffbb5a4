"""Example answers: a small office whose days are scripted, every operation asked in it, what it answered kept."""
