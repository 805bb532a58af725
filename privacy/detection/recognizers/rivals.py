"""Words that say what a number is, where that is nobody's document: an order, a phone, an amount."""

RIVALS = (
    "order", "purchase", "invoice", "parcel", "shipment", "tracking", "ticket", "case no", "case number", "booking", "reservation",
    "reference", "ref.", "ref:", "sku", "item", "article", "product", "ean", "isbn", "barcode", "serial", "model", "batch",
    "bestell", "auftrag", "rechnung", "sendung", "lieferung", "artikel", "vorgang", "aktenzeichen",
    "commande", "facture", "colis", "suivi", "référence", "dossier",
    "pedido", "factura", "envío", "seguimiento", "referencia", "expediente",
    "ordine", "fattura", "spedizione", "articolo", "pratica",
    "encomenda", "rastreio", "fatura", "nota fiscal", "processo",
    "bestelling", "factuur", "pakket", "zending",
    "zamówieni", "faktur", "przesył", "paczk", "sygnatur",
    "заказ", "счет", "счёт", "посылк", "отправлени", "накладн", "артикул", "трек", "дело №",
    "sipariş", "fatura", "kargo", "takip", "ürün",
    "pesanan", "faktur", "resi", "kiriman", "invois",
    "订单", "訂單", "单号", "單號", "运单", "快递", "发票", "货号", "编号",
    "注文", "伝票", "追跡", "請求書", "品番", "お問い合わせ番号",
    "주문", "송장", "운송장", "배송", "상품", "사건번호",
    "คำสั่งซื้อ", "ออเดอร์", "พัสดุ", "ใบแจ้งหนี้", "สินค้า",
    "طلب", "الطلب", "فاتورة", "شحنة", "تتبع", "القضية",
    "ऑर्डर", "चालान", "बिल", "ट्रैकिंग",
    "đơn hàng", "vận đơn", "hóa đơn",
    "ordernummer", "fraktsedel", "försändelse", "ordrenummer", "tilaus", "objednávk", "zásilk", "rendelés", "comand", "παραγγελ",
    "phone", "mobile", "call me", "whatsapp", "telefon", "téléphone", "portable", "teléfono", "móvil", "celular", "cellulare",
    "telefone", "telemóvel", "komórk", "телефон", "звоните", "电话", "電話", "手机", "手機", "携帯", "전화", "휴대폰", "โทร", "มือถือ",
    "هاتف", "جوال", "فون", "फ़ोन", "फोन", "मोबाइल", "hubungi", "điện thoại",
)  # fmt: skip
"""In front of a number they outweigh a checksum that one number in a hundred passes."""
