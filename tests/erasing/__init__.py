"""Erasure, end to end: what is gone, what stays, and what still verifies."""
