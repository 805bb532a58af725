"""Till transactions: ARTS POSLog XML, one item per transaction.

Names are matched without their namespace, as vendors' logs differ in it. Document type
declarations are refused, so no entity is ever expanded. A POSLog's times are the till's local ones
and name no zone unless they carry an offset: without one they are taken as UTC.
"""

import re
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal, InvalidOperation
from xml.etree.ElementTree import Element, TreeBuilder, tostring
from xml.parsers import expat

from pipelines.connectors import wire
from pipelines.connectors.connector import ITEM_LIMIT_BYTES, Malformed, SourceFile
from privacy.errors import WireFormatError
from privacy.records.canonical import (
    Channel,
    Handle,
    HandleKind,
    Item,
    Order,
    Parsed,
    Participant,
    RoutingHints,
)
from privacy.records.handles import NAMESPACES

_DEPTH_LIMIT = 64
_BLOCK_BYTES = 64 * 1024
_HANDLES = {
    "LoyaltyID": HandleKind.LOYALTY_CARD,
    "LoyaltyAccountID": HandleKind.LOYALTY_CARD,
    "MembershipID": HandleKind.LOYALTY_CARD,
    "CustomerID": HandleKind.CUSTOMER_NUMBER,
    "eMail": HandleKind.EMAIL,
    "EMail": HandleKind.EMAIL,
    "EMailAddress": HandleKind.EMAIL,
    "Telephone": HandleKind.PHONE,
    "FullTelephoneNumber": HandleKind.PHONE,
}
_ORDER = (
    HandleKind.LOYALTY_CARD,
    HandleKind.CUSTOMER_NUMBER,
    HandleKind.EMAIL,
    HandleKind.PHONE,
)
_CURRENCY = re.compile(r"[A-Z]{3}")
_LARGEST = Decimal(10) ** 12


class PosLog:
    """ARTS POSLog files."""

    name = "poslog"
    channel = Channel.STORE
    title = "ARTS POSLog (till transactions)"

    def recognises(self, name: str, head: bytes) -> bool:
        """Look for the root element."""
        text = head.replace(b"\x00", b"")
        return b"<POSLog" in text or b":POSLog" in text

    def items(self, file: SourceFile) -> Iterator[Item | Malformed]:
        """Yield one item per transaction."""
        with closing(file.open()) as stream:
            blocks = iter(lambda: stream.read(_BLOCK_BYTES), b"")
            for position, element in enumerate(_transactions(blocks)):
                place = f"{file.name}[{position}]"
                payload = tostring(element, encoding="utf-8")
                try:
                    yield Item(_vendor_id(element), payload, place)
                except WireFormatError as error:
                    yield Malformed(place, payload, str(error))

    def parse(self, payload: bytes) -> Parsed:
        """Read one transaction; one that is no sale and no return is no record."""
        transaction = next(_transactions(iter((payload,))), None)
        if transaction is None:
            raise WireFormatError("item holds no Transaction")
        store = _text(transaction, "RetailStoreID")
        retail = _child(transaction, "RetailTransaction")
        if retail is None or _is_void(transaction) or _is_void(retail):
            return Parsed((), RoutingHints(stores=(store,) if store else ()))
        lines = [line for line in retail if _name(line) == "LineItem" and not _is_void(line)]
        sold = sum(1 for line in lines if _child(line, "Sale") is not None)
        returned = sum(1 for line in lines if _child(line, "Return") is not None)
        total = _total(retail)
        if total is None:
            if sold or returned:
                raise WireFormatError("RetailTransaction has lines and no TransactionGrandAmount")
            return Parsed((), RoutingHints(stores=(store,) if store else ()))
        customer = _customer(retail)
        written = (
            _text(transaction, "EndDateTime")
            or _text(retail, "ReceiptDateTime")
            or _text(transaction, "POSLogDateTime")
            or _text(transaction, "BeginDateTime")
        )
        currency = _text(transaction, "CurrencyCode") or ""
        if not _CURRENCY.fullmatch(currency):
            raise WireFormatError("CurrencyCode is not of ISO 4217")
        order = Order(
            vendor_id=_vendor_id(transaction),
            channel=Channel.STORE,
            ordered_at=wire.instant(written, "EndDateTime"),
            customer=customer,
            total_amount=total,
            currency=currency,
            count_lines=sold + returned,
            store_vendor_id=store,
            local_zone=wire.offset_of(written),
            is_return=total < 0 or (returned > 0 and sold == 0),
        )
        return Parsed((order,), _hints(store, customer))


def _transactions(blocks: Iterator[bytes]) -> Iterator[Element]:
    """Build one transaction after another; what is around them is dropped."""
    reader = _Reader()
    for block in blocks:
        reader.feed(block, is_last=False)
        yield from reader.taken()
    reader.feed(b"", is_last=True)
    yield from reader.taken()


class _Reader:
    def __init__(self) -> None:
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        self._parser = parser
        self._builder: TreeBuilder | None = None
        self._depth = self._opened_at = 0
        self._start_byte = 0
        self._ready: list[Element] = []

    def feed(self, block: bytes, *, is_last: bool) -> None:
        try:
            self._parser.Parse(block, is_last)
        except expat.ExpatError as error:
            raise WireFormatError(
                f"file is not XML at line {error.lineno}, column {error.offset}"
            ) from None
        except (ValueError, LookupError):
            raise WireFormatError("file is not XML: its encoding is unknown") from None
        if self._builder and self._parser.CurrentByteIndex - self._start_byte > ITEM_LIMIT_BYTES:
            raise WireFormatError(f"a transaction is larger than {ITEM_LIMIT_BYTES} bytes")

    def taken(self) -> list[Element]:
        ready, self._ready = self._ready, []
        return ready

    def _refuse(self, *_: object) -> None:
        raise WireFormatError("file declares a document type")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEPTH_LIMIT:
            raise WireFormatError(f"file is nested deeper than {_DEPTH_LIMIT} elements")
        if self._builder is None:
            if _local(name) != "Transaction":
                return
            self._builder, self._opened_at = TreeBuilder(), self._depth
            self._start_byte = self._parser.CurrentByteIndex
        self._builder.start(_clark(name), {_clark(key): value for key, value in attributes.items()})

    def _end(self, name: str) -> None:
        if self._builder is not None:
            self._builder.end(_clark(name))
            if self._depth == self._opened_at:
                self._ready.append(self._builder.close())
                self._builder = None
        self._depth -= 1

    def _data(self, text: str) -> None:
        if self._builder is not None:
            self._builder.data(text)


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _clark(name: str) -> str:
    return f"{{{name}" if "}" in name else name


def _name(element: Element) -> str:
    return _local(element.tag)


def _child(element: Element, name: str) -> Element | None:
    return next((child for child in element if _name(child) == name), None)


def _text(element: Element, name: str) -> str | None:
    child = _child(element, name)
    text = child.text.strip() if child is not None and child.text else ""
    return wire.scrub(text)[: wire.IDENTIFIER_LIMIT] or None


def _vendor_id(transaction: Element) -> str:
    names = ("RetailStoreID", "WorkstationID", "SequenceNumber", "BusinessDayDate")
    parts = {name: _text(transaction, name) for name in names}
    for name in names[:3]:
        if parts[name] is None:
            raise WireFormatError(f"Transaction has no {name}")
    return ":".join(part or "" for part in parts.values())


def _is_void(element: Element) -> bool:
    flags = (element.get("CancelFlag"), element.get("VoidFlag"))
    status = (element.get("TransactionStatus") or "").casefold()
    return "true" in flags or status in ("voided", "postvoided", "suspended", "canceled")


def _total(retail: Element) -> Decimal | None:
    for child in retail:
        kind = (child.get("TotalType") or "").rpartition(":")[2]
        if _name(child) == "Total" and kind == "TransactionGrandAmount":
            try:
                total = Decimal((child.text or "").strip())
            except InvalidOperation:
                raise WireFormatError("TransactionGrandAmount is not an amount") from None
            if not total.is_finite() or abs(total) >= _LARGEST:
                raise WireFormatError("TransactionGrandAmount is not an amount")
            is_negative = child.get("CancelFlag") == "true" or child.get("Negative") == "true"
            return -total if is_negative else total
    return None


def _customer(retail: Element) -> Participant | None:
    found: dict[Handle, None] = {}
    name = country = None
    for element in retail.iter():
        if _name(element) in ("Customer", "CustomerAccount"):
            name = name or _text(element, "Name") or _text(element, "CustomerName")
        if _name(element) in ("Country", "CountryCode"):
            country = country or wire.country(element.get("Code") or element.text)
        kind = _HANDLES.get(_name(element))
        value = wire.scrub((element.text or "").strip())
        if kind and value.strip("0") and len(value) <= wire.IDENTIFIER_LIMIT:
            found[Handle(kind, value, NAMESPACES[kind])] = None
    if not found:
        return None
    handles = sorted(found, key=lambda handle: _ORDER.index(handle.kind))
    return Participant(tuple(handles), name=name, country=country)


def _hints(store: str | None, customer: Participant | None) -> RoutingHints:
    handles = customer.handles if customer else ()
    return RoutingHints(
        countries=(customer.country,) if customer and customer.country else (),
        stores=(store,) if store else (),
        phones=tuple(h.value for h in handles if h.kind is HandleKind.PHONE and h.value[:1] == "+"),
    )
