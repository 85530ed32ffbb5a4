"""The doors by which requests and old records come in, and the forms in which records leave."""
