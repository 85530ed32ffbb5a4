"""The streams beside cases: parties, policies, import batches, readings of personal data."""
