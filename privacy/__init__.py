"""The ground: keys, consent, residency, erasure. Plain Python; no Dagster, dbt, GX, FastAPI, MCP."""
