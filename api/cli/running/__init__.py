"""What runs by itself from the command line: the watch, the demo and the story."""
