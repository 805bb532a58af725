"""Contexts about to be published: one a customer, permitted, in the fixed vocabulary."""

from privacy.records.canonical import Channel
from quality.rules import Suite, between, is_true, no_identifier, not_null, one_of, shaped, unique

SUITE = Suite(
    name="publication_contexts",
    guards="publishing; yesterday's profiles stay up",
    rules=(
        *not_null("customer_id", "country"),
        unique("customer_id"),
        shaped("customer_id", "c_[a-z2-7]{26}"),
        is_true("is_permitted"),
        one_of("preferred_channel", Channel),
        shaped("country", "[A-Z]{2}"),
        shaped("preferred_language", "[a-z]{2,3}"),
        *no_identifier("last_reason"),
        between("count_contacts", 0, None),
        between("count_threads", 0, None),
        between("count_open_threads", 0, None),
        between("count_orders", 0, None),
        between("average_sentiment", -1, 1),
        between("last_rating", 1, 5),
    ),
)
