"""Who may do, see and decide what: plain tables that give their reason."""
