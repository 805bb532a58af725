"""The doors: Python, REST, MCP, command line."""
