"""What a policy says: the models of its document, and how what is wrong in it is named and found."""
