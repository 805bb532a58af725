"""A day's manifest: every item once, from a named source, sealed, and not from the future."""

from quality.rules import Suite, not_in_the_future, not_null, shaped, unique

SUITE = Suite(
    name="landed_batch",
    guards="loading",
    rules=(
        *not_null("item_id", "content_digest", "segment_id", "source", "landed_at"),
        unique("item_id"),
        shaped("item_id", "l_[a-z2-7]{26}"),
        shaped("content_digest", "[0-9a-f]{64}"),
        shaped("owner_id", "s_[a-z2-7]{26}"),
        shaped("source", "[a-z][a-z0-9_]{1,39}"),
        not_in_the_future("landed_at"),
    ),
)
