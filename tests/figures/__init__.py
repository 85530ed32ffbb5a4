"""The figures against the practice's worked examples, and against other ways to reckon them."""
