import pytest
import spacy
from thinc.api import Linear, chain

from privacy.detection.readers.embedding import remember_words
from privacy.detection.readers.model_files import folder_of
from privacy.detection.readers.registry import ENGLISH
from privacy.detection.readers.spacy_model import SpacyReader

TEXTS = [
    "Ada Lovelace moved from London to Paris in May 2019.",
    "don't  do that,\n\nBob!",
    "",
    "Ada Lovelace and ada lovelace are two spellings",
    "𝒜da \ufffd 12:30",
]


@pytest.fixture(scope="module")
def plain():
    folder = folder_of(ENGLISH, "en")
    return spacy.load(
        folder, exclude=["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer"]
    )


def test_a_model_that_remembers_words_names_the_same_entities(plain) -> None:
    reader = SpacyReader(folder_of(ENGLISH, "en"))
    for _ in range(2):
        read = reader.read(TEXTS)
        expected = [
            [(one.start_char, one.end_char) for one in document.ents]
            for document in plain.pipe(TEXTS)
        ]
        kept = [[(span.start, span.end) for span in one] for one in read]
        assert all(set(some) <= set(every) for some, every in zip(kept, expected, strict=True))
        assert (0, 12) in kept[0]


def test_remembered_numbers_are_the_computed_ones(plain) -> None:
    documents = [plain.make_doc(text) for text in TEXTS if text]
    tok2vec = plain.get_pipe("ner").model.get_ref("tok2vec")
    before = tok2vec.predict(documents)
    assert remember_words(plain.get_pipe("ner").model, capacity=30)
    for _ in range(3):
        after = tok2vec.predict(documents)
        for one, two in zip(before, after, strict=True):
            assert one == pytest.approx(two, abs=1e-4)
    few = [
        plain.make_doc(" ".join(f"word{number}" for number in range(20 * at, 20 * at + 20)))
        for at in range(5)
    ]
    for document in few:
        tok2vec.predict([document])
    assert tok2vec.predict(documents)[0] == pytest.approx(before[0], abs=1e-4)


def test_a_model_of_another_build_is_left_as_it_is() -> None:
    assert remember_words(chain(Linear(2, 2), Linear(2, 2))) is False
