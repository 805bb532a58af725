"""What an operator knows of a person is read line by line, and never shown when a line is wrong."""

from pathlib import Path

import pytest

from privacy.erasure.needles import Value
from privacy.errors import ConfigurationError
from serving.commands.erasure import known_values


@pytest.fixture
def known(tmp_path: Path) -> Path:
    return tmp_path / "known"


def test_a_kind_and_a_value_a_line_are_read(known: Path) -> None:
    known.write_bytes(b"\xef\xbb\xbfname Mia Lang\r\n\n  email mia@example.org \n")
    assert known_values(known) == [Value("name", "Mia Lang"), Value("email", "mia@example.org")]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("name Zoë\nname Jürgen".encode("latin-1"), "line 1 of --known is not in UTF-8"),
        (b"name Mia\n\nemial mia@example.org", "line 3 of --known is of no kind there is: .*email"),
        (b"Mia\n", "line 1 of --known has no kind and value"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_not_shown(
    known: Path, content: bytes, why: str
) -> None:
    known.write_bytes(content)
    with pytest.raises(ConfigurationError, match=why) as error:
        known_values(known)
    assert "mia" not in str(error.value).lower()
    assert "emial" not in str(error.value)
