"""What is known of a case: the values that its state is made of."""
