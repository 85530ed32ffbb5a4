"""The simulated department and the reference story."""
