"""Projecting: the views are kept up with the log while the ledger is served, by one process at a time.

The process that projects beside the service imports what that takes and nothing of how requests are answered.
"""
