"""Demand: what people ask of the simulated department, who they are, and when it reaches it."""
