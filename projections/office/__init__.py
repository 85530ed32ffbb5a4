"""The whole office at once, as of any instant: each case folded anew, then listed or counted."""
