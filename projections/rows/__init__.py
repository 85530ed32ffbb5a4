"""What is kept of each stream: the projections and their rows."""
