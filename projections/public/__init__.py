"""What anybody may see of the cases of listed services."""
