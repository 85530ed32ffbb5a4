"""Who asks: command line, channels, watch and the simulated office."""
