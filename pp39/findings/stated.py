"""What was stated: the statements that speak for the period of a run, by subject."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from pp39.findings.clean import Clean
from pp39.findings.statement import Statement, reported_in
from pp39.findings.wording import plain
from pp39.ledger import dashed
from pp39.mentions import Mention
from pp39.profile.finding import Pernyataan, subject_pattern
from pp39.sources.table import Record as Row


class Stated(Clean):
    """The statements beside the clean tables they are held against."""

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """The statements that speak for the run's period, in the order of the file."""
        return tuple(one for one in self._all_statements if self._in_scope(one))

    @cached_property
    def written(self) -> Counter[str]:
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

    def told_of(self, subject: str) -> tuple[Pernyataan, Mapping[str, str]] | None:
        """Give what the profile says of the subject of a statement, with the words in it."""
        if subject not in self._told:
            found = (
                (one, match.groupdict())
                for pattern, one in self._subjects.get(subject.count("/"), ())
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

    def mended(self, text: str) -> str:
        """Give a text in small letters without the misprints that are mended in sources."""
        for listed in self.settings.profile.isi.salah_cetak.values():
            for wrong, right in listed.items():
                text = text.replace(wrong, right)
        return text.casefold()

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
    def _told(self) -> dict[str, tuple[Pernyataan, Mapping[str, str]] | None]:
        return {}

    @cached_property
    def _subjects(self) -> dict[int, list[tuple[re.Pattern[str], Pernyataan]]]:
        """The subjects of the profile by their number of slashes, those with fewest words first."""
        found: dict[int, list[tuple[re.Pattern[str], Pernyataan]]] = {}
        listed = self.settings.profile.isi.pernyataan
        for template in sorted(listed, key=lambda one: (one.count("{"), one)):
            pattern = subject_pattern(template)
            found.setdefault(template.count("/"), []).append((pattern, listed[template]))
        return found

    @cached_property
    def _all_statements(self) -> tuple[Statement, ...]:
        """All statements; none of a report that is later than the run's own."""
        if self.after(self.reported):
            return ()
        names = ("subjek", "uraian", "nilai", "satuan", "periode", "jenis", "letak")
        return tuple(
            Statement(int(row["baris"]), *(_text(row.get(name)) for name in names))
            for row in self.all_rows("pernyataan")
        )

    @cached_property
    def _by_subject(self) -> dict[str, tuple[Statement, ...]]:
        grouped: dict[str, list[Statement]] = {}
        for one in (*self.statements, *self.instead):
            grouped.setdefault(one.subjek, []).append(one)
        said = {subject: [one for one in group if one.nilai] for subject, group in grouped.items()}
        return {subject: tuple(group) for subject, group in said.items() if group}

    @cached_property
    def instead(self) -> tuple[Statement, ...]:
        """The rows of sources that stand for the items of lists of which nothing is stated."""
        stated = {one.subjek.rpartition("/")[0] for one in self.statements}
        found: list[Statement] = []
        for template, one in self.settings.profile.isi.pernyataan.items():
            source = one.pengganti or ""
            lists: dict[str, list[Row]] = {}
            for row in self.rows(source):
                lists.setdefault(template.format(kode=dashed(row["kode"]), nomor=""), []).append(
                    row
                )
            for listed, rows in lists.items():
                where = self.place(source, rows)
                for row in rows if listed.rstrip("/") not in stated else ():
                    said = f"{listed}{row['baris']}", one.arti, str(row["kegiatan"])
                    found.append(Statement(row["baris"], *said, "", "", "teks", where, source))
        return tuple(found)

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
        names = ("subjek", "nilai")
        rows = self.all_rows("pernyataan")
        return reported_in({name: _text(row.get(name)) for name in names} for row in rows)

    @cached_property
    def _of_year(self) -> frozenset[str]:
        return frozenset(dashed(code) for code in self.settings.of_year)

    def _in_scope(self, one: Statement) -> bool:
        ours = self.reported in (None, (self.year, self.quarter.number))
        told = self.told_of(one.subjek)
        # What is computed over the whole year contradicts nothing that was stated of a quarter.
        slug, _, name = one.subjek.partition("/")
        of_year = slug in self._of_year and not name.startswith("target")
        if not one.periode or (not ours and told is not None and told[0].berubah):
            return ours and not of_year
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
            now = final == self.quarter.number and (whole or not of_year)
            return now or (series and final < self.quarter.number)
        # A year: the run's own or an earlier one, such as a baseline.
        return bool(when.years) and (
            self.year in when.years
            or (ours and max(when.years) < self.year)
            or max(when.years) == self.year - 1
        )


def places(statements: Iterable[Statement]) -> str:
    """List the places of statements, each once, in the order of the document."""
    return "; ".join(dict.fromkeys(one.letak for one in statements if one.letak))


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()
