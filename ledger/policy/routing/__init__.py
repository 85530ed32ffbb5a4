"""To which team a case goes, and why."""
