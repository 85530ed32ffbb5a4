"""How the application is run: processes, connections, limits, health, metrics and logs."""
