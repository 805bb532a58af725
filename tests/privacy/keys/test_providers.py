"""A key URI names a provider that exists."""

from pathlib import Path

import pytest

from privacy.errors import ConfigurationError
from privacy.ids import ZoneId
from privacy.keys.local import LocalProvider
from privacy.keys.providers import provider_for
from privacy.zones.layout import ZoneLayout


@pytest.fixture
def layout(tmp_path: Path) -> ZoneLayout:
    made = ZoneLayout(tmp_path, ZoneId("eu"))
    made.make()
    return made


def test_local_is_the_keystore_in_the_zones_folder(layout: ZoneLayout) -> None:
    provider = provider_for("local:", layout, create=True)
    assert isinstance(provider, LocalProvider)
    assert provider.exists


def test_nothing_is_made_unless_asked_for(layout: ZoneLayout) -> None:
    provider_for("local:", layout)
    assert list(layout.keys.iterdir()) == []


@pytest.mark.parametrize("uri", ["", "local", "local:/etc", "vault:x", "aws-kms", ":", "LOCAL:"])
def test_any_other_uri_is_refused(layout: ZoneLayout, uri: str) -> None:
    with pytest.raises(ConfigurationError):
        provider_for(uri, layout)
