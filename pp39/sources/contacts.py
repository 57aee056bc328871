"""Who is one person: what a phone or an e-mail address is worth, and which answers it joins.

A contact is in one of these states:

=================  ================================================================================
``sah``            usable: a phone of 8 to 15 digits, an address with something sensible on both
                   sides of its ``@``
``kosong``         blank
``tanda_kosong``   words or marks that stand for a blank: ``-``, ``tidak ada``, ``0``, ``123456``
``rusak``          a phone that a spreadsheet turned into a number: ``8,13E+10``, 813000000000
``keliru``         meant as a contact, but not usable: a number too short, an address without ``@``,
                   a NIK that has not 16 digits, a NIP that has not 18
``bertentangan``   usable, but shared by answers whose other contact differs
``mirip``          usable, but one slip of the keys away from an address beside the same phone
=================  ================================================================================

Two answers are one person where they share a contact that is ``sah``, or where both contacts are
usable and equal (also ``mirip``: whether it is a slip, only a person knows). A contact in any other
state says nothing: it joins nobody and contradicts nobody.

A usable phone contradicts itself where it stands beside two different usable addresses, and an
address where it stands beside two phones: an office's address on five answers with five phones is
five people. So every phone that joins has at most one address beside it, and the other way round;
a chain through blanks can never reach a second phone or a second address, and the persons are the
same whatever the order of the rows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from pp39.characters import exchanged
from pp39.profile.column import CONTACTS, Personal
from pp39.sources.texts import blanks, lowered, matching, replaced

if TYPE_CHECKING:
    Texts = pd.Series[str]

STATES = ("sah", "kosong", "tanda_kosong", "rusak", "keliru", "bertentangan", "mirip")
"""All states of a contact."""

_Groups = npt.NDArray[np.int64]

_ABSENT = "tidak|tdk|tak|ga|gak|ngga|nggak|belum|blm|bukan|no|non|not|tanpa"
_AT_ALL = "ada|punya|memiliki|isi|diisi|tahu|tau|bersedia|tersedia|available"
_OF_WHAT = "nomor|nomer|no|hp|telp|tlp|telepon|telpon|wa|email|mail|surel|alamat|nama|name|kontak"
_ALONE = (
    "na|nan|nil|nihil|null|none|kosong|xx+"
    "|tes|test|testing|coba|asdf|qwerty|anonim|anonym|anonymous|hambaallah"
)
_NOTHING = rf"(?:(?:{_ABSENT})(?:{_AT_ALL})?(?:{_OF_WHAT})*|{_ALONE})"
# How the words of these begin, whatever stands between their letters; of what no alphabet has
# `[^\pL\pN]` would say it exactly, and take fifteen times as long.
_MARKS = "[^a-z0-9]*"
_BEGUN = sorted({_MARKS.join(one[:3]) for one in re.findall("[a-z]+", f"{_ABSENT}|{_ALONE}")})
_MAY_BE_NOTHING = rf"^{_MARKS}(?:{'|'.join(_BEGUN)}|0[^1-9]*$|$)"
# Before the @ of an address that only shows what one looks like, or hides whose it is.
_SHOWN = (
    "e?mail|surel|nama|name|user|username|contoh|example|sample|saya|aku|abcd?|123+|asd|qwe|zxc"
    "|dummy|fake|noreply|rahasia|dirahasiakan|privasi|privat|private|confidential"
)
_RUNS = frozenset(
    run[start : start + length]
    for run in ("0123456789" * 3, "9876543210" * 3, *(digit * 25 for digit in "0123456789"))
    for start in range(10)
    for length in range(1, 16)
)
# Digits of a NIK and a NIP, and how many at the end count persons: never zeros alone.
_DIGITS: Mapping[Personal, tuple[int, int]] = {"nik": (16, 4), "nip": (18, 3)}
_TELLING = 8
# A phone with more addresses is that of an office.
_MOST = 10
# Letters and digits before the @ are no word that stands for a blank.
_PLAIN_ADDRESS = (
    r"^(?:[a-z._-]+[0-9._-]*[1-9][a-z0-9._-]*|[0-9._-]*[1-9][0-9._-]*[a-z][a-z0-9._-]*)"
    r"@(?:[a-z0-9][a-z0-9-]*\.)+[a-z]{2,}$"
)
_NUMBER = r"^[+'\s-]*[0-9]+(?:[.,][0-9]+)?"


def is_nothing(texts: Texts) -> pd.Series[bool]:
    """Tell where a text only says that there is nothing to write.

    Parameters
    ----------
    texts : pandas.Series of str
        Names, phones or addresses as they were written.

    Examples
    --------
    >>> is_nothing(pd.Series(["-", "Tidak ada", "n/a", "0", "Nadia"], dtype="str")).tolist()
    [True, True, True, True, False]
    """
    small = lowered(texts)
    found = matching(small, _MAY_BE_NOTHING)
    bare = replaced(small[found], r"[^\pL\pN]", "")
    found[found] = matching(bare, f"^(?:{_NOTHING}|0*)$")
    return found


def state_of(texts: Texts, spelt: Texts, kind: Personal) -> Texts:
    """Tell the state of each contact, looked at by itself.

    Returns
    -------
    pandas.Series of str
        One of `STATES`, never one that other answers decide.
    """
    states = pd.Series("sah", index=texts.index, dtype="str")
    # Nearly all are plainly usable; only the others are looked at closely.
    if kind == "telepon":
        plain, judged = _plain_phones(texts, spelt), _phones
    elif kind == "email":
        plain, judged = matching(spelt, _PLAIN_ADDRESS), _addresses
    else:
        plain, judged = pd.Series(False, index=texts.index), partial(_numbers, kind)
    odd, bare = texts[~plain], spelt[~plain]
    if odd.empty:
        return states
    nothing, damaged, usable = judged(odd, bare)
    states[~plain] = np.select(
        [blanks(odd), damaged, nothing | is_nothing(odd), usable],
        ["kosong", "rusak", "tanda_kosong", "sah"],
        "keliru",
    )
    return states


def persons(groups: Mapping[Personal, _Groups]) -> _Groups:
    """Give the rows of each person one number, from 0 in the order they first appear.

    Parameters
    ----------
    groups : mapping of {"telepon", "email"} to numpy.ndarray of int
        For each contact the number of its value, -1 where it is not usable; equally long.

    Examples
    --------
    >>> phones, mails = np.array([0, 1, 2, 0]), np.array([0, 0, 0, -1])
    >>> persons({"telepon": phones, "email": mails}).tolist()  # one address, three phones
    [0, 1, 2, 0]
    """
    known = [groups[kind] for kind in CONTACTS if kind in groups]
    alone = np.arange(known[0].size, dtype=np.int64)
    if len(known) == 1:
        return _numbered(np.where(known[0] >= 0, known[0], known[0].size + alone))
    phone, mail = known
    by_phone, by_mail = (
        (phone >= 0) & ~contested(phone, mail),
        (mail >= 0) & ~contested(mail, phone),
    )
    # An address that joins has one phone beside it at most; where that joins too, it is the person.
    beside = np.full(int(mail.max(initial=-1)) + 2, -1, dtype=np.int64)
    beside[mail[by_mail & by_phone]] = phone[by_mail & by_phone]
    base = int(phone.max(initial=-1)) + 1
    of_mail = np.where(beside[mail] >= 0, beside[mail], base + mail)
    base += int(mail.max(initial=-1)) + 1
    both = pd.Series(phone * (int(mail.max(initial=-1)) + 1) + mail)
    of_both = base + pd.factorize(both)[0]
    base += alone.size
    return _numbered(
        np.select(
            [by_phone, by_mail, (phone >= 0) & (mail >= 0)], [phone, of_mail, of_both], base + alone
        )
    )


def contested(group: _Groups, other: _Groups) -> npt.NDArray[np.bool_]:
    """Tell in which rows a contact stands whose other contact differs somewhere.

    Parameters
    ----------
    group, other : numpy.ndarray of int
        Numbers of two contacts, -1 where one is not usable.
    """
    both = (group >= 0) & (other >= 0)
    size = int(group.max(initial=-1)) + 1
    highest = np.full(size + 1, -1, dtype=np.int64)
    lowest = np.full(size + 1, np.iinfo(np.int64).max, dtype=np.int64)
    np.maximum.at(highest, group[both], other[both])
    np.minimum.at(lowest, group[both], other[both])
    # The last place is that of rows without a usable contact (-1).
    found: npt.NDArray[np.bool_] = (highest > lowest)[group]
    return found


def slipped(phone: _Groups, mail: _Groups, addresses: Texts) -> npt.NDArray[np.bool_]:
    """Tell which addresses are a slip of the keys away from another one beside the same phone.

    Parameters
    ----------
    phone, mail : numpy.ndarray of int
        Numbers of the contacts, -1 where one is not usable.
    addresses : pandas.Series of str
        The addresses, normalised.

    Examples
    --------
    >>> mails = pd.Series(["ani@c.id", "anni@c.id", "bu@c.id"], dtype="str")
    >>> slipped(np.array([0, 0, 0]), np.array([0, 1, 2]), mails).tolist()
    [True, True, False]
    """
    found = np.zeros(phone.size, dtype=bool)
    rows = np.flatnonzero(contested(phone, mail) & (phone >= 0) & (mail >= 0))
    beside: dict[int, dict[str, list[int]]] = {}
    texts = addresses.iloc[rows].tolist()
    for row, number, text in zip(rows.tolist(), phone[rows].tolist(), texts, strict=True):
        beside.setdefault(number, {}).setdefault(text, []).append(row)
    for group in beside.values():
        for one, other in combinations(group, 2) if len(group) <= _MOST else ():
            if _one_slip(one, other):
                found[group[one] + group[other]] = True
    return found


def _one_slip(one: str, other: str) -> bool:
    """Tell whether a letter is missing, added, changed or swapped with the next."""
    same = zip(one, other, strict=False)
    n = next((n for n, (x, y) in enumerate(same) if x != y), min(len(one), len(other)))
    a, b = one[n:], other[n:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or exchanged(a, b)


def _numbered(labels: _Groups) -> _Groups:
    return pd.factorize(labels)[0].astype(np.int64)


def _plain_phones(texts: Texts, spelt: Texts) -> pd.Series[bool]:
    plain = matching(spelt, "^[0-9]{7,14}[1-9]$") & matching(texts, "^[0-9 +()-]+$")
    return plain & ~_made_up(spelt)


def _made_up(digits: Texts) -> pd.Series[bool]:
    """Tell which numbers are a row of keys, also behind the 8 of all mobile numbers."""
    mobile = replaced(digits, "^8([0-9]{7,})$", r"\1")
    return digits.isin(_RUNS) | mobile.isin(_RUNS)


def _phones(texts: Texts, spelt: Texts) -> tuple[pd.Series[bool], pd.Series[bool], pd.Series[bool]]:
    digits = replaced(texts, "[^0-9]", "")
    nothing = digits.isin(_RUNS) | _made_up(spelt)
    damaged = (
        matching(texts, rf"{_NUMBER}\s*[eE]\s*[+-]?\s*[0-9]*\s*$")
        | matching(texts, r"^\s*(?:#+|[0-9]{7,}[.,][0-9]{1,2})\s*$")
        & ~matching(texts, r"^\s*[0-9]+[.,]0+\s*$")
        | matching(spelt, "^[0-9]{1,6}0{6,}$")
        | matching(spelt, "^[0-9]{1,6}0{4,}$") & matching(spelt, "^[0-9]{10,}$")
    )
    usable = matching(spelt, "^[0-9]{8,15}$") & ~matching(texts, "@")
    return nothing & ~matching(texts, "@"), damaged, usable


def _numbers(
    kind: Personal, texts: Texts, spelt: Texts
) -> tuple[pd.Series[bool], pd.Series[bool], pd.Series[bool]]:
    """Judge each NIK or NIP.

    A spreadsheet that took them for numbers kept fifteen digits and wrote zeros for the rest: one
    alone cannot be told from a right one where only the last digit is gone, all of them can.
    """
    digits, counter = _DIGITS[kind]
    whole = matching(spelt, f"^[0-9]{{{digits}}}$")
    cut = matching(spelt, f"0{{{counter}}}$")
    last_lost = spelt[whole & ~cut]
    if last_lost.nunique() >= _TELLING and matching(last_lost, "0$").all():
        cut = whole
    damaged = matching(texts, rf"{_NUMBER}\s*[eE]\s*[+-]?\s*[0-9]*\s*$") | (whole & cut)
    return pd.Series(False, index=texts.index), damaged, whole


def _addresses(
    texts: Texts, spelt: Texts
) -> tuple[pd.Series[bool], pd.Series[bool], pd.Series[bool]]:
    local = replaced(replaced(spelt, "@.*$", ""), r"[^\pL\pN]", "")
    same = "|".join(f"{one}{{2,}}" for one in "0123456789abcdefghijklmnopqrstuvwxyz")
    nothing = matching(local, f"^(?:{_NOTHING}|{_SHOWN}|{same}|0+)$")
    usable = matching(spelt, r"^[^@]*[\pL\pN][^@]*@(?:[\pL\pN][\pL\pN-]*\.)+\pL{2,}$")
    return nothing, pd.Series(False, index=texts.index), usable
