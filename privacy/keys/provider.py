"""What a key service must do for us: keep one key-encryption key, and never let it out.

Called once a process for each epoch key and zone secret that is used, never once a record.
"""

from typing import Protocol


class KeyProvider(Protocol):
    """A service that holds a zone's key-encryption key; safe to share between threads.

    Vendors' errors are converted at its border: callers meet those of `privacy.errors` only.
    """

    def wrap(self, key: bytes, *, context: bytes) -> bytes:
        """Encrypt a key under the key-encryption key.

        Args:
            key: Up to 256 secret bytes.
            context: Bound to the result and not secret: ``zone|name``.

        Returns:
            Opaque bytes, at most 4 KiB, that only `unwrap` with the same context opens.

        Raises:
            KeyUnavailable: The service did not answer. Safe to retry.
            KeyDestroyed: The key-encryption key is gone. Final.
        """
        ...

    def unwrap(self, wrapped: bytes, *, context: bytes) -> bytes:
        """Give the key that `wrap` encrypted.

        Raises:
            KeyUnavailable: The service did not answer. Safe to retry.
            KeyDestroyed: The key-encryption key is gone. Final.
            WrongKey: It was wrapped under another key-encryption key.
            Tampered: It was changed, or the context is another.
        """
        ...

    def destroy(self) -> None:
        """Destroy the key-encryption key, and with it everything the zone ever sealed.

        Raises:
            KeyUnavailable: The service did not answer. Safe to retry.
        """
        ...
