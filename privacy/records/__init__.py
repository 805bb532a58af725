"""The canonical schema: what every vendor's message becomes."""
