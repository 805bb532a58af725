"""What compliance may do beside reading: take a consent back, take customers apart.

Like the queries: the policy decides for the caller, and the audit log takes an entry, for refusals
too. Erasure is not here; its room keeps its own record (`privacy.erasure`).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from privacy.access.model import Action, Caller
from privacy.access.policy import decide
from privacy.audit.log import AuditLog
from privacy.consent.decision import Decision, permitted_customer
from privacy.consent.ledger import ConsentLedger, LedgerEvent
from privacy.errors import PrivacyError, Refused
from privacy.identity import journal
from privacy.identity.lookup import subjects_of
from privacy.identity.membership import IdentityDecision
from privacy.ids import CustomerId, SubjectId
from privacy.opened import OpenZone
from privacy.records.canonical import ConsentAction
from privacy.zones.model import Purpose

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Consents:
    """Where a customer stands: each purpose's decision, and every event that led to it."""

    decisions: dict[Purpose, Decision]
    events: list[LedgerEvent]


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What a withdrawal did.

    Attributes:
        event_ids: The events written.
        closed: Purposes that are not permitted now. One that rests on contract or on a legal
            obligation is not among them: consent was not its ground.
    """

    event_ids: tuple[str, ...]
    closed: tuple[Purpose, ...]


class Acts:
    """What one caller may do for one purpose. Every method may raise `AccessDenied`."""

    def __init__(self, zone: OpenZone, caller: Caller, purpose: Purpose) -> None:
        self._zone = zone
        self._caller = caller
        self._purpose = purpose
        self._audit = AuditLog(zone)

    def consents(
        self, customer_id: str, *, at: datetime | None = None, known_at: datetime | None = None
    ) -> Consents:
        """Give where a customer stands, or stood, by what is known, or was known then.

        Args:
            customer_id: Whose word it is.
            at: The instant the decisions are for; now by default.
            known_at: What was recorded later counts as not said; now by default.

        Raises:
            NotFound: There is no such customer.
        """

        def do() -> Consents:
            subjects = subjects_of(self._zone, CustomerId(customer_id))
            moment = self._zone.clock()
            decisions = {
                purpose: permitted_customer(
                    self._zone, customer_id, purpose, at=at or moment, known_at=known_at or moment
                )
                for purpose in Purpose
            }
            events = ConsentLedger(self._zone).history(subjects)
            if known_at is not None:
                events = [event for event in events if event.recorded_at <= known_at]
            return Consents(decisions, events)

        return self._do(Action.READ_CONSENT, do, customer_id=customer_id)

    def withdraw(self, customer_id: str, purposes: Sequence[Purpose], *, method: str) -> Withdrawal:
        """Withdraw purposes for a customer, from now on, on their word.

        Each subject of the customer gets an event of its own, so that the word stands with all of
        them if the customer is ever taken apart.

        Args:
            customer_id: Whose word it is.
            purposes: Of what.
            method: How it came: ``phone_call``, ``letter``; at most 40 characters.

        Raises:
            NotFound: There is no such customer.
            WireFormatError: The method is longer than the ledger takes.
        """

        def do() -> Withdrawal:
            events = [
                self._withdrawal(subject, purpose, method)
                for subject in subjects_of(self._zone, CustomerId(customer_id))
                for purpose in purposes
            ]
            ConsentLedger(self._zone).record_many(events)
            closed = tuple(
                purpose
                for purpose in purposes
                if not self._permitted(customer_id, purpose).is_permitted
            )
            return Withdrawal(tuple(event.consent_event_id for event in events), closed)

        return self._do(
            Action.RECORD_CONSENT,
            do,
            customer_id=customer_id,
            payload={"withdrawn": [purpose.value for purpose in purposes], "method": method},
        )

    def identity_history(self, customer_id: str) -> list[IdentityDecision]:
        """Give every merge and split that made a customer what it is, oldest first."""
        return self._do(
            Action.RULE_IDENTITY,
            lambda: journal.history(self._zone, CustomerId(customer_id)),
            payload={"read": True},
        )

    def split(self, subject_id: str, others: Iterable[str] | None = None) -> IdentityDecision:
        """Rule that a subject is not the same person as others; see `privacy.identity.journal`."""
        beside = None if others is None else [SubjectId(other) for other in others]
        return self._do(
            Action.RULE_IDENTITY,
            lambda: journal.split(
                self._zone, SubjectId(subject_id), others=beside, by=self._caller.caller_id
            ),
        )

    def undo(self, decision_id: str) -> IdentityDecision:
        """Undo a merge or a split; see `privacy.identity.journal`."""
        return self._do(
            Action.RULE_IDENTITY,
            lambda: journal.undo(self._zone, decision_id, by=self._caller.caller_id),
        )

    def require(self, action: Action) -> None:
        """Refuse what the caller may not do, for acts whose room keeps its own record.

        Raises:
            AccessDenied: The policy says no; that is in the log.
        """
        try:
            decide(self._caller, action, self._purpose)
        except Refused:
            self._record(action, "refused", None, {})
            raise

    def _do(
        self,
        action: Action,
        do: Callable[[], T],
        *,
        customer_id: str | None = None,
        payload: dict[str, Any] | None = None,
    ) -> T:
        self.require(action)
        try:
            done = do()
        except PrivacyError as error:
            # Without the customer: an id that nobody has may be anything a caller typed.
            self._record(action, "failed", None, {"reason": type(error).__name__})
            raise
        self._record(action, "done", customer_id, payload or {})
        return done

    def _record(
        self, action: Action, outcome: str, customer_id: str | None, payload: dict[str, Any]
    ) -> None:
        self._audit.record(
            action=action,
            caller_id=self._caller.caller_id,
            purpose=self._purpose,
            outcome=outcome,
            customer_id=customer_id,
            payload=payload,
        )

    def _permitted(self, customer_id: str, purpose: Purpose) -> Decision:
        moment = self._zone.clock()
        return permitted_customer(self._zone, customer_id, purpose, at=moment, known_at=moment)

    def _withdrawal(self, subject_id: str, purpose: Purpose, method: str) -> LedgerEvent:
        moment = self._zone.clock()
        index = self._zone.keyring.index
        taken_down = f"{self._caller.caller_id}\n{method}\n{moment.isoformat()}"
        return LedgerEvent(
            consent_event_id=index.mint("e", "withdrawal", subject_id, purpose, taken_down),
            subject_id=subject_id,
            purpose=purpose.value,
            action=ConsentAction.WITHDRAWN.value,
            method=method,
            notice_version="none",
            notice_language="und",
            evidence_hash=index.digest("withdrawal", taken_down.encode()),
            valid_from=moment,
            valid_to=None,
            recorded_at=moment,
        )
