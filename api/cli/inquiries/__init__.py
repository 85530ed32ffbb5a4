"""Inquiries from the command line: conducted, filed, reported on, given out."""
