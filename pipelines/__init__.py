"""Pipelines: what vendors sent, on its way to published profiles."""
