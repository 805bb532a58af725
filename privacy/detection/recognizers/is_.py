"""Iceland."""

from stdnum.is_ import kennitala

from privacy.detection.recognizers.document_words import IDENTITY, PASSPORT
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("IS_KENNITALA", r"[0-7]\d[01]\d{3}-?\d{4}", check=kennitala.is_valid, context=("kennitala", "kt", "kennitölu"), kind=IDENTITY, at_home=0.6),
        national("IS_PASSPORT", r"A\d{7}", kind=PASSPORT),
    ]  # fmt: skip
