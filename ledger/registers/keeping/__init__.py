"""Keeping: who read what is kept, what is held, disposed of, erased, and what was given out before."""
