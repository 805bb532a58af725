"""Things that lead to a person: telephones, cars, computers."""

from stdnum import imei, meid

from privacy.detection.recognizers.recognizer import WEAK, GatedRecognizer

_VALUES = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", (*range(1, 9), *range(1, 6), 7, 9, *range(2, 10)), strict=True))  # fmt: skip
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_PLATE = (
    "license plate", "licence plate", "number plate", "registration number", "plate number", "plate no", "kennzeichen", "nummernschild", "plaque d'immatriculation",
    "immatriculation", "immatriculé", "matrícula", "matricula", "placa", "patente", "targa", "targata", "kenteken", "tablica rejestracyjna", "rejestracyjn",
    "госномер", "номерной знак", "гос. номер", "автомобил", "plaka", "plat nomor", "nomor polisi", "nopol", "车牌", "車牌", "ナンバープレート", "車両番号",
    "차량번호", "차 번호", "번호판", "ทะเบียนรถ", "ป้ายทะเบียน", "رقم اللوحة", "لوحة", "गाड़ी नंबर", "वाहन संख्या", "biển số", "registreringsnummer", "rekisterinumero",
)  # fmt: skip


def is_vehicle(value: str) -> bool:
    """Check the ninth character of a VIN (ISO 3779, 49 CFR 565.15): weighted sum, modulo 11."""
    number = value.upper()
    total = sum(
        (int(one) if one.isdigit() else _VALUES[one]) * weight
        for one, weight in zip(number, _WEIGHTS, strict=True)
    )
    return "0123456789X"[total % 11] == number[8]


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        GatedRecognizer(
            "IMEI",
            [(r"(?<![\w.-])\d{2}-?\d{6}-?\d{6}-?\d(?:-?\d)?(?![\w-]|\.\d)", WEAK)],
            check=lambda value: bool(imei.is_valid(value)),
            checked_score=WEAK,
            context=("imei", "imei/sv", "串号", "串號", "имей"),
            min_digits=15,
        ),
        GatedRecognizer(
            "IMEI",
            [(r"(?<![\w.-])[A-F0-9]{14}(?:[ -]?[A-F0-9])?(?![\w-]|\.\d)", WEAK)],
            name="Meid",
            check=lambda value: bool(meid.is_valid(value)),
            checked_score=WEAK,
            context=("meid", "esn"),
            min_digits=6,
        ),
        GatedRecognizer(
            "IMSI",
            [(r"(?<![\w.-])\d{14,15}(?![\w-]|\.\d)", 0.2), (r"(?<![\w.-])89\d{17,18}(?![\w-]|\.\d)", 0.25)],
            context=("imsi", "iccid", "sim card", "sim number", "sim-karte", "carte sim", "sim卡"),
            min_digits=14,
        ),
        GatedRecognizer(
            "DEVICE_ID",
            [
                (r"(?<![a-f0-9-])[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}(?![a-f0-9-])", WEAK),
                (r"(?<![A-Za-z0-9])[a-f0-9]{16}(?:[a-f0-9]{16}|[a-f0-9]{24})?(?![A-Za-z0-9])", 0.2),
            ],
            context=("device", "idfa", "gaid", "aaid", "advertising id", "android id", "udid", "uuid", "guid", "session", "cookie", "client id", "visitor", "gerät", "appareil", "dispositivo", "设备", "デバイス", "기기", "устройств", "cihaz", "perangkat", "อุปกรณ์", "الجهاز", "डिवाइस"),
            min_digits=4,
        ),
        GatedRecognizer(
            "MAC_ADDRESS",
            [(r"(?<![\w.])[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}(?![\w.])", WEAK)],
            name="DottedMac",
            context=("mac", "mac address", "ethernet", "wifi", "wlan"),
            needs=".",
        ),
        GatedRecognizer(
            "VEHICLE_ID",
            [(r"(?<![A-Za-z0-9-])(?=[A-Z0-9]{0,16}[A-Z])(?=\w{0,10}\d)[A-HJ-NPR-Z0-9]{13}\d{4}(?![A-Za-z0-9-])", 0.5)],
            check=is_vehicle,
            checked_score=0.6,
            context=("vin", "chassis", "fahrgestellnummer", "fin", "numéro de châssis", "número de chasis", "telaio", "chassi", "车架号", "車台番号", "차대번호", "şasi"),
            min_digits=4,
        ),
        GatedRecognizer(
            "VEHICLE_ID",
            [(r"(?<![A-Za-z0-9-])(?=\w{0,10}\d)[A-HJ-NPR-Z0-9]{17}(?![A-Za-z0-9-])", 0.1)],
            name="UncheckedVehicleId",
            context=("vin", "chassis number", "fahrgestellnummer", "numéro de châssis", "número de chasis", "numero di telaio", "chassi", "车架号", "車台番号", "차대번호", "номер кузова"),
            min_digits=4,
        ),
        GatedRecognizer(
            "LICENSE_PLATE",
            [
                (r"(?<![A-Za-z0-9])[АВЕКМНОРСТУХ] ?\d{3} ?[АВЕКМНОРСТУХ]{2} ?\d{2,3}(?![А-Яа-я0-9])", 0.7),
                (r"(?<![A-Za-z0-9-])[A-HJ-NP-TV-Z]{2}-\d{3}-[A-HJ-NP-TV-Z]{2}(?![A-Za-z0-9-])", 0.5),
            ],
            min_digits=3,
        ),
        GatedRecognizer(
            "LICENSE_PLATE",
            [
                (r"(?<!\d)\d{2,3}[가-힣] ?\d{4}(?!\d)", 0.6),
                (r"[\u4e00-\u9fff]{2,4} ?\d{3} ?[\u3041-\u3096] ?\d{2}-\d{2}(?!\d)", 0.7),
            ],
            name="EastAsianLicensePlate",
            is_east_asian=True,
        ),
        GatedRecognizer(
            "LICENSE_PLATE",
            [
                (r"(?<![A-Za-z0-9-])[A-ZÄÖÜ]{1,3}[- ][A-Z]{1,2}[- ]?\d{1,4}[EH]?(?![A-Za-z0-9-])", WEAK),
                (r"(?<![A-Za-z0-9-])(?=[A-Z0-9 -]{0,7}\d)(?=[A-Z0-9 -]{0,7}[A-Z])[A-Z0-9]{1,4}(?:[ -]?[A-Z0-9]{1,4}){1,2}(?![A-Za-z0-9-])", 0.2),
                (r"(?<![฀-๿])\d?[ก-ฮ]{1,3} ?\d{1,4}(?!\d)", 0.2),
            ],
            name="NamedLicensePlate",
            context=_PLATE,
            min_digits=1,
            is_case_sensitive=True,
            window=35,
        ),
    ]  # fmt: skip
