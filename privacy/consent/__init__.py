"""What people said about the use of their data, and what that permits."""
