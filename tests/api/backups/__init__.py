"""Backups: taken, kept apart, restored."""
