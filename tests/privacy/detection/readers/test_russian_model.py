"""slovnet's model run without slovnet's loops."""

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from privacy.detection.readers.russian_model import Find, NewsModel

TEXTS = (
    "Вчера Иван Петров прилетел из Казани в Нью-Йорк и встретил Анну.",
    "Заказ №1245 не пришёл, верните 3,5 тыс. рублей!!!",
    "",
    "Компания «Газпром» и ООО «Ромашка» судятся с Сидоровой М. И. в Твери...",
    "*** -- 12/03/2024 a_b http://пример.рф",
)


@pytest.fixture(scope="module")
def folder() -> Path:
    found = importlib.util.find_spec("natasha")
    assert found is not None
    assert found.submodule_search_locations is not None
    return Path(found.submodule_search_locations[0])


def slovnet_finds(folder: Path, text: str) -> list[Find]:
    from navec import Navec
    from slovnet import NER

    model: Any = NER.load(str(folder / "data/model/slovnet_ner_news_v1.tar"))
    model.navec(Navec.load(str(folder / "data/emb/navec_news_v1_1B_250K_300d_100q.tar")))
    return [Find(one.start, one.stop, one.type) for one in model(text).spans]


def test_it_finds_what_slovnet_finds_in_any_company(folder: Path) -> None:
    model = NewsModel(folder)
    together = model.read(TEXTS)
    assert together == [model.read([text])[0] for text in TEXTS]
    assert together == [slovnet_finds(folder, text) if text else [] for text in TEXTS]
    assert any(together)


def test_what_is_kept_of_words_is_bounded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("privacy.detection.readers.russian_model._KEPT_WORDS", 12)
    model = NewsModel(folder)
    assert model.read(TEXTS) == [model.read([text])[0] for text in TEXTS]
