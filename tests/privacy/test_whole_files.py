"""Files that are there whole, or not at all."""

from pathlib import Path

import pytest

from privacy.whole_files import whole_file, write_whole


def test_a_file_is_in_its_place_only_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "m_1.move"
    with whole_file(path) as stream:
        stream.write(b"first")
        assert not path.exists()
        # What looks for files of this kind does not find the part.
        assert list(tmp_path.glob("*.move")) == []
    assert path.read_bytes() == b"first"
    write_whole(path, b"second")
    assert path.read_bytes() == b"second"
    assert list(tmp_path.iterdir()) == [path]


def test_of_a_file_that_breaks_off_nothing_is_left(tmp_path: Path) -> None:
    path = tmp_path / "m_1.move"
    path.write_bytes(b"before")
    with pytest.raises(OSError, match="no space"), whole_file(path) as stream:
        stream.write(b"part")
        raise OSError("no space")
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]
