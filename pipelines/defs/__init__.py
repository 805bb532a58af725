"""The only Dagster rooms: a file a stage, named by its outcome."""
