"""Writing commands: who asks, with which words, and what came of it."""
