"""Stand-ins: ``[PERSON-x7f2]`` for a name, the same throughout a thread and in no other.

A stand-in is a keyed hash under the zone's index key, so it can be neither guessed nor linked from
one thread to another, and it needs no table that would itself be personal data.
"""

import base64
import unicodedata
from typing import Protocol

_CHARACTERS = 4
_SHORT = {
    "EMAIL_ADDRESS": "EMAIL",
    "PHONE_NUMBER": "PHONE",
    "CREDIT_CARD": "CARD",
    "STREET_ADDRESS": "ADDRESS",
    "DATE_TIME": "DATE",
    "IBAN_CODE": "IBAN",
    "ORGANIZATION": "COMPANY",
    "ORDER_NUMBER": "ORDER",
    "CUSTOMER_NUMBER": "CUSTOMER",
    "IP_ADDRESS": "IP",
    "USER_HANDLE": "HANDLE",
    "NRP": "GROUP",
}


class KeyedHash(Protocol):
    """The part of `privacy.keys.blind_index.BlindIndex` that stand-ins need."""

    def digest(self, label: str, data: bytes) -> str:
        """Give 64 hexadecimal characters."""


class StandIns:
    """Stand-ins of one thread.

    Args:
        index: The zone's blind index.
        thread_id: What makes them unlinkable to other threads'.
    """

    def __init__(self, index: KeyedHash, thread_id: str) -> None:
        self._index = index
        self._thread_id = thread_id
        self._made: dict[tuple[str, str], str] = {}

    def __call__(self, entity: str, value: str) -> str:
        """Give what stands for a value: its kind and four characters.

        Spellings that differ only in case and blanks get the same. Two values of one kind in one
        thread collide once in a million pairs; the text then reads as if they were one.
        """
        folded = " ".join(unicodedata.normalize("NFKC", value).casefold().split())
        key = (entity, folded)
        made = self._made.get(key)
        if made is None:
            digest = self._index.digest(
                "stand-in",
                "\0".join((self._thread_id, entity, folded)).encode("utf-8", "surrogatepass"),
            )
            short = base64.b32encode(bytes.fromhex(digest[:16])).decode("ascii").lower()
            made = f"[{_SHORT.get(entity, entity)}-{short[:_CHARACTERS]}]"
            self._made[key] = made
        return made
