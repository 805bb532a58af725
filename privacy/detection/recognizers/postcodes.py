"""Postcodes by the word that announces them, and beside a place.

What is only a country's own form is in that country's file.
"""

from privacy.detection.recognizers.letters import CAPITALISED, folded
from privacy.detection.recognizers.recognizer import GatedRecognizer
from privacy.detection.spans import Reason

_WORDS = (
    r"zip(?:[- ]?codes?)?|postal ?codes?|post ?codes?|plz|postleitzahl|codes? postal|cod\.? postal|c\.p\.|código postal|codigo postal|cep|c\.?a\.?p\.?|codice postale|kod(?:zie|u|em)? pocztow\w+|posta kodu|kode ?pos|poskod"
    r"|(?:почтовый )?индекс\w*|поштовий індекс|postnummer|postinumero|postnr|psč|irányítószám|cod poștal|ταχυδρομικός κώδικας|τ\.?κ\.?|邮编|邮政编码|郵遞區號|郵編|郵便番号|우편 ?번호|รหัสไปรษณีย์|الرمز البريدي|رمز بريدي|पिन ?कोड|पिन|pin ?code|eircode|〒"
)
_CODE = r"(?:\d{2}-\d{3}|\d{3}-\d{4}|\d{5}-\d{3,4}|\d{4}-\d{3}|\d{3} \d{2,3}|\d{4} ?[A-Z]{2}|\d{4,7}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d|[A-Z]\d[\dW] ?[A-Z\d]{4})"
_IS = r"(?: (?:is|ist|lautet|est|es|è|é|to|adalah|jest|это))?[ :=.#()是は는은がहै]{0,4}(?:[A-Z]{1,2}-)?"
_STATES = r"Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin|Wyoming"
_TIMES = r"(?i:january|february|march|april|may|june|july|august|september|october|november|december|janvier|enero|januar\w*|spring|summer|autumn|winter|fall|since|version|windows|year|order)"


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        GatedRecognizer(
            "ZIP_CODE",
            [(folded(rf"(?<![^\W_])(?:{_WORDS}){_IS}(?P<value>{_CODE})(?![0-9A-Za-z]|[-.,]\d)"), 0.88)],
            name="PostcodeCues",
            min_digits=2,
            is_unicode=True,
            reason=Reason.CUE,
        ),
        GatedRecognizer(
            "ZIP_CODE",
            [
                # in København K 1421; D-10115 Berlin
                (rf"(?<![^\W_])(?:in|from|near|to|aus|nach|à|en|em|te|w|z) (?!{_TIMES}\b){CAPITALISED}(?: (?:de |da |do |del |São )?{CAPITALISED}){{0,4}},? (?P<value>\d{{5}}(?:-\d{{3,4}})?|\d{{4}}-\d{{3}}|\d{{3}} \d{{2}}|(?!19|20)\d{{4}})(?![\w%€$]|[.,:/-]\d)", 0.45),
                (rf"(?<![^\W_])(?:{_STATES}),? (?P<value>\d{{5}}(?:-\d{{4}})?)(?![\w-])", 0.6),
                (rf"(?<![^\W_])(?P<value>[A-Z]{{1,2}}-\d{{4,5}}) {CAPITALISED}", 0.5),
                (r"(?<![^\W_])[ABCEGHJ-NPRSTVXY]\d[A-Z] ?\d[A-Z]\d(?![^\W_])", 0.5),
            ],
            name="PostcodesOfPlaces",
            min_digits=3,
            is_unicode=True,
            is_case_sensitive=True,
        ),
    ]  # fmt: skip
