"""The flow of work by rule: whose turn it is, what a day asks, who is called, what is failure demand."""
