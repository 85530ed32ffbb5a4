"""What the entries mean: one fold, kept in tables that can be thrown away and asked at any instant."""
