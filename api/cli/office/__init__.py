"""The office from the command line: its board and queues, who is there, what waits for an answer."""
