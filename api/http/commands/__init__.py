"""Commands over HTTP: each verb at its address, from its body to its receipt."""
