"""What must be true of each batch, as data."""
