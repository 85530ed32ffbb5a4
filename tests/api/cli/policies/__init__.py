"""Policies from the command line: shown, rehearsed, and a programme area added."""
