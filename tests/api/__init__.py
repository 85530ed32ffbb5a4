"""Who asks: the command line, the watch, the outbox, and the simulated office."""
