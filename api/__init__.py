"""Who asks: command line, HTTP, channels, feed, webhooks, witnesses, watch, outbox, backups, a simulated department."""
