"""Names in the margin: who speaks in a chat, and whose role a ruling or a ward's note tells."""

from privacy.detection.recognizers.letters import FULL_NAME, NAME_WORD, PARTICLE
from privacy.detection.recognizers.recognizer import GatedRecognizer
from privacy.detection.spans import Reason

_TIME = (
    r"(?:\[[^\[\]\n]{3,24}\][ \t]?|(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? )?\d{1,2}[:.]\d\d(?:[:.]\d\d)?"
    r"(?: ?[AaPp]\.?[Mm]\.?)?(?: -)? )"
)
_NOBODY = (
    r"(?:agent|bot|chat|system|customer|client|user|support|service|you|me|operator|admin|visitor|kunde|berater|system|conseiller|cliente|agente|asesor|operador|atendente"
    r"|operatore|klant|medewerker|klient|konsultant|müşteri|temsilci|pelanggan|petugas|order|status|note|assistant|robot|info|error|warning|debug|re|fwd|uhr|saat|jam|h)"
)
_ROLES = (
    r"patient(?:in|e|ë)?|paciente|paziente|pacjent(?:ka)?|hasta(?: adı)?|pasien|doctor|physician|consultant|arzt|ärztin|hausarzt|médecin|médic[oa]|medico|arts|huisarts|lekarz(?: prowadzący)?|doktor|dokter|dpjp"
    r"|judge|presiding judge|justice|richter(?:in)?|vorsitzende[r]?|berichterstatter(?:in)?|juge|président(?:e)?|rapporteur(?:e)?|greffi(?:er|ère)|juez|jueza|ponente|secretari[oa]|juiz[a]?|relator[a]?|giudice|presidente|relatore|consigliere|cancelliere"
    r"|rechter|griffier|sędzia(?: sprawozdawca)?|przewodnicząc[ya]|sprawozdawca|protokolant(?:ka)?|hâkim|hakim(?: ketua| anggota)?|başkan|üye|kâtip|raportör|panitera(?: pengganti)?|ketua(?: majelis)?"
    r"|kläger(?:in)?|beklagte[r]?|antragsteller(?:in)?|zeuge|zeugin|demandeu(?:r|se)|demanderesse|défendeu(?:r|se)|requérant(?:e)?|témoin|demandante|demandad[oa]|recurrente|testigo|autor[a]?|réu|ré|apelante|apelad[oa]|agravante|agravad[oa]|recorrente|recorrid[oa]|impetrante|testemunha"
    r"|ricorrente|resistente|attore|convenut[oa]|imputat[oa]|testimone|eiser(?:es)?|gedaagde|verzoeker|verweerder|getuige|powód(?:ka)?|pozwan[ya]|wnioskodawca|oskarżon[ya]|świadek|davacı|davalı|sanık|katılan|tanık|vekili?|müvekkil|terdakwa|penggugat|tergugat|pemohon|termohon|saksi"
    r"|claimant|plaintiff|defendant|appellant|respondent|petitioner|applicant|witness|counsel|solicitor|attorney|advogad[oa]|avvocato|avocat(?:e)?|abogad[oa]|advocaat|anwalt|anwältin|rechtsanw(?:alt|ältin)|adwokat|pełnomocnik|avukat|kuasa hukum|jaksa(?: penuntut umum)?"
)


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    name = rf"(?!(?i:{_NOBODY})\b){FULL_NAME}"
    two_words = rf"{NAME_WORD}(?: (?:{PARTICLE} )?{NAME_WORD}){{1,3}}"
    return [
        GatedRecognizer(
            "PERSON",
            [(rf"^[ \t]{{0,4}}{_TIME}(?P<value>{name})(?=:(?!\d))", 0.6)],
            name="Speakers",
            needs=":",
            min_digits=3,
            is_unicode=True,
            is_case_sensitive=True,
            reason=Reason.CUE,
        ),
        GatedRecognizer(
            "PERSON",
            [(rf"(?<![^\W_])(?i:{_ROLES})(?:\(a\))? ?: ?(?:(?i:mr|mrs|ms|dr|dra|m|mme|sr|sra|prof|dott|avv|av|mec|min|des)\.? ){{0,2}}(?P<value>{two_words})(?=\s*(?:$|[,;|.\n<(/]))", 0.6)],
            name="RoleLabels",
            needs=":",
            is_unicode=True,
            is_case_sensitive=True,
            reason=Reason.CUE,
        ),
    ]  # fmt: skip
