"""Laws of projections: what is said 'for all', on histories that the deciders made."""
