"""Requests for information answered from the command line, from their scope to the release and after."""
