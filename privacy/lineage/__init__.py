"""Which row came from which, and on which basis it may exist."""
