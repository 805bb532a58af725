"""Business identifiers: numbers a business gave out that lead to one person."""

from stdnum import ean

from privacy.detection.recognizers.recognizer import GatedRecognizer
from privacy.detection.spans import Reason

_VALUE = r"#?(?P<value>(?=[a-z0-9/-]*\d)[a-z0-9](?:[a-z0-9/-]{2,30})[a-z0-9])(?![a-z0-9_])"
# A link is a whole word, ``pedido ES1234`` is not "order is 1234", where words have blanks.
_NUMBER = (
    r"(?:(?:number|numbers|no|nr|num|id|ref|code|numéro|número|numero|nummer|numer|numeru|numerem|номер\w{0,2}|numaras[ıi]|numaram|kodu|nomor|nomer|kode)(?![^\W_])"
    r"|#|n°|nº|№|番号|番號|号码|號碼|号|號|编号|編號|번호|หมายเลข|เลขที่|เลข|رقم|رقمه|رقمها|नंबर|संख्या|क्रमांक|आईडी)"
)
_IS = r"(?:(?:is|was|are|ist|lautet|war|est|es|era|é|è|to|jest|adalah|ialah|это|dır|dir|olan)(?![^\W_])|是|为|為|は|が|은|는|이|가|คือ|هو|هي|है)"
_MINE = r"(?: (?:saya|anda|kami|mia|mio|meu|minha|mój|moja|hai|benim))?"
_LINK = rf"{_MINE}(?: ?{_NUMBER})?[.:]?(?: ?{_IS})?[ :=#(№-]{{0,3}}"

_ORDER = (
    r"orders?|purchases?|invoices?|bills?|parcels?|shipments?|tracking|deliver(?:y|ies)|tickets?|cases?|bookings?|reservations?|returns?"
    r"|confirmation|transactions?|policy|incident|rma"
    r"|bestell(?:ung|nummer|nr)|auftrags?(?:nummer|nr)?|rechnung(?:snummer|snr)?|sendung(?:snummer|sverfolgung)?|buchung(?:snummer)?|vorgang(?:snummer)?"
    r"|ticketnummer|lieferschein(?:nummer)?|paket(?:nummer)?|retoure|vertrag(?:snummer)?"
    r"|commande|facture|colis|suivi|dossier|réservation|livraison|contrat"
    r"|pedidos?|factura|envío|seguimiento|reserva|albarán|contrato|expediente"
    r"|ordine|fattura|spedizione|prenotazione|tracciamento|pratica|contratto"
    r"|encomenda|rastreio|rastreamento|fatura|nota fiscal|protocolo"
    r"|bestelling|bestelnr|bestelnummer|factuur(?:nummer)?|pakket|zending|boeking|ordernummer|zaaknummer"
    r"|zamówieni\w{1,3}|faktur\w{1,2}|przesyłk\w{1,2}|paczk\w{1,2}|rezerwacj\w{1,2}|zgłoszeni\w{1,3}|reklamacj\w{1,2}"
    r"|заказ\w{0,2}|сч[её]т\w{0,2}|посылк\w{0,2}|отправлени\w{0,2}|накладн\w{0,3}|бронировани\w{0,2}|обращени\w{0,2}|договор\w{0,2}|трек-?(?:номер|код)?"
    r"|sipariş\w{0,5}|fatura\w{0,4}|kargo\w{0,4}|takip|rezervasyon\w{0,5}|gönderi\w{0,4}"
    r"|pesanan|faktur|resi|pengiriman|invoice|tagihan|tiket|booking"
)
_ORDER_UNSPACED = (
    r"订单|訂單|单号|單號|运单|運單|快递|快遞|发票|發票|物流|工单|包裹|退货|预订"
    r"|注文|ご注文|伝票|追跡|お問い合わせ|予約|請求書|受付|整理"
    r"|주문|송장|운송장|배송|예약|접수|청구서"
    r"|คำสั่งซื้อ|ออเดอร์|พัสดุ|ใบแจ้งหนี้|ใบสั่งซื้อ|การจอง|ติดตาม"
    r"|الطلبية|الطلب|طلبي|طلب|الفاتورة|فاتورة|الشحنة|شحنة|التتبع|الحجز|حجز|التذكرة"
    r"|ऑर्डर|आर्डर|चालान|बिल|ट्रैकिंग|शिकायत|बुकिंग|पार्सल"
)
_CUSTOMER = (
    r"customer|client|account|member(?:ship)?|loyalty|rewards?|subscriber|patron|user (?:id|number)|employee|staff|student|patient"
    r"|kunden?(?:nummer|nr)?|mitglieds?(?:nummer)?|kundenkonto|kundenkarte|vertragskonto|numéro client|client|abonné|adhérent|fidélité"
    r"|cliente|socio|abonado|cuenta|fedeltà|tessera|conta|sócio|assinante|klant(?:nummer)?|klantnr|lidnummer|relatienummer"
    r"|klient\w{0,2}|karty|abonent\w{0,2}|клиент\w{0,2}|абонент\w{0,2}|лицев\w{2,4} сч[её]т\w{0,2}|müşteri\w{0,4}|üye\w{0,4}|abone\w{0,2}|pelanggan|akun|anggota"
)
_CUSTOMER_UNSPACED = r"会员|會員|客户|客戶|账户|帐户|用户编|会員|お客様|顧客|契約|회원|고객|สมาชิก|ลูกค้า|العميل|عميل|الحساب|حساب|المشترك|العضوية|ग्राहक|खाता|सदस्य"


def _after(words: str) -> str:
    return rf"(?<![^\W_])(?:{words}){_LINK}{_VALUE}"


def _touching(words: str) -> str:
    """Give the pattern for scripts that put no blank between words, or a particle before them."""
    return rf"(?:{words}){_LINK}{_VALUE}"


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        GatedRecognizer(
            "ORDER_NUMBER",
            [(_after(_ORDER), 0.6), (_touching(_ORDER_UNSPACED), 0.6)],
            min_digits=3,
            is_unicode=True,
            reason=Reason.CUE,
        ),
        GatedRecognizer(
            "CUSTOMER_NUMBER",
            [(_after(_CUSTOMER), 0.6), (_touching(_CUSTOMER_UNSPACED), 0.6)],
            min_digits=4,
            is_unicode=True,
            reason=Reason.CUE,
        ),
        GatedRecognizer(
            "LOYALTY_CARD",
            [
                (
                    _after(
                        r"loyalty card|loyalty|rewards? card|club ?card|bonus ?card|points card|kundenkarten?(?:nummer)?|payback"
                        r"|carte de fidélité|tarjeta de (?:fidelidad|puntos)|carta fedeltà|klantenkaart|karta stałego klienta"
                        r"|cartão fidelidade|бонусн\w{2,3} карт\w{1,2}|sadakat kartı|kartu member"
                    ),
                    0.7,
                ),
                (
                    _touching(
                        r"会员卡|會員卡|积分卡|ポイントカード|会員証|멤버십|포인트 ?카드|บัตรสมาชิก|بطاقة الولاء|लॉयल्टी कार्ड"
                    ),
                    0.7,
                ),
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
                    r"(?<![^\W_])(?:ref|reference|referenz|aktenzeichen|référence|referencia|riferimento|referentie|sygnatura"
                    rf"|kenmerk|referência|referans|referensi|ссылка|исх|编号|編號|参考|आईडी|مرجع|المرجع)\.? ?[:#№] ?{_VALUE}",
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
                    r"\b(?:password|passwd|passcode|passwort|kennwort|mot de passe|contraseña|wachtwoord|hasło|senha|parola|şifre|sandi|пароль|密码|密碼|パスワード|비밀번호|รหัสผ่าน|كلمة (?:المرور|السر)|पासवर्ड)"
                    r"(?: (?:is|was|ist|est|es|é|to))? ?(?:[:=]|は|是|는|은) ?(?P<value>\S{4,64})",
                    0.8,
                ),
                (r"\bpin(?: code)?(?: is|:) ?(?P<value>\d{4,8})\b", 0.7),
            ],
            is_unicode=True,
            reason=Reason.CUE,
        ),
    ]
