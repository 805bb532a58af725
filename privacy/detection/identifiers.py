"""Identifiers in free text, spelled as handles are, so that both have the same blind index."""

from typing import NamedTuple

from privacy.errors import WireFormatError
from privacy.records.canonical import Handle, HandleKind
from privacy.records.handles import NAMESPACES, normalise

HANDLE_OF_ENTITY: dict[str, HandleKind] = {
    "EMAIL_ADDRESS": HandleKind.EMAIL,
    "PHONE_NUMBER": HandleKind.PHONE,
    "LOYALTY_CARD": HandleKind.LOYALTY_CARD,
    "CUSTOMER_NUMBER": HandleKind.CUSTOMER_NUMBER,
    "USER_HANDLE": HandleKind.SOCIAL_USER,
}
"""Entity to the kind of handle its value is."""

_INTERNATIONAL = ("+", "＋", "00")


class Identifier(NamedTuple):
    """A handle found in a text: what its blind index is of."""

    kind: HandleKind
    spelled: str
    namespace: str


def identifier_of(entity: str, value: str, region: str | None = None) -> Identifier | None:
    """Give the handle a find is, in the spelling and the namespace that are indexed.

    Args:
        entity: Type of the span.
        value: The text it covers.
        region: ISO 3166-1 alpha-2 to read a national phone number in.

    Returns:
        None where the entity names no handle, or its value cannot be one (a spoken e-mail address),
        or nobody can say which (a national number of an unknown country).
    """
    kind = HANDLE_OF_ENTITY.get(entity)
    if kind is None:
        return None
    clean = value.strip().lstrip("@") if kind is HandleKind.SOCIAL_USER else value.strip()
    if kind is HandleKind.PHONE and region is None and not clean.startswith(_INTERNATIONAL):
        return None
    try:
        spelled = normalise(Handle(kind, clean), region=region)
    except WireFormatError:
        return None
    return Identifier(kind, spelled, NAMESPACES.get(kind, ""))
