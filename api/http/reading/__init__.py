"""Reads over HTTP: what each is given, to whom a list is shown, and its pages."""
