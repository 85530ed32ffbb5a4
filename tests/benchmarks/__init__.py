"""Benchmarks: what the house does, side by side with the least that must be done and with the stock library."""
