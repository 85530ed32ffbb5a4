"""How a case came: opened, classified, asked about what is missing."""
