"""Numbers of documents whose country nobody can tell, and of patients' files, by their names alone."""

from privacy.detection.recognizers.document_words import (
    DRIVER,
    HEALTH,
    IDENTITY,
    PASSPORT,
    RESIDENCE,
    SOCIAL,
    TAX,
)
from privacy.detection.recognizers.number import national
from privacy.detection.recognizers.recognizer import GatedRecognizer
from privacy.detection.spans import Reason

_ANY = r"(?:[A-Z]{1,4}-?|(?-i:[A-Z]{1,4}) )?\d{5,15}[A-Z]{0,2}|(?=[A-Z-]{0,6}\d[A-Z-]{0,4}\d[A-Z-]{0,4}\d)[A-Z0-9]{6,20}|\d{2,6}(?:[-/.]\d{1,7}){1,4}"
_RECORD = (
    r"mrn|medical record(?: number| no)?|patient (?:id|number|no)|chart (?:number|no)|hospital (?:number|no)|accession(?: number| no)?"
    r"|patientennummer|patienten-id|fallnummer|aufnahmenummer|numéro de dossier|n° de dossier|numéro patient|ipp|historia clínica|nhc|número de historia"
    r"|cartella clinica|prontuário|prontuario|número do processo|patiëntnummer|patientnummer|nr historii choroby|numer pacjenta|księg\w{1,2} głównej"
    r"|истори\w{1,2} болезни|медицинск\w{2,3} карт\w{1,2}|hasta (?:no|numarası)|protokol (?:no|numarası)|dosya no|(?:nomor|no\.?) rekam medis|no\.? rm|rekam medis"
)
_RECORD_UNSPACED = r"病历号|病案号|住院号|门诊号|病歷號|カルテ番号|患者番号|患者ID|診察券番号|환자번호|등록번호|차트번호|เลขที่ผู้ป่วย|เลขเวชระเบียน|H\.?N\.?|رقم الملف|رقم المريض|رقم السجل الطبي|मरीज संख्या|रोगी संख्या"
_LINK = r"(?: ?(?:number|no|nr|n°|№|id|numarası|है))?\.?(?: (?:is|ist|est|es|é|è))?[ :=#.为是は은는(]{1,3}"
_VALUE = r"(?P<value>(?=[a-z0-9/-]*\d)[a-z0-9](?:[a-z0-9/-]{2,20})[a-z0-9])(?![a-z0-9_])"


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        national("PASSPORT_NUMBER", _ANY, kind=PASSPORT, most=0.42, window=35),
        national("NATIONAL_ID", _ANY, kind=(IDENTITY, RESIDENCE), most=0.42, window=35),
        national("DRIVER_LICENSE", _ANY, kind=DRIVER, most=0.42, window=35),
        national("TAX_NUMBER", _ANY, kind=TAX, most=0.42, window=35),
        national("INSURANCE_NUMBER", _ANY, kind=(SOCIAL, HEALTH), most=0.42, window=35),
        GatedRecognizer(
            "MEDICAL_RECORD_NUMBER",
            [
                (rf"(?<![^\W_])(?:{_RECORD}){_LINK}{_VALUE}", 0.65),
                (rf"(?<![A-Za-z])(?:{_RECORD_UNSPACED}){_LINK}{_VALUE}", 0.65),
            ],
            min_digits=3,
            is_unicode=True,
            reason=Reason.CUE,
        ),
    ]
