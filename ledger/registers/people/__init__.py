"""People and organisations: who they are, who acts for them, how they may be reached, and that one died."""
