"""How a case came: opened, classified, called by others, asked about what is missing."""
