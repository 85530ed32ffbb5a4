"""What went wrong, as it is told: problems (RFC 9457), in the language of whoever is asked."""
