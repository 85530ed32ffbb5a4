"""Disclosures: what stands in scope, what a finder proposes, the withholding index, the selection, the statistics."""
