"""How much is found, and how much wrongly, in texts with a truth."""

from collections import Counter
from collections.abc import Collection, Sequence

from privacy.detection.executor import Executor
from privacy.detection.spans import Span
from tests.benchmarks.bench_detection import corpora, sentences
from tests.benchmarks.bench_detection.engines import Found
from tests.benchmarks.bench_detection.marked import BUSINESS, PARTS, Marked, in_part, kind_of
from tests.benchmarks.bench_detection.run import Run
from tests.benchmarks.bench_detection.scores import Scores, kinds_marked, score
from tests.benchmarks.bench_detection.tables import Section, Table

_SCORES = ("char R", "char P", "match R", "match P")


def ours(detector: Executor, texts: Sequence[Marked]) -> Found:
    """Find in texts whose language is known."""
    return detector.detect([one.text for one in texts], [one.language for one in texts])


def presidio_synth(run: Run) -> Section:
    """Measure on the sentences of presidio-research, beside Presidio."""
    texts = corpora.presidio_synth(run.data)
    return _marked("presidio_synth", "pii_presidio_synth", run, texts, None)


def wnut17(run: Run) -> Section:
    """Measure on tweets and forums."""
    kinds = ("PERSON", "LOCATION", "ORGANIZATION")
    return _marked("wnut17", "pii_wnut17_en", run, corpora.wnut17(run.data), kinds)


def japanese(run: Run) -> Section:
    """Measure on the Japanese Wikipedia."""
    kinds = ("PERSON", "LOCATION", "ORGANIZATION")
    return _marked("ner_ja", "pii_ner_ja", run, corpora.japanese(run.data), kinds)


def turkish(run: Run) -> Section:
    """Measure on the Turkish Wikipedia."""
    kinds = ("PERSON", "LOCATION", "ORGANIZATION", "NRP", "DATE_TIME")
    return _marked("ner_tr", "pii_ner_tr", run, corpora.turkish(run.data), kinds)


def bitext(run: Run) -> Section:
    """Measure on requests to a shop, most of which name nobody."""
    section = _marked("bitext", "dlg_bitext", run, corpora.bitext(run.data), None)
    silent = [one for one in corpora.bitext(run.data) if not one.marks]
    section.tables.append(_alarms("Requests without any mark", run, silent))
    return section


def wisesight(run: Run) -> Section:
    """Count false alarms in Thai messages; nobody marked them, so some alarms are right."""
    section = Section("wisesight", "dlg_msgs_th_wisesight: finds in Thai messages to brands")
    table = _alarms("", run, corpora.wisesight(run.data), is_english=False)
    section.tables.append(table)
    return section


def _marked(
    name: str, title: str, run: Run, texts: list[Marked], kinds: Collection[str] | None
) -> Section:
    texts = run.limited(texts)
    engines: dict[str, Found] = {}
    if run.vanilla is not None and texts[0].language == "en":
        engines["vanilla"] = run.vanilla.detect([one.text for one in texts])
    engines["c360"] = ours(run.detector, texts)
    section = Section(name, f"{title}: {len(texts):,} texts")
    whole = Table("", ("engine, part", "texts", "marks", *_SCORES, "named nobody", "false PERSON"))
    by_part: dict[tuple[str, str], Scores] = {}
    for engine, found in engines.items():
        for part in PARTS:
            at = in_part(texts, part)
            scores = score([texts[i] for i in at], [found[i] for i in at], kinds)
            by_part[engine, part] = scores
            whole.add(
                f"{engine}, {part}",
                scores.count_texts,
                scores.every.marked,
                *_four(scores, None),
                scores.count_silent,
                scores.alarm_share,
            )
    section.tables.append(whole)
    for part in ("score", "all"):
        table = Table(
            f"By entity, part {part}",
            (
                "entity",
                "marks",
                *(f"{engine} {column}" for engine in engines for column in _SCORES),
            ),
        )
        counts = kinds_marked([texts[i] for i in in_part(texts, part)])
        stray = Counter(
            {
                kind: tally.predicted
                for engine in engines
                for kind, tally in by_part[engine, part].by_kind.items()
                if kind not in counts
            }
        )
        for kind, count in (*counts.most_common(), *((one, 0) for one, _ in stray.most_common(8))):
            cells = [cell for engine in engines for cell in _four(by_part[engine, part], kind)]
            table.add(kind, count, *cells)
        section.tables.append(table)
    return section


def _four(scores: Scores, kind: str | None) -> tuple[float | None, ...]:
    tally = scores.every if kind is None else scores.by_kind.get(kind)
    if tally is None:
        return (None,) * 4
    return (tally.character_recall, tally.character_precision, tally.recall, tally.precision)


def _alarms(title: str, run: Run, texts: list[Marked], *, is_english: bool = True) -> Table:
    """Count what is found in texts that hold nothing."""
    texts = run.limited(texts)
    engines = {"c360": ours(run.detector, texts)}
    if run.vanilla is not None and is_english:
        engines["vanilla"] = run.vanilla.detect([one.text for one in texts])
    table = Table(title, ("engine, entity", "texts", "texts with one", "share"))
    for engine, found in engines.items():
        table.add(f"{engine}, anything personal", *_share(found, None))
        counts = Counter(kind for spans in found for kind in {kind_of(one.entity) for one in spans})
        for kind, _ in counts.most_common(8):
            table.add(f"{engine}, {kind}", *_share(found, kind))
    return table


def _share(found: Found, kind: str | None) -> tuple[int, int, float]:
    def is_one(span: Span) -> bool:
        return span.entity not in BUSINESS if kind is None else kind_of(span.entity) == kind

    count = sum(any(map(is_one, spans)) for spans in found)
    return len(found), count, count / max(1, len(found))


# --- numbers and addresses -----------------------------------------------------------------------


def _is_found(text: Marked, spans: Sequence[Span], *, entity: str = "") -> bool:
    """Tell whether a find covers the mark, and hardly more."""
    mark = text.marks[0]
    return any(
        span.entity not in BUSINESS
        and (not entity or kind_of(span.entity) == entity)
        and 2 * (min(span.end, mark.end) - max(span.start, mark.start))
        >= max(span.end, mark.end) - min(span.start, mark.start)
        for span in spans
    )


def numbers(run: Run) -> Section:
    """Measure national numbers and phone numbers, each in a sentence of its country's language."""
    section = Section(
        "ids_phones", "pii_ids_phones: numbers in a sentence of the country's language"
    )
    given = sentences.national_numbers(run.data)
    found = ours(run.detector, [one for _, _, one in given])
    baseline = run.vanilla.detect([one.text for _, _, one in given]) if run.vanilla else None
    table = Table(
        "National numbers: share found as personal data, and under the name of a national number",
        ("formats", "numbers", "c360 any", "c360 named", *(("vanilla any",) if baseline else ())),
    )
    groups: dict[str, list[int]] = {}
    for at, (module, is_valid, _) in enumerate(given):
        country = sentences.country_of(module)
        kind = (
            "people, countries named"
            if module in sentences.PEOPLE and country in sentences.NAMED
            else "people, elsewhere"
            if module in sentences.PEOPLE
            else "companies and things"
        )
        groups.setdefault(f"{kind}, {'valid' if is_valid else 'invalid'}", []).append(at)
    for name in sorted(groups, reverse=True):
        at = groups[name]
        table.add(
            name,
            len(at),
            sum(_is_found(given[i][2], found[i]) for i in at) / len(at),
            sum(_is_named(given[i][0], found[i]) for i in at) / len(at),
            *(
                (sum(_is_found(given[i][2], baseline[i]) for i in at) / len(at),)
                if baseline
                else ()
            ),
        )
    section.tables.append(table)
    missed = sorted(
        {
            given[i][0]
            for i in groups.get("people, countries named, valid", [])
            if not _is_found(given[i][2], found[i])
        }
    )
    section.notes.append(f"Valid numbers of people not found: {', '.join(missed) or 'none'}.")
    section.tables.append(_phones(run))
    return section


def _is_named(module: str, spans: Sequence[Span]) -> bool:
    country = {"gb": "UK_"}.get(
        sentences.country_of(module), sentences.country_of(module).upper() + "_"
    )
    return any(span.entity.startswith(country) for span in spans)


def _phones(run: Run) -> Table:
    given = sentences.phones(run.data)
    found = ours(run.detector, [one for _, _, one in given])
    baseline = run.vanilla.detect([one.text for _, _, one in given]) if run.vanilla else None
    table = Table(
        "Phone numbers found as such",
        ("form", "numbers", "c360", *(("vanilla",) if baseline else ())),
    )
    for form in ("international", "e164", "national"):
        for name, is_in in (("countries named", True), ("elsewhere", False)):
            at = [
                i
                for i, (country, written, _) in enumerate(given)
                if written == form and (country in sentences.NAMED) == is_in
            ]
            table.add(
                f"{form}, {name}",
                len(at),
                sum(_is_found(given[i][2], found[i], entity="PHONE_NUMBER") for i in at) / len(at),
                *(
                    (
                        sum(_is_found(given[i][2], baseline[i], entity="PHONE_NUMBER") for i in at)
                        / len(at),
                    )
                    if baseline
                    else ()
                ),
            )
    return table


def addresses(run: Run) -> Section:
    """Measure whole addresses of some 250 countries, each in a sentence."""
    texts = sentences.addresses(run.data)
    engines = {"c360": ours(run.detector, texts)}
    if run.vanilla is not None:
        engines["vanilla"] = run.vanilla.detect([one.text for one in texts])
    section = Section("addresses", f"pii_addresses_world: {len(texts)} addresses in a sentence")
    table = Table("", ("engine, where", "addresses", "char R", "char R as place", "match R"))
    for engine, found in engines.items():
        for name, of in (
            ("countries named", [i for i, one in enumerate(texts) if one.group in sentences.NAMED]),
            ("elsewhere", [i for i, one in enumerate(texts) if one.group not in sentences.NAMED]),
        ):
            chosen = [texts[i] for i in of]
            whole = score(chosen, [found[i] for i in of])
            places = score(
                chosen,
                [
                    [s for s in found[i] if kind_of(s.entity) in ("LOCATION", "ZIP_CODE")]
                    for i in of
                ],
            )
            table.add(
                f"{engine}, {name}",
                len(of),
                whole.every.character_recall,
                places.every.character_recall,
                whole.every.recall,
            )
    section.tables.append(table)
    return section


# --- the synthetic world -------------------------------------------------------------------------

_WORLD_KINDS = ("PERSON", "PHONE_NUMBER", "EMAIL_ADDRESS", "LOCATION", "DATE_TIME", "NATIONAL_ID")


def world(run: Run) -> Section:
    """Measure on the synthetic world, by language."""
    by_language = run.world(400)
    section = Section("world", f"The synthetic world in {len(by_language)} languages")
    recall = Table(
        "Recall by language and entity: share of marked characters covered (marks)",
        ("language", "messages", *_WORLD_KINDS, "other", "all"),
    )
    alarms = Table(
        "Messages that name nobody",
        ("language", "messages", "with a PERSON", "share", "PERSON match R", "PERSON match P"),
    )
    for tag, given in by_language.items():
        texts = run.limited(given)
        scores = score(_grouped(texts), ours(run.detector, texts), ("PERSON",))
        rest = [kind for kind in scores.by_kind if kind not in _WORLD_KINDS]
        cells: list[str] = []
        for kinds in (*((one,) for one in _WORLD_KINDS), rest):
            tallies = [scores.by_kind[kind] for kind in kinds if kind in scores.by_kind]
            marked = sum(one.marked_characters for one in tallies)
            hit = sum(one.hit_characters for one in tallies)
            count = sum(one.marked for one in tallies)
            cells.append(f"{hit / marked:.2f} ({count})" if marked else "")
        recall.add(tag, len(texts), *cells, scores.every.character_recall)
        person = scores.of("PERSON")
        alarms.add(
            tag,
            scores.count_silent,
            scores.count_alarms,
            scores.alarm_share,
            person.recall,
            person.precision,
        )
    section.tables += [recall, alarms]
    return section


def _grouped(texts: Sequence[Marked]) -> list[Marked]:
    """Give national numbers of every country one name."""
    return [
        Marked(
            one.text,
            one.language,
            tuple(
                mark._replace(entity="NATIONAL_ID")
                if mark.entity[2:3] == "_" and mark.entity[:2].isupper()
                else mark
                for mark in one.marks
            ),
            one.group,
        )
        for one in texts
    ]


SECTIONS = {
    "presidio_synth": presidio_synth,
    "wnut17": wnut17,
    "ner_ja": japanese,
    "ner_tr": turkish,
    "bitext": bitext,
    "ids_phones": numbers,
    "addresses": addresses,
    "world": world,
    "wisesight": wisesight,
}
