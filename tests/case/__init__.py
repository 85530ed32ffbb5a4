"""What each command asked of a case makes happen, refuses, or leaves as it is."""
