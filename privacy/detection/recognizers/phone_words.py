"""What people write beside a phone number, in thirty languages."""

CONTEXT = (
    "phone", "tel", "telephone", "mobile", "cell", "call me", "call us", "call", "fax", "whatsapp", "sms", "text me",
    "ring", "reach me", "reach us", "reached at", "reached on", "answering", "registered number", "contact number", "contact no", "viber", "telegram", "imessage", "dial", "voicemail", "hotline",
    "handy", "telefon", "rufnummer", "mobil", "erreich", "anrufen", "rufen sie", "ruf mich", "rückruf", "durchwahl", "melden sie sich unter",
    "téléphone", "portable", "appelez", "appeler", "joindre", "joignable", "rappel", "contactez", "numéro de tél",
    "teléfono", "telefono", "móvil", "celular", "llámame", "llame", "llám", "localiza", "contactar", "número de contacto", "fono",
    "cellulare", "chiamami", "chiam", "trova al", "trovate al", "raggiung", "recapito", "contattar",
    "telefone", "telemóvel", "ligar", "ligue", "liga para", "zap", "whats", "contato", "contacto",
    "telefoon", "mobiel", "bel me", "bellen", "bereik", "gsm", "06-nummer",
    "komórk", "zadzwoń", "dzwoni", "na numer", "pod numerem", "kontaktow", "tel.kom",
    "телефон", "тел.", "тел", "звон", "позвон", "сотов", "мобильн", "номер телефона", "ватсап", "вотсап", "связ",
    "cep telefon", "cep no", "cep numar", "cep", "numaram", "arayın", "ara beni", "arayabilir", "ulaşabilir", "gsm no", "telefonum",
    "电话", "手机", "号码", "联系方式", "联系我", "致电", "拨打", "来电", "電話", "手機", "號碼", "聯絡", "携帯", "連絡先", "番号は", "お電話", "おでんわ",
    "전화", "휴대폰", "연락처", "핸드폰", "번호", "폰번", "문자",
    "โทร", "มือถือ", "เบอร์", "ติดต่อ", "ไลน์",
    "telepon", "telp", "nomor hp", "no hp", "no. hp", "hp", "hubungi", "ponsel", "wa",
    "هاتف", "جوال", "موبايل", "اتصل", "رقمي", "تلفون", "واتساب", "الاتصال", "تليفون",
    "फ़ोन", "फोन", "मोबाइल", "कॉल", "संपर्क", "नंबर", "व्हाट्सएप",
    "điện thoại", "sđt", "số máy", "gọi", "liên hệ", "telefonnummer", "ring mig", "mobilnummer", "puhelin", "soita", "zavolej",
    "telefónne", "hívj", "telefonszám", "sunați", "numărul", "τηλέφωνο", "τηλ", "κινητό", "καλέστε", "nazovi", "mobitel", "טלפון", "נייד", "התקשר",
)  # fmt: skip
