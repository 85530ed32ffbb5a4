"""When a clock is due, and why: reckoned and laid out day by day, for the command line and over HTTP alike."""
