"""What the office signs, and the memory by which it is its own witness."""
