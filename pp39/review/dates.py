"""Dates and periods: days that do not exist, days of the week, spans, and periods of others."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations, pairwise

from pp39.mentions import mentions
from pp39.periods import MONTHS, parse_date
from pp39.review.figure import COUNT, count_of, figures, sentences
from pp39.review.hit import Hit, Look, Rule, of_one_thing
from pp39.review.saying import scale_of, without_laws
from pp39.review.typed import PROSE, Grid, Passage, Place, ordinal

_NAMES = "|".join((*MONTHS, "Nopember", "Pebruari"))
_DATE = re.compile(rf"\b([0-9]{{1,2}})[ -]({_NAMES})[ -]((?:19|20)[0-9]{{2}})\b", re.IGNORECASE)
_IN_DIGITS = re.compile(r"(?<![\w./])[0-9]{1,2}/[0-9]{1,2}/20[0-9]{2}\b")
_DAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
_DAY = re.compile(rf"\b({'|'.join(_DAYS)}|jum['’]at|ahad)\b[\s,(]*(?:tanggal\s+)?$", re.IGNORECASE)
_SPAN = re.compile(r"\s*(?:sampai(?: dengan)?|s\.?\s?/?d\.?|hingga|[-–—])\s*(?:tanggal\s+)?")
_EXPLAINED = re.compile(
    rf"((?:triwulan|tw) [ivIV1-4]+(?: tahun 20[0-9]{{2}})?),? ?(?:yaitu|yakni|\(|meliputi|mencakup)"
    r"\s*(?:pada )?"
    rf"((?:bulan )?(?:{_NAMES})\b"
    rf"(?:[ ,]*(?:dan|sampai|hingga|s\.d\.?|sampai dengan|[-–])?[ ,]*(?:{_NAMES}))*)",
    re.IGNORECASE,
)
_DAYS_OF = re.compile(
    rf"(?:\b(?P<count>{COUNT}) (?:\([a-z ]+\) )?hari(?: kerja)?,? "
    r"(?:pada |mulai |dari |yaitu )?(?:tanggal )?)?"
    r"(?P<span>\b(?P<first>[0-9]{1,2})\s?(?:s\.?\s?/?d\.?|sampai(?: dengan)?|hingga|[-–])"
    r"\s?(?P<last>[0-9]{1,2})"
    rf" (?:{_NAMES})\b)",
    re.IGNORECASE,
)
_LASTING = re.compile(
    r"\b(?P<count>[0-9]{2,3}) (?:\([a-z ]+\) )?hari\b(?P<calendar> kalender)?(?! kerja)",
    re.IGNORECASE,
)
_NUMBERED = r"(ke[- ]?(?:[0-9]{1,2}|[ivx]+|dua|tiga|empat|lima|enam|tujuh|delapan)|pertama)"
_REVISED = re.compile(
    rf"\b(?:revisi(?: dipa| anggaran| pok)? {_NUMBERED}|(dipa)\b(?! revisi))[^.;]*?\b"
    rf"([0-9]{{1,2}} (?:{_NAMES}) (?:19|20)[0-9]{{2}})",
    re.IGNORECASE,
)
_LAST_TIME = re.compile(r"\b(?:lalu|sebelumnya|dibanding\w*|TA|[Tt]ahun(?: [Aa]nggaran)? 20)")
_NTH = re.compile(rf"\brevisi(?: dipa| anggaran)? {_NUMBERED}\b", re.IGNORECASE)
_TIMES = re.compile(
    rf"\b(?:direvisi|mengalami(?: revisi)?|dilakukan revisi)(?: sebanyak)? (?P<count>{COUNT})"
    r"(?: \([a-z ]+\))? kali\b",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:banding|dibanding\w*|perbandingan|setelah|sebelumnya|lalu|naik|kenaikan|turun|meningkat"
    r"|peningkatan|menurun"
    r"|penurunan|menjadi|bertambah|berkurang|sejak|terhadap|tumbuh|periode|renstra"
    r"|rencana strategis|berikutnya|mendatang|selanjutnya|diharapkan|akan|jadwal|direncanakan"
    r"|dijadwalkan|ditargetkan|(?:telah|sudah) (?:disampaikan|dikirim"
    r"|diterima|dibahas|diverifikasi)"
    r"|dari(?= (?:\w+ )?(?:tahun|triwulan|tw|semester|(?:19|20)[0-9]{2})\b))\b"
)
_REPORT = re.compile(
    r"\b(?:demikian(?:lah)?|tersusunnya|menyusun|menyampaikan|penyusunan)\s+(?:\w+\s+){0,2}laporan"
    r"(?:\s+\w+){0,3}\s+(?:triwulan|tw)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"\b(?:laporan|kinerja|pelaksanaan|capaian|merealisasikan|realisasi|penyerapan|serapan"
    r"|mencapai|tercapai|terserap|terealisasi)\b",
    re.IGNORECASE,
)
"""What a sentence that opens or closes a report speaks of as a whole."""
_THIS = re.compile(r"\blaporan(?: \w+)? (?:triwulan|tw) [ivx0-9]+ ini\b", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:pada|selama|memasuki|dalam) (?:triwulan|tw) [iv]+(?: tahun 20[0-9]{2})?(?: \w+){0,2}"
    r" akan\b",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"^(?:kendala|hambatan|permasalahan|realisasi|capaian|hasil)\b.*\bselama (?:triwulan|tw) .*"
    r"(?:\bberikut\b|:\s*$)",
    re.IGNORECASE,
)
"""How a sentence begins and ends that leads to what this report tells."""
_SCHOOL = re.compile(r"\btahun (?:akademik|ajaran|pelajaran) 20[0-9]{2}/(20[0-9]{2})\b")
_PUPILS = re.compile(r"\b(?:lulus\w*|alumni|angkatan)\b")
"""Those who are told of by a school year gone by."""
_BESIDE = 24
"""Letters behind the name of a plan in which its year stands."""
_SIGNED = re.compile(
    rf"(?:[A-Z][\w .]*,\s+(?:[0-9]{{1,2}} )?)?(?:{_NAMES}) (?:19|20)[0-9]{{2}}\s*$", re.IGNORECASE
)
"""Place and day of a signature, and the month on a cover."""
_COMING = re.compile(
    r"\b(?:akan|rencana\w*|direncanakan|dijadwalkan|jadwal|target|tenggat|diharapkan)\b"
)
_LASTS = re.compile(
    r"\b(?:sampai|hingga|s\.?d|berakhir|lambat|berlaku|tempo|selesai)\b(?: \w+){0,3}\s*$"
)
"""What stands before the day until which something lasts."""
_WRITTEN = 120
"""Days after its period in which a report is written."""
_LETTER = re.compile(
    rf"/([IVX]{{1,4}})(?:/((?:19|20)[0-9]{{2}}))?\b(?:\s+[a-z]+){{0,3}}\s+tanggal\s+"
    rf"([0-9]{{1,2}} (?:{_NAMES}) (?:19|20)[0-9]{{2}})",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    rf"\b(?:sampai(?: dengan)?|s\.?\s?/?d\.?|hingga|per|posisi|[-–])\s*(?:tanggal\s+)?"
    rf"([0-9]{{1,2}} (?:{_NAMES}) (?:19|20)[0-9]{{2}})",
    re.IGNORECASE,
)
_UNTIL_MONTH = re.compile(
    rf"\b(?:sampai(?: dengan)?|s\.?\s?/?d\.?|hingga|[-–])\s*(?:akhir )?(?:bulan )?"
    rf"((?:{_NAMES}) (?:19|20)[0-9]{{2}})",
    re.IGNORECASE,
)
_COMPARED_TIMES = re.compile(
    r"\b(?:banding|dibanding\w*|sebelumnya|lalu|naik|turun|meningkat|menurun|terhadap|daripada"
    r"|semula|sedangkan|sementara)\b"
)
_TELLING = 4
"""Digits of an amount that no other has by chance."""
_REPLACED = re.compile(
    r"\b(?:dicabut|mencabut|diganti\w*|digantikan|menggantikan|pengganti|semula|sebelumnya|pernah"
    r"|diubah|perubahan|tidak berlaku)\b"
)
_LONG = re.compile(r"\b[0-9]{1,3} (?:\([a-z ]+\) )?hari kalender\b", re.IGNORECASE)
_FROM_TO = re.compile(
    rf"\b([0-9]{{1,2}}\s?[-–—]\s?[0-9]{{1,2}}) ({_NAMES})(?: (?:19|20)[0-9]{{2}})?\b", re.IGNORECASE
)
_BOUNDS = re.compile(
    r"\b(?:paling|maksimal|minimal|sisa|adendum|addendum|perpanjang\w*|menjadi|setiap|semula|kembali"
    r"|tahap|gelombang|angkatan|pertama|kedua|ketiga|akan)\b"
)
_DOES = re.compile(r"\b(?:di[a-z]{5,}|ber[a-z]{4,}|yang|selama|pada|oleh|telah|adalah)\b")
_SHARED = 2
"""Words that two sentences share which speak of one thing."""
_DONE = re.compile(
    r"\b(?:telah|sudah|dilaksanakan|diselenggarakan|diadakan|dibahas|ditandatangani|ditetapkan)\b"
)


def periods(look: Look) -> Iterator[Hit]:
    """Titles and sentences about this report that name another quarter or year."""
    year, quarter = look.period
    if not year:
        return
    for one in look.report.passages:
        if one.kind in ("judul", "keterangan"):
            if _SIGNED.match(one.text):
                continue
            told = mentions(without_laws(one.text))
            if told.years and year not in told.years and not _COMPARED.search(one.text.casefold()):
                yield _elsewhen(one, str(told.years[0]), str(year))
            next_ = {q for q, _ in told.quarters} == {quarter % 4 + 1}
            if (next_ and "rencana" in one.text.casefold()) or _COMPARED.search(
                one.text.casefold()
            ):
                continue
            if told.quarters and quarter and quarter not in {q for q, _ in told.quarters}:
                yield _elsewhen(one, _quarter(told.quarters[0][0]), _quarter(quarter))
            continue
        if one.kind == "isi":
            continue
        for sentence in sentences(one.text):
            yield from _sentence_elsewhen(look, one, sentence)


def _sentence_elsewhen(look: Look, one: Passage, sentence: str) -> Iterator[Hit]:
    year, quarter = look.period
    bare = _DATE.sub(" ", without_laws(sentence))
    said = replace(one, text=sentence)
    now = mentions(bare)
    this = re.search(
        r"\b(?:laporan|triwulan|periode|tahun)\s+(?:ini|berjalan)\b"
        r"|\blaporan\b[^.;,]* 20[0-9]{2} ini\b",
        bare.casefold(),
    )
    same = [told for q, told in now.quarters if q == quarter and told]
    other = same and year not in same and year - 1 in same
    report = _REPORT.search(bare)
    framed = look.words.says("bingkai", one.place.section)
    whole = report or (framed and _WHOLE.search(bare))
    wrong = whole and now.quarters and quarter not in {q for q, _ in now.quarters}
    own = ((quarter, None), (quarter, year))
    plan = look.words.find("dokumen", bare)
    behind = mentions(bare[plan.end() :][:_BESIDE]).years if plan else ()
    named = re.search(rf"\btahun (?:anggaran )?{year}\b", bare, re.IGNORECASE)
    if (behind and max(behind) < year and not named) or (
        framed and whole and now.years and max(now.years) < year
    ):
        if not _COMPARED.search(bare.casefold()):
            yield _elsewhen(said, str(max(behind or now.years)), str(year))
    elif wrong and quarter and (_THIS.search(bare) or not _COMPARED.search(bare.casefold())):
        yield _elsewhen(said, _quarter(now.quarters[0][0]), _quarter(quarter))
    elif other and not _COMPARED.search(one.text.casefold()) and year not in now.years:
        yield _elsewhen(said, str(same[0]), str(year))
    elif (school := _SCHOOL.search(bare)) and int(school[1]) < year:
        if not _COMPARED.search(bare.casefold()) and not _PUPILS.search(bare.casefold()):
            yield _elsewhen(said, school[0], str(year))
    elif quarter and (ahead := _AHEAD.search(bare)) and mentions(ahead[0]).quarters == now.quarters:
        if now.years and max(now.years) < year:
            yield _elsewhen(said, str(max(now.years)), str(year))
        elif {q for q, _ in now.quarters} == {quarter} and not now.years:
            yield _elsewhen(
                said, f"{_quarter(quarter)} sebagai yang akan datang", _quarter(quarter)
            )
    elif quarter and len(now.quarters) == 1 and now.quarters[0] not in own and _LEADS.search(bare):
        if not _COMPARED.search(bare.casefold()):
            yield _elsewhen(said, _quarter(now.quarters[0][0]), _quarter(quarter))
    elif this and now.years and max(now.years) < year and not _COMPARED.search(bare.casefold()):
        yield _elsewhen(said, str(max(now.years)), str(year))


def signed(look: Look) -> Iterator[Hit]:
    """Find openings and closings signed before the end of the quarter of which they tell."""
    year, quarter = look.period
    for one in look.report.passages if year and quarter else ():
        day = _signature(look, one)
        if day and day < _last(year, quarter):
            told = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
            yield _wrong(
                told,
                f"sesudah {_quarter(quarter)} {year}",
                f"Ditandatangani {told}, sebelum {_quarter(quarter)} {year} berakhir.",
                one.place,
            )


def letters(look: Look) -> Iterator[Hit]:
    """Numbers of letters that tell another month than the date beside them."""
    for text, place in look.report.texts():
        for one in _LETTER.finditer(text):
            month, day = ordinal(one[1].upper()), _date(one[3])
            if (
                month
                and day
                and month <= len(MONTHS)
                and (month, int(one[2] or day.year))
                != (
                    day.month,
                    day.year,
                )
            ):
                yield _wrong(
                    one[3],
                    f"{MONTHS[month - 1]} {one[2] or day.year}",
                    f"Nomor surat memuat bulan {one[1]}, sedangkan tanggalnya {one[3]}.",
                    place,
                )


def spans(look: Look) -> Iterator[Hit]:
    """“Laporan periode 1 Januari s.d. 31 Maret 2025” in the report of another quarter.

    Of whatever else is told until the last day of the quarter, the year may be another one.
    """
    year, quarter = look.period
    for passage, sentence in look.sentences if year and quarter else ():
        end = _last(year, quarter)
        days = [_date(one[0]) for one in _DATE.finditer(sentence)]
        if _COMPARED_TIMES.search(sentence.casefold()) or end in days:
            continue
        of_report = "laporan" in sentence.casefold()
        for one in (*_UNTIL.finditer(sentence), *_UNTIL_MONTH.finditer(sentence)):
            day = _date(one[1]) or _date(f"28 {one[1]}")
            if not day or (day.year, day.month) == (year, quarter * 3):
                continue
            ended = of_report and day.month % 3 == 0 and day.day > 27
            if ended or (day.month, day.day) == (end.month, end.day):
                yield _wrong(
                    one[1],
                    f"akhir {_quarter(quarter)} {year}",
                    f"Periode disebut sampai {one[1]}, sedangkan laporan ini tentang"
                    f" {_quarter(quarter)} {year}.",
                    passage.place,
                )


def _last(year: int, quarter: int) -> date:
    return date(year + quarter // 4, quarter * 3 % 12 + 1, 1) - timedelta(1)


def amounts(look: Look) -> Iterator[Hit]:
    """Amounts that tables, or sentences of the report's quarter, give for another quarter."""
    quarter = look.period[1]
    of: dict[Fraction, set[int]] = defaultdict(set)
    told: list[tuple[Fraction, set[int], Passage]] = []
    for grid in look.report.grids if quarter else ():
        whole = _quarters(look, grid.caption)
        each = [_quarters(look, head) or whole for head in grid.head]
        for line in look.numbers(grid):
            for column, cell in enumerate(line):
                if cell and len(each[column]) == 1:
                    of[cell.value * scale_of(grid, column)] |= each[column]
    for passage, sentence in look.sentences if quarter else ():
        said = _quarters(look, sentence)
        for one in figures(sentence):
            if one.kind != "uang" or len(str(int(one.value)).rstrip("0")) <= _TELLING:
                continue
            if quarter in said:
                of[one.value].add(quarter)
            past = len(said) == 1 and min(said) < quarter
            if past and not _COMPARED_TIMES.search(sentence.casefold()):
                told.append((one.value, said, passage))
    for value, said, passage in told:
        if len(of[value]) == 1 and not of[value] & said:
            yield _elsewhen(passage, _quarter(min(said)), _quarter(min(of[value])), "angkanya dari")


def _quarters(look: Look, text: str) -> set[int]:
    """Give the quarters that a text names, or of whose end it names the last day."""
    end = _last(*look.period)
    days = [_date(one[0]) for one in _DATE.finditer(text)]
    return {one for one, _ in mentions(text).quarters} or (
        {look.period[1]} if end in days else set()
    )


def _quarter(number: int) -> str:
    return f"triwulan {('I', 'II', 'III', 'IV')[number - 1]}"


def _elsewhen(one: Passage, said: str, own: str, what: str = "laporan ini tentang") -> Hit:
    text = one.text if len(one.text) < 90 else one.text[:89] + "…"
    return Hit(
        said,
        own,
        f"“{text}” menyebut {said}, sedangkan {what} {own}.",
        one.place,
        f"periode/{text[:40]}",
    )


def _date(text: str) -> date | None:
    named = re.search("[A-Za-z]", text)
    try:
        return parse_date(text.replace("-", " " if named else "/"))
    except ValueError:
        return None


def laws(look: Look) -> Iterator[Hit]:
    """Regulations told as if they held, though others took their place before this report."""
    year = look.period[0]
    for one in look.words.replaced:
        number, _, made = (one.nomor or "").partition("/")
        pattern = re.compile(
            rf"\b{one.pola}\b(?:\W+[a-z]+){{0,2}}?\W+(?:nomor|no\.?)?\s*{number}(?:/[a-z.0-9]+)*?"
            rf"(?:\s*/\s*| tahun ){made}\b"
        )
        for passage, sentence in look.sentences if (one.sejak or 0) <= year else ():
            match = pattern.search(sentence.casefold())
            if match and not _REPLACED.search(sentence.casefold()):
                told = sentence[match.start() : match.end()]
                yield Hit(
                    told,
                    one.ganti or "",
                    f"{told} sudah digantikan {one.ganti}.",
                    passage.place,
                    f"peraturan/{one.nomor}",
                )


def calendar(look: Look) -> Iterator[Hit]:
    """Dates that no calendar has, days of the week they do not fall on, spans that end first."""
    for text, place in look.report.texts():
        found = list(_DATE.finditer(text))
        for one in (*found, *_IN_DIGITS.finditer(text)):
            day = _date(one[0])
            named = _DAY.search(text, 0, one.start())
            if day is None:
                yield _wrong(one[0], "tanggal yang ada", f"Tanggal {one[0]} tidak ada.", place)
            elif named:
                told = named[1].casefold().replace("'", "").replace("’", "")
                right = _DAYS[day.weekday()]
                if {"ahad": "minggu"}.get(told, told) != right:
                    yield _wrong(
                        f"{named[1]}, {one[0]}",
                        right.capitalize(),
                        f"Tertulis {named[1]}, {one[0]}, sedangkan tanggal itu hari"
                        f" {right.capitalize()}.",
                        place,
                    )
        for a, b in pairwise(found):
            start, end = _date(a[0]), _date(b[0])
            if start and end and start > end and _SPAN.fullmatch(text[a.end() : b.start()]):
                yield _wrong(
                    f"{a[0]} – {b[0]}",
                    "awal sebelum akhir",
                    f"Rentang dimulai {a[0]} dan berakhir {b[0]}, lebih awal daripada mulainya.",
                    place,
                )


def months(look: Look) -> Iterator[Hit]:
    """“Pada triwulan III, yaitu bulan Mei”: months that are not of the quarter they explain."""
    for text, place in look.report.texts():
        for one in _EXPLAINED.finditer(text):
            quarter, told = mentions(one[1]).quarters, mentions(one[2]).months
            if quarter and told and not {(n + 2) // 3 for n in told} <= {q for q, _ in quarter}:
                yield _wrong(
                    one[2],
                    f"bulan {_quarter(quarter[0][0])}",
                    f"{one[2]} bukan bulan {_quarter(quarter[0][0])}.",
                    place,
                )


def days(look: Look) -> Iterator[Hit]:
    """“Tanggal 12 s.d. 8 Agustus”, and “selama 5 hari pada 4 s.d. 12 Agustus”."""
    for text, place in look.report.texts():
        for one in _DAYS_OF.finditer(text):
            first, last = int(one["first"]), int(one["last"])
            if first > last:
                yield _wrong(
                    one["span"],
                    "awal sebelum akhir",
                    f"Rentang {one['span']} berakhir sebelum mulai.",
                    place,
                )
            count = count_of(one["count"].casefold()) if one["count"] else None
            if count and count > last - first + 1 > 0:
                yield _wrong(
                    f"{one['count']} hari",
                    f"{last - first + 1} hari",
                    f"{one['span']} adalah {last - first + 1} hari, bukan {one['count']} hari.",
                    place,
                )


def revisions(look: Look) -> Iterator[Hit]:
    """Revisions dated before what they revise, or numbered beyond how many there were."""
    for section in look.by_section:
        prose = [one for one in section if isinstance(one, Passage) and one.kind in PROSE]
        text = " ".join(one.text for one in prose)
        told = [
            (number, day, one[3])
            for one in _REVISED.finditer(text)
            if (day := _date(one[3]))
            and (number := 0 if one[2] else (count_of(_ordinal(one[1])) or 1)) is not None
        ]
        for (n, a, first), (m, b, second) in pairwise(told):
            if m > n and b < a:
                place = next(one.place for one in prose if second in one.text)
                yield _wrong(
                    second,
                    f"sesudah {first}",
                    f"Revisi {second} lebih awal daripada {first}, yang direvisinya.",
                    place,
                )
    for passage, sentence in look.sentences:
        for one in _REVISED.finditer(sentence):
            day = _date(one[3])
            # A year’s budget is not revised before that year, though it is made before it.
            if one[1] and day and day.year < look.period[0] and not _LAST_TIME.search(sentence):
                yield _wrong(
                    one[3],
                    str(look.period[0]),
                    f"Revisi {one[1]} disebut tanggal {one[3]}, sedangkan laporan ini tentang"
                    f" {look.period[0]}.",
                    passage.place,
                )
    every = [
        (passage, one) for passage, sentence in look.sentences for one in _TIMES.finditer(sentence)
    ]
    counts = {count_of(one["count"].casefold()) for _, one in every} - {None}
    dated = {n for passage, sentence in look.sentences for n in _dated(sentence)}
    if not counts and len(dated) > 1 and dated == set(range(1, len(dated) + 1)):
        counts = {len(dated)}
    for passage, sentence in look.sentences if len(counts) == 1 else ():
        for one in _NTH.finditer(sentence):
            nth, (count,) = count_of(_ordinal(one[1])), counts
            if nth and count and nth > count:
                yield Hit(
                    one[0],
                    f"{count} kali",
                    f"Disebut {one[0]}, sedangkan revisinya {count} kali.",
                    [passage.place, *(there.place for there, _ in every[:1])],
                )


def _dated(sentence: str) -> Iterator[int]:
    """Give the numbers of the revisions that a sentence dates."""
    for one in _REVISED.finditer(sentence):
        number = count_of(_ordinal(one[1])) if one[1] else None
        if number:
            yield number


def _ordinal(text: str) -> str:
    """Leave the number of “ke-2”, “kedua” and “pertama”."""
    bare = re.sub(r"^ke[- ]?", "", text.casefold())
    return {"pertama": "satu", "i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}.get(bare, bare)


def _wrong(told: str, right: str, sentence: str, place: Place) -> Hit:
    return Hit(told, right, sentence, place, f"tanggal/{told}")


def future(look: Look) -> Iterator[Hit]:
    """Find what was done at a date when the report must have been written."""
    year, quarter = look.period
    if not year:
        return
    last = date(year, 3 * (quarter or 4), 30) + timedelta(_WRITTEN)
    days = [day for one in look.report.passages if (day := _signature(look, one))]
    written = max(days, default=last)
    lead = ""
    for passage, sentence in look.sentences:
        lead = sentence if passage.kind == "alinea" else lead
        told = sentence.casefold()
        item = passage.kind == "butir"
        done = (not item or told.endswith((".", ";"))) and _DONE.search(told)
        done = done or (item and _DONE.search(lead.casefold()))
        if not done or _COMING.search(told) or _SIGNED.match(sentence):
            continue
        for one in _DATE.finditer(sentence):
            day = _date(one[0])
            if day and day > min(last, written) and not _LASTS.search(told[: one.start()]):
                yield _wrong(
                    one[0],
                    f"{written.day} {MONTHS[written.month - 1]} {written.year}"
                    if days
                    else str(year),
                    f"Disebut telah terjadi pada {one[0]}, sedangkan laporan ini"
                    + (" ditulis sebelumnya." if day.year == year else f" tentang {year}."),
                    passage.place,
                )


def _signature(look: Look, one: Passage) -> date | None:
    """Read the day on which an opening or a closing was signed."""
    found = _DATE.search(one.text) if _SIGNED.match(one.text.strip()) else None
    framed = found and look.words.says("bingkai", one.place.section)
    return _date(found[0]) if found and framed else None


def turns(look: Look) -> Iterator[Hit]:
    """Find dates, months and quarters, below or beside one another, in order but for one."""
    for grid in look.report.grids:
        columns = [
            [(row[n], grid.at(m, n)) for m, row in enumerate(grid.rows)]
            for n in range(len(grid.head))
        ]
        for line in ([(head, grid.place) for head in grid.head], *columns):
            told = [(rank, text, place) for text, place in line if (rank := _rank(text))]
            back = [(a, b) for a, b in pairwise(told) if b[0] < a[0]]
            if len(told) < 3 or len(back) != 1:
                continue
            ((_, first, at), (_, second, place)) = back[0]
            heads = f"{grid.caption} {' '.join(grid.head)}".casefold()
            if told[-1][0] < 20 and len({one[0] for one in told}) == len(told):
                right = told[-1][0] > told[0][0]  # the year does not turn between them
            else:
                revised = re.search("revisi|adendum|tahap", heads)
                right = bool(revised or (len(told) > 4 and re.search("tanggal|tgl|waktu", heads)))
            if right:
                yield Hit(
                    second,
                    first,
                    f"{second} mengikuti {first}, sedangkan yang lain berurutan.",
                    [at, place],
                    f"urutan/{grid.caption}/{second}",
                )


def ends(look: Look) -> Iterator[Hit]:
    """Find the row whose second date is before the first, where the other rows go forward."""
    for grid in look.report.grids:
        for column in range(1, len(grid.head)):
            told = [
                (n, row, a, b)
                for n, row in enumerate(grid.rows)
                if (a := _date(row[column - 1])) and (b := _date(row[column]))
            ]
            wrong = [(n, row) for n, row, a, b in told if b < a]
            for n, row in wrong if len(told) > 2 and len(wrong) == 1 else ():
                first, second = row[column - 1 : column + 1]
                yield _wrong(
                    second,
                    f"sesudah {first}",
                    f"{grid.head[column]} {second} lebih awal daripada {grid.head[column - 1]}"
                    f" {first}.",
                    grid.at(n, column),
                )


def _with_days(grid: Grid, row: Sequence[str]) -> str:
    """Put a row into words: a number below “Masa (hari)” is one of days."""
    return " ".join(
        f"{cell} hari" if cell.isdecimal() and "hari" in head.casefold() else cell
        for head, cell in zip(grid.head, row, strict=True)
    )


def durations(look: Look) -> Iterator[Hit]:
    """Hold “60 hari kalender” against the two dates of its row or sentence, both counted or one."""
    told = [
        (
            _with_days(grid, row),
            grid.at(number, 0),
            "kalender" in " ".join((*grid.head, *row)).casefold(),
        )
        for grid in look.report.grids
        for number, row in enumerate(grid.rows)
    ]
    told += [(one, passage.place, False) for passage, one in look.sentences]
    for text, place, counted in told:
        days = [day for one in _DATE.finditer(text) if (day := _date(one[0]))]
        lasts = [one for one in _LASTING.finditer(text) if counted or one["calendar"]]
        if len(days) != 2 or len(lasts) != 1 or days[1] <= days[0]:
            continue
        made, count = (days[1] - days[0]).days, int(lasts[0]["count"])
        if count not in (made, made + 1):
            yield _wrong(
                f"{count} hari",
                f"{made + 1} hari",
                f"Disebut {count} hari, sedangkan dari {days[0]:%d-%m-%Y} sampai dengan"
                f" {days[1]:%d-%m-%Y} adalah {made + 1} hari.",
                place,
            )


def twice(look: Look) -> Iterator[Hit]:
    """Find one thing whose days in the calendar, or whose month, differ at two places."""
    for pattern, what in ((_LONG, "lamanya"), (_FROM_TO, "waktunya")):
        told = [
            (one, _content(sentence, one), passage.place)
            for passage, sentence in look.sentences
            if not _BOUNDS.search(sentence.casefold())
            for one in pattern.finditer(sentence)
        ]
        told = of_one_thing(told, lambda one: one[1], lambda one: one[0][0].casefold())
        for (a, first, here), (b, second, there) in combinations(told, 2):
            shared = [word for word in first if word in second]
            alike = len(shared) >= _SHARED and len(shared) == min(len(first), len(second))
            if here == there or not alike or a[0].casefold() == b[0].casefold():
                continue
            if pattern is _FROM_TO and a[1] != b[1]:
                continue  # other days of the month are another time
            name = " ".join(shared)
            yield Hit(
                a[0],
                b[0],
                f"{what.capitalize()} “{name}” tertulis {a[0]} di satu tempat dan {b[0]} di tempat"
                " lain.",
                [here, there],
                f"tanggal/{name}",
            )


def _content(sentence: str, one: re.Match[str]) -> tuple[str, ...]:
    """Give the words that name what a time is of: those before it, up to the verb."""
    lead = re.split(r"[,;]", sentence[: one.start()])[-1].casefold()
    return tuple(dict.fromkeys(re.findall(r"[a-z]{4,}", _DOES.split(lead)[0])))


def _rank(text: str) -> int:
    """Give the place in time of a date, a month or a quarter that is all of a text; 0 of others."""
    if day := _date(text):
        return day.toordinal()
    found = re.fullmatch(
        r"(?:(?:triwulan|tw)\s+([iv]+)|([a-z]+))(?:\s+20[0-9]{2})?", text.casefold().strip()
    )
    if found is None:
        return 0
    if found[1]:
        return ordinal(found[1].upper()) or 0
    months = [n for n, one in enumerate(MONTHS, 1) if one.casefold().startswith(found[2])]
    return months[0] if len(months) == 1 and len(found[2]) > 2 else 0


RULES = (
    Rule("periode", "minor", "bulan yang disebut dengan triwulannya", months),
    Rule("tanggal", "minor", "tanggal dengan tanggal pada rentangnya", days),
    Rule("tanggal", "minor", "revisi yang disebut dengan revisi sebelumnya", revisions),
    Rule("periode", "minor", "periode yang disebut dengan periode laporan", periods),
    Rule("periode", "minor", "periode yang disebut dengan periode laporan", spans),
    Rule("periode", "minor", "triwulan yang disebut dengan triwulan angkanya", amounts),
    Rule("peraturan", "minor", "peraturan yang disebut dengan yang berlaku", laws),
    Rule("tanggal", "minor", "tanggal dengan kalender", calendar),
    Rule("tanggal", "minor", "tanggal tanda tangan dengan periode laporan", signed),
    Rule("tanggal", "minor", "tanggal dengan bulan dalam nomor surat", letters),
    Rule("tanggal", "minor", "tanggal dengan tanggal sebelumnya dalam satu baris", ends),
    Rule("tanggal", "minor", "tanggal dengan periode laporan", future),
    Rule("tanggal", "minor", "lamanya dengan kedua tanggalnya", durations),
    Rule("tanggal", "minor", "waktu suatu kegiatan di beberapa tempat", twice),
    Rule("urutan-waktu", "minor", "tanggal dan bulan dengan yang di sebelahnya", turns),
)
