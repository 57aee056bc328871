"""Vocabularies of a profile: words with their spellings, and the forms of codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field

from pp39.profile.base import Bagian, Pola, Teks, alone


class Kata(Bagian):
    """A word of a vocabulary."""

    nama: Teks = Field(description="usual name, as printed in the report")
    alias: tuple[Teks, ...] = Field(default=(), description="other spellings found in the sources")
    satuan: Teks | None = Field(
        default=None, description="unit in which what the word names is counted"
    )
    induk: Teks | None = Field(
        default=None, description="code of the word whose target this one shares; null: its own"
    )


#: A word as it may be written: its name alone, or nama and alias.
Kataan = Annotated[Kata, alone("nama", Kata)]


class Kosakata(Bagian):
    """A vocabulary: the words a column of the kind ``pilihan`` may hold."""

    sebutan: Teks = Field(description="what one word is, in English, for messages: service")
    dari: Annotated[Teks, Field(pattern=r"^[a-z][a-z0-9_]*$")] | None = Field(
        default=None,
        description="name below unit where the unit gives the words instead, such as layanan",
    )
    kata: Mapping[Teks, Kataan] = Field(
        default={}, description="words by code: a name, or nama and alias"
    )


def twice_spelt(
    words: Mapping[str, Kata],
) -> Iterator[tuple[str, tuple[str, ...], str, str]]:
    """Find spellings that mean two words, whatever their case and blanks.

    Yields
    ------
    tuple
        Code of the later word, path of the spelling below it, the spelling, and the other word.
    """
    owner: dict[str, str] = {}
    clashes: set[tuple[str, str]] = set()
    for slug, one in words.items():
        spellings: list[tuple[tuple[str, ...], str]] = [((), slug), (("nama",), one.nama)]
        spellings += [(("alias", str(n)), alias) for n, alias in enumerate(one.alias)]
        for below, spelling in spellings:
            other = owner.setdefault(" ".join(spelling.split()).casefold(), slug)
            if other != slug and (other, slug) not in clashes:
                clashes.add((other, slug))
                yield slug, below, spelling, other


class BentukKode(Bagian):
    """The form of a code."""

    pola: Pola = Field(description="regular expression of the whole code")
    contoh: Teks = Field(description="a right code, for messages")
