"""Phone numbers and national numbers that others documented, set into sentences."""

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from privacy.detection.config import PHONE_REGIONS
from privacy.detection.folding import fold
from privacy.detection.recognizers.countries import COUNTRIES
from privacy.detection.recognizers.number import NationalNumber
from privacy.detection.recognizers.number_scan import NumberScan
from privacy.detection.recognizers.phone import PhoneNumbers

THRESHOLD = 0.4
# What is called otherwise than its module, and what is no person's or firm's number.
NAMES = {
    "at.tin": "Steuernummer", "be.bis": "niss", "be.nn": "niss", "be.ssn": "niss", "be.vat": "btw", "bg.vat": "еик", "bg.pnf": "лнч",
    "ca.bc_phn": "phn", "ca.bn": "business number", "ch.ssn": "ahv", "ch.vat": "mwst", "cn.ric": "身份证", "cn.uscc": "信用代码",
    "cy.vat": "tic", "cz.rc": "rodné číslo", "de.stnr": "steuernummer", "de.vat": "ust-id", "ec.ci": "cédula", "ee.ik": "isikukood",
    "eg.tn": "الرقم الضريبي", "es.nif": "cif", "fi.hetu": "henkilötunnus", "gr.vat": "αφμ", "hu.anum": "adószám", "il.hp": "ח.פ",
    "il.idnr": "תעודת זהות", "in_.epic": "voter", "it.codicefiscale": "codice fiscale", "it.iva": "partita iva", "jp.cn": "法人番号",
    "jp.in_": "マイナンバー", "kr.brn": "사업자등록번호", "kr.rrn": "외국인등록번호", "lt.asmens": "asmens kodas", "lu.tva": "tva", "my.nric": "mykad",
    "nl.identiteitskaartnummer": "documentnummer", "nl.onderwijsnummer": "onderwijsnummer", "no.fodselsnummer": "fødselsnummer",
    "no.orgnr": "orgnr", "nz.ird": "ird", "pe.cui": "dni", "pt.cc": "cc", "ru.inn": "инн", "ru.ogrn": "огрн", "si.ddv": "davčna",
    "si.emso": "emšo", "sk.dph": "dič", "sk.rc": "rodné číslo", "th.moa": "เลขประจำตัวผู้เสียภาษี", "th.pin": "บัตรประชาชน", "th.tin": "เลขประจำตัวผู้เสียภาษี",
    "tr.tckimlik": "tc kimlik", "tw.ubn": "統一編號", "ua.edrpou": "єдрпоу", "ua.rntrc": "рнокпп", "us.rtn": "routing", "vn.mst": "mã số thuế",
    "za.idnr": "id number", "za.tin": "income tax", "at.vnr": "svnr", "nl.btw": "btw", "fr.siret": "siret", "gb.nhs": "nhs",
}  # fmt: skip
NOBODYS = {
    "ar.cbu", "at.businessid", "at.postleitzahl", "be.iban", "be.ogm_vcs", "ch.esr", "cz.bankaccount", "de.handelsregisternummer", "de.leitweg",
    "de.wkn", "ee.kmkr", "ee.registrikood", "es.cae", "es.ccc", "es.cups", "es.iban", "es.postal_code", "fi.alv", "fi.associationid",
    "fi.veronumero", "fi.ytunnus", "fr.accise", "fr.rcs", "fr.tva", "gb.sedol", "gb.vat", "is_.vsk", "mt.vat", "nl.brin", "nl.postcode",
    "no.iban", "no.kontonr", "nz.bankaccount", "ro.onrc", "se.postnummer", "se.vat", "si.maticna", "us.atin", "us.ptin", "us.tin", "uy.rut",
}  # fmt: skip


def rows(real_data: Path, name: str) -> Iterator[dict[str, str]]:
    with gzip.open(real_data / "pii_ids_phones" / name, "rt", encoding="utf-8") as file:
        yield from csv.DictReader(file)


@pytest.mark.real
def test_every_valid_national_number_is_found_beside_its_name(real_data: Path) -> None:
    made = [one for make in COUNTRIES.values() for one in make()]
    scan = NumberScan([one for one in made if isinstance(one, NationalNumber)], THRESHOLD)
    missed, asked = [], 0
    for row in rows(real_data, "national_ids.csv.gz"):
        module = row["module"].removeprefix("stdnum.")
        country = module.partition(".")[0].rstrip("_").upper()
        if country not in COUNTRIES or module in NOBODYS or row["valid"] != "1":
            continue
        value = row["number_as_written"].partition("'")[0].strip()
        text = fold(f"{NAMES.get(module, module.partition('.')[2])}: {value}").text
        end = len(text)
        asked += 1
        if not any(one.end == end and one.score >= 0.7 for one in scan.find(text, "und")):
            missed.append(module)
    assert asked > 130
    assert missed == []


@pytest.mark.real
def test_phone_numbers_of_the_world_are_found(real_data: Path) -> None:
    found = {"international": 0, "national": 0}
    asked = 0
    for row in rows(real_data, "phones_by_region.csv.gz"):
        asked += 1
        phones = PhoneNumbers((row["region"], *PHONE_REGIONS))
        for form in found:
            text = f"Please call {row[form]} after six."
            start, end = text.index(row[form]) + 1, text.index(row[form]) + len(row[form])
            # A word nearby adds more than the rest to what is worth .2 and more.
            found[form] += any(
                one.start <= start and one.end >= end and one.score >= 0.1
                for one in phones.analyze_in(text, "und")
            )
    assert asked == 673
    assert found["international"] == asked
    assert found["national"] >= 0.95 * asked
