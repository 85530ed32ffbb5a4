"""One case from the command line: worked on, shown, told about."""
