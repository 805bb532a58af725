"""United States."""

from stdnum import luhn
from stdnum.us import ein, itin, rtn, ssn

from privacy.detection.recognizers.document_words import (
    COMPANY,
    DRIVER,
    HEALTH,
    PASSPORT,
    RESIDENCE,
    TAX,
)
from privacy.detection.recognizers.number import national, weighted
from privacy.detection.recognizers.recognizer import GatedRecognizer

_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA"
    "|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|DC|PR"
)


def _is_ssn(value: str) -> bool:
    return bool(ssn.is_valid(value.replace(" ", "-")))


_SOCIAL = ("social security", "ssn", "social sec", "social", "ss#", "ss #", "ssid", "seguro social")


def _is_npi(value: str) -> bool:
    return bool(luhn.is_valid("80840" + value))


def _is_dea(value: str) -> bool:
    """Check a DEA number: the first, third, fifth digit, and the others twice, modulo 10."""
    return weighted(value[2:], (1, 2, 1, 2, 1, 2)) % 10 == int(value[8])


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("US_SSN", r"\d{3}([- ])\d{2}\1\d{4}", check=_is_ssn, context=_SOCIAL, alone=0.85),
        national("US_SSN", r"\d{9}", check=_is_ssn, context=_SOCIAL),
        national("US_SSN", r"(?:[X*•#]{3}-?[X*•#]{2}-?|[X*•]{5})\d{4}", context=_SOCIAL, alone=0.6),
        national("US_SSN", r"\d{4}", context=("last four of my ssn", "last 4 of my ssn", "last four of my social", "last 4 of my social", "last four of social", "last 4 of social", "last four of ssn", "last 4 ssn"), window=45),
        national("US_ITIN", r"9\d{2}[- ]?\d{2}[- ]?\d{4}", check=itin.is_valid, context=("itin", "individual taxpayer"), kind=TAX),
        national("US_EIN", r"\d{2}-\d{7}", check=ein.is_valid, context=("ein", "employer identification", "fein", "federal tax id"), kind=(TAX, COMPANY)),
        national("US_PASSPORT", r"[A-Z]?\d{8,9}", kind=PASSPORT, window=40),
        national("US_DRIVER_LICENSE", r"[A-Z]{1,2}\d{4,13}|\d{7,9}|[A-Z]\d{3}-\d{3,4}-\d{2,4}-\d{3,4}(?:-\d)?|\d{3}-\d{3}-\d{3}|[A-Z]\d{2}-\d{2}-\d{4}", kind=DRIVER, window=45),
        national("US_RESIDENCE_PERMIT", r"A-?\d{3}-?\d{3}-?\d{3}|[A-Z]{3}\d{10}", context=("a-number", "alien number", "uscis", "alien registration", "receipt number"), kind=RESIDENCE),
        national("US_BANK_ROUTING", r"\d{9}", check=rtn.is_valid, context=("routing", "aba", "rtn", "transit number")),
        national("US_MEDICARE", r"[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y]{2}\d{2}", context=("medicare", "mbi", "beneficiary"), kind=HEALTH, alone=0.5),
        national("US_NPI", r"[12]\d{9}", check=_is_npi, context=("npi", "national provider", "provider number")),
        national("MEDICAL_LICENSE", r"[ABCDEFGHJKLMPRSTUX][A-Z9]\d{7}", check=_is_dea, context=("dea", "dea number", "prescriber")),
        GatedRecognizer(
            "ZIP_CODE",
            [
                (rf"(?<![\w-])(?:{_STATES}),?\s+(?P<value>\d{{5}}(?:-\d{{4}})?)(?![\w-])", 0.7),
                (r"(?<![\w.,$#-])\d{5}-\d{4}(?![\w-])", 0.5),
            ],
            name="ZipCodes",
            min_digits=5,
            is_case_sensitive=True,
        ),
        GatedRecognizer(
            "ZIP_CODE",
            [(r"\bzip(?: ?code)?(?: is)?[ :#]{1,3}(?P<value>\d{5}(?:-\d{4})?)(?![\w-])", 0.8)],
            name="NamedZipCodes",
            min_digits=5,
        ),
    ]  # fmt: skip
