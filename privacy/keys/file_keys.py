"""The keys of the warehouse file: zone secrets with rising numbers, the old ones destroyed."""

from collections.abc import Sequence

from privacy.keys.zone_secrets import ZoneSecrets

_NAME = "warehouse"


class WarehouseKeys:
    """The zone's side of `privacy.warehouse.file_keys.FileKeys`; read from the store at every call.

    The first key is the zone secret ``warehouse``, later ones are ``warehouse-2`` and so on.
    """

    def __init__(self, secrets: ZoneSecrets) -> None:
        self._secrets = secrets

    def candidates(self) -> Sequence[bytes]:
        """Give the keys there are, newest first; the first one is made when there is none."""
        names = self._names()
        return [self._secrets.get(name) for name in reversed(names or [_NAME])]

    def renew(self) -> bytes:
        """Make the next key."""
        names = self._names()
        number = _number(names[-1]) + 1 if names else 1
        return self._secrets.get(_NAME if number == 1 else f"{_NAME}-{number}")

    def settle(self) -> None:
        """Destroy all but the newest. Backups of the store keep them until their epoch ends."""
        for name in self._names()[:-1]:
            self._secrets.destroy(name)

    def _names(self) -> list[str]:
        return sorted(
            (name for name in self._secrets.names() if _number(name)),
            key=_number,
        )


def _number(name: str) -> int:
    """Give the number of a file key by its name; 0 for another secret."""
    head, _, tail = name.partition("-")
    if head != _NAME:
        return 0
    return int(tail) if tail.isdecimal() else int(not tail)
