"""Timeline entries about to be published: each once, permitted, with no plaintext identifier."""

from privacy.records.canonical import Channel, Direction, Role
from quality.rules import Suite, is_true, no_identifier, not_null, one_of, shaped, unique

SUITE = Suite(
    name="publication_entries",
    guards="publishing; yesterday's profiles stay up",
    rules=(
        *not_null("entry_id", "customer_id", "subject_id", "entry_kind", "channel", "occurred_at"),
        unique("entry_id"),
        shaped("customer_id", "c_[a-z2-7]{26}"),
        shaped("subject_id", "s_[a-z2-7]{26}"),
        is_true("is_permitted"),
        one_of("entry_kind", ("message", "event", "order")),
        one_of("channel", Channel),
        one_of("direction", Direction),
        one_of("speaker", Role),
        shaped("currency", "[A-Z]{3}"),
        *no_identifier("text_redacted", "value", "reason"),
    ),
)
