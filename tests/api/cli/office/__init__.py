"""The office from the command line: its morning, its people, its tray, and all of it in French."""
