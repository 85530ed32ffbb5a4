"""What is asked of one case: its trail, its times, what its requester may be told, its brief."""
