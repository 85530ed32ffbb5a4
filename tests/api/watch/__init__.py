"""The watch: what time brings, recorded once and told."""
