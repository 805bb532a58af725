"""What a caller may look a customer up by, and how an unlabelled handle is guessed.

The spelling is not judged here: `privacy.records.handles` does that when the handle is indexed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from privacy.errors import WireFormatError
from privacy.records.canonical import Handle, HandleKind

LONGEST_HANDLE = 320
"""Characters; the longest e-mail address there is (RFC 5321 §4.5.3.1)."""


@dataclass(frozen=True, slots=True)
class LookupKind:
    """One kind of handle, by the name callers use."""

    handle_kind: HandleKind
    namespace: str = ""


KINDS: Mapping[str, LookupKind] = MappingProxyType(
    {
        "email": LookupKind(HandleKind.EMAIL),
        "phone": LookupKind(HandleKind.PHONE),
        "whatsapp": LookupKind(HandleKind.PHONE),
        "loyalty_card": LookupKind(HandleKind.LOYALTY_CARD, "loyalty"),
        "customer_number": LookupKind(HandleKind.CUSTOMER_NUMBER, "customer"),
        "zendesk": LookupKind(HandleKind.VENDOR_USER, "zendesk"),
        "connect": LookupKind(HandleKind.VENDOR_USER, "connect"),
        "web_visitor": LookupKind(HandleKind.WEB_VISITOR, "web_chat"),
    }
)
"""Kinds by the name callers use. Another vendor's is written out, as in ``social_user:instagram``:
the kind and the namespace its connector gives."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of a handle."""

    kind: str
    handle: Handle
    region: str | None = None


def readings(
    text: str, kind: str | None, *, region: str | None, regions: Sequence[str]
) -> list[Candidate]:
    """Give the ways a handle can be read, likeliest first.

    Args:
        text: As the caller has it; ``zendesk:4711`` names its kind itself.
        kind: A key of `KINDS`; None to guess.
        region: ISO 3166-1 alpha-2 to read a national phone number in; None to use the zone's own
            where it has only one.
        regions: The countries of the zone.

    Raises:
        WireFormatError: The kind is unknown, or the handle is empty or too long.
    """
    text = text.strip()
    prefix, _, rest = text.partition(":")
    if kind is None and prefix in KINDS and rest.strip():
        kind, text = prefix, rest.strip()
    if not text or len(text) > LONGEST_HANDLE:
        raise WireFormatError(f"handle must have 1 to {LONGEST_HANDLE} characters")
    if region is None and len(regions) == 1:
        region = regions[0]
    names = [kind] if kind is not None else _guesses(text)
    return [_candidate(name, text, region) for name in names]


def _guesses(text: str) -> list[str]:
    if "@" in text.strip("@"):
        return ["email"]
    names = [name for name in KINDS if name not in {"email", "phone", "whatsapp"}]
    # A number may be a phone number or a card; a leading plus leaves no doubt.
    if text.startswith("+"):
        return ["phone"]
    return ["phone", *names] if any(character.isdigit() for character in text) else names


def _candidate(name: str, text: str, region: str | None) -> Candidate:
    known = _known(name)
    if known.handle_kind is not HandleKind.PHONE:
        return Candidate(name, Handle(known.handle_kind, text, known.namespace))
    if name != "whatsapp":
        return Candidate(name, Handle(HandleKind.PHONE, text), region)
    if text.removeprefix("+").isdigit():
        return Candidate(name, Handle(HandleKind.PHONE, f"+{text.removeprefix('+')}"))
    # WhatsApp also has ids that are no number and hold for one business only.
    return Candidate(name, Handle(HandleKind.VENDOR_USER, text, "whatsapp"))


def _known(name: str) -> LookupKind:
    if name in KINDS:
        return KINDS[name]
    kind, _, namespace = name.partition(":")
    try:
        return LookupKind(HandleKind(kind), namespace)
    except ValueError:
        raise WireFormatError(f"kind must be one of {', '.join(KINDS)}") from None
