"""Personal data of respondents: only equality passes cleaning, never a name, phone or e-mail.

Each personal column becomes a group number: equal originals (spelt alike after normalising) get the
same number, in the order they first appear; a blank, a word that stands for one and a damaged phone
get none. Which answers are one person's, and what each contact was worth for that, says
`pp39.sources.contacts`. A keyed hash is added only where the environment gives a key: a key made up
for one run would say nothing after it and make the same inputs give other bytes.
"""

from __future__ import annotations

import hashlib
import hmac
import os

import numpy as np
import numpy.typing as npt
import pandas as pd

from pp39.profile.column import CONTACTS, STATED, Personal
from pp39.sources.contacts import contested, is_nothing, persons, slipped, state_of
from pp39.sources.declaration import Column
from pp39.sources.texts import lowered, replaced
from pp39.variables import KEY

_FORMS = "pt|cv|ud|pd|koperasi|yayasan"
_PUNCTUATION = r"[.,;:!?'\"()/_+*&#-]"


def normalised(texts: pd.Series[str], kind: Personal) -> pd.Series[str]:
    """Spell personal values so that equal ones compare equal.

    Parameters
    ----------
    texts : pandas.Series of str
        As written.
    kind : {"nama", "telepon", "email", "pihak", "nik", "nip", "dokumen"}
        Phones keep their digits without the prefixes 0 and 62, and without the ``.0`` of a
        spreadsheet; e-mails and names ignore case and blanks; names also ignore punctuation. A
        party (``pihak``) is a name whose legal form may stand behind it, too; two names that differ
        in their legal form are two parties. Of a NIK or a NIP the digits count, of another
        document letters and digits.

    Examples
    --------
    >>> phones = pd.Series(["+62 800-0000-0027", "0800 0000 0027"], dtype="str")
    >>> normalised(phones, "telepon").nunique()
    1
    """
    if kind == "telepon":
        digits = replaced(replaced(texts, r"^(\s*[0-9]+)[.,]0+\s*$", r"\1"), "[^0-9]", "")
        # 62 is the country before a mobile number, but also an area of Sumatra: 0622.
        mobile = replaced(digits, "^0{0,2}620*(8[0-9]{6,})$", r"\1")
        return replaced(replaced(mobile, "^(?:00)?620*([1-9][0-9]{7,})$", r"\1"), "^0+", "")
    if kind in ("nik", "nip"):
        return replaced(texts, "[^0-9]", "")
    if kind == "email":
        bare = replaced(lowered(replaced(texts, r"[\s<>]", "")), "^(?:mailto:|[.,;])+", "")
        return replaced(bare, "[.,;]+$", "")
    if kind == "dokumen":
        return replaced(lowered(texts), r"[^\pL\pN]", "")
    words = replaced(lowered(replaced(texts, _PUNCTUATION, " ")), r"\s\s+|[^\S ]", " ")
    words = words.str.strip()
    if kind == "pihak":
        return replaced(words, rf"^(.*) ({_FORMS})$", r"\2 \1")
    return words


def identity_columns(
    columns: dict[Column, pd.Series[str]], key: bytes | None
) -> dict[str, pd.Series[int] | pd.Series[str]]:
    """Make the anonymous columns that stand for the personal ones.

    Parameters
    ----------
    columns : dict of Column to pandas.Series
        Texts of the personal columns, equally long.
    key : bytes, optional
        Key of the hash; without it no hash columns.

    Returns
    -------
    dict of str to pandas.Series
        With a phone or an e-mail ``responden`` (1..n, never blank); of these, of a NIK and of a NIP
        ``<kind>_keadaan`` (a state of `pp39.sources.contacts`); then ``<kind>_sama`` (1..m, null
        where there is nothing to compare) and, with a key, ``<kind>_hash`` (16 hexadecimal
        digits, null likewise).
    """
    spelt: dict[Personal, pd.Series[str]] = {}
    states: dict[Personal, pd.Series[str]] = {}
    for column, texts in columns.items():
        kind = column.personal
        if kind is None or kind == "lain":
            continue
        spelt[kind] = normalised(texts, kind)
        if kind in STATED:
            states[kind] = state_of(texts, spelt[kind], kind)
            usable = ["sah", "keliru"] if kind in CONTACTS else ["sah"]
            nothing = ~states[kind].isin(usable)
        else:
            nothing = is_nothing(texts)
        spelt[kind] = spelt[kind].mask(nothing, "")
    groups = {kind: equal_groups(texts) for kind, texts in spelt.items()}
    found: dict[str, pd.Series[int] | pd.Series[str]] = {}
    contacts = {kind: one for kind, one in states.items() if kind in CONTACTS}
    if contacts:
        sound = {kind: np.where(one == "sah", groups[kind], -1) for kind, one in contacts.items()}
        found["responden"] = pd.Series(persons(sound) + 1, dtype="Int64")
        for kind, state in contacts.items():
            for other in sound.keys() - {kind}:
                states[kind] = state.mask(contested(sound[kind], sound[other]), "bertentangan")
            if kind == "email" and len(sound) > 1:
                near = slipped(sound["telepon"], sound["email"], spelt["email"])
                states[kind] = states[kind].mask(near, "mirip")
    found |= {f"{kind}_keadaan": one for kind, one in states.items()}
    for kind, group in groups.items():
        found[f"{kind}_sama"] = pd.Series(group + 1, dtype="Int64").mask(group < 0)
    if key is not None:
        for kind, texts in spelt.items():
            found[f"{kind}_hash"] = _hashed(texts, key)
    return found


def key_of_environment() -> bytes | None:
    """Give the key of the hashes, the very bytes that the environment holds; None without one."""
    key = os.environ.get(KEY)
    return os.fsencode(key) if key else None


def equal_groups(texts: pd.Series[str]) -> npt.NDArray[np.int64]:
    """Give equal texts equal numbers, from 0 in the order they first appear; -1 for a blank."""
    codes, _ = pd.factorize(texts.mask(texts == ""))
    return codes.astype(np.int64)


def _hashed(texts: pd.Series[str], key: bytes) -> pd.Series[str]:
    codes, uniques = pd.factorize(texts)
    digests = [
        hmac.new(key, str(one).encode(), hashlib.sha256).hexdigest()[:16] if one else None
        for one in uniques
    ]
    return pd.Series(pd.array(digests, dtype="str").take(codes))
