"""The one fold: entries in, versions of rows out."""
