"""The ``aws-kms:`` provider: symmetric keys in AWS Key Management Service.

``aws-kms:alias/NAME``, and ``?region=…`` where the environment names none. A generation is a KMS
key of its own, because KMS destroys keys and not their rotated material: ``alias/NAME`` points at
the newest, ``alias/NAME-gN`` at each. Credentials, region and endpoint come from where boto3 finds
them; the role needs Encrypt, Decrypt, DescribeKey, ListAliases, CreateKey, CreateAlias,
UpdateAlias and ScheduleKeyDeletion on them.

An ended generation opens nothing from that moment; for `DELETION_DAYS`, the least KMS allows,
an administrator can still take the deletion back. Deny ``kms:CancelKeyDeletion`` to everyone.

======  ======  ==================================================================================
offset  length  content
======  ======  ==================================================================================
0       1       version: 1
1       36      id of the KMS key, ASCII
37      n       ciphertext of KMS, with the context as encryption context
======  ======  ==================================================================================
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl

from privacy.errors import ConfigurationError, KeyDestroyed, KeyUnavailable, Tampered, WrongKey
from privacy.keys.provider import KeyProvider
from privacy.zones.layout import ZoneLayout

DELETION_DAYS = 7

_VERSION = b"\x01"
_ID_BYTES = 36
_HEAD_BYTES = 1 + _ID_BYTES
_ALIAS = re.compile(r"alias/[A-Za-z0-9_-][A-Za-z0-9/_-]{0,200}")
_SECONDS = 10
_GONE = frozenset({"NotFoundException", "KMSInvalidStateException"})
_FORGED = frozenset({"InvalidCiphertextException"})
_FOREIGN = frozenset({"IncorrectKeyException"})
_REFUSED = frozenset(
    {
        "AccessDeniedException",
        "InvalidClientTokenId",
        "UnrecognizedClientException",
        "ExpiredTokenException",
        "InvalidSignatureException",
        "SignatureDoesNotMatch",
    }
)


class AwsKmsProvider:
    """Wraps with a key that AWS KMS holds; see the module for its place and rights."""

    def __init__(self, alias: str, client: Any) -> None:
        self._alias = alias
        self._client = client
        self._known: dict[str, int] = {}

    def create(self) -> None:
        """Make the first key, unless there is one."""
        if not self._numbers():
            self.begin_generation()

    def wrap(self, key: bytes, *, context: bytes) -> bytes:
        """Encrypt a key in KMS; see `KeyProvider.wrap`."""
        generation = self.generation()
        with _converted():
            answer = self._client.encrypt(
                KeyId=generation, Plaintext=key, EncryptionContext=_bound(context)
            )
        return b"".join((_VERSION, generation.encode("ascii"), answer["CiphertextBlob"]))

    def unwrap(self, wrapped: bytes, *, context: bytes) -> bytes:
        """Decrypt a key in KMS; see `KeyProvider.unwrap`."""
        generation = self._standing(self.generation_of(wrapped))
        with _converted():
            answer = self._client.decrypt(
                KeyId=generation,
                CiphertextBlob=wrapped[_HEAD_BYTES:],
                EncryptionContext=_bound(context),
            )
        key: bytes = answer["Plaintext"]
        return key

    def generation(self) -> str:
        """Name the key behind the alias; see `KeyProvider.generation`."""
        return self._standing(self._alias)

    def generation_of(self, wrapped: bytes) -> str:
        """Name the key that wrapped another; see `KeyProvider.generation_of`.

        The id in front is not secret and not trusted: it must be of one of this alias' keys.
        """
        if len(wrapped) <= _HEAD_BYTES or wrapped[:1] != _VERSION:
            raise Tampered("not a wrapped key")
        try:
            name = wrapped[1:_HEAD_BYTES].decode("ascii")
        except UnicodeDecodeError:
            raise Tampered("not a wrapped key") from None
        if name not in self._known and name not in self._numbers():
            with _converted():
                self._client.describe_key(KeyId=name)
            raise WrongKey("the key was wrapped under another key")
        return name

    def generations(self) -> tuple[str, ...]:
        """Name the keys that still decrypt; see `KeyProvider.generations`."""
        numbers = self._numbers()
        with _converted():
            return tuple(
                name
                for name in sorted(numbers, key=numbers.__getitem__)
                if self._client.describe_key(KeyId=name)["KeyMetadata"]["KeyState"] == "Enabled"
            )

    def begin_generation(self) -> str:
        """Make a new key and point the alias at it; see `KeyProvider.begin_generation`."""
        numbers = self._numbers()
        number = max(numbers.values(), default=0) + 1
        with _converted():
            made = self._client.create_key(
                Description=f"c360 {self._alias}, generation {number}",
                KeyUsage="ENCRYPT_DECRYPT",
                KeySpec="SYMMETRIC_DEFAULT",
            )
            name: str = made["KeyMetadata"]["KeyId"]
            self._client.create_alias(AliasName=f"{self._alias}-g{number}", TargetKeyId=name)
            point = self._client.update_alias if numbers else self._client.create_alias
            point(AliasName=self._alias, TargetKeyId=name)
        return name

    def end_generation(self, generation: str) -> None:
        """Schedule one key's deletion; it decrypts nothing from now on.

        See `KeyProvider.end_generation`.
        """
        if generation == self.generation():
            raise ConfigurationError("the newest generation of a key cannot be ended")
        if generation not in self._numbers():
            raise ConfigurationError(f"{self._alias} has no generation {generation}")
        self._delete(generation)

    def destroy(self) -> None:
        """Schedule every key's deletion; see `KeyProvider.destroy`."""
        for name in self._numbers():
            self._delete(name)

    def _standing(self, name: str) -> str:
        """Give the id of a key that can be used now."""
        with _converted():
            described = self._client.describe_key(KeyId=name)["KeyMetadata"]
        if described["KeyState"].startswith("Pending"):
            raise KeyDestroyed("that generation of the key-encryption key was destroyed")
        if described["KeyState"] != "Enabled":
            raise KeyUnavailable("aws-kms: the key is not enabled")
        identity: str = described["KeyId"]
        return identity

    def _delete(self, name: str) -> None:
        try:
            with _converted():
                self._client.schedule_key_deletion(KeyId=name, PendingWindowInDays=DELETION_DAYS)
        except KeyDestroyed:
            pass  # it was scheduled before

    def _numbers(self) -> dict[str, int]:
        """Give the ids of this alias' keys, with the number of their generation."""
        numbered = re.compile(re.escape(self._alias) + r"-g(\d{1,6})")
        found = {}
        with _converted():
            for page in self._client.get_paginator("list_aliases").paginate():
                for alias in page["Aliases"]:
                    match = numbered.fullmatch(alias["AliasName"])
                    if match and "TargetKeyId" in alias:
                        found[alias["TargetKeyId"]] = int(match[1])
        self._known = found
        return found


def opener(rest: str, layout: ZoneLayout, passphrase: str | None, create: bool) -> KeyProvider:
    """Open an ``aws-kms:`` URI; see `privacy.keys.providers`."""
    alias, _, query = rest.partition("?")
    options = dict(parse_qsl(query, strict_parsing=bool(query)))
    if not _ALIAS.fullmatch(alias) or options.keys() - {"region"}:
        raise ConfigurationError("write the key_uri as aws-kms:alias/NAME or with ?region=REGION")
    if passphrase is not None:
        raise ConfigurationError("aws-kms: takes no passphrase; its credentials are boto3's")
    provider = AwsKmsProvider(alias, _client(options.get("region")))
    if create:
        provider.create()
    return provider


def _client(region: str | None) -> Any:
    try:
        import boto3
        from botocore.config import Config
        from botocore.exceptions import BotoCoreError
    except ImportError:
        raise ConfigurationError("aws-kms: needs boto3: install c360[aws]") from None
    bounded = Config(
        connect_timeout=_SECONDS, read_timeout=_SECONDS, retries={"total_max_attempts": 3}
    )
    try:
        return boto3.Session().client("kms", region_name=region, config=bounded)
    except BotoCoreError as error:
        raise ConfigurationError(f"aws-kms: {error}") from None


def _bound(context: bytes) -> dict[str, str]:
    return {"c360": context.hex()}


@contextmanager
def _converted() -> Iterator[None]:
    """Convert what boto3 raises to ours. No message of AWS is repeated: it may name accounts."""
    from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError

    errors: tuple[tuple[frozenset[str], Callable[[str], Exception]], ...] = (
        (_GONE, lambda _: KeyDestroyed("the key-encryption key does not exist, or was destroyed")),
        (_FORGED, lambda _: Tampered("a wrapped key was changed, or belongs to another owner")),
        (_FOREIGN, lambda _: WrongKey("the key was wrapped under another key")),
        (_REFUSED, lambda code: ConfigurationError(f"aws-kms: refused: {code}")),
    )
    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", "unknown"))
        for codes, converted in errors:
            if code in codes:
                raise converted(code) from None
        raise KeyUnavailable(f"aws-kms: {code}") from None
    except NoCredentialsError:
        raise ConfigurationError("aws-kms: boto3 finds no credentials") from None
    except BotoCoreError as error:
        raise KeyUnavailable(f"aws-kms: {type(error).__name__}") from None
