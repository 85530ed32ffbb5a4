"""The flow of work: what comes in and goes out, rates, calls, the sequence of backlogs."""
