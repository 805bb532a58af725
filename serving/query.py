"""The one query API behind every door: who may ask, what for, and what they are told.

Each question takes the same way: the policy decides for the caller, the ledger for the person, the
sealed profile is opened, the answer is cut down to what was granted, and the audit log takes an
entry, for refusals too. An answer that cannot be logged is not given.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn, TypeVar

from privacy.access.model import Action, Caller
from privacy.access.policy import Grant, decide
from privacy.audit.log import AuditLog
from privacy.consent.decision import permitted_customer
from privacy.erasure.person import find_person
from privacy.errors import (
    ConsentMissing,
    KeyDestroyed,
    NotFound,
    PrivacyError,
    Refused,
    WireFormatError,
)
from privacy.identity.lookup import customer_of, subjects_of
from privacy.ids import CustomerId
from privacy.opened import OpenZone
from privacy.profiles.read import NOBODY, count_pages, read_context, read_page
from privacy.zones.model import Purpose
from serving.answers import (
    Access,
    Accesses,
    CustomerContext,
    CustomerFound,
    OpenThreads,
    TimelineEntry,
    TimelinePage,
)
from serving.cursor import Position, cursor_of, position_of
from serving.kinds import readings

LARGEST_PAGE = 100
"""Entries in one answer, at most."""

_CUSTOMER_ID = re.compile(r"c_[a-z2-7]{26}")
T = TypeVar("T")


@dataclass(slots=True)
class _Question:
    """One question on its way: what is known so far of whom it is about."""

    action: Action
    customer_id: str | None = None
    payload: dict[str, Any] = field(default_factory=dict)


class CustomerQueries:
    """What one caller may learn of the zone's customers for one purpose.

    Safe to share between threads. Every method may raise:

    * `AccessDenied`: the caller's role may not do this for this purpose.
    * `ConsentMissing`: the person's say, or the law, is against this purpose now.
    * `NotFound`: nobody by that handle or id, or somebody who was erased: the two look the same.
    """

    def __init__(self, zone: OpenZone, caller: Caller, purpose: Purpose) -> None:
        self._zone = zone
        self._caller = caller
        self._purpose = purpose
        self._audit = AuditLog(zone)

    def find(
        self, handle: str, kind: str | None = None, *, region: str | None = None
    ) -> CustomerFound:
        """Find the customer a handle belongs to.

        Args:
            handle: E-mail address, phone number, WhatsApp id, card or user number, as the caller
                has it.
            kind: A key of `serving.kinds.KINDS`; None to guess.
            region: ISO 3166-1 alpha-2 to read a national phone number in.

        Raises:
            WireFormatError: The handle is of no kind, or of several people under several kinds.
        """

        def answer(_: Grant, question: _Question) -> CustomerFound:
            customer_id, matched = self._matched(handle, kind, region)
            question.customer_id = customer_id
            self._check_consent(question)
            return CustomerFound(customer_id=customer_id, matched=matched)

        return self._ask(_Question(Action.FIND_CUSTOMER), answer)

    def context(self, customer_id: str) -> CustomerContext:
        """Give what an agent needs to know before the first word."""

        def answer(grant: Grant, question: _Question) -> CustomerContext:
            self._check_consent(question)
            document = read_context(self._zone, customer_id)
            return CustomerContext.model_validate(_unmasked(document, grant, {"customer_id"}))

        return self._ask(_Question(Action.READ_CONTEXT, customer_id), answer)

    def open_threads(self, customer_id: str) -> OpenThreads:
        """Give what is still open with a customer, the longest waiting first."""

        def answer(grant: Grant, question: _Question) -> OpenThreads:
            self._check_consent(question)
            threads = read_context(self._zone, customer_id).get("open_threads") or []
            threads.sort(key=lambda thread: thread.get("last_message_at") or "")
            return OpenThreads.model_validate(
                {
                    "customer_id": customer_id,
                    "threads": [_unmasked(thread, grant) for thread in threads],
                }
            )

        return self._ask(_Question(Action.LIST_OPEN, customer_id), answer)

    def timeline(
        self, customer_id: str, *, cursor: str | None = None, limit: int = 20
    ) -> TimelinePage:
        """Give a part of a customer's history, newest first.

        Args:
            customer_id: Whose.
            cursor: `TimelinePage.next_cursor` of the part before; None for the newest.
            limit: Entries wanted, 1 to `LARGEST_PAGE`; the policy may allow fewer.

        Raises:
            WireFormatError: The cursor is not of this customer, or the limit is out of bounds.
        """
        if not 1 <= limit <= LARGEST_PAGE:
            raise WireFormatError(f"limit must be 1 to {LARGEST_PAGE}")

        def answer(grant: Grant, question: _Question) -> TimelinePage:
            self._check_consent(question)
            after = position_of(self._zone, customer_id, cursor) if cursor else None
            entries, position = self._older(customer_id, after, min(limit, grant.row_limit))
            question.payload["count_entries"] = len(entries)
            return TimelinePage(
                customer_id=customer_id,
                entries=[TimelineEntry.model_validate(_unmasked(e, grant)) for e in entries],
                next_cursor=cursor_of(self._zone, customer_id, position) if position else None,
            )

        return self._ask(_Question(Action.READ_TIMELINE, customer_id), answer)

    def accesses(self, customer_id: str) -> Accesses:
        """Give who looked at a customer's record, newest first."""

        def answer(_: Grant, question: _Question) -> Accesses:
            # Looks at those who were merged into this customer were looks at this person.
            theirs = find_person(self._zone, customer_id).customer_ids
            entries = [entry for each in theirs for entry in self._audit.entries_for(each)]
            looks = [
                Access(
                    entry_id=entry.entry_id,
                    happened_at=entry.happened_at,
                    caller_id=entry.caller_id,
                    action=entry.action,
                    purpose=entry.purpose,
                    outcome=entry.outcome,
                )
                for entry in entries
            ]
            looks.sort(key=lambda look: look.happened_at, reverse=True)
            return Accesses(customer_id=customer_id, accesses=looks)

        return self._ask(_Question(Action.READ_AUDIT, customer_id), answer)

    # --- the way every question takes -----------------------------------------------------------

    def _ask(self, question: _Question, answer: Callable[[Grant, _Question], T]) -> T:
        is_nobody = question.customer_id is not None and not self._is_known(question.customer_id)
        if is_nobody:
            # Not even the log learns an id that nobody has: it may be anything a caller typed.
            question.customer_id = None
        try:
            grant = decide(self._caller, question.action, self._purpose)
            question.payload["policies"] = list(grant.policy_ids)
            given = _nobody() if is_nobody else answer(grant, question)
        except (NotFound, KeyDestroyed):
            question.customer_id = None
            self._record(question, "not_found")
            raise NotFound(NOBODY) from None
        except Refused as refusal:
            self._record(question, "refused", reason=type(refusal).__name__)
            raise
        except PrivacyError as error:
            self._record(question, "failed", reason=type(error).__name__)
            raise
        self._record(question, "answered")
        return given

    def _is_known(self, customer_id: str) -> bool:
        if not _CUSTOMER_ID.fullmatch(customer_id):
            return False
        try:
            return bool(subjects_of(self._zone, CustomerId(customer_id)))
        except NotFound:
            return False

    def _record(self, question: _Question, outcome: str, **more: str) -> None:
        self._audit.record(
            action=question.action,
            caller_id=self._caller.caller_id,
            purpose=self._purpose.value,
            outcome=outcome,
            customer_id=question.customer_id,
            payload={**question.payload, **more},
        )

    def _check_consent(self, question: _Question) -> None:
        """Ask the ledger, now, whether the person and the law let this purpose through."""
        moment = self._zone.clock()
        decision = permitted_customer(
            self._zone, str(question.customer_id), self._purpose, at=moment, known_at=moment
        )
        question.payload["legal_basis"] = str(decision.basis)
        question.payload["rule_source"] = decision.rule_source
        question.payload["consent_event_id"] = decision.consent_event_id
        if not decision.is_permitted:
            raise ConsentMissing(
                f"nothing permits {self._purpose} for this customer ({decision.rule_source})"
            )

    def _matched(self, handle: str, kind: str | None, region: str | None) -> tuple[str, str]:
        found: dict[str, str] = {}
        candidates = readings(handle, kind, region=region, regions=self._zone.policy.countries)
        malformed = 0
        for candidate in candidates:
            try:
                customer_id = customer_of(self._zone, candidate.handle, candidate.region)
            except NotFound:
                continue
            except WireFormatError:
                malformed += 1
                continue
            found.setdefault(customer_id, candidate.kind)
        if len(found) > 1:
            raise WireFormatError("the handle is of several people: say its kind")
        if malformed == len(candidates):
            raise WireFormatError(
                "the handle is not of its kind; a national phone number needs its region"
            )
        if not found:
            raise NotFound(NOBODY)
        return next(iter(found.items()))

    def _older(
        self, customer_id: str, after: Position | None, limit: int
    ) -> tuple[list[dict[str, Any]], Position | None]:
        """Give up to `limit` entries older than a position, and the position to go on from."""
        last = count_pages(self._zone, customer_id) - 1
        page = last if after is None else min(after.page, last)
        bound = None if after is None else (after.occurred_at, after.entry_id)
        taken: list[dict[str, Any]] = []
        places: list[int] = []
        if bound is not None:
            # Late entries may have pushed what we want to later pages.
            while page < last and _key(read_page(self._zone, customer_id, page + 1)[0]) < bound:
                page += 1
        while page >= 0 and len(taken) <= limit:
            for entry in reversed(read_page(self._zone, customer_id, page)):
                if bound is None or _key(entry) < bound:
                    taken.append(entry)
                    places.append(page)
            page -= 1
        if len(taken) <= limit:
            return taken, None
        edge = taken[limit - 1]
        return taken[:limit], Position(places[limit - 1], *_key(edge))


def _nobody() -> NoReturn:
    raise NotFound(NOBODY)


def _key(entry: Mapping[str, Any]) -> tuple[str, str]:
    return str(entry["occurred_at"]), str(entry["entry_id"])


def _unmasked(
    document: Mapping[str, Any], grant: Grant, always: Iterable[str] = ()
) -> dict[str, Any]:
    kept = set(always)
    return {
        name: value
        for name, value in document.items()
        if name in kept or name not in grant.masked_fields
    }
