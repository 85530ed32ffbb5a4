"""Answers over HTTP: their bytes, their schema, and which may last."""
