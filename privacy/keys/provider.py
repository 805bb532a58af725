"""What a key service must do for us: keep one key-encryption key, and never let it out.

Called once a process for each epoch key and zone secret that is used, never once a record.

The key has *generations*: the newest wraps, those before still unwrap, and each can be ended for
good. A backup of the store holds wrapped keys; it can be read for as long as the generation lives
that wrapped them, and no longer.
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
            KeyDestroyed: The key-encryption key, or the generation that wrapped it, is gone.
            WrongKey: It was wrapped under another key-encryption key.
            Tampered: It was changed, or the context is another.
        """
        ...

    def generation(self) -> str:
        """Name the newest generation of the key-encryption key, which `wrap` uses.

        Raises:
            KeyUnavailable: The service did not answer. Safe to retry.
            KeyDestroyed: The key-encryption key is gone. Final.
        """
        ...

    def generation_of(self, wrapped: bytes) -> str:
        """Name the generation that wrapped a key, an ended one too.

        Raises:
            KeyUnavailable: The service did not answer. Safe to retry.
            WrongKey: It was wrapped under another key-encryption key.
            Tampered: It is not a wrapped key.
        """
        ...

    def generations(self) -> tuple[str, ...]:
        """Name the generations that still unwrap, oldest first."""
        ...

    def begin_generation(self) -> str:
        """Begin a new generation; give its name.

        Raises:
            KeyUnavailable: The service did not answer. Safe to retry; a generation begun for
                nothing is ended with the next.
        """
        ...

    def end_generation(self, generation: str) -> None:
        """Destroy the oldest generation for good; ending one that has ended is no error.

        Raises:
            ConfigurationError: It is the newest: then nothing could be wrapped. Or older ones are
                left, and the service ends them in order.
            KeyUnavailable: The service did not answer. Safe to retry.
        """
        ...

    def destroy(self) -> None:
        """Destroy the key-encryption key, and with it everything the zone ever sealed.

        Raises:
            KeyUnavailable: The service did not answer. Safe to retry.
        """
        ...
