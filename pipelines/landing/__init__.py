"""From the inbox to sealed segments: routed, de-duplicated, in a manifest, every item accounted for."""
