"""United Kingdom."""

from stdnum.gb import nhs, utr

from privacy.detection.recognizers.number import DRIVER, PASSPORT, national
from privacy.detection.recognizers.recognizer import GatedRecognizer


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national(
            "UK_NINO",
            r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]",
            context=("national insurance", "ni number", "nino", "insurance"),
            alone=0.7,
            min_digits=6,
        ),
        national("UK_NHS", r"\d{3}[- ]?\d{3}[- ]?\d{4}", check=nhs.is_valid, context=("nhs", "health service", "patient"), alone=0.2, min_digits=10),
        national("UK_UTR", r"\d{10}|\d{5} \d{5}", check=utr.is_valid, context=("utr", "unique taxpayer", "self assessment", "hmrc"), alone=0.2, min_digits=10),
        national("UK_DRIVING_LICENCE", r"[A-Z9]{5}\d[0156]\d[0-3]\d\d[A-Z9]{2}\d[A-Z]{2}", context=DRIVER, alone=0.7, min_digits=6),
        national("UK_PASSPORT", r"\d{9}|[A-Z]{2}\d{7}", context=PASSPORT, alone=0.1, min_digits=7, window=40),
        national("UK_SORT_CODE", r"\d{2}-\d{2}-\d{2}|\d{6}", context=("sort code", "sortcode"), alone=0.1, min_digits=6, window=30),
        GatedRecognizer(
            "POSTCODE",
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
            "POSTCODE",
            [(r"\bpost ?code(?: is)?[ :]{1,3}(?P<value>[a-z]{1,2}\d[a-z0-9]? ?\d[a-z]{2})(?![a-z0-9])", 0.8)],
            name="NamedUkPostcodes",
            min_digits=2,
        ),
    ]  # fmt: skip
