"""Every recognizer, by example: what it finds, and what it must leave alone."""

import pytest

from privacy.detection.recognizers.countries import COUNTRIES
from privacy.detection.recognizers.recognizer import GatedRecognizer
from privacy.detection.recognizers.registry import registry

FOUND = [
    # net
    ("write to Ada.L+1@mail.example.co.uk now", "Ada.L+1@mail.example.co.uk", "EMAIL_ADDRESS"),
    ("an jörg@müller.de bitte", "jörg@müller.de", "EMAIL_ADDRESS"),
    ("邮箱li@example.cn谢谢", "li@example.cn", "EMAIL_ADDRESS"),
    ("it is ada at example dot com", "ada at example dot com", "EMAIL_ADDRESS"),
    ("see https://example.com/a?b=c.", "https://example.com/a?b=c", "URL"),
    ("see www.example.shop today", "www.example.shop", "URL"),
    ("from 192.168.7.20 again", "192.168.7.20", "IP_ADDRESS"),
    ("from 2001:db8::1 again", "2001:db8::1", "IP_ADDRESS"),
    ("mac 00:1A:2B:3C:4D:5E", "00:1A:2B:3C:4D:5E", "MAC_ADDRESS"),
    ("ask @ada_l on it", "@ada_l", "USER_HANDLE"),
    ("my instagram: ada.lovelace", "ada.lovelace", "USER_HANDLE"),
    # money
    ("4111 1111 1111 1111", "4111 1111 1111 1111", "CREDIT_CARD"),
    ("amex 378282246310005", "378282246310005", "CREDIT_CARD"),
    ("maestro card 501800000009", "501800000009", "CREDIT_CARD"),
    ("my card number 4111 1111 1111 1112", "4111 1111 1111 1112", "CREDIT_CARD"),
    ("cvv 123", "123", "CARD_SECURITY_CODE"),
    ("de89 3704 0044 0532 0130 00", "de89 3704 0044 0532 0130 00", "IBAN_CODE"),
    ("send to IBAN FR1420041010050500013M02606", "FR1420041010050500013M02606", "IBAN_CODE"),
    ("bank account number 12345678", "12345678", "BANK_ACCOUNT"),
    (
        "to 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
        "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
        "CRYPTO_WALLET",
    ),
    ("4111.1111.1111.1111", "4111.1111.1111.1111", "CREDIT_CARD"),
    ("我的卡号4111111111111111请", "4111111111111111", "CREDIT_CARD"),
    ("the card ending in 4242", "4242", "CREDIT_CARD"),
    ("Karte endet auf 4242", "4242", "CREDIT_CARD"),
    ("XXXX-XXXX-XXXX-4242", "XXXX-XXXX-XXXX-4242", "CREDIT_CARD"),
    ("visa ****4242", "****4242", "CREDIT_CARD"),
    ("valid thru 09/27", "09/27", "CARD_EXPIRY"),
    ("gb82 west 1234 5698 7654 32", "gb82 west 1234 5698 7654 32", "IBAN_CODE"),
    ("BIC: DEUTDEFF500", "DEUTDEFF500", "BIC_CODE"),
    ("CLABE 032180000118359719", "032180000118359719", "MX_CLABE"),
    ("CBU 2850590940090418135201", "2850590940090418135201", "AR_CBU"),
    ("IFSC HDFC0001234", "HDFC0001234", "IN_IFSC"),
    ("BSB 062-000", "062-000", "AU_BSB"),
    ("61 1090 1014 0000 0712 1981 2874", "61 1090 1014 0000 0712 1981 2874", "BANK_ACCOUNT"),
    # devices and papers
    ("IMEI 35-209900-176148-1", "35-209900-176148-1", "IMEI"),
    ("sim card 8949012345678901234", "8949012345678901234", "IMSI"),
    (
        "device 550e8400-e29b-41d4-a716-446655440000",
        "550e8400-e29b-41d4-a716-446655440000",
        "DEVICE_ID",
    ),
    ("VIN 1M8GDM9AXKP042788", "1M8GDM9AXKP042788", "VEHICLE_ID"),
    ("Kennzeichen B-MW 1234", "B-MW 1234", "LICENSE_PLATE"),
    ("госномер А123ВС77", "А123ВС77", "LICENSE_PLATE"),
    ("차량 12가 3456", "12가 3456", "LICENSE_PLATE"),
    ("passport no. XKX-99201", "XKX-99201", "PASSPORT_NUMBER"),
    ("number of my identity card: 99-8812-33", "99-8812-33", "NATIONAL_ID"),
    ("driving licence 77-8812-33/4", "77-8812-33/4", "DRIVER_LICENSE"),
    ("tax identification 77.8812.33.4", "77.8812.33.4", "TAX_NUMBER"),
    ("health insurance 77-8812-33-4", "77-8812-33-4", "INSURANCE_NUMBER"),
    ("MRN: 00123456", "00123456", "MEDICAL_RECORD_NUMBER"),
    ("история болезни № 12345", "12345", "MEDICAL_RECORD_NUMBER"),
    ("ig: ada.lovelace", "ada.lovelace", "USER_HANDLE"),
    ("아이디는 kim123 이에요", "kim123", "USER_HANDLE"),
    ("ask u/some_user", "some_user", "USER_HANDLE"),
    # phones
    ("Tel:030 901820", "030 901820", "PHONE_NUMBER"),
    ("wa.me/4915123456789", "4915123456789", "PHONE_NUMBER"),
    ("+44 (0)20 7946 0958", "+44 (0)20 7946 0958", "PHONE_NUMBER"),
    ("call 0171/234 56 78", "0171/234 56 78", "PHONE_NUMBER"),
    ("06.12.34.56.78", "06.12.34.56.78", "PHONE_NUMBER"),
    ("(212) 555-0187 ext. 12", "(212) 555-0187 ext. 12", "PHONE_NUMBER"),
    ("携帯は090-1234-5678です", "090-1234-5678", "PHONE_NUMBER"),
    ("전화 010-1234-5678", "010-1234-5678", "PHONE_NUMBER"),
    ("мой телефон 8 (916) 123-45-67", "8 (916) 123-45-67", "PHONE_NUMBER"),
    ("+49 171 2345678", "+49 171 2345678", "PHONE_NUMBER"),
    ("(212) 555-0187", "(212) 555-0187", "PHONE_NUMBER"),
    ("020 7946 0018", "020 7946 0018", "PHONE_NUMBER"),
    ("06 12 34 56 78", "06 12 34 56 78", "PHONE_NUMBER"),
    ("call me on 5125550187", "5125550187", "PHONE_NUMBER"),
    ("电话13812345678谢谢", "13812345678", "PHONE_NUMBER"),
    ("whatsapp 5511987654321", "5511987654321", "PHONE_NUMBER"),
    # dates and ages
    ("on 12/31/2023", "12/31/2023", "DATE_TIME"),
    ("am 31.12.2023 um", "31.12.2023", "DATE_TIME"),
    ("2023-12-31T10:00:00Z", "2023-12-31T10:00:00Z", "DATE_TIME"),
    ("le 5 mai 2021", "5 mai 2021", "DATE_TIME"),
    ("2021年5月6日", "2021年5月6日", "DATE_TIME"),
    ("my date of birth is 6/24/1991", "6/24/1991", "DATE_OF_BIRTH"),
    ("geboren am 24.06.1991", "24.06.1991", "DATE_OF_BIRTH"),
    ("a 34-year-old", "34", "AGE"),
    ("ich bin 34 Jahre alt", "34", "AGE"),
    ("j'ai 34 ans", "34", "AGE"),
    ("i just turned 47", "47", "AGE"),
    ("Sie erreichen mich unter 01713920094.", "01713920094", "PHONE_NUMBER"),
    ("Me puede localizar en el 610634757.", "610634757", "PHONE_NUMBER"),
    ("la chiamerà al 3280135860.", "3280135860", "PHONE_NUMBER"),
    ("vous pouvez me joindre au 0465711754.", "0465711754", "PHONE_NUMBER"),
    ("Proszę dzwonić po 18 na numer 501864408.", "501864408", "PHONE_NUMBER"),
    # business
    ("cancel order 00123842", "00123842", "ORDER_NUMBER"),
    ("pedido ES89820404", "ES89820404", "ORDER_NUMBER"),
    ("Referentie: NL65722073.", "NL65722073", "ORDER_NUMBER"),
    ("numero d'ordine è IT52657889", "IT52657889", "ORDER_NUMBER"),
    ("gut auf 2900000000575", "2900000000575", "LOYALTY_CARD"),
    ("Bestellnummer: AB-123456", "AB-123456", "ORDER_NUMBER"),
    ("订单号20231105123456", "20231105123456", "ORDER_NUMBER"),
    ("Kundennummer lautet 4711-0815", "4711-0815", "CUSTOMER_NUMBER"),
    ("loyalty card number 6006-4920", "6006-4920", "LOYALTY_CARD"),
    ("password: hunter22", "hunter22", "PASSWORD"),
    ("номер заказа 12345678", "12345678", "ORDER_NUMBER"),
    ("sipariş numaram 20231234", "20231234", "ORDER_NUMBER"),
    ("nomor pesanan saya adalah 2401234567", "2401234567", "ORDER_NUMBER"),
    ("注文番号は250-1234567です", "250-1234567", "ORDER_NUMBER"),
    ("주문번호 20240101234567", "20240101234567", "ORDER_NUMBER"),
    ("หมายเลขคำสั่งซื้อ 123456789", "123456789", "ORDER_NUMBER"),
    ("رقم الطلب 123456789", "123456789", "ORDER_NUMBER"),
    ("मेरा ऑर्डर नंबर 987654321 है", "987654321", "ORDER_NUMBER"),
    # names
    ("my name is Ada Lovelace.", "Ada Lovelace", "PERSON"),
    ("my name is ada lovelace", "ada lovelace", "PERSON"),
    ("This is Ada Lovelace, hello", "Ada Lovelace", "PERSON"),
    ("ich heiße Jürgen von der Lippe", "Jürgen von der Lippe", "PERSON"),
    ("je m'appelle Zoé", "Zoé", "PERSON"),
    ("me llamo José Ángel", "José Ángel", "PERSON"),
    ("mi chiamo Giulia", "Giulia", "PERSON"),
    ("mijn naam is Jan de Vries", "Jan de Vries", "PERSON"),
    ("nazywam się Łukasz Żak", "Łukasz Żak", "PERSON"),
    ("meu nome é João da Silva", "João da Silva", "PERSON"),
    ("меня зовут Анна", "Анна", "PERSON"),
    ("Sehr geehrte Frau Dr. Weiß,", "Frau Dr. Weiß", "PERSON"),
    ("Hi Tom,\nthanks", "Tom", "PERSON"),
    ("That is all.\nKind regards,\nMary-Ann O'Neil", "Mary-Ann O'Neil", "PERSON"),
    ("Viele Grüße\nSabine Becker", "Sabine Becker", "PERSON"),
    ("thanks,\nbob", "bob", "PERSON"),
    ("Name: Ada Lovelace\n", "Ada Lovelace", "PERSON"),
    ("我叫王小明", "王小明", "PERSON"),
    ("请问张先生在吗", "张先生", "PERSON"),
    ("田中太郎と申します", "田中太郎", "PERSON"),
    ("제 이름은 김민수입니다", "김민수", "PERSON"),
    # addresses
    ("at 12 Main Street, Springfield 62704", "12 Main Street, Springfield 62704", "STREET_ADDRESS"),
    ("to 221 West Hill Road Apt. 5", "221 West Hill Road Apt. 5", "STREET_ADDRESS"),
    ("Hauptstraße 12a, 10115 Berlin", "Hauptstraße 12a, 10115 Berlin", "STREET_ADDRESS"),
    ("12 bis rue de la Paix, 75002 Paris", "12 bis rue de la Paix, 75002 Paris", "STREET_ADDRESS"),
    ("in Via Roma 12, 20121 Milano", "Via Roma 12, 20121 Milano", "STREET_ADDRESS"),
    ("Kerkstraat 12, 1017 GL Amsterdam", "Kerkstraat 12, 1017 GL Amsterdam", "STREET_ADDRESS"),
    ("ul. Długa 5/7, 00-238 Warszawa", "ul. Długa 5/7, 00-238 Warszawa", "STREET_ADDRESS"),
    ("Rua das Flores, 123, Recife", "Rua das Flores, 123, Recife", "STREET_ADDRESS"),
    ("住在北京市朝阳区建国路88号", "北京市朝阳区建国路88号", "STREET_ADDRESS"),
    ("東京都渋谷区神南1-2-3", "東京都渋谷区神南1-2-3", "STREET_ADDRESS"),
    ("P.O. Box 287", "P.O. Box 287", "STREET_ADDRESS"),
    ("Unit 4719 Box 7394\nDPO AP 70942", "Unit 4719 Box 7394\nDPO AP 70942", "STREET_ADDRESS"),
    # institutions, groups, trades
    ("seen at Northfield General Hospital", "Northfield General Hospital", "ORGANIZATION"),
    ("a Bolivian national", "Bolivian", "NRP"),
    ("she works as a night nurse", "night nurse", "TITLE"),
    # national numbers
    ("536-90-4399", "536-90-4399", "US_SSN"),
    ("my itin 912-90-3456", "912-90-3456", "US_ITIN"),
    ("routing 111000025", "111000025", "US_BANK_ROUTING"),
    ("driver's license A1234567", "A1234567", "US_DRIVER_LICENSE"),
    ("Boston MA 02110", "02110", "ZIP_CODE"),
    ("AB 12 34 56 C", "AB 12 34 56 C", "UK_NINO"),
    ("my nhs number 943 476 5870", "943 476 5870", "UK_NHS"),
    ("my utr is 1955839661", "1955839661", "UK_UTR"),
    ("in SW1A 1AA now", "SW1A 1AA", "ZIP_CODE"),
    ("Steuer-ID 36 574 261 809", "36 574 261 809", "DE_TAX_ID"),
    ("Personalausweis T22000129", "T22000129", "DE_ID_CARD"),
    ("15 070649 C 103", "15 070649 C 103", "DE_SOCIAL_SECURITY"),
    ("2 95 10 99 126 111 93", "2 95 10 99 126 111 93", "FR_NIR"),
    ("numéro fiscal 3023217600053", "3023217600053", "FR_NIF"),
    ("RSSMRA85T10A562S", "RSSMRA85T10A562S", "IT_FISCAL_CODE"),
    ("partita IVA 00743110157", "00743110157", "IT_VAT_CODE"),
    ("54362315-K", "54362315-K", "ES_NIF"),
    ("x-2482300w", "x-2482300w", "ES_NIE"),
    ("mijn BSN is 111222333", "111222333", "NL_BSN"),
    ("mój PESEL 44051401359", "44051401359", "PL_PESEL"),
    ("dowód ABA300000", "ABA300000", "PL_ID_CARD"),
    ("6433435F", "6433435F", "IE_PPS"),
    ("D02 X285", "D02 X285", "ZIP_CODE"),
    ("390.533.447-05", "390.533.447-05", "BR_CPF"),
    ("cpf 39053344705", "39053344705", "BR_CPF"),
    ("16.727.230/0001-97", "16.727.230/0001-97", "BR_CNPJ"),
    ("01310-100", "01310-100", "ZIP_CODE"),
    ("我的身份证360426199101010071好", "360426199101010071", "CN_RESIDENT_ID"),
    ("护照E12345678", "E12345678", "CN_PASSPORT"),
    ("京A12345", "京A12345", "CN_LICENSE_PLATE"),
    ("邮编100000", "100000", "ZIP_CODE"),
]

LEFT_ALONE = [
    "size 42, colour 300, pack of 12",
    "it costs 1,299.00 USD or 1.299,00 EUR",
    "version 2.10.3 of the app",
    "in 3 to 5 days, 20% off, at 10:30",
    "iPhone 13 Pro Max 256 GB",
    "the item 4011200296908 is gone",
    "see chapter 7.2 and table 12",
    "Dear Sir or Madam,",
    "Hi there, how are you?",
    "Hello Team,",
    "Sehr geehrte Damen und Herren,",
    "Mein Name ist falsch geschrieben",
    "my name is not on the list",
    "thanks again",
    "This is Amazing!",
    "Bonjour Madame, merci",
    "Gentile Cliente, la ringraziamo",
    "Szanowni Państwo, proszę o zwrot",
    "the name is wrong",
    "你好,我的订单还没到,请帮我查一下",
    "黄色的衣服,马上发货,金额128元",
    "注文した商品がまだ届きません",
    "고객님 안녕하세요",
    "ok.So I waited",
    "what is@this",
    "since yesterday and two weeks ago",
    "a 5 year warranty and garantie de 3 ans",
    "from 2019-2020 we sold 12 345 678 pieces",
    "at 52.5200 13.4050 on the map",
    "4.5 out of 5 stars, 1 200 km, 16 GB",
    "passport is lost since March",
    "99999999 0000000 12",
]


@pytest.mark.parametrize(("text", "piece", "entity"), FOUND, ids=[row[0] for row in FOUND])
def test_it_is_found(find, text: str, piece: str, entity: str) -> None:
    assert (piece, entity) in find(text)


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_it_is_left_alone(find, text: str) -> None:
    assert find(text) == []


def made() -> list[GatedRecognizer]:
    return list(registry(("US", "GB")).recognizers)


def test_every_entity_is_found_by_an_example_above() -> None:
    # Countries' numbers have examples of their own: country_numbers.csv.
    of_countries = {one.entity for make in COUNTRIES.values() for one in make()}
    found = {entity for _, _, entity in FOUND}
    assert {one.entity for one in made()} - of_countries - found == set()


def test_a_number_worth_little_alone_has_words_that_make_it_worth_more() -> None:
    weak = [
        one.label
        for one in made()
        if all(pattern.score < 0.4 for pattern in one.patterns) and not one.context
    ]
    assert weak == []
