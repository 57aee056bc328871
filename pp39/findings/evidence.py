"""What the rules look at: statements in scope, clean tables, and computed figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, reduce
from typing import Any

import pandas as pd

from pp39.findings.finding import Finding
from pp39.findings.printed import Agreement, agreement
from pp39.findings.statement import Mention, Statement, mentions
from pp39.findings.wording import plain
from pp39.ledger import Ledger, Quantity
from pp39.numbers import exact
from pp39.params import Params, Settings
from pp39.periods import Quarter
from pp39.profile.finding import Pernyataan, subject_pattern
from pp39.sources import CleanTable

__all__ = ["QUARTER_COLUMNS", "Evidence", "Outcome", "Row", "dashed", "places"]

Row = Mapping[str, Any]

#: Columns of a source with what each of the four quarters brought.
QUARTER_COLUMNS = ("tw_i", "tw_ii", "tw_iii", "tw_iv")

# More places than this help nobody.
_SHOWN = 20


@dataclass(frozen=True)
class Outcome:
    """What a run computed.

    Parameters
    ----------
    ledger : Ledger
        Its figures.
    settings : Settings
        The parameters they were computed by.
    """

    ledger: Ledger
    settings: Settings


@dataclass(frozen=True)
class Evidence:
    """All that is known about one run.

    What was stated before cannot contradict what was decided after: where somebody changed a
    parameter for this run, by scenario or override, statements are held against the figures as
    they are without that, and `traced` says so.

    Parameters
    ----------
    tables : mapping of str to CleanTable
        Clean tables by source.
    ledger : Ledger
        Figures as computed without scenario and overrides.
    settings : Settings
        Parameters without scenario and overrides.
    run : Outcome, optional
        The run itself; the same by default.
    rules : sequence of callable
        All rules of the unit, for a rule that asks what another one shows.
    """

    tables: Mapping[str, CleanTable]
    ledger: Ledger
    settings: Settings
    run: Outcome | None = None
    rules: Sequence[Any] = ()

    @property
    def year(self) -> int:
        """Budget year of the run."""
        return self.settings.year

    @property
    def quarter(self) -> Quarter:
        """Quarter of the run."""
        return self.settings.quarter

    @property
    def period(self) -> str:
        """The run's quarter and year in words."""
        return f"triwulan {self.quarter} TA {self.year}"

    @cached_property
    def findings(self) -> dict[str, tuple[Finding, ...]]:
        """What each rule applied so far has found; a rule may ask what another shows."""
        return {}

    def found_by(self, id: str) -> tuple[Finding, ...]:
        """Give what a rule of the unit finds; nothing where it has no such rule."""
        return tuple(one for rule in self.rules if rule.id == id for one in rule(self))

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Indicator codes in the style of ledger ids, in the order of the registry."""
        return tuple(dashed(code) for code in self.settings.params.indikator)

    def codes_of(self, way: str) -> tuple[str, ...]:
        """Give the codes of the indicators that are computed in one way."""
        return tuple(code for code in self.codes if self.indicator(code).hitung == way)

    def code_of(self, way: str) -> str:
        """Give the code of the indicator that is computed in one way, else a name for it."""
        return next(iter(self.codes_of(way)), way.replace("_", "-"))

    def columns(self, name: str) -> tuple[str, ...]:
        """Give the columns that a name with a quarter stands for.

        ``{tw}`` stands for the run's quarter, ``{sampai_tw}`` for each quarter up to it and
        ``{semua_tw}`` for all four.
        """
        if "{" not in name:
            return (name,)
        now = self.quarter.number
        for hole, quarters in (
            ("{tw}", list(Quarter)[now - 1 : now]),
            ("{sampai_tw}", list(Quarter)[:now]),
            ("{semua_tw}", list(Quarter)),
        ):
            if hole in name:
                return tuple(name.replace(hole, one.name.lower()) for one in quarters)
        return (name,)

    def rows(self, source: str) -> tuple[Row, ...]:
        """Give the rows of a table that are of the run's quarter, or of no quarter; none if absent.

        Blank cells are None.
        """
        return tuple(
            row for row in self.all_rows(source) if row.get("triwulan") in (None, self.quarter.name)
        )

    def all_rows(self, source: str) -> tuple[Row, ...]:
        """Give all rows of a table; none if the table is absent."""
        if source not in self._records and source in self.tables:
            self._records[source] = _rows(self.tables[source].frame)
        return self._records.get(source, ())

    def repeated(self, source: str, column: str) -> tuple[Row, ...]:
        """Give the rows of the run's quarter whose value in a column occurs more than once.

        Only these rows are looked at one by one, so that a survey may be long.
        """
        frame = self._frame(source)
        if column not in frame:
            return ()
        known = frame[frame[column].notna()]
        return _rows(known[known[column].duplicated(keep=False)])

    def repeats(self, source: str, column: str) -> tuple[int, int]:
        """Count the rows `repeated` would give, and their different values."""
        frame = self._frame(source)
        if column not in frame:
            return 0, 0
        counted = frame[column].value_counts()
        often = counted[counted > 1]
        return int(often.sum()), len(often)

    def column(self, source: str, column: str) -> tuple[Any, ...]:
        """Give the filled values of one column in the run's quarter, in the order of the rows."""
        frame = self._frame(source)
        return tuple(frame[column].dropna().tolist()) if column in frame else ()

    def answers(self, source: str, column: str) -> pd.DataFrame:
        """Give the rows of the run's quarter in which a column is filled; empty if there are none.

        As a table, since a survey may be long.
        """
        frame = self._frame(source)
        return frame[frame[column].notna()] if column in frame else pd.DataFrame()

    def place(self, source: str, rows: Iterable[Row]) -> str:
        """Say where rows stand, such as ``dipa_ro.csv baris 5–7, 9``."""
        table = self.tables[source]
        by_file: dict[str, set[int]] = {}
        for row in rows:
            by_file.setdefault(table.file_of(row).file, set()).add(int(row["baris"]))
        if not by_file:
            return table.source.file
        return "; ".join(_place(file, sorted(numbers)) for file, numbers in by_file.items())

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """The statements that speak for the run's period, in the order of the file."""
        return tuple(one for one in self._all_statements if self._in_scope(one))

    @cached_property
    def words(self) -> Counter[str]:
        """How often each word is written in the statements that speak for the run's period."""
        return Counter(word for one in self.statements for word in plain(one.nilai).split())

    def stated(self, subject: str) -> tuple[Statement, ...]:
        """Give the statements about one subject that say something."""
        return self._by_subject.get(subject, ())

    def subjects(self, pattern: str) -> Iterator[tuple[re.Match[str], tuple[Statement, ...]]]:
        """Give the subjects that fit a regular expression as a whole, with what was stated."""
        if pattern not in self._fitting:
            # Many rules ask for the same.
            fits = re.compile(pattern).fullmatch
            self._fitting[pattern] = [
                (match, group)
                for subject, group in self._by_subject.items()
                if (match := fits(subject)) is not None
            ]
        yield from self._fitting[pattern]

    def numbered(self, subject: str) -> tuple[Statement, ...]:
        """Give the statements about the items of a list, such as ``IKU-1.1/rencana-kegiatan/3``.

        Parameters
        ----------
        subject : str
            The list, such as ``IKU-1.1/rencana-kegiatan``.
        """
        return tuple(self._numbered.get(subject, ()))

    @cached_property
    def compared(self) -> tuple[tuple[Quantity, tuple[tuple[Statement, Agreement], ...]], ...]:
        """The subjects with a computed figure and printed ones, and how far these agree with it."""
        found = []
        for subject, group in self._by_subject.items():
            figures = [(one, one.printed) for one in group if one.printed is not None]
            quantity = self.computed(subject) if figures else None
            if quantity is not None:
                kinds = tuple((one, agreement(figure, quantity.value)) for one, figure in figures)
                found.append((quantity, kinds))
        return tuple(found)

    def told_of(self, subject: str) -> tuple[Pernyataan, Mapping[str, str]] | None:
        """Give what the profile says of the subject of a statement, with the words in it."""
        if subject not in self._told:
            found = (
                (one, match.groupdict())
                for pattern, one in self._vocabulary.get(subject.count("/"), ())
                if (match := pattern.fullmatch(subject)) is not None
            )
            self._told[subject] = next(found, None)
        return self._told[subject]

    def left_out(self, subject: str, comparison: str) -> bool:
        """Tell whether a general comparison leaves a subject to rules of its own."""
        told = self.told_of(subject)
        return told is not None and comparison in told[0].selain

    def entry_of(self, subject: str) -> str:
        """Give the ledger id that a statement is held against."""
        told = self.told_of(subject)
        if told is None or told[0].ledger is None:
            return subject
        return told[0].ledger.format_map(told[1])

    def computed(self, subject: str) -> Quantity | None:
        """Give the computed figure that a statement may fairly be held against.

        None where nothing was computed. Capaian is taken without cap and against the performance
        contract, which is what reports state.
        """
        head, _, tail = subject.partition("/")
        if tail == "capaian" and head in self._registry:
            return self._achieved(head)
        id = self.entry_of(subject)
        base, ours = self.ledger.get(id), self._ours(id)
        return ours if base is not None and ours is not None and ours.value == base.value else base

    def traced(self, ledger_id: str) -> tuple[str, str]:
        """Tell where the run shows the calculation of a figure, and in what it departs from it.

        Parameters
        ----------
        ledger_id : str
            The figure a statement was held against; empty if there is none.

        Returns
        -------
        id : str
            Entry of the run with this value; empty if it has none.
        words : str
            A sentence, with a blank before it, where the run's own figure is another one.
        """
        held = self.computed(ledger_id) if ledger_id else None
        ours = self._ours(ledger_id)
        if held is None or (ours is not None and ours.value == held.value):
            return ledger_id, ""
        head, _, tail = ledger_id.partition("/")
        if tail == "capaian" and head in self._registry:
            raw = self._ours(f"{head}/capaian-mentah")
            id = raw.id or "" if raw is not None and raw.value == held.value else ""
            return id, self._achieved_words(head, held, ours)
        own = f"dalam laporan ini {ours.text()}" if ours else "laporan ini tidak menghitungnya"
        return "", f" {held.label} menurut parameter dasar {held.text()}; {own}."

    def number(self, subject: str) -> Fraction | None:
        """Give the computed value, else the first stated one."""
        quantity = self.computed(subject)
        if quantity is not None:
            return quantity.value
        printed = [one.printed for one in self.stated(subject) if one.printed is not None]
        return printed[0].value if printed else None

    def achievement(self, code: str) -> Fraction | None:
        """Give the capaian of an indicator against its own contract, in percent; None if unknown.

        Other targets do not count here: claims were made about the contract.
        """
        achieved = self._achieved(code)
        if achieved is not None:
            return achieved.value
        result, goal = self.number(f"{code}/realisasi"), self._contract.get(code)
        if result is None or goal is None or goal <= 0:
            return None
        registered = self.indicator(code)
        if registered is not None and registered.polaritas == "turun":
            return (2 - result / goal) * 100
        return result / goal * 100

    def indicator(self, code: str) -> Any:
        """Give the registry's entry of an indicator, None if it is not registered."""
        return self._registry.get(code)

    def short(self, code: str) -> str:
        """Name an indicator for a sentence: its registered name with its code."""
        registered = self.indicator(code)
        name = f" ({registered.nama})" if registered is not None else ""
        return f"{self.code(code)}{name}"

    def code(self, head: str) -> str:
        """Spell the code of an indicator as its contract does."""
        return self._spelled.get(head, head)

    def name(self, word: object) -> str:
        """Name a word of the unit as the report prints it."""
        known = self.own_words.get(str(word))
        return known.nama if known is not None else str(word)

    def vocabulary(self, name: str) -> Mapping[str, str]:
        """Give the words of a vocabulary of the profile, each with its name."""
        listed = self.settings.profile.isi.kosakata.get(name)
        if listed is None:
            return {}
        words = (
            listed.kata if listed.dari is None else getattr(self.settings.params.unit, listed.dari)
        )
        return {word: one.nama for word, one in words.items()}

    def misprints(self, name: str) -> Mapping[str, str]:
        """Give a list of misprints of the profile, each with what it stands for."""
        return self.settings.profile.isi.salah_cetak.get(name, {})

    def plan(self) -> tuple[str, tuple[Row, ...]]:
        """Give the source that plans the activities of each quarter, and all its rows."""
        listed = self.settings.profile.isi.pernyataan.values()
        source = next((one.sumber for one in listed if one.sumber is not None), "")
        return source, self.all_rows(source)

    def planned(self, code: str) -> tuple[Row, ...]:
        """Give the rows of the plan for an indicator in the run's quarter."""
        quarter = (None, self.quarter.name)
        rows = (row for row in self.plan()[1] if row.get("triwulan") in quarter)
        return tuple(row for row in rows if dashed(row["kode"]) == code)

    @cached_property
    def contract(self) -> tuple[Row, ...]:
        """The rows of the performance contract."""
        return self.all_rows(self.documents[0]) if self.documents else ()

    @cached_property
    def goals(self) -> Mapping[str, str]:
        """The code of the goal of each indicator, as a document gives it."""
        rows = (row for source in self.documents for row in self.all_rows(source))
        return {
            dashed(row["kode"]): str(row["kode_sasaran"]) for row in rows if row.get("kode_sasaran")
        }

    @cached_property
    def documents(self) -> tuple[str, ...]:
        """The sources that state a target of each indicator; the first is the contract."""
        return tuple(
            name
            for name, one in self.settings.profile.sumber.items()
            if {"kode", "target", "dokumen"} <= set(one.clean_names)
        )

    def targets(self, code: str) -> list[tuple[str, Fraction]]:
        """Give place and value of a target in every document, as stated or as in the source."""
        stated = [
            (one.letak, one.printed.value)
            for one in self.stated(f"{code}/target")
            if one.printed is not None
        ]
        tables = [
            (source, str(row.get("dokumen") or "dokumen target"), exact(row["target"]))
            for source in self.documents
            for row in self.all_rows(source)
            if dashed(row["kode"]) == code and row.get("target") is not None
        ]
        if not stated:
            return [(name, value) for _, name, value in tables]
        values = {value for _, value in stated}
        contract = [(name, value) for source, name, value in tables if source == self.documents[0]]
        others = [(name, value) for _, name, value in tables if value not in values]
        return [*contract, *stated, *others]

    def is_target(self, subject: str) -> bool:
        """Tell whether a subject is the target of an indicator."""
        head, _, tail = subject.rpartition("/")
        return tail == "target" and head in self._registry

    @property
    def any_code(self) -> str:
        """A regular expression of the codes as subjects begin with them."""
        return "|".join(map(re.escape, sorted(self.codes, key=len, reverse=True)))

    @property
    def chosen(self) -> Params:
        """The parameters of the run itself, for rules about how it counts and what it explains."""
        return (self.run or self).settings.params

    def parameter(self, path: str) -> Any:
        """Give a parameter of the run itself, such as ``capaian.batas``."""
        return reduce(getattr, path.split("."), self.chosen)

    @property
    def own_words(self) -> Mapping[str, Any]:
        """The unit's own words, such as its services, with what is known of each."""
        given = (one.dari for one in self.settings.profile.isi.kosakata.values() if one.dari)
        unit = self.settings.params.unit
        return {slug: word for one in given for slug, word in getattr(unit, one).items()}

    def _achieved(self, code: str) -> Quantity | None:
        subject = f"{code}/capaian"
        result = self.computed(f"{code}/realisasi")
        target = self.ledger.get(f"{code}/target/perjanjian_kinerja")
        if result is None or target is None or target.value <= 0:
            return None
        falling = self._registry[code].polaritas == "turun"
        ratio = (2 - result / target) * 100 if falling else result / target * 100
        id = subject if subject in self.ledger else None
        return replace(ratio.named(f"Capaian {code}", "%", 2), id=id)

    def _achieved_words(self, code: str, held: Quantity, ours: Quantity | None) -> str:
        """Say how capaian as reports state it was computed, and what it is in the run."""
        contract = self.ledger.get(f"{code}/target/perjanjian_kinerja")
        target, result = self._ours(f"{code}/target"), self._ours(f"{code}/realisasi")
        base = self.computed(f"{code}/realisasi")
        other = contract is not None and (target is None or target.value != contract.value)
        moved = base is not None and (result is None or result.value != base.value)
        limited = self._ours(f"{code}/capaian-mentah") is not None
        how = [
            f"terhadap target perjanjian kinerja {contract.text()}" if contract and other else "",
            "menurut parameter dasar" if moved or not (other or limited) else "",
            "tanpa batas" if limited else "",
        ]
        goal = f" terhadap target {target.text()}" if target and other else ""
        own = (
            f"dalam laporan ini {ours.text()}{goal}" if ours else "laporan ini tidak menghitungnya"
        )
        told = ", ".join(filter(None, how))
        return f" Capaian {held.text()} dihitung {told}; {own}."

    def _ours(self, id: str) -> Quantity | None:
        return (self.run or self).ledger.get(id)

    def about(self, one: Statement) -> str:
        """Say what a statement is about, with the indicator's code, to begin a sentence."""
        code = self.code(one.head) if one.head in self._registry else ""
        text = f"{one.uraian} {code}".strip()
        return text[:1].upper() + text[1:]

    @cached_property
    def _registry(self) -> dict[str, Any]:
        return {dashed(code): one for code, one in self.settings.params.indikator.items()}

    @cached_property
    def _spelled(self) -> dict[str, str]:
        return {dashed(code): code for code in self.settings.params.indikator}

    @cached_property
    def _contract(self) -> dict[str, Fraction]:
        return {dashed(row["kode"]): exact(row["target"]) for row in self.contract if row["target"]}

    @cached_property
    def _told(self) -> dict[str, tuple[Pernyataan, Mapping[str, str]] | None]:
        return {}

    @cached_property
    def _vocabulary(self) -> dict[int, list[tuple[re.Pattern[str], Pernyataan]]]:
        """The subjects of the profile by their number of slashes, those with fewest words first."""
        found: dict[int, list[tuple[re.Pattern[str], Pernyataan]]] = {}
        listed = self.settings.profile.isi.pernyataan
        for template in sorted(listed, key=lambda one: (one.count("{"), one)):
            pattern = subject_pattern(template)
            found.setdefault(template.count("/"), []).append((pattern, listed[template]))
        return found

    @cached_property
    def _records(self) -> dict[str, tuple[Row, ...]]:
        return {}

    def _frame(self, source: str) -> pd.DataFrame:
        if source not in self.tables:
            return pd.DataFrame()
        frame = self.tables[source].frame
        if "triwulan" not in frame:
            return frame
        return frame[frame["triwulan"].isna() | (frame["triwulan"] == self.quarter.name)]

    @cached_property
    def _all_statements(self) -> tuple[Statement, ...]:
        names = ("subjek", "uraian", "nilai", "satuan", "periode", "jenis", "letak")
        return tuple(
            Statement(int(row["baris"]), *(_text(row.get(name)) for name in names))
            for row in self.all_rows("pernyataan")
        )

    @cached_property
    def _by_subject(self) -> dict[str, tuple[Statement, ...]]:
        grouped: dict[str, list[Statement]] = {}
        for one in self.statements:
            grouped.setdefault(one.subjek, []).append(one)
        said = {subject: [one for one in group if one.nilai] for subject, group in grouped.items()}
        return {subject: tuple(group) for subject, group in said.items() if group}

    @cached_property
    def _numbered(self) -> dict[str, list[Statement]]:
        grouped: dict[str, list[Statement]] = {}
        for subject, group in self._by_subject.items():
            base, _, number = subject.rpartition("/")
            if number.isdecimal():
                grouped.setdefault(base, []).extend(group)
        return grouped

    @cached_property
    def _fitting(self) -> dict[str, list[tuple[re.Match[str], tuple[Statement, ...]]]]:
        return {}

    @cached_property
    def reported(self) -> tuple[int, int] | None:
        """Year and quarter the stated report is for; None where it does not say."""
        for one in self._all_statements:
            if one.subjek == "dokumen/periode" and one.nilai:
                told = mentions(one.nilai)
                year = told.quarters[0][1] if told.quarters else None
                years = [year] if year is not None else list(told.years)
                if told.quarters and years:
                    return years[0], told.quarters[0][0]
        return None

    def _in_scope(self, one: Statement) -> bool:
        ours = self.reported in (None, (self.year, self.quarter.number))
        told = self.told_of(one.subjek)
        if not one.periode or (not ours and told is not None and told[0].berubah):
            return ours
        when: Mention = one.when
        if when.months:
            last = self.quarter.last_month
            return self.year in when.years and max(when.months) <= last
        if when.quarters:
            if self.year not in when.years and when.quarters[-1][1] != self.year:
                return False
            numbers = [number for number, _ in when.quarters]
            whole = re.search(r"\bI\s*[-–]\s*IV\b", one.periode) is not None
            final = 4 if whole else max(numbers)
            series = re.search(r"/(?:I|II|III|IV)$", one.subjek) is not None
            return final == self.quarter.number or (series and final < self.quarter.number)
        # A year: the run's own or an earlier one, such as a baseline.
        return bool(when.years) and (
            self.year in when.years
            or (ours and max(when.years) < self.year)
            or max(when.years) == self.year - 1
        )


def dashed(code: object) -> str:
    """Write an indicator code as ledger ids do.

    Examples
    --------
    >>> dashed("IKU 1.1")
    'IKU-1.1'
    """
    return str(code).strip().replace(" ", "-")


def places(statements: Iterable[Statement]) -> str:
    """List the places of statements, each once, in the order of the document."""
    return "; ".join(dict.fromkeys(one.letak for one in statements if one.letak))


def _place(file: str, numbers: Iterable[int]) -> str:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    shown = [str(a) if a == b else f"{a}–{b}" for a, b in runs]
    told = ", ".join(shown[:_SHOWN]) + (", …" if len(shown) > _SHOWN else "")
    return f"{file} baris {told}"


def _rows(frame: pd.DataFrame) -> tuple[Row, ...]:
    # By column: asking every single cell whether it is blank takes longer than all the rest.
    columns = [frame[name].tolist() for name in frame]
    filled = [frame[name].notna().tolist() for name in frame]
    cells = [
        [value if there else None for value, there in zip(column, known, strict=True)]
        for column, known in zip(columns, filled, strict=True)
    ]
    names = [str(name) for name in frame]
    return tuple(dict(zip(names, record, strict=True)) for record in zip(*cells, strict=True))


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()
