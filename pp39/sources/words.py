"""Kinds of cell that hold words: texts, codes, words of a list, dates, times, quarters, months."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pp39.errors import nearest
from pp39.params import spelled
from pp39.periods import Quarter, parse_clock, parse_date, parse_month
from pp39.sources.context import Context, Words
from pp39.sources.declaration import Parsed, Storage


@dataclass(frozen=True)
class Text:
    """Free text; runs of blanks become one, and declared misprints are corrected."""

    #: Misprints and what they stand for.
    corrections: tuple[tuple[str, str], ...] = ()
    stores: tuple[Storage, ...] = ("text",)
    expected: str = "write a text"

    def parse(self, text: str, context: Context) -> Parsed:
        """Tidy blanks, then correct misprints."""
        tidy = " ".join(text.split())
        fixed = tidy
        for wrong, right in self.corrections:
            fixed = fixed.replace(wrong, right)
        if fixed != tidy:
            return Parsed((fixed,), "salah cetak dibetulkan")
        return Parsed((tidy,), "spasi dirapikan" if tidy != text else "")


@dataclass(frozen=True)
class Code:
    """A code of a fixed form, such as ``6077.AEC``; runs of blanks become one."""

    #: Regular expression of the whole code.
    pattern: str
    #: A right code.
    example: str
    stores: tuple[Storage, ...] = ("text",)

    @property
    def expected(self) -> str:
        """What to write."""
        return f"write a code such as {self.example}"

    def parse(self, text: str, context: Context) -> Parsed:
        """Check the form of the code."""
        tidy = " ".join(text.split())
        if re.fullmatch(self.pattern, tidy) is None:
            raise ValueError(f'"{text}" is not a code of this column; {self.expected}')
        return Parsed((tidy,), "spasi dirapikan" if tidy != text else "")


@dataclass(frozen=True)
class Registered(Code):
    """A code that a list of the parameters holds, spelt as it stands there.

    One that the list does not hold stays as it is: whether it is known is a question of the checks.
    """

    #: Name of the list in `Context.words`.
    vocabulary: str = ""

    def parse(self, text: str, context: Context) -> Parsed:
        """Find the code that is meant, whatever its case, blanks and dashes."""
        parsed = super().parse(text, context)
        tidy = str(parsed.values[0])
        code = spelled(tidy, context.words.get(self.vocabulary, ()))
        return parsed if code == tidy else Parsed((code,), "penulisan kode diseragamkan")


@dataclass(frozen=True)
class Choice:
    """One of a closed list of words, kept as its code."""

    #: What the words are, in English, for the error: ``"service"``.
    what: str
    #: Codes with their accepted spellings; empty where each unit has words of its own.
    options: tuple[tuple[str, tuple[str, ...]], ...] = ()
    #: Name of the list; in `Context.words` where there are no `options`.
    vocabulary: str = ""
    #: Form of further words, and one of them.
    form: tuple[str, str] | None = None
    stores: tuple[Storage, ...] = ("text",)

    @property
    def expected(self) -> str:
        """What to write."""
        known = ", ".join(one[0] if one else code for code, one in self.options)
        return f"write one of {known}" if known else f"write a known {self.what}"

    def parse(self, text: str, context: Context) -> Parsed:
        """Find the code whose code or spelling the text is, in any case."""
        words: Words = dict(self.options) or context.words[self.vocabulary]
        folded = " ".join(text.split()).casefold()
        for code, spellings in words.items():
            if folded in (code.casefold(), *(one.casefold() for one in spellings)):
                same = text in (code, *spellings[:1])
                return Parsed((code,), "" if same else "penulisan nama diseragamkan")
        if self.form is not None:
            kind, _, rest = folded.partition(" ")
            code = f"{kind} {rest.upper()}"
            if re.fullmatch(self.form[0], code):
                same = text.casefold() == folded
                return Parsed((code,), "" if same else "penulisan nama diseragamkan")
        if not words:
            raise ValueError(
                f'"{text}" is not a known {self.what}: none is listed; list them in the file of the'
                f" unit, under profil.kosakata.{self.vocabulary}.kata"
            )
        usual = [spellings[0] if spellings else code for code, spellings in words.items()]
        usual += self.form[1:] if self.form is not None else ()
        if not usual:
            raise ValueError(
                f'"{text}" is not a known {self.what}, since the unit has none; '
                f"declare it in the parameters of the unit"
            )
        every = [*words, *(one for spellings in words.values() for one in spellings)]
        near = nearest(text, every)
        hint = f'the nearest is "{near}"' if near else f"use one of {', '.join(sorted(usual))}"
        raise ValueError(f'"{text}" is not a known {self.what}; {hint}')


@dataclass(frozen=True)
class Split:
    """Several values in one cell, taken apart by a pattern with one group each."""

    #: Regular expression of the whole cell.
    pattern: str
    #: A right cell.
    example: str
    #: What each clean value is made of: ``{1}`` is the first group.
    made_of: tuple[str, ...]

    @property
    def stores(self) -> tuple[Storage, ...]:
        """Every part is text."""
        text: Storage = "text"
        return (text,) * len(self.made_of)

    @property
    def expected(self) -> str:
        """What to write."""
        return f'write it as "{self.example}"'

    def parse(self, text: str, context: Context) -> Parsed:
        """Take the cell apart."""
        match = re.fullmatch(self.pattern, " ".join(text.split()))
        if match is None:
            raise ValueError(f'"{text}" cannot be taken apart; {self.expected}')
        parts = [(part or "").strip() for part in match.groups()]
        # str.format counts from 0; the whole cell stands there, so that {1} is the first group.
        values = tuple(one.format(text, *parts) for one in self.made_of)
        return Parsed(values, "kode dipisahkan dari nama")


@dataclass(frozen=True)
class Date:
    """A date, kept as ISO text; a missing year is that of the run."""

    stores: tuple[Storage, ...] = ("text",)
    expected: str = "write a date such as 31 Oktober 2025"

    def parse(self, text: str, context: Context) -> Parsed:
        """Read the date."""
        try:
            iso, rule = parse_date(text).isoformat(), "format tanggal diseragamkan"
        except ValueError:
            iso, rule = parse_date(text, context.year).isoformat(), "tahun tanggal dilengkapi"
        return Parsed((iso,), "" if iso == text else rule)


@dataclass(frozen=True)
class Clock:
    """A time of day, kept as ``08:15``, with seconds where there are any."""

    #: Whether one that comes before the time it is counted from is of the next day.
    overnight: bool = False
    stores: tuple[Storage, ...] = ("text",)
    expected: str = "write a time such as 08:15"

    def parse(self, text: str, context: Context) -> Parsed:
        """Read the time."""
        time = parse_clock(text)
        return Parsed((time,), "" if time == text else "penulisan jam diseragamkan")


@dataclass(frozen=True)
class QuarterName:
    """A quarter, kept as ``I`` to ``IV``."""

    stores: tuple[Storage, ...] = ("text",)
    expected: str = "write a quarter: I, II, III or IV"

    def parse(self, text: str, context: Context) -> Parsed:
        """Read ``IV``, ``TW IV``, ``4``."""
        try:
            name = str(Quarter.parse(" ".join(text.split())))
        except ValueError:
            raise ValueError(f'"{text}" is not a quarter; write I, II, III or IV') from None
        return Parsed((name,), "" if name == text else "penulisan triwulan diseragamkan")


@dataclass(frozen=True)
class Month:
    """A month, kept as 1 to 12."""

    #: Misprinted names met in the files, and the names they stand for.
    misprints: tuple[tuple[str, str], ...] = ()
    stores: tuple[Storage, ...] = ("count",)
    expected: str = "write the name of a month, such as Oktober"

    def parse(self, text: str, context: Context) -> Parsed:
        """Read the name of the month."""
        bare = text.strip()
        known = dict(self.misprints)
        if bare in known:
            return Parsed((parse_month(known[bare]),), "salah cetak nama bulan dibetulkan")
        return Parsed((parse_month(bare),), "spasi dirapikan" if bare != text else "")
