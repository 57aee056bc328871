"""Spelling (ejaan): how misspelt texts of the sources are spelt where they are printed.

Nothing is guessed: a word is changed where the profile lists it, or where it is one of the
profile's own words with two neighbouring letters exchanged, or with a letter single that is double,
or the other way round.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pydantic import BaseModel

from pp39.characters import exchanged
from pp39.params import Settings
from pp39.profile import Profile
from pp39.same import once

# Shorter words are too near one another.
_LETTERS = 6
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Spelling:
    """How free texts of the sources are spelt where they are printed."""

    #: Misspelt words and phrases, each with what is printed instead. A phrase with a capital letter
    #: in what is printed is printed just so, others as they stood: small, with a capital at the
    #: beginning, or in capitals.
    listed: Mapping[str, str] = field(default_factory=dict)
    #: Words that are right, in small letters.
    known: frozenset[str] = frozenset()

    @classmethod
    def of(cls, settings: Settings) -> Spelling:
        """Take the list of the unit's profile, and all words that the profile itself uses."""
        return _spelling(settings.profile)

    def corrected(self, text: str) -> str:
        """Spell a text right.

        Examples
        --------
        >>> known = frozenset({"kearsipan"})
        >>> spelling = Spelling({"tinda lanjut": "tindak lanjut", "tw iv": "TW IV"}, known)
        >>> spelling.corrected("Tinda lanjut Kearsiapn TW iv")
        'Tindak lanjut Kearsipan TW IV'
        """
        listed = self._listed.sub(self._replaced, text) if self.listed else text
        return _WORD.sub(lambda match: self._nearest(match[0]), listed)

    @cached_property
    def _listed(self) -> re.Pattern[str]:
        phrases = sorted(self.listed, key=lambda one: (-len(one), one))
        any_ = "|".join(r"\s+".join(map(re.escape, one.split())) for one in phrases)
        return re.compile(rf"(?<![^\W_])(?:{any_})(?![^\W_])", re.IGNORECASE)

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {" ".join(one.casefold().split()): right for one, right in self.listed.items()}

    @cached_property
    def _by_letters(self) -> dict[str, set[str]]:
        """The known words by their letters in alphabetical order, doubled ones once."""
        found: dict[str, set[str]] = defaultdict(set)
        for word in self.known:
            if len(word) >= _LETTERS:
                found[_letters(word)].add(word)
        return found

    def _replaced(self, match: re.Match[str]) -> str:
        right = self._folded[" ".join(match[0].casefold().split())]
        return right if right != right.lower() else _cased(right, match[0])

    def _nearest(self, word: str) -> str:
        small = word.casefold()
        if len(small) < _LETTERS or small in self.known:
            return word
        near = [one for one in self._by_letters.get(_letters(small), ()) if _slip(small, one)]
        return _cased(near[0], word) if len(near) == 1 else word


@once
def _spelling(profile: Profile) -> Spelling:
    said = profile.isi
    words = _words(_strings(said))
    right = _words(said.ejaan.values())
    return Spelling(said.ejaan, (words - _words(said.ejaan)) | right)


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word.casefold() for text in texts for word in _WORD.findall(text))


def _letters(word: str) -> str:
    return "".join(sorted(set(word)))


def _slip(wrong: str, right: str) -> bool:
    """Tell whether two neighbouring letters are exchanged, or one is double in one word alone."""
    if len(wrong) == len(right):
        return exchanged(wrong, right)
    long, short = sorted((wrong, right), key=len, reverse=True)
    return len(long) == len(short) + 1 and any(
        long[n] == long[n - 1] and long[:n] + long[n + 1 :] == short for n in range(1, len(long))
    )


def _cased(right: str, like: str) -> str:
    """Write a word with the capitals of another one."""
    words = _WORD.findall(like)
    if like.isupper() and len(like) > 1:
        return right.upper()
    if len(words) > 1 and all(one[0].isupper() for one in words):
        return _WORD.sub(lambda match: match[0][0].upper() + match[0][1:], right)
    return right[:1].upper() + right[1:] if like[:1].isupper() else right


def _strings(part: object) -> Iterator[str]:
    """Give every text in a profile."""
    below: Iterable[object] = ()
    if isinstance(part, str):
        yield part
    elif isinstance(part, BaseModel):
        below = (getattr(part, name) for name in type(part).model_fields)
    elif isinstance(part, Mapping):
        below = part.values()
    elif isinstance(part, tuple):
        below = part
    for one in below:
        yield from _strings(one)
