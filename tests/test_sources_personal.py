"""Equality of personal data is kept, and nothing else."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from profile_sources import SOURCES

from pp39.sources.personal import equal_groups, identity_columns, normalised

PHONE, MAIL = SOURCES["survei_nps"].personal[1:]
SMALL = st.integers(0, 8)


def _texts(values: list[str]) -> pd.Series:
    return pd.Series(values, dtype="str")


def test_spellings_of_one_person_are_equal() -> None:
    phones = _texts(["+62 800-0000-0027", "0800 0000 0027", "80000000027", ""])
    assert normalised(phones, "telepon").tolist() == ["80000000027"] * 3 + [""]
    mails = _texts(["A@Contoh.example", " a@contoh.example,", "b@contoh.example"])
    assert equal_groups(normalised(mails, "email")).tolist() == [0, 0, 1]
    names = _texts(["CV. Contoh  7", "Cv Contoh 7", "Cv Contoh 8"])
    assert equal_groups(normalised(names, "nama")).tolist() == [0, 0, 1]


@given(st.lists(st.tuples(SMALL, SMALL), min_size=1, max_size=30))
def test_respondents_are_the_connected_rows(pairs: list[tuple[int, int]]) -> None:
    # 0 stands for a blank: blanks connect nobody.
    phones = _texts([f"80000000{phone:03d}" if phone else "" for phone, _ in pairs])
    mails = _texts([f"r{mail}@contoh.example" if mail else "" for _, mail in pairs])
    found = identity_columns({PHONE: phones, MAIL: mails}, None)["responden"].tolist()
    group = list(range(len(pairs)))

    def root(row: int) -> int:
        while group[row] != row:
            row = group[row]
        return row

    for one, (phone, mail) in enumerate(pairs):
        for other in range(one):
            if (phone and phone == pairs[other][0]) or (mail and mail == pairs[other][1]):
                group[root(one)] = root(other)
    expected = pd.factorize(pd.Series([root(row) for row in range(len(pairs))]))[0] + 1
    assert found == expected.tolist()


def test_a_blank_has_no_group_and_its_own_respondent() -> None:
    found = identity_columns({PHONE: _texts(["", "", "80000000001"])}, None)
    assert found["responden"].tolist() == [1, 2, 3]
    assert found["telepon_sama"].isna().tolist() == [True, True, False]
    assert "telepon_hash" not in found
