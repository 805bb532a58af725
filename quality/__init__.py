"""Quality gates: GX suites for batches at the borders. Imports privacy only."""
