"""The MCP door: tools for agents over the query API."""
