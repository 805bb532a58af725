"""Ireland."""

from stdnum.ie import pps

from privacy.detection.recognizers.document_words import DRIVER, HEALTH, PASSPORT, SOCIAL, TAX
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("IE_PPS", r"\d{7} ?[A-W][AHWTX]?", check=pps.is_valid, context=("pps", "ppsn", "pps number", "personal public service"), kind=(TAX, SOCIAL), alone=0.7),
        national("IE_DRIVER_LICENSE", r"\d{9}", kind=DRIVER),
        national("IE_PASSPORT", r"[A-Z]{1,2}\d{7}", kind=PASSPORT),
        national("IE_MEDICAL_CARD", r"[A-Z]?\d{7}[A-Z]?", context=("medical card", "gms"), kind=HEALTH),
        GatedRecognizer(
            "ZIP_CODE",
            [(r"(?<![a-zA-Z0-9])(?:[AC-FHKNPRTV-Y]\d{2}|D6W) ?[AC-FHKNPRTV-Y0-9]{4}(?![a-zA-Z0-9])", 0.3), (r"(?<![a-zA-Z0-9])(?:[AC-FHKNPRTV-Y]\d{2}|D6W) (?=[A-Z0-9]*[A-Z])[AC-FHKNPRTV-Y][AC-FHKNPRTV-Y0-9]{3}(?![a-zA-Z0-9])", 0.6)],
            name="Eircodes",
            context=("eircode", "address", "postcode"),
            min_digits=2,
            is_case_sensitive=True,
        ),
    ]  # fmt: skip
