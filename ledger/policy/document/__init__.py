"""What a policy says: the models of its document."""
