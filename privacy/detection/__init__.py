"""Where personal data hides in text."""
