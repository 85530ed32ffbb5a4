"""Requests that another system exports, a row of CSV each: every one opens a case, as by any other channel."""
