"""Projections: given these entries, asked this, the answer."""
