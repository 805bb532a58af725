"""Stand-ins: what a redacted text says instead of personal data."""
