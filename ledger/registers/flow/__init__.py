"""Flow: rates and their misses, the order in which backlogs are cleared, draws of callers, weeks of routing."""
