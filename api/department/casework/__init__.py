"""Casework: how a case is seen through, asked about, answered, and what comes beside and after."""
