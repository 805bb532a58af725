"""What each stage does, as plain functions; Dagster's coat over them is in `pipelines.defs`."""
