"""Who and what may be the same: likeness of cases and people, for a person to decide."""
