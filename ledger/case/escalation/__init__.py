"""What calls: the rungs that time reaches, the answers to them, and the climb without one."""
