"""A real municipality's permit applications, taken through the whole house."""
