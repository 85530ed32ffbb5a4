"""Mail: a message from anywhere becomes the same structured intake as every other channel."""
