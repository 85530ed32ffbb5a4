"""What follows from a policy: its forms and codes, decisions made again, a change of law rehearsed."""
