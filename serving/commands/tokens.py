"""`c360 token …`: bearer tokens for REST and MCP."""

import typer

app = typer.Typer(no_args_is_help=True)
