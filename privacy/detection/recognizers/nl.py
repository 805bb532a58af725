"""Netherlands."""

from stdnum.nl import bsn, btw, identiteitskaartnummer, onderwijsnummer

from privacy.detection.recognizers.document_words import (
    COMPANY,
    DRIVER,
    IDENTITY,
    PASSPORT,
    RESIDENCE,
    SOCIAL,
)
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("NL_BSN", r"\d{9}|\d{4}[. ]\d{2}[. ]\d{3}", check=bsn.is_valid, context=("bsn", "burgerservicenummer", "sofinummer", "sofi-nummer", "sofi"), kind=(IDENTITY, SOCIAL)),
        national("NL_DOCUMENT", r"[A-NP-Z]{2}[A-NP-Z0-9]{6}\d", check=identiteitskaartnummer.is_valid, context=("documentnummer",), kind=(PASSPORT, IDENTITY)),
        national("NL_DRIVER_LICENSE", r"\d{10}", kind=DRIVER),
        national("NL_RESIDENCE_PERMIT", r"\d{3}\.?\d{3}\.?\d{4}", context=("v-nummer", "vreemdelingennummer"), kind=RESIDENCE),
        national("NL_VAT_ID", r"(?:NL ?)?\d{9} ?B ?\d{2}|NL ?\d{7,8}B\d{2}", check=btw.is_valid, context=("btw", "btw-id", "btw-nummer"), kind=COMPANY, alone=0.7),
        national("NL_STUDENT_NUMBER", r"\d{4}\.?\d{2}\.?\d{3}", check=onderwijsnummer.is_valid, context=("onderwijsnummer",)),
        GatedRecognizer(
            "ZIP_CODE",
            [(r"(?<![\w.,-])[1-9]\d{3} ?(?!SA|SD|SS)[A-Z]{2}(?= {1,2}[A-Z]|\s*(?:[,.;)\n]|$))", 0.5)],
            name="DutchPostcodes",
            context=("postcode", "adres", "straat", "woon"),
            min_digits=4,
            is_case_sensitive=True,
        ),
    ]  # fmt: skip
