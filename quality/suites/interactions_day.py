"""A day's interactions: whole, in the fixed vocabulary, with no plaintext identifier left."""

from datetime import datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from privacy.records.canonical import Channel, Direction, Role
from quality.rules import (
    Suite,
    between,
    follows,
    no_identifier,
    not_in_the_future,
    not_null,
    one_of,
    shaped,
    unique,
)

_STAND_IN = r"\[[A-Z_]+-[0-9a-z]{4}\]"


def _spans_without_a_stand_in(batch: pa.Table, _at: datetime) -> Any:
    """Give 1 where personal data was found and yet nothing in the text stands for it."""
    is_redacted = pc.match_substring_regex(batch["text_redacted"], _STAND_IN)
    return pc.cast(
        pc.and_(pc.greater(batch["count_spans"], 0), pc.invert(pc.fill_null(is_redacted, False))),
        pa.int32(),
    )


SUITE = Suite(
    name="interactions_day",
    guards="resolving, deciding, and every mart",
    rules=(
        *not_null(
            "interaction_id",
            "thread_id",
            "item_id",
            "segment_id",
            "source",
            "language",
            "text_redacted",
            "occurred_at",
        ),
        unique("interaction_id"),
        shaped("interaction_id", "i_[a-z2-7]{26}"),
        shaped("thread_id", "t_[a-z2-7]{26}"),
        shaped("subject_id", "s_[a-z2-7]{26}"),
        shaped("agent_token", "a_[a-z2-7]{26}"),
        shaped("language", "[a-z]{2,3}"),
        shaped("country", "[A-Z]{2}"),
        one_of("channel", Channel),
        one_of("direction", Direction),
        one_of("speaker", Role),
        *no_identifier("text_redacted"),
        follows("count_spans", "is_consistent_with_the_text", _spans_without_a_stand_in),
        between("count_spans", 0, None),
        between("count_characters", 0, None),
        between("count_attachments", 0, None),
        between("sentiment", -1, 1),
        between("duration_seconds", 0, None),
        not_in_the_future("received_at"),
    ),
)
