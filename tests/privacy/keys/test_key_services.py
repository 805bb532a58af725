"""What the key services say becomes our errors, and says nothing of theirs."""

from pathlib import Path
from secrets import token_hex

import pytest

from privacy.errors import ConfigurationError, KeyUnavailable, WrongKey
from privacy.ids import ZoneId
from privacy.keys.pkcs11 import Pkcs11Provider
from privacy.keys.providers import provider_for
from privacy.opened import create_zone, open_zone
from privacy.zones.layout import ZoneLayout

PIN = "c360-1234"


@pytest.fixture
def layout(tmp_path: Path) -> ZoneLayout:
    made = ZoneLayout(tmp_path, ZoneId("eu"))
    made.make()
    return made


@pytest.mark.parametrize(
    ("uri", "passphrase"),
    [
        ("aws-kms:", None),
        ("aws-kms:key", None),
        ("aws-kms:alias/x?region=eu-central-1&more=1", None),
        ("aws-kms:alias/x", "secret"),
        ("vault:", None),
        ("vault:transit", None),
        ("vault:transit/eu?x=1", None),
        ("vault:transit/eu", "secret"),
        ("pkcs11:", PIN),
        ("pkcs11:token=c360;object=eu", PIN),
        ("pkcs11:token=c360?module-path=/x.so", PIN),
        ("pkcs11:token=c360;object=eu?module-path=/x.so", None),
    ],
)
def test_a_uri_that_is_not_of_its_form_is_refused(
    layout: ZoneLayout, monkeypatch: pytest.MonkeyPatch, uri: str, passphrase: str | None
) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    with pytest.raises(ConfigurationError) as refused:
        provider_for(uri, layout, passphrase)
    assert "secret" not in str(refused.value)


def test_a_service_that_does_not_answer_is_worth_a_retry(
    layout: ZoneLayout, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = "http://127.0.0.1:9"
    for name, value in {
        "AWS_ENDPOINT_URL": nowhere,
        "AWS_DEFAULT_REGION": "eu-central-1",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_MAX_ATTEMPTS": "1",
        "VAULT_ADDR": nowhere,
        "VAULT_TOKEN": "testing",
    }.items():
        monkeypatch.setenv(name, value)
    for uri in ("aws-kms:alias/eu", "vault:transit/eu"):
        with pytest.raises(KeyUnavailable):
            provider_for(uri, layout).generation()


def test_without_credentials_it_is_the_configuration_that_is_wrong(
    layout: ZoneLayout, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    provider = provider_for("aws-kms:alias/eu?region=eu-central-1", layout)
    with pytest.raises(ConfigurationError, match="no credentials"):
        provider.generation()


def test_a_token_that_may_not_use_the_key_is_told_so(
    layout: ZoneLayout, vault_server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VAULT_TOKEN", "somebody-else")
    with pytest.raises(ConfigurationError, match="may not use"):
        provider_for("vault:transit/eu", layout).generation()


def test_another_pin_is_the_wrong_key(layout: ZoneLayout, softhsm: str) -> None:
    uri = f"pkcs11:token=c360;object={token_hex(4)}?module-path={softhsm}"
    with pytest.raises(WrongKey):
        provider_for(uri, layout, "0000").generation()


def test_a_token_that_is_not_there_is_worth_a_retry(softhsm: str) -> None:
    with pytest.raises(KeyUnavailable):
        Pkcs11Provider(softhsm, "elsewhere", "eu", PIN).generation()


def test_a_library_that_is_not_there_is_named(softhsm: str) -> None:
    with pytest.raises(ConfigurationError, match=r"nowhere\.so"):
        Pkcs11Provider("/nowhere.so", "c360", "eu", PIN).generation()


def test_the_key_never_leaves_the_token(layout: ZoneLayout, softhsm: str) -> None:
    from pkcs11 import Attribute
    from pkcs11.exceptions import AttributeSensitive

    uri = f"pkcs11:token=c360;object={token_hex(4)}?module-path={softhsm}"
    provider = provider_for(uri, layout, PIN, create=True)
    assert isinstance(provider, Pkcs11Provider)
    with provider._used() as session:
        [key] = provider._keys(session)
        assert key[Attribute.EXTRACTABLE] is False
        assert key[Attribute.SENSITIVE] is True
        with pytest.raises(AttributeSensitive):
            _ = key[Attribute.VALUE]


@pytest.mark.parametrize("scheme", ["aws-kms", "vault", "pkcs11"])
def test_a_zone_lives_under_each_service_and_its_keys_rotate(
    request: pytest.FixtureRequest, tmp_path: Path, scheme: str
) -> None:
    name = token_hex(4)
    if scheme == "pkcs11":
        library = request.getfixturevalue("softhsm")
        uri, passphrase = f"pkcs11:token=c360;object={name}?module-path={library}", PIN
    else:
        request.getfixturevalue(f"{scheme.replace('-', '_')}_server")
        uri, passphrase = f"{scheme}:{'alias' if scheme == 'aws-kms' else 'transit'}/{name}", None
    place = {"table": "turns", "column": "text"}
    with create_zone(tmp_path, "eu", key_uri=uri, passphrase=passphrase) as zone:
        sealed = zone.keyring.seal("s_1", value=b"hello", **place)
        assert zone.rotation.rotate() == 1
    with open_zone(tmp_path, "eu", key_uri=uri, passphrase=passphrase) as zone:
        assert zone.keyring.open("s_1", sealed=sealed, **place) == b"hello"
        assert len(zone.rotation.status()) == 2
