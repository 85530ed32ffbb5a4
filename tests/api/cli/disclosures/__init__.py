"""Requests for information from the command line, from the letter to the release."""
