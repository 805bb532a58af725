"""Netherlands."""

from stdnum.nl import bsn

from privacy.detection.recognizers.number import DRIVER, IDENTITY, PASSPORT, national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("NL_BSN", r"\d{9}|\d{4}[. ]\d{2}[. ]\d{3}", check=bsn.is_valid, context=("bsn", "burgerservicenummer", "sofinummer", "sofi"), alone=0.2, min_digits=9),
        national("NL_DOCUMENT", r"[A-NP-Z]{2}[A-NP-Z0-9]{6}\d", context=(*PASSPORT, *IDENTITY), alone=0.2, min_digits=1),
        national("NL_DRIVER_LICENSE", r"\d{10}", context=DRIVER, alone=0.2, min_digits=10),
        GatedRecognizer(
            "POSTCODE",
            [(r"(?<![\w.,-])[1-9]\d{3} ?(?!SA|SD|SS)[A-Z]{2}(?= {1,2}[A-Z]|\s*(?:[,.;)\n]|$))", 0.5)],
            name="DutchPostcodes",
            context=("postcode", "adres", "straat", "woon"),
            min_digits=4,
            is_case_sensitive=True,
        ),
    ]  # fmt: skip
