"""The zone's analytical store: a DuckDB file, encrypted whole, one writer. The only ATTACH is here."""
