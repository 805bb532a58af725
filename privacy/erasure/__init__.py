"""Erasure of one person: planned, executed, verified on the bytes, and certified."""
