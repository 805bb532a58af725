"""Writes what happened in the vendors' wire formats: a file a vendor, the mirror of its connector."""
