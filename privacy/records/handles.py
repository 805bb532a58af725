"""The one spelling of a handle: what is blind-indexed is always this form."""

import re
import unicodedata
from collections.abc import Mapping

import phonenumbers

from privacy.errors import WireFormatError
from privacy.records.canonical import Handle, HandleKind

NAMESPACES: Mapping[HandleKind, str] = {
    HandleKind.EMAIL: "",
    HandleKind.PHONE: "",
    HandleKind.LOYALTY_CARD: "loyalty",
    HandleKind.CUSTOMER_NUMBER: "customer",
}
"""Namespaces that are the retailer's own, so that a till, a chat, a form and a number written in a
message name the same person. The other kinds are a vendor's, and each vendor has its own."""

_NOT_DIGITS = re.compile(r"\D+")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+|[^@\s]+@[^@\s]+")


def normalise_email(value: str) -> str:
    """Give an address in lower case with its domain in IDNA form (RFC 5321 §2.3.11, RFC 5890).

    The local part is folded too: no mailbox provider in use tells cases apart, and two spellings of
    one person would otherwise stay strangers.

    Raises:
        WireFormatError: There is no ``local@domain`` in it.
    """
    folded = unicodedata.normalize("NFKC", value).strip().strip("<>").casefold()
    if not _EMAIL.fullmatch(folded):
        raise WireFormatError("handle of kind email is not an address")
    local, _, domain = folded.rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        raise WireFormatError("handle of kind email has no valid domain") from None
    return f"{local}@{ascii_domain}"


def normalise_phone(value: str, *, region: str | None) -> str:
    """Give a number in E.164 form (ITU-T E.164).

    Args:
        value: With its country code (``+49…``, ``0049…``, or the bare digits of a WhatsApp id),
            or national when `region` is given.
        region: ISO 3166-1 alpha-2 to read a national number in.

    Raises:
        WireFormatError: It cannot be a phone number of any length or region.
    """
    text = unicodedata.normalize("NFKC", value).strip()
    candidates = [text] if text.startswith("+") or region else []
    digits = _NOT_DIGITS.sub("", text)
    if not text.startswith("+"):
        candidates.append("+" + digits.removeprefix("00"))
    for candidate in candidates:
        try:
            number = phonenumbers.parse(candidate, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_possible_number(number):
            return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    raise WireFormatError("handle of kind phone is not a number")


def normalise(handle: Handle, *, region: str | None = None) -> str:
    """Give the form of a handle that is indexed, without its kind and namespace.

    Raises:
        WireFormatError: The value is not of the handle's kind.
    """
    match handle.kind:
        case HandleKind.EMAIL:
            return normalise_email(handle.value)
        case HandleKind.PHONE:
            return normalise_phone(handle.value, region=region)
        case _:
            folded = unicodedata.normalize("NFKC", handle.value).strip().casefold()
            if not folded:
                raise WireFormatError(f"handle of kind {handle.kind} is empty")
            return folded
