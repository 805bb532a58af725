"""Residency partitions: which jurisdiction a record belongs to, and the law there, as data."""
