"""United Kingdom."""

from stdnum.gb import nhs, upn, utr

from privacy.detection.recognizers.document_words import (
    DRIVER,
    HEALTH,
    PASSPORT,
    RESIDENCE,
    SOCIAL,
    TAX,
)
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("UK_NINO", r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]", context=("national insurance", "ni number", "nino", "ni no"), kind=SOCIAL, alone=0.7),
        national("UK_NHS", r"\d{3}[- ]?\d{3}[- ]?\d{4}", check=nhs.is_valid, context=("nhs", "nhs number", "health service", "chi number"), kind=HEALTH),
        national("UK_UTR", r"\d{10}|\d{5} \d{5}", check=utr.is_valid, context=("utr", "unique taxpayer", "self assessment", "hmrc"), kind=TAX),
        national("UK_DRIVING_LICENCE", r"[A-Z9]{5} ?\d[0156]\d[0-3]\d\d ?[A-Z9]{2}\d ?[A-Z]{2}", kind=DRIVER, alone=0.7),
        national("UK_PASSPORT", r"\d{9}|[A-Z]{2}\d{7}", kind=PASSPORT, window=40),
        national("UK_RESIDENCE_PERMIT", r"[A-Z]{2}[A-Z0-9]\d{6}", context=("brp", "biometric residence"), kind=RESIDENCE),
        national("UK_PUPIL_NUMBER", r"[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z]", check=upn.is_valid, context=("upn", "unique pupil"), alone=0.5),
        national("UK_VEHICLE_REGISTRATION", r"[A-Z]{2}\d{2} ?[A-Z]{3}", context=("reg", "registration", "number plate", "reg plate", "car", "vehicle", "vrm"), window=40),
        national("UK_SORT_CODE", r"\d{2}-\d{2}-\d{2}|\d{2} \d{2} \d{2}|\d{6}", context=("sort code", "sortcode", "sort-code", "s/c"), window=30),
        GatedRecognizer(
            "ZIP_CODE",
            [
                (r"(?<![a-zA-Z0-9])(?:GIR ?0AA|(?:[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d|[A-HK-Y]\d\d|\d[A-HJKPS-UW]|[A-HK-Y]\d[ABEHMNPRV-Y])) \d[ABD-HJLNP-UW-Z]{2})(?![a-zA-Z0-9])", 0.7),
                (r"(?<![a-zA-Z0-9])[A-PR-UWYZ][A-HK-Y]?\d{1,2}[A-HJKPS-Y]?\d[ABD-HJLNP-UW-Z]{2}(?![a-zA-Z0-9])", 0.3),
            ],
            name="UkPostcodes",
            context=("postcode", "post code", "address", "postal"),
            min_digits=2,
            is_case_sensitive=True,
        ),
        GatedRecognizer(
            "ZIP_CODE",
            [(r"\bpost ?code(?: is)?[ :]{1,3}(?P<value>[a-z]{1,2}\d[a-z0-9]? ?\d[a-z]{2})(?![a-z0-9])", 0.8)],
            name="NamedUkPostcodes",
            min_digits=2,
        ),
    ]  # fmt: skip
