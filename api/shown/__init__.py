"""What command line and HTTP show alike: what no view tells, gathered or opened for whoever asks, which is recorded."""
