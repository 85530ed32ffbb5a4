"""One case from the command line: opened, worked, told of, looked up."""
