"""Personal data of respondents: only equality passes cleaning, never a name, phone or e-mail.

Each personal column becomes a group number: equal originals (spelt alike after normalising) get the
same number, in the order they first appear. A respondent is what is joined by an equal phone or an
equal e-mail. A keyed hash is added only where the environment gives a key: a key made up for one
run would say nothing after it and make the same inputs give other bytes.
"""

from __future__ import annotations

import hashlib
import hmac

import numpy as np
import numpy.typing as npt
import pandas as pd

from pp39.sources.declaration import CONTACTS, Column, Personal
from pp39.sources.texts import lowered, replaced

__all__ = ["KEY_VARIABLE", "equal_groups", "identity_columns", "normalised"]

KEY_VARIABLE = "PP39_KUNCI"


_FORMS = "pt|cv|ud|pd|koperasi|yayasan"
_PUNCTUATION = r"[.,;:!?'\"()/_+*&#-]"


def normalised(texts: pd.Series[str], kind: Personal) -> pd.Series[str]:
    """Spell personal values so that equal ones compare equal.

    Parameters
    ----------
    texts : pandas.Series of str
        As written.
    kind : {"nama", "telepon", "email", "pelanggan"}
        Phones keep their digits without the prefixes 0 and 62; e-mails and names ignore case and
        blanks; names also ignore punctuation. A customer is a name whose legal form may stand
        behind it, too; two names that differ in their legal form are two customers.

    Returns
    -------
    pandas.Series of str
        Empty where nothing is left.

    Examples
    --------
    >>> phones = pd.Series(["+62 800-0000-0027", "0800 0000 0027"], dtype="str")
    >>> normalised(phones, "telepon").nunique()
    1
    """
    if kind == "telepon":
        return replaced(replaced(texts, "[^0-9]", ""), "^(?:62|0)+([0-9]{6,})$", r"\1")
    if kind == "email":
        return replaced(lowered(replaced(texts, r"\s", "")), "[.,;]+$", "")
    words = replaced(lowered(replaced(texts, _PUNCTUATION, " ")), r"\s+", " ")
    words = words.str.strip()
    if kind == "pelanggan":
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
        ``responden`` (1..n, never blank; only with a phone or an e-mail), then ``<kind>_sama``
        (1..m, null for a blank), then, with a key, ``<kind>_hash`` (16 hexadecimal digits, null for
        a blank).
    """
    spelt: dict[Personal, pd.Series[str]] = {}
    for column, texts in columns.items():
        if column.personal is not None:
            spelt[column.personal] = normalised(texts, column.personal)
    groups = {kind: equal_groups(texts) for kind, texts in spelt.items()}
    joining = [groups[kind] for kind in CONTACTS if kind in groups]
    found: dict[str, pd.Series[int] | pd.Series[str]] = {}
    if joining:
        found["responden"] = pd.Series(_joined(joining) + 1, dtype="Int64")
    for kind, group in groups.items():
        found[f"{kind}_sama"] = pd.Series(group + 1, dtype="Int64").mask(group < 0)
    if key is not None:
        for kind, texts in spelt.items():
            found[f"{kind}_hash"] = _hashed(texts, key)
    return found


def equal_groups(texts: pd.Series[str]) -> npt.NDArray[np.int64]:
    """Give equal texts equal numbers, from 0 in the order they first appear; -1 for a blank."""
    codes, _ = pd.factorize(texts.mask(texts == ""))
    return codes.astype(np.int64)


def _joined(groups: list[npt.NDArray[np.int64]]) -> npt.NDArray[np.int64]:
    """Give rows connected through equal numbers of any group one number, from 0."""
    size = groups[0].size if groups else 0
    label = np.arange(size, dtype=np.int64)
    while True:
        before = label
        for group in groups:
            known = group >= 0
            lowest = np.full(int(group.max(initial=-1)) + 1, size, dtype=np.int64)
            np.minimum.at(lowest, group[known], label[known])
            label = label.copy()
            label[known] = lowest[group[known]]
        # Follow each label to its own label, so that long chains close in few rounds.
        label = label[label]
        if np.array_equal(before, label):
            return pd.factorize(label)[0].astype(np.int64)


def _hashed(texts: pd.Series[str], key: bytes) -> pd.Series[str]:
    codes, uniques = pd.factorize(texts)
    digests = [
        hmac.new(key, str(one).encode(), hashlib.sha256).hexdigest()[:16] if one else None
        for one in uniques
    ]
    return pd.Series(pd.array(digests, dtype="str").take(codes))
