"""Policies from the command line: checked, published, tried and rehearsed."""
