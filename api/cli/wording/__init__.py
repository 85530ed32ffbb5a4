"""Wording: what the command line says to people in French, beside its English."""
