"""A policy document read from TOML: completed by packs, with everything wrong in it at once."""
