"""Integrations: other systems that act by a key, are told of entries, send their history or their directory."""
