"""The steps that make a *potongan* of a table, one function for each word of a profile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd

from pp39.book import Book
from pp39.checks.beside import beside
from pp39.checks.reference import QUARTERS, filled, listed, periods, values
from pp39.profile import function
from pp39.profile.check import (
    Acuan,
    Apit,
    Isi,
    Kelompok,
    Langkah,
    Lengkap,
    Pertama,
    Sebelum,
    Urai,
    Urut,
)
from pp39.profile.condition import conditions, fitting
from pp39.sources.registers import quarters_of

_JOINING = frozenset({"dan", "serta", "atau", "di", "pada"})


def taken(frame: pd.DataFrame, step: Langkah, book: Book) -> pd.DataFrame:
    """Take one step; the rows keep their labels where they stay what they are."""
    return _STEPS[step.verb](frame, getattr(step, step.verb), book)


def complete(given: Lengkap, book: Book) -> pd.DataFrame | None:
    """List the words that must be there, with ``hilang`` naming those that are not."""
    due: list[Any] = []
    for word in given.harus:
        if word == "tahun_lalu":
            due.append(book.year - 1)
        elif word == "bulan_berjalan":
            due += book.quarter.upto
        elif "." in word:
            due += values([word], book)
        else:
            due.append(word)
    there = set(values(given.ada, book))
    if given.diam_bila_kosong and not there:
        return None
    due = list(dict.fromkeys(due))
    gone = [None if one in there else str(one) for one in due]
    return pd.DataFrame(
        {given.sebagai: pd.Series(due, dtype=object), "hilang": pd.Series(gone, dtype=object)}
    ).assign(triwulan=str(book.quarter))


def letters(texts: pd.Series) -> pd.Series:
    """Reduce texts to their letters in lower case, so that only a difference in words remains."""
    codes, words = pd.factorize(texts)
    plain = pd.Series(words, dtype="str").str.casefold().str.replace(r"[^a-z]", "", regex=True)
    return pd.Series([*plain, None], dtype="str").take(codes).set_axis(texts.index)


def _fitting(frame: pd.DataFrame, condition: str, book: Book) -> Any:
    return fitting(frame, conditions(filled(condition, book)), periods(book))


def _referred(frame: pd.DataFrame, step: Acuan, book: Book) -> pd.DataFrame:
    other = listed(step.di, book)
    here, there = list(step.kunci), list(step.kunci.values())
    read = [*there, *step.ambil.values(), *step.jumlah.values(), *step.banyak.values()]
    asked = list(dict.fromkeys(read))
    # An empty list of the unit does not say what its entries would hold.
    other = other.reindex(columns=asked) if other.empty else other[asked]
    if not there:
        alone: dict[str, Any] = {new: _first(other[old]) for new, old in step.ambil.items()}
        alone |= {new: other[old].sum() for new, old in step.jumlah.items()}
        alone |= {new: other[old].nunique() for new, old in step.banyak.items()}
        return frame.assign(**alone)
    other = other.dropna(subset=there)
    groups = other.groupby(there, sort=False)
    beside = other.drop_duplicates(there).set_index(there, drop=False)
    made = {new: beside[old] for new, old in step.ambil.items()}
    made |= {new: groups[old].sum() for new, old in step.jumlah.items()}
    made |= {new: groups[old].nunique() for new, old in step.banyak.items()}
    keys = pd.MultiIndex.from_frame(frame[here]) if len(here) > 1 else frame[here[0]]
    found = {new: whole(one).reindex(keys).set_axis(frame.index) for new, one in made.items()}
    found |= {new: found[new].fillna(0) for new in step.banyak}
    return frame.assign(**found)


def whole(column: pd.Series) -> pd.Series:
    """Let whole numbers stay whole where some are blank."""
    return column.astype("Int64") if pd.api.types.is_integer_dtype(column.dtype) else column


def _first(column: pd.Series) -> Any:
    known = column.dropna()
    return None if known.empty else known.iloc[0]


def _before(frame: pd.DataFrame, step: Sebelum, _: Book) -> pd.DataFrame:
    known = frame.dropna(subset=[step.kolom])
    known = known.sort_values([*step.per, *step.menurut], kind="stable") if step.menurut else known
    taken_from = step.dari or step.kolom
    shifted = (
        known.groupby(list(step.per), sort=False)[taken_from].shift()
        if step.per
        else known[taken_from].shift()
    )
    if step.awal:
        groups = known[list(step.per)] if step.per else pd.Series(0, index=known.index)
        shifted = shifted.where(groups.duplicated(), known[step.awal])
    return frame.assign(sebelum=shifted)


def _numbered(frame: pd.DataFrame, step: Urut, _: Book) -> pd.DataFrame:
    numbers = pd.to_numeric(frame[step.kolom]).astype("Int64")
    named = frame.assign(**{step.kolom: numbers})
    # A number twice is the key's business, not a gap.
    keys = [*step.per, step.kolom]
    known = named.dropna(subset=[step.kolom]).drop_duplicates(keys).sort_values(keys)
    before = (
        known.groupby(list(step.per))[step.kolom].shift() if step.per else known[step.kolom].shift()
    )
    first = known[step.kolom].where(known[step.kolom].isin(step.mulai), step.mulai[-1])
    due = (before + 1).fillna(first)
    return named.assign(sebelum=before.fillna(0), berikut=due).loc[known.index.sort_values()]


def _of_first(frame: pd.DataFrame, step: Pertama, _: Book) -> pd.DataFrame:
    known = frame.dropna(subset=list(step.per))
    groups = known.groupby(list(step.per), sort=False)
    return frame.assign(**{new: groups[old].transform("first") for new, old in step.ambil.items()})


def _set(frame: pd.DataFrame, step: Isi, book: Book) -> pd.DataFrame:
    given: Any = step.dengan
    if isinstance(given, str):
        if given in periods(book):
            given = periods(book)[given]
        elif given[:1] == "'":
            given = given.strip("'")
        elif given in frame:
            given = frame[given]
        else:
            given = book.settings.value(given)
            given = given.isoformat() if hasattr(given, "isoformat") else given
    if not step.bila:
        return frame.assign(**{step.kolom: given})
    fit = _fitting(frame, step.bila, book)
    before = frame[step.kolom] if step.kolom in frame else pd.Series(None, frame.index, object)
    return frame.assign(**{step.kolom: before.where(~fit, given)})


def _added(frame: pd.DataFrame, step: Mapping[str, tuple[str, ...]], _: Book) -> pd.DataFrame:
    sums = {new: sum((frame[one] for one in old[1:]), frame[old[0]]) for new, old in step.items()}
    return frame.assign(**sums)


def _distance(frame: pd.DataFrame, step: Mapping[str, tuple[str, str]], _: Book) -> pd.DataFrame:
    return frame.assign(
        **{new: (frame[left] - frame[right]).abs() for new, (left, right) in step.items()}
    )


def _within(frame: pd.DataFrame, step: Apit, _: Book) -> pd.DataFrame:
    low = frame[step.bawah].astype("float64").fillna(float("-inf"))
    high = frame[step.atas].astype("float64").fillna(float("inf"))
    return frame.assign(terdekat=frame[step.kolom].astype("float64").clip(low, high))


def _grouped(frame: pd.DataFrame, step: Kelompok, _: Book) -> pd.DataFrame:
    by = [frame[one] for one in step.per] or [pd.Series(0, index=frame.index)]
    groups = frame.groupby(by, sort=False)
    made = {new: groups[old].first() for new, old in step.pertama.items()}
    for new, old in step.jumlah.items():
        total = groups[old].sum()
        # Sums of decimals with few places: the sixth is far below any and above any noise.
        made[new] = total.round(6) if pd.api.types.is_float_dtype(total.dtype) else total
    found = pd.DataFrame(made)
    return found.reset_index() if step.per else found.reset_index(drop=True)


def _by_quarter(frame: pd.DataFrame, step: Urai, book: Book) -> pd.DataFrame:
    count = book.quarter.number if step.sampai == "kini" else len(QUARTERS)
    parts = []
    for quarter in QUARTERS[:count]:
        slug = f"tw_{quarter.lower()}"
        taken_from = {new: old.replace("{triwulan}", slug) for new, old in step.kolom.items()}
        made = {new: frame[old] for new, old in taken_from.items()}
        parts.append(frame.assign(triwulan=slug, **made))
    return pd.concat(parts).sort_values("baris", kind="stable").reset_index(drop=True)


def parties(rows: pd.DataFrame, book: Book) -> pd.DataFrame:
    """Name in ``pihak`` what a cell of ``kendala`` says if it names parts of the unit only."""
    known = {book.params.unit.nama, book.params.unit.singkatan, *book.params.unit.struktur}
    known |= {one.pic for one in book.params.indikator.values() if one.pic}
    words = frozenset().union(*_words(pd.Series(sorted(known))))
    # A cell of party names only: each word that is not a joining word names a party.
    named = [
        text if parts and parts <= words else None
        for text, parts in zip(rows["kendala"], _words(rows["kendala"]), strict=True)
    ]
    return rows.assign(pihak=pd.Series(named, index=rows.index, dtype=object))


def _words(texts: pd.Series) -> list[frozenset[str]]:
    """Give the words of each text, unit names brought to their short forms."""
    plain = texts.astype("str").str.casefold().str.replace("tata usaha", "tu")
    plain = plain.str.replace("subbagian", "subbag").str.replace(r"\bsubag", "subbag", regex=True)
    plain = plain.str.replace(r"subbagtu", "subbag tu")
    return [frozenset(words) - _JOINING for words in plain.str.findall(r"[a-z]+")]


_STEPS: Mapping[str, Callable[[pd.DataFrame, Any, Book], pd.DataFrame]] = MappingProxyType(
    {
        "pilih": lambda frame, condition, book: frame[_fitting(frame, condition, book)],
        "ada": lambda frame, columns, _: frame.dropna(subset=list(columns)),
        "tunggal": lambda frame, columns, _: frame.drop_duplicates(list(columns)),
        "acuan": _referred,
        "sebelum": _before,
        "urut": _numbered,
        "pertama": _of_first,
        "bagi": lambda frame, step, _: frame.assign(
            **frame[step.kolom].astype("str").str.extract(f"^(?:{step.pola})$")
        ),
        "huruf": lambda frame, step, _: frame.assign(
            **{new: letters(frame[old].astype("str")) for new, old in step.items()}
        ),
        "triwulan": lambda frame, step, book: frame.assign(
            **{new: quarters_of(frame[old], book.year) for new, old in step.items()}
        ),
        "isi": _set,
        "tambah": _added,
        "selisih": _distance,
        "apit": _within,
        "kelompok": _grouped,
        "urai": _by_quarter,
        # That there are rows is enough.
        "sanding": lambda _, step, book: beside(step, book),
        "fungsi": lambda frame, step, book: function("potongan", step.nama)(frame, book),
    }
)
