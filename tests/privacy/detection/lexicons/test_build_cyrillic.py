from pathlib import Path

import pytest

from privacy.detection.lexicons import word_classes
from privacy.detection.lexicons.build_cyrillic import cases
from privacy.detection.lexicons.script_sources import own, write


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("иван", {"иван", "ивана", "ивану", "иваном", "иване"}),
        ("ольга", {"ольга", "ольги", "ольге", "ольгу", "ольгой", "ольгою"}),
        ("маша", {"маша", "маши", "маше", "машу", "машой", "машою", "машей"}),
        ("мария", {"мария", "марии", "марию", "марией", "мариею"}),
        ("таня", {"таня", "тани", "тане", "таню", "таней", "танею"}),
        ("юрий", {"юрий", "юрия", "юрию", "юрием", "юрии"}),
        ("андрей", {"андрей", "андрея", "андрею", "андреем", "андрее"}),
        ("игорь", {"игорь", "игоря", "игорю", "игорем", "игоре", "игори", "игорью"}),
        ("павел", {"павел", "павла", "павлу", "павлом", "павле"}),
        ("саво", {"саво"}),
    ],
)
def test_a_russian_name_is_known_in_all_its_cases(name: str, forms: set[str]) -> None:
    assert set(cases(name)) == forms


def test_our_own_lists_hold_words_by_class() -> None:
    assert "слава" in own("russian")["g"]
    assert "राजेश" in own("hindi")["G"]


def test_what_is_written_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "lexicons"
    folder.mkdir()
    classes = {"ann": "G", "new york": "P", "bob": "G"}
    write("little", classes, folder)
    monkeypatch.setattr(word_classes, "files", lambda package: tmp_path)
    assert word_classes.load("little") == classes
