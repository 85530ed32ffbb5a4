"""SCIM: the identity system of an office says over HTTP who joined, changed and left (RFC 7643 and 7644)."""
