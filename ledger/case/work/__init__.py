"""What is owed on a case besides its answer: tasks, follow-ups, referrals and their receipts."""
