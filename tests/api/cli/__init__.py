"""The command line as a whole: its menu, its words, its exit codes, and what no terminal is sent."""
