"""Business identifiers: numbers a business gave out that lead to one person."""

from stdnum import ean

from privacy.detection.recognizers.recognizer import GatedRecognizer
from privacy.detection.spans import Reason

_VALUE = r"(?P<value>(?=[a-z0-9/-]*\d)[a-z0-9](?:[a-z0-9/-]{2,30})[a-z0-9])(?![\w])"
_LINK = (
    # A link is a whole word: ``pedido ES1234`` is not "order is 1234".
    r"(?: ?(?:(?:number|no|nr|num|id|ref|code|numéro|número|numero|nummer|numer)(?![^\W_])|#|号码?|编号))?"
    r"[.:]?(?: ?(?:(?:is|was|ist|lautet|est|es|é|è|to)(?![^\W_])|是|为))?[ :#-]{0,3}"
)


def _after(words: str) -> str:
    return rf"(?<![^\W_])(?:{words}){_LINK}{_VALUE}"


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        GatedRecognizer(
            "ORDER_NUMBER",
            [
                (
                    _after(
                        "orders?|purchases?|invoices?|bills?|parcels?|shipments?|tracking|deliver(?:y|ies)|tickets?|cases?|bookings?"
                        "|reservations?|returns?|bestell(?:ung|nummer|nr)|auftrags?(?:nummer|nr)?|rechnung(?:snummer)?|sendung(?:snummer)?"
                        "|bestelnr|commande|facture|colis|suivi|pedidos?|factura|envío|seguimiento|ordine|fattura|spedizione|bestelling"
                        "|bestelnummer|factuur|pakket|zamówieni[ea]|faktur[ay]|przesyłk[ai]|encomenda|rastreio|fatura"
                        "|订单|单号|运单|快递|发票"
                    ),
                    0.6,
                )
            ],
            min_digits=3,
            is_unicode=True,
            reason=Reason.CUE,
        ),
        GatedRecognizer(
            "CUSTOMER_NUMBER",
            [
                (
                    _after(
                        "customer|client|account|member(?:ship)?|loyalty|rewards?|kunden?(?:nummer|nr)?|mitglieds?(?:nummer)?"
                        "|kundenkarte|numéro client|fidélité|cliente|socio|fedeltà|klant(?:nummer)?|klienta|karty"
                        "|会员|客户|会员卡"
                    ),
                    0.6,
                )
            ],
            min_digits=4,
            is_unicode=True,
            reason=Reason.CUE,
        ),
        GatedRecognizer(
            "LOYALTY_CARD",
            [
                (
                    _after(
                        "loyalty card|loyalty|rewards? card|club ?card|bonus ?card|points card|kundenkarten?(?:nummer)?|payback"
                        "|carte de fidélité|tarjeta de (?:fidelidad|puntos)|carta fedeltà|klantenkaart|karta stałego klienta"
                        "|cartão fidelidade|会员卡|积分卡"
                    ),
                    0.7,
                )
            ],
            min_digits=4,
            is_unicode=True,
            reason=Reason.CUE,
        ),
        # GS1 keeps the prefixes 20 to 29 for numbers a retailer gives out itself: cards, above all.
        GatedRecognizer(
            "LOYALTY_CARD",
            [(r"(?<![\d.-])2\d{12}(?![\d-]|\.\d)", 0.5)],
            name="RetailersOwnNumber",
            check=lambda value: bool(ean.is_valid(value)),
            checked_score=0.75,
            min_digits=13,
        ),
        GatedRecognizer(
            "ORDER_NUMBER",
            [
                (
                    r"(?<![^\W_])(?:ref|reference|referenz|référence|referencia|riferimento|referentie|sygnatura"
                    rf"|referência|编号) ?[:#] ?{_VALUE}",
                    0.6,
                )
            ],
            name="Reference",
            min_digits=4,
            is_unicode=True,
            reason=Reason.CUE,
        ),
        GatedRecognizer(
            "PASSWORD",
            [
                (
                    r"\b(?:password|passwd|passcode|passwort|kennwort|mot de passe|contraseña|wachtwoord|hasło|senha|密码)"
                    r"(?: (?:is|was|ist|est|es|é|to))? ?[:=] ?(?P<value>\S{4,64})",
                    0.8,
                ),
                (r"\bpin(?: code)?(?: is|:) ?(?P<value>\d{4,8})\b", 0.7),
            ],
            words=("pass", "pin", "kennwort", "contraseña", "wachtwoord", "hasło", "senha", "密码"),
            is_unicode=True,
            reason=Reason.CUE,
        ),
    ]
