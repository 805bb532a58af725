"""Numbers and addresses of the world, set into sentences of the language spoken there."""

import csv
import gzip
import io
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from tests.benchmarks.bench_detection.marked import Mark, Marked

SPOKEN: Mapping[str, str] = {
    **dict.fromkeys(("de", "at", "li", "ch"), "de"),
    **dict.fromkeys(("fr", "mc", "be", "lu", "sn", "gn", "dz", "tn", "ma"), "fr"),
    **dict.fromkeys(
        (
            *("es", "mx", "ar", "cl", "co", "pe", "ec", "uy", "py", "ve"),
            *("gt", "sv", "cr", "cu", "do", "bo", "pa", "hn", "ni"),
        ),
        "es",
    ),
    **dict.fromkeys(("pt", "br", "mz", "ao"), "pt"),
    **dict.fromkeys(("it", "sm"), "it"),
    **dict.fromkeys(("ru", "by", "kz"), "ru"),
    **dict.fromkeys(("cn", "tw", "hk", "mo"), "zh"),
    **dict.fromkeys(("eg", "sa", "ae", "iq", "jo", "kw", "om", "qa", "ye", "lb", "bh"), "ar"),
    "nl": "nl",
    "pl": "pl",
    "tr": "tr",
    "jp": "ja",
    "kr": "ko",
    "th": "th",
    "id": "id",
    "in": "hi",
}
"""Country to language; English elsewhere."""

_NAMED = """
    at be bg hr cy cz dk ee fi fr de gr hu ie it lv lt lu mt nl pl pt ro sk si es se
    gb br mx ar cl co us ca cn tw hk jp kr in id my sg th vn sa ae tr ru za au il
"""
NAMED = frozenset(_NAMED.split())
"""The countries whose national numbers must be found."""

_PEOPLE = """
    ar.cuit ar.dni at.tin at.vnr au.tfn be.bis be.eid be.nn be.ssn bg.egn bg.pnf br.cpf
    ca.bc_phn ca.sin ch.ssn cl.rut cn.ric co.nit cr.cpf cr.cr cu.ni cz.rc de.idnr de.stnr
    dk.cpr do.cedula ec.ci ee.ik es.dni es.nie es.nif fi.hetu fi.veronumero fr.nif fr.nir
    gb.nhs gb.upn gb.utr gr.amka gr.vat hr.oib id.nik id.npwp il.idnr in_.aadhaar in_.epic
    in_.pan in_.vid is_.kennitala it.codicefiscale jp.in_ kr.rrn li.peid lt.asmens mx.curp
    mx.rfc my.nric nl.bsn nl.identiteitskaartnummer nl.onderwijsnummer no.fodselsnummer pe.cui
    pk.cnic pl.pesel pt.cc pt.nif ro.cnp ru.inn se.personnummer si.emso sk.rc th.pin th.tin
    tr.tckimlik tr.vkn ua.rntrc us.atin us.itin us.ptin us.ssn us.tin za.idnr za.tin
"""
PEOPLE = frozenset(_PEOPLE.split())
"""Formats, by their module in python-stdnum, of numbers given to natural persons."""

_LOCAL_NAMES = {
    "bg.egn": "ЕГН",
    "bg.pnf": "ЛНЧ",
    "cn.ric": "身份证号",
    "gr.amka": "ΑΜΚΑ",
    "gr.vat": "ΑΦΜ",
    "id.nik": "NIK",
    "il.idnr": "תעודת זהות",
    "in_.aadhaar": "आधार नंबर",
    "in_.pan": "PAN नंबर",
    "jp.in_": "マイナンバー",
    "kr.rrn": "주민등록번호",
    "my.nric": "No. Kad Pengenalan",
    "ru.inn": "ИНН",
    "th.pin": "เลขประจำตัวประชาชน",
    "th.tin": "เลขประจำตัวผู้เสียภาษี",
    "tr.tckimlik": "T.C. Kimlik No",
}
_ABOUT_NUMBERS = {
    "ar": "أحتاج إلى المساعدة في طلبي، {} الخاص بي هو {}، شكرا.",
    "de": "Für die Rechnung brauchen Sie das: {} {}, danke.",
    "en": "You asked for it to check who I am: my {} is {}, thanks.",
    "es": "Me lo pidieron para la factura, mi {} es {}, gracias.",
    "fr": "Vous me l'avez demandé pour la facture : {} {}, merci.",
    "hi": "आपने पूछा था, मेरा {} {} है, धन्यवाद।",
    "id": "Untuk verifikasi, {} saya {}, terima kasih.",
    "it": "Me lo avete chiesto per la fattura: {} {}, grazie.",
    "ja": "本人確認のためお送りします。{}は{}です。",
    "ko": "본인 확인용입니다. {} {}입니다.",
    "nl": "U vroeg erom voor de factuur: {} {}, bedankt.",
    "pl": "Prosili Państwo do faktury: {} {}, dziękuję.",
    "pt": "Pediram para a nota fiscal, meu {} é {}, obrigado.",
    "ru": "Вы просили для счёта: {} {}, спасибо.",
    "th": "ตามที่ขอมา {} ของฉันคือ {} ค่ะ",
    "tr": "Fatura için istemiştiniz, {} {}, teşekkürler.",
    "zh": "你们要核实身份，我的{}是{}，谢谢。",
}
_ABOUT_PHONES = {
    "ar": "يرجى الاتصال بي على الرقم {} بعد الظهر.",
    "de": "Sie erreichen mich telefonisch unter {} ab Mittag.",
    "en": "Please call me on {} after lunch.",
    "es": "Pueden llamarme al teléfono {} por la tarde.",
    "fr": "Vous pouvez m'appeler au {} cet après-midi.",
    "hi": "कृपया मुझे {} पर कॉल करें।",
    "id": "Tolong telepon saya di {} setelah makan siang.",
    "it": "Potete chiamarmi al numero {} nel pomeriggio.",
    "ja": "午後に{}までお電話ください。",
    "ko": "오후에 {} 번으로 전화 주세요.",
    "nl": "U kunt mij bellen op {} na de lunch.",
    "pl": "Proszę dzwonić pod numer {} po południu.",
    "pt": "Podem me ligar no telefone {} à tarde.",
    "ru": "Позвоните мне по номеру {} после обеда.",
    "th": "โทรหาฉันที่เบอร์ {} ตอนบ่ายนะคะ",
    "tr": "Öğleden sonra beni {} numarasından arayın.",
    "zh": "下午请打我电话{}，谢谢。",
}
_ABOUT_ADDRESSES = {
    "ar": "يرجى التوصيل إلى العنوان {} قبل المساء.",
    "de": "Bitte liefern Sie an {} und klingeln Sie zweimal.",
    "en": "Please deliver it to {} and ring twice.",
    "es": "Por favor entréguenlo en {} y llamen dos veces.",
    "fr": "Merci de livrer à {} et de sonner deux fois.",
    "hi": "कृपया {} पर भेज दें।",
    "id": "Tolong kirim ke {} sebelum sore.",
    "it": "Per favore consegnate in {} e suonate due volte.",
    "ja": "{}まで届けてください。",
    "ko": "{}로 보내 주세요.",
    "nl": "Graag bezorgen op {} en twee keer bellen.",
    "pl": "Proszę dostarczyć na adres {} i zadzwonić dwa razy.",
    "pt": "Por favor entreguem em {} e toquem duas vezes.",
    "ru": "Доставьте, пожалуйста, по адресу {} до вечера.",
    "th": "ช่วยส่งของไปที่ {} ด้วยค่ะ",
    "tr": "Lütfen {} adresine akşamdan önce getirin.",
    "zh": "请送到{}，谢谢。",
}


def _set(template: str, entity: str, value: str, language: str, group: str, *before: str) -> Marked:
    """Set a value, and what goes before it, into a sentence."""
    text = template.format(*before, value)
    start = template.format(*before, "\0").index("\0")
    return Marked(text, language, (Mark(start, start + len(value), entity),), group)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def national_numbers(data: Path) -> list[tuple[str, bool, Marked]]:
    """Give sentences with national numbers: the format, whether it is valid, the sentence."""
    made = []
    for row in _rows(data / "pii_ids_phones" / "national_ids.csv.gz"):
        module = row["module"].removeprefix("stdnum.")
        country = module.partition(".")[0].rstrip("_") if "." in module else ""
        language = SPOKEN.get(country, "en")
        label = _LOCAL_NAMES.get(module) or _label(row["title"])
        sentence = _set(
            _ABOUT_NUMBERS[language],
            "NATIONAL_ID",
            row["number_as_written"],
            language,
            module,
            label,
        )
        made.append((module, row["valid"] == "1", sentence))
    return made


def country_of(module: str) -> str:
    """Give the country of a format, in lower case; empty for one of the whole world."""
    return module.partition(".")[0].rstrip("_") if "." in module else ""


def _label(title: str) -> str:
    """Give what people call a number: the name before the bracket."""
    head = title.partition("(")[0].split(",")[0].strip(" .")
    return head or title.strip(" .")


def phones(data: Path) -> list[tuple[str, str, Marked]]:
    """Give sentences with phone numbers: the country, how it is written, the sentence."""
    made = []
    for row in _rows(data / "pii_ids_phones" / "phones_by_region.csv.gz"):
        country = row["region"].lower()
        for form in ("international", "e164", "national"):
            language = SPOKEN.get(country, "en")
            group = f"{country} {row['type']}"
            sentence = _set(_ABOUT_PHONES[language], "PHONE_NUMBER", row[form], language, group)
            made.append((country, form, sentence))
    return made


def addresses(data: Path) -> list[Marked]:
    """Give sentences with a whole postal address in them, written on one line."""
    made = []
    path = data / "pii_addresses_world" / "testcases.tar.gz"
    with tarfile.open(path) as archive:
        members = sorted(archive.getmembers(), key=lambda one: one.name)
        for member in members:
            file = archive.extractfile(member) if member.name.endswith(".yaml") else None
            if file is None or "/countries/" not in f"/{member.name}":
                continue
            code = Path(member.name).stem.lower()
            for case in _cases(file.read().decode("utf-8")):
                lines = [line.strip() for line in case["expected"].splitlines() if line.strip()]
                has_number = any(one.isdigit() for one in case["expected"])
                if len(lines) < 3 or not has_number:
                    continue  # a country or a city by itself
                language = SPOKEN.get(code, "en")
                made.append(
                    _set(_ABOUT_ADDRESSES[language], "LOCATION", ", ".join(lines), language, code)
                )
    return made


def _cases(text: str) -> Iterator[dict[str, Any]]:
    try:
        for case in yaml.safe_load_all(io.StringIO(text)):
            if isinstance(case, dict) and isinstance(case.get("expected"), str):
                yield case
    except yaml.YAMLError:
        return  # the rest of a file that is no YAML
