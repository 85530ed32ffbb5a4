"""Who is concerned in a case, and how to speak with them safely."""
