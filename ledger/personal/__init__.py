"""Personal values and documents: opened with a reason on record, sought, erased."""
