"""The database servers that tests and benchmarks run against."""
