"""Which key provider serves which scheme of a policy's ``key_uri``."""

from collections.abc import Callable, Mapping

from privacy.errors import ConfigurationError
from privacy.keys import aws_kms, local, pkcs11, vault
from privacy.keys.provider import KeyProvider
from privacy.zones.layout import ZoneLayout

Opener = Callable[[str, ZoneLayout, str | None, bool], KeyProvider]

PROVIDERS: Mapping[str, Opener] = {
    "local": local.opener,
    "aws-kms": aws_kms.opener,
    "vault": vault.opener,
    "pkcs11": pkcs11.opener,
}
"""A provider by the scheme of its URI. A new one is a module, and a line here."""


def provider_for(
    key_uri: str, layout: ZoneLayout, passphrase: str | None = None, *, create: bool = False
) -> KeyProvider:
    """Give the provider that a ``key_uri`` names; opens no key yet.

    Args:
        key_uri: ``scheme:rest``, from the zone's policy or the deployment's settings.
        layout: Where the zone's files lie.
        passphrase: For providers that take one.
        create: Make the key-encryption key where the provider is the one who makes it.

    Raises:
        ConfigurationError: No provider serves the scheme, or the rest of the URI is malformed.
    """
    scheme, colon, rest = key_uri.partition(":")
    if not colon or scheme not in PROVIDERS:
        raise ConfigurationError(
            f"no key provider for the scheme {scheme!r}: use {', '.join(PROVIDERS)}"
        )
    return PROVIDERS[scheme](rest, layout, passphrase, create)
