"""The log's Merkle tree and the map of stream heads, brought up to an entry when asked."""
