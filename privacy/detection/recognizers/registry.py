"""Every recognizer, written out. All of them read every text, whatever its language."""

from collections.abc import Callable, Mapping, Sequence

from presidio_analyzer import RecognizerRegistry

from privacy.detection.recognizers import (
    addresses,
    ages,
    br,
    cn,
    contact,
    cues,
    dates,
    de,
    es,
    fr,
    gb,
    ie,
    it,
    nl,
    numbers,
    payment,
    phone,
    pl,
    us,
)
from privacy.detection.recognizers.recognizer import ANY_LANGUAGE, GatedRecognizer

GENERIC: Mapping[str, Callable[[], list[GatedRecognizer]]] = {
    "contact": contact.recognizers,
    "payment": payment.recognizers,
    "dates": dates.recognizers,
    "ages": ages.recognizers,
    "numbers": numbers.recognizers,
    "cues": cues.recognizers,
    "addresses": addresses.recognizers,
}

COUNTRIES: Mapping[str, Callable[[], list[GatedRecognizer]]] = {
    "BR": br.recognizers,
    "CN": cn.recognizers,
    "DE": de.recognizers,
    "ES": es.recognizers,
    "FR": fr.recognizers,
    "GB": gb.recognizers,
    "IE": ie.recognizers,
    "IT": it.recognizers,
    "NL": nl.recognizers,
    "PL": pl.recognizers,
    "US": us.recognizers,
}
"""ISO 3166-1 alpha-2 to what is written there. A customer may write any country's number in any
language, so all are always on."""


def registry(phone_regions: Sequence[str]) -> RecognizerRegistry:
    """Make Presidio's registry with one language-neutral set in it."""
    made: list[GatedRecognizer] = phone.recognizers(phone_regions)
    for recognizers in (*GENERIC.values(), *COUNTRIES.values()):
        made.extend(recognizers())
    return RecognizerRegistry(recognizers=made, supported_languages=[ANY_LANGUAGE])
