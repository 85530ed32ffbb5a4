"""When something is due, and why: reckoned without a case, or laid out for one."""
