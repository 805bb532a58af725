"""Who may ask what, for which purpose, and which part of the answer they get."""
