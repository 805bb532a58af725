"""What personal data looks like: a file a country, and the generic kinds."""
