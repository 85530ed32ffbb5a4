"""The doors by which old records come in, tried on real logs and on broken ones."""
