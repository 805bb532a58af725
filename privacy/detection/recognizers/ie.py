"""Ireland."""

from stdnum.ie import pps

from privacy.detection.recognizers.number import DRIVER, PASSPORT, national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("IE_PPS", r"\d{7}[A-W][AHWTX]?", check=pps.is_valid, context=("pps", "ppsn", "personal public service"), alone=0.7, min_digits=7),
        national("IE_DRIVER_LICENSE", r"\d{9}", context=DRIVER, alone=0.1, min_digits=9),
        national("IE_PASSPORT", r"[A-Z]{1,2}\d{7}", context=PASSPORT, alone=0.2, min_digits=7),
        GatedRecognizer(
            "POSTCODE",
            [(r"(?<![a-zA-Z0-9])(?:[AC-FHKNPRTV-Y]\d{2}|D6W) ?[AC-FHKNPRTV-Y0-9]{4}(?![a-zA-Z0-9])", 0.3), (r"(?<![a-zA-Z0-9])(?:[AC-FHKNPRTV-Y]\d{2}|D6W) (?=[A-Z0-9]*[A-Z])[AC-FHKNPRTV-Y][AC-FHKNPRTV-Y0-9]{3}(?![a-zA-Z0-9])", 0.6)],
            name="Eircodes",
            context=("eircode", "address", "postcode"),
            min_digits=2,
            is_case_sensitive=True,
        ),
    ]  # fmt: skip
