"""What entries say in words: the sentences of the audit trail, in English and in French."""
