"""Evidence from the command line: verified, signed, witnessed, proved and given out."""
