"""The REST door: FastAPI over the query API."""
