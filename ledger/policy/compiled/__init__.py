"""A policy ready for use: rules compiled, and what follows from them for each team."""
