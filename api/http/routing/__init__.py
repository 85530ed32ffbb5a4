"""Routing: which route a request is for, under which act, and about which instant."""
