"""Which days count, when the office is open, and which date an instant falls on."""
