"""Post boxes and military mail."""

from privacy.detection.recognizers.addresses.parts import END
from privacy.detection.recognizers.recognizer import GatedRecognizer

_BOX = (
    r"P\. ?O\. ?Box|PO Box|Post(?:al)? ?Box|Postbox|Postfach|Postboks|Postbus|Boîte postale|B\.?P\.?|C\.S\.|Apartado(?: de correos)?|Apdo\.?(?: de correos)?|Casella postale|C\.P\.|Skrytka(?: pocztowa)?"
    r"|Skr\. ?poczt\.|Caixa postal|P\.?F\.?|P\.K\.|Posta kutusu|GPO Box|Kotak pos|Tromol pos"
)


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        GatedRecognizer(
            "STREET_ADDRESS",
            [
                (rf"\b(?:\d{{1,6}} )?(?:{_BOX}) ?\d{{1,6}}(?: \d{{2,3}}){{0,2}}(?![^\W_]){END}", 0.7),
                (r"\b(?:PSC|Unit|CMR) \d{1,5},? Box \d{1,5},?\s+(?:APO|DPO|FPO),? A[AEP],? \d{5}\b", 0.9),
                (r"\b(?:USNS|USS|USCGC|USNV) [A-Z]\w+,?\s+(?:APO|DPO|FPO),? A[AEP],? \d{5}\b", 0.9),
                (r"(?:а/я|абонентский ящик|ص\.? ?ب\.?|صندوق بريد|ตู้ ปณ\.?|ตู้ป\.?ณ\.?|사서함|私書箱|郵政信箱|邮政信箱|डाक पेटी)(?: ?:)? ?(?:№|No\.?)? ?\d{1,6}(?:,? ?(?:(?:г\. ?)?\d{6},? )?[^\W\d_]{2,20}(?:-[^\W\d_]{2,20}){0,2}(?=\s*(?:[.,،;]|$)))?", 0.7),
            ],
            name="PostBoxes",
            min_digits=1,
            is_unicode=True,
        ),
    ]  # fmt: skip
