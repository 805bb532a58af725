"""Published profiles: a sealed context document and a sealed timeline for each customer."""
