"""Who is who: which subjects are one customer, on what evidence, and how that was decided."""
