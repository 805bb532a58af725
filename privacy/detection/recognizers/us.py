"""United States."""

from stdnum.us import itin, rtn, ssn

from privacy.detection.recognizers.number import DRIVER, PASSPORT, national
from privacy.detection.recognizers.recognizer import GatedRecognizer

_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA"
    "|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|DC|PR"
)


def _is_ssn(value: str) -> bool:
    return bool(ssn.is_valid(value.replace(" ", "-")))


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    social = ("social security", "ssn", "social", "ss#", "ssid", "seguro social")
    return [
        national("US_SSN", r"\d{3}([- ])\d{2}\1\d{4}", check=_is_ssn, context=social, alone=0.85, min_digits=9),
        national("US_SSN", r"\d{9}", check=_is_ssn, context=social, alone=0.2, min_digits=9),
        national("US_ITIN", r"9\d{2}[- ]?\d{2}[- ]?\d{4}", check=itin.is_valid, context=("itin", "taxpayer", "individual taxpayer"), min_digits=9),
        national("US_PASSPORT", r"[A-Z]?\d{8,9}", context=PASSPORT, alone=0.1, min_digits=8, window=40),
        national(
            "US_DRIVER_LICENSE",
            r"[A-Z]{1,2}\d{4,13}|\d{7,9}|[A-Z]\d{3}-\d{3,4}-\d{2,4}-\d{3,4}(?:-\d)?|\d{3}-\d{3}-\d{3}|[A-Z]\d{2}-\d{2}-\d{4}",
            context=DRIVER,
            alone=0.1,
            window=45,
        ),
        national("US_BANK_ROUTING", r"\d{9}", check=rtn.is_valid, context=("routing", "aba", "rtn", "transit number"), alone=0.2, min_digits=9),
        national("US_MEDICARE", r"[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y]{2}\d{2}", context=("medicare", "mbi", "beneficiary"), alone=0.3),
        GatedRecognizer(
            "POSTCODE",
            [
                (rf"(?<![\w-])(?:{_STATES}),?\s+(?P<value>\d{{5}}(?:-\d{{4}})?)(?![\w-])", 0.7),
                (r"(?<![\w.,$#-])\d{5}-\d{4}(?![\w-])", 0.5),
            ],
            name="ZipCodes",
            min_digits=5,
            is_case_sensitive=True,
        ),
        GatedRecognizer(
            "POSTCODE",
            [(r"\bzip(?: ?code)?(?: is)?[ :#]{1,3}(?P<value>\d{5}(?:-\d{4})?)(?![\w-])", 0.8)],
            name="NamedZipCodes",
            min_digits=5,
        ),
    ]  # fmt: skip
