"""May we use this person's data for this purpose, at an instant, as known at an instant?

Two times: `at` asks of validity (what held then), `known_at` of knowledge (what was recorded by
then). All events of all subjects of one customer
count together; who is one customer is what is believed now, at whatever instants are asked for.

1. An event counts when it was recorded by `known_at`, is valid from `at` or before, and was not
   superseded by an event recorded by `known_at`.
2. A no that has reached its end counts no more. A yes that has reached its end counts as a
   withdrawal at that end: a person who limited their permission has not given it beyond.
3. The event with the latest `valid_from` decides; of several, the strictest: an objection before a
   withdrawal before a refusal before a yes.
4. What it decides depends on the zone's rule for the purpose (`privacy.zones.model.PurposeRule`): a
   purpose that needs consent is open after a yes only; an objectable one unless the last word was
   a no, in whatever form, for nobody needs to know whether to object, refuse or withdraw (GDPR
   Art. 21, absolute for marketing by 21(3)); any other stands whatever was said.
5. A rule not in force at `at` permits nothing.

This says it in Python for one person, `privacy.consent.decisions` in SQL for all; a test holds them
together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from privacy.clock import as_utc
from privacy.consent.ledger import LedgerEvent
from privacy.records.canonical import ConsentAction
from privacy.zones.model import LegalBasis, Purpose, PurposeRule, ZonePolicy

STRICTNESS = {
    ConsentAction.GIVEN: 0,
    ConsentAction.REFUSED: 1,
    ConsentAction.WITHDRAWN: 2,
    ConsentAction.OBJECTED: 3,
}
"""Which of two events of one instant decides: the one with the larger number."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a purpose is permitted, and on what ground.

    Attributes:
        basis: The legal basis where it is permitted; ``none`` where it is not.
        consent_event_id: The event that decided, where one did.
        rule_source: The article the decision rests on.
        valid_from: Since when the deciding event holds.
    """

    is_permitted: bool
    basis: LegalBasis
    consent_event_id: str | None
    rule_source: str
    valid_from: datetime | None


class _Word(NamedTuple):
    """The word of a person that counts: sorted, the last one decides."""

    valid_from: datetime
    strictness: int
    recorded_at: datetime
    consent_event_id: str
    since: datetime
    is_yes: bool


def decide(
    policy: ZonePolicy,
    purpose: Purpose,
    events: Sequence[LedgerEvent],
    *,
    at: datetime,
    known_at: datetime,
) -> Decision:
    """Decide on given events, which are all of one person and may be of several purposes."""
    at, known_at = as_utc(at), as_utc(known_at)
    rule = policy.rule_for(purpose, at=at)
    source = policy.purposes[purpose].source
    if rule is None or rule.basis is LegalBasis.NONE:
        return Decision(False, LegalBasis.NONE, None, source, None)
    if not (rule.needs_consent or rule.is_objectable):
        return Decision(True, rule.basis, None, source, None)
    word = _last_word(events, purpose, at=at, known_at=known_at)
    return _apply(rule, word)


def _apply(rule: PurposeRule, word: _Word | None) -> Decision:
    if word is None:
        is_permitted = not rule.needs_consent
        basis = rule.basis if is_permitted else LegalBasis.NONE
        return Decision(is_permitted, basis, None, rule.source, None)
    basis = rule.basis if word.is_yes else LegalBasis.NONE
    return Decision(word.is_yes, basis, word.consent_event_id, rule.source, word.since)


def _last_word(
    events: Sequence[LedgerEvent], purpose: Purpose, *, at: datetime, known_at: datetime
) -> _Word | None:
    known = [event for event in events if event.recorded_at <= known_at]
    superseded = {(event.supersedes, event.subject_id) for event in known if event.supersedes}
    words = []
    for event in known:
        if event.purpose != purpose or event.valid_from > at:
            continue
        if (event.consent_event_id, event.subject_id) in superseded:
            continue
        action, since = ConsentAction(event.action), event.valid_from
        if event.valid_to is not None and event.valid_to <= at:
            if action is not ConsentAction.GIVEN:
                continue
            action, since = ConsentAction.WITHDRAWN, event.valid_to
        words.append(
            _Word(
                event.valid_from,
                STRICTNESS[action],
                event.recorded_at,
                event.consent_event_id,
                since,
                action is ConsentAction.GIVEN,
            )
        )
    return max(words, default=None)
