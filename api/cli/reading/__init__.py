"""Reading commands: which case or office a question is about, and at which instants."""
