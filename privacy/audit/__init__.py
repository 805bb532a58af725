"""A log that shows any change, proves what it holds, and can still forget a person."""
