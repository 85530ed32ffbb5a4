"""Flow from the command line: rates, calls, sequences and figures."""
