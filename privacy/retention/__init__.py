"""How long what is kept: what is due by the zone's policy, and what time alone removes."""
