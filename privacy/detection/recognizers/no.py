"""Norway."""

from stdnum.no import fodselsnummer, mva, orgnr

from privacy.detection.recognizers.document_words import COMPANY, DRIVER, IDENTITY, PASSPORT
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("NO_FODSELSNUMMER", r"\d{6} ?\d{5}", check=fodselsnummer.is_valid, context=("fødselsnummer", "fødselsnr", "personnummer", "d-nummer", "fnr", "fodselsnummer"), kind=IDENTITY, alone=0.5, at_home=0.8),
        national("NO_PASSPORT", r"\d{8}|[A-Z]{3}\d{6}", kind=PASSPORT),
        national("NO_DRIVER_LICENSE", r"\d{2} ?\d{2} ?\d{6} ?\d", kind=DRIVER),
        national("NO_ORGANISATION_NUMBER", r"\d{3} ?\d{3} ?\d{3}", check=orgnr.is_valid, context=("orgnr", "organisasjonsnummer", "org.nr"), kind=COMPANY),
        national("NO_VAT_ID", r"(?:NO ?)?\d{3} ?\d{3} ?\d{3} ?MVA", check=mva.is_valid, context=("mva",), kind=COMPANY, alone=0.5),
    ]  # fmt: skip
