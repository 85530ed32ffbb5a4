"""What is asked of many cases at once: queues, searches, what is overdue, what lies in registers."""
