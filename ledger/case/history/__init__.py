"""A case that another system kept, recorded as it was, and what its source tells of it later."""
