"""What a chart says: one line above it, made of the figures that it shows."""

from __future__ import annotations

from collections.abc import Sequence
from operator import gt, lt
from typing import Literal

from pp39.ledger import Quantity
from pp39.periods import Quarter
from pp39.report.inline import Inline, Number, Part, Phrase
from pp39.report.sections.kalimat import (
    banyaknya,
    deret,
    gabung,
    sebut,
    terbesar,
    terkecil,
    triwulan,
)
from pp39.report.sections.kalimat import bulan as nama_bulan

# Names up to this many are told; more are counted.
_NAMED = 3
_WHOLE = 100

Named = Sequence[tuple[Part, Quantity]]

# By polarity: how one that falls short is told of, and that none does; when it does.
_PAST = {
    "naik": ("Di bawah target", "Semua yang bertarget mencapai targetnya", lt),
    "turun": ("Melampaui batas", "Tidak ada yang melampaui batasnya", gt),
}


def terbanyak(jumlah: Named) -> Part:
    """Say which bar is the longest.

    Examples
    --------
    >>> bars = [("uji", Quantity.constant(5)), ("latih", Quantity.constant(2))]
    >>> terbanyak(bars).plain()
    'Terbanyak: uji (5)'
    """
    return Phrase("Terbanyak: ", _called(terbesar(jumlah))) if jumlah else ""


def tertinggi(angka: Named) -> Part:
    """Say which of several figures is the highest and which the lowest.

    Examples
    --------
    >>> bars = [("uji", Quantity.constant(5)), ("latih", Quantity.constant(2))]
    >>> tertinggi(bars).plain()
    'Tertinggi uji (5), terendah latih (2)'
    """
    if len(angka) < 2:
        return ""
    return Phrase("Tertinggi ", _called(terbesar(angka)), ", terendah ", _called(terkecil(angka)))


def terhadap_target(persen: Named, polaritas: str = "naik") -> Part:
    """Say which of several realisations in percent of a target fall short of it.

    Of a limit (`polaritas` ``"turun"``) it is those that exceed it.

    Examples
    --------
    >>> shares = [("uji", Quantity.constant(54)), ("latih", Quantity.constant(137))]
    >>> terhadap_target(shares).plain(), terhadap_target(shares, "turun").plain()
    ('Di bawah target: uji (54)', 'Melampaui batas: latih (137)')
    """
    missed, kept, past = _PAST["turun" if polaritas == "turun" else "naik"]
    short = [(name, one) for name, one in persen if past(one.value, _WHOLE)]
    if not short:
        return kept if persen else ""
    if len(short) <= _NAMED:
        return Phrase(f"{missed}: ", _called(short))
    told: list[Part] = [f"{missed}: ", banyaknya(short), " dari ", banyaknya(persen)]
    worst = ("tertinggi ", terbesar) if polaritas == "turun" else ("terendah ", terkecil)
    return Phrase(*told, "; ", worst[0], _called(worst[1](short)))


def menuju(persen: Named) -> Part:
    """Say how far several realisations are on the way to a target of the whole year.

    Examples
    --------
    >>> menuju([("uji", Quantity.constant(54)), ("latih", Quantity.constant(37))]).plain()
    'Terhadap target setahun: tertinggi uji (54), terendah latih (37)'
    """
    if not persen:
        return ""
    told: list[Part] = ["Terhadap target setahun: "]
    if len({one.value for _, one in persen}) == 1:
        return Phrase(*told, _called(persen))
    told += ["tertinggi ", _called(terbesar(persen)), ", terendah ", _called(terkecil(persen))]
    return Phrase(*told)


def menurut_triwulan(
    hasil: Sequence[tuple[Part, Quantity, Quantity]], sebelum: Quarter, kini: Quarter
) -> Part:
    """Say what rose and what fell from a quarter to the next, of what is known of both.

    Examples
    --------
    >>> four, five = Quantity.constant(4), Quantity.constant(5)
    >>> menurut_triwulan([("uji", four, five)], Quarter.III, Quarter.IV).plain()
    'Dibandingkan dengan triwulan III, hasil triwulan IV naik pada uji'
    """
    rose = [name for name, was, now in hasil if now.value > was.value]
    fell = [name for name, was, now in hasil if now.value < was.value]
    moves = [_move(word, some) for word, some in (("naik", rose), ("turun", fell)) if some]
    if not moves:
        return ""
    told: list[Part] = ["Dibandingkan dengan ", triwulan(sebelum), ", hasil ", triwulan(kini), " "]
    return Phrase(*told, moves[0], *(deret(", tetapi ", moves[1]) if moves[1:] else []))


def bulanan(
    bulan: Sequence[int],
    nilai: Sequence[Quantity | None],
    target: Quantity | None,
    polaritas: str = "naik",
) -> Part:
    """Say how the last month known stands to the target, and how many months are not known.

    Examples
    --------
    >>> made, goal = [Quantity.constant(4), None], Quantity.constant(3)
    >>> bulanan([1, 2], made, goal, "naik").plain()
    '4 pada Januari, memenuhi target 3; satu bulan tanpa data'
    >>> bulanan([1, 2], made, goal, "turun").plain()
    '4 pada Januari, melampaui batas 3; satu bulan tanpa data'
    """
    known = [(month, one) for month, one in zip(bulan, nilai, strict=True) if one is not None]
    if not known:
        return ""
    month, last = known[-1]
    told: list[Part] = [last, " pada ", nama_bulan(month)]
    if target is not None and target.low is not None:
        outside = "di bawah" if last.value < target.low else "di atas"
        within = target.low <= last.value <= target.value
        told += [f", {'di dalam' if within else outside} rentang target ", target]
    elif target is not None:
        missed, _, past = _PAST["turun" if polaritas == "turun" else "naik"]
        goal = "batas" if polaritas == "turun" else "target"
        told += [f", {missed.lower() if past(last.value, target.value) else f'memenuhi {goal}'} "]
        told.append(target)
    lacking = [one for one in nilai if one is None]
    if lacking:
        told += ["; ", banyaknya(lacking), " bulan tanpa data"]
    return Phrase(*told)


def golongan(semua: Quantity, terbaik: tuple[str, Quantity | None, Quantity | None]) -> Part:
    """Say how many of all answers are of the best group."""
    name, count, share = terbaik
    if count is None:
        return ""
    part: list[Part] = [" (", share, ")"] if share is not None else []
    return Phrase(
        Number(count, "polos"),
        " dari ",
        Number(semua, "polos"),
        f" responden ialah {name.lower()}",
        *part,
    )


def _called(many: Named) -> Inline:
    return sebut([(name, Number(one, _style(one))) for name, one in many])


def _style(one: Quantity) -> Literal["teks", "polos"]:
    return "teks" if one.unit in ("%", "Rp") else "polos"


def _move(word: str, names: Sequence[Part]) -> Inline:
    if len(names) <= _NAMED:
        return Phrase(f"{word} pada ", gabung(names))
    return Phrase(f"{word} pada ", banyaknya(names), " jenis")
