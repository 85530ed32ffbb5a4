"""Where rows lie: tables in SQLite or PostgreSQL, saved with the fold, and made again from the log."""
