"""The flow of work from the command line: its figures, rates, calls and sequence."""
