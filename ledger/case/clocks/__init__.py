"""The clocks of a case: armed, paused, extended, restated, lapsed, stopped; what is dated back is approved."""
