"""Israel."""

from stdnum.il import hp, idnr

from privacy.detection.recognizers.document_words import COMPANY, DRIVER, IDENTITY, PASSPORT
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("IL_ID", r"\d{7,8}-?\d", check=idnr.is_valid, context=("תעודת זהות", "ת.ז", "ת״ז", "מספר זהות", "תז", "teudat zehut", "israeli id"), kind=IDENTITY, at_home=0.45),
        national("IL_PASSPORT", r"\d{7,8}", kind=PASSPORT),
        national("IL_DRIVER_LICENSE", r"\d{7,8}", kind=DRIVER),
        national("IL_COMPANY_NUMBER", r"5\d{8}", check=hp.is_valid, context=("ח.פ", "חפ"), kind=COMPANY),
    ]  # fmt: skip
