"""The rooms of the interface: each answers for one part of the house."""
