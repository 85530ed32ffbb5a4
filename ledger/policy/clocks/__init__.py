"""When something is due: how a clock is laid out over its calendars, from what happened to it."""
