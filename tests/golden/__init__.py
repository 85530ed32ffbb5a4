"""Stored entries of every topic, never made again."""
