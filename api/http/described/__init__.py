"""The description of the interface, from its routes and the types of its answers."""
