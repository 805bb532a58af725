"""Settings: read once, frozen, secrets never shown."""

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from privacy.errors import ConfigurationError
from privacy.records.canonical import Direction, Interaction
from serving.settings import SETTINGS, read_settings, settings_shown

SECRET = "tarantella-9"


def test_the_defaults_hold_where_nothing_is_set() -> None:
    settings = read_settings({"PATH": "/bin", "C360_HOME": " "})
    assert settings.home == Path.cwd() / ".c360"
    assert (settings.policies, settings.token, settings.workers) == (None, None, 2)
    assert settings.of("eu").store_url is None


def test_each_zone_has_settings_of_its_own() -> None:
    settings = read_settings(
        {
            "C360_STORE_URL_EU": "postgresql://db/eu",
            "C360_KEY_URI_UK": "local:",
            "C360_PASSPHRASE_UK": SECRET,
        }
    )
    assert settings.of("eu").store_url == "postgresql://db/eu"
    assert settings.of("uk").passphrase == SECRET
    assert settings.of("uk").store_url is None
    assert settings.of("br").passphrase is None


def test_a_home_folder_may_be_given_with_a_tilde(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/anna")
    assert read_settings({"C360_HOME": "~/c360"}).home == Path("/home/anna/c360")


def test_settings_cannot_be_changed_afterwards() -> None:
    settings = read_settings({"C360_PASSPHRASE_EU": SECRET})
    with pytest.raises(FrozenInstanceError):
        settings.home = Path("/")  # type: ignore[misc]
    with pytest.raises(TypeError):
        settings.zones["eu"] = settings.of("uk")  # type: ignore[index]


def test_no_secret_is_shown_anywhere() -> None:
    settings = read_settings(
        {
            "C360_PASSPHRASE_EU": SECRET,
            "C360_TOKEN": SECRET,
            "C360_STORE_URL_EU": f"postgresql://me:{SECRET}@db/eu",
        }
    )
    assert SECRET not in repr(settings)
    shown = settings_shown(settings)
    assert SECRET not in str(shown)
    assert {"C360_TOKEN", "C360_PASSPHRASE_EU"} <= {row["setting"] for row in shown}


def test_a_mistyped_setting_is_named_not_obeyed() -> None:
    settings = read_settings({"C360_POLICY": "/etc", "C360_STORE_URL_": "x"})
    assert settings.unknown == ("C360_POLICY", "C360_STORE_URL_")


def test_a_number_that_is_none_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="C360_WORKERS must be a whole number"):
        read_settings({"C360_WORKERS": "two"})


def test_every_setting_says_what_it_is_for() -> None:
    for setting in SETTINGS:
        assert setting.default, setting.name
        assert setting.description.endswith((".", "`.")), setting.name


def test_own_domains_reach_the_connectors_of_a_run() -> None:
    access = read_settings({"C360_OWN_DOMAINS": " Shop.Example, mail.shop.example "}).access("us")
    assert access.own_domains == ("shop.example", "mail.shop.example")
    assert read_settings({}).access("us").own_domains == ("retail.example",)
    mail = b"From: anna@shop.example\nTo: carl@example.com\n\nHello"
    (record,) = access.connectors["email"].parse(mail).records
    assert isinstance(record, Interaction)
    assert record.direction is Direction.OUTBOUND
