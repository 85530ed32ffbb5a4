"""Input: what of it does not fit, what of it a refusal repeats, and what of it may stand in clear."""
