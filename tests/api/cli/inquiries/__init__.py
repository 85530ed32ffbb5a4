"""Inquiries from the command line."""
