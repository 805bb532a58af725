"""Residency, proven: what a zone holds opens with its own keys only, and is of its own people."""
