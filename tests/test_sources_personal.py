"""Equality of personal data is kept, and nothing else; who is one person follows from contacts."""

from __future__ import annotations

import os

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from profile_sources import SOURCES

from pp39.sources.personal import equal_groups, identity_columns, key_of_environment, normalised

NAME, PHONE, MAIL = SOURCES["survei_nps"].personal
(CUSTOMER,) = SOURCES["order_layanan"].personal
SMALL = st.integers(0, 5)
PAIRS = st.lists(st.tuples(SMALL, SMALL), min_size=1, max_size=14)


def _texts(values: list[str]) -> pd.Series:
    return pd.Series(values, dtype="str")


def _persons(phones: list[str], mails: list[str]) -> list[int]:
    made = identity_columns({PHONE: _texts(phones), MAIL: _texts(mails)}, None)
    return made["responden"].tolist()


def _states(values: list[str], column: object = PHONE) -> list[str]:
    made = identity_columns({column: _texts(values)}, None)
    return made[f"{column.personal}_keadaan"].tolist()


def test_spellings_of_one_person_are_equal() -> None:
    phones = _texts(["+62 800-0000-0027", "0800 0000 0027", "80000000027", "62 (0)80000000027"])
    assert normalised(phones, "telepon").tolist() == ["80000000027"] * 4
    assert normalised(_texts(["80000000027.0", ""]), "telepon").tolist() == ["80000000027", ""]
    mails = _texts(["A@Contoh.example", " a@contoh.example,", "b@contoh.example"])
    assert equal_groups(normalised(mails, "email")).tolist() == [0, 0, 1]
    names = _texts(["CV. Contoh  7", "Cv Contoh 7", "Cv Contoh 8"])
    assert equal_groups(normalised(names, "nama")).tolist() == [0, 0, 1]


def test_the_country_is_no_area_of_sumatra() -> None:
    phones = _texts(["0622 123456", "+62 622 123456", "62622123456"])
    assert normalised(phones, "telepon").tolist() == ["622123456"] * 3


DAMAGED = [
    "8,13E+10",
    "8.13E+10",
    "8,13e10",
    "8,13E+",
    "813000000000.0",
    "81300000000",
    "812346000000",
]
DAMAGED += ["'8.12346E+11", "#########", "8000000000", "8123456789.5", "8E+10"]
NOTHING = ["-", "--", "tidak ada", "Tidak Ada.", "0", "n/a", "none", "xxx", "00000000", "123456"]
NOTHING += ["tdk ada", "12345678", "987654321", "11111111", "tidak punya", "NIHIL", "null"]
NOTHING += ["belum ada", "kosong"]


@pytest.mark.parametrize("text", DAMAGED)
def test_a_phone_damaged_by_a_spreadsheet_is_nobody(text: str) -> None:
    assert _states([text]) == ["rusak"]
    mails = [f"orang{number}@contoh.example" for number in range(3)]
    assert _persons([text] * 3, mails) == [1, 2, 3]
    assert _persons([text] * 3, [""] * 3) == [1, 2, 3]
    assert _persons([text] * 3, mails[:1] * 3) == [1, 1, 1]


@pytest.mark.parametrize("text", NOTHING)
def test_what_stands_for_a_blank_is_one(text: str) -> None:
    made = identity_columns({NAME: _texts([text]), PHONE: _texts([text])}, b"kunci")
    assert made["telepon_keadaan"].tolist() == ["tanda_kosong"]
    assert made["telepon_sama"].isna().all()
    assert made["telepon_hash"].isna().all()
    assert _persons([text] * 3, [text] * 3) == [1, 2, 3]
    if not text.strip("0").isdigit():
        assert made["nama_sama"].isna().all()
        customers = identity_columns({CUSTOMER: _texts([text] * 2)}, None)
        assert customers["pihak_sama"].isna().all()


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("test@test", "tanda_kosong"),
        ("xxx@xxx.com", "tanda_kosong"),
        ("-@-.id", "keliru"),
        ("tidak ada@email.com", "tanda_kosong"),
        ("email@kantor.go.id", "tanda_kosong"),
        ("Nama@Perusahaan.com", "tanda_kosong"),
        ("no-reply@kantor.go.id", "tanda_kosong"),
        ("nama.saya@kantor.go.id", "sah"),
        ("budi", "keliru"),
        ("budi@kantor", "keliru"),
        ("@kantor.go.id", "keliru"),
        ("budi.contoh.example", "keliru"),
        ("a@b.id, c@d.id", "keliru"),
        ("a@contoh.example", "sah"),
        ("noviana@kantor.go.id", "sah"),
        ("tata.usaha-2@kantor.go.id", "sah"),
        (" Budi@Contoh.Example; ", "sah"),
        ("", "kosong"),
    ],
)
def test_the_state_of_an_address(text: str, state: str) -> None:
    assert _states([text], MAIL) == [state]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("0812 0000 0271", "sah"),
        ("(0911) 351-234", "sah"),
        ("081234567891", "sah"),
        ("081234567890", "tanda_kosong"),
        ("+62 811-1111-1111", "tanda_kosong"),
        ("WA 0812.0000.0271", "sah"),
        ("81200000010", "sah"),
        ("351234", "keliru"),
        ("0812000002710812000002", "keliru"),
        ("Budi Santoso", "keliru"),
        ("budi0812000271@contoh.example", "keliru"),
        (" \t", "kosong"),
    ],
)
def test_the_state_of_a_phone(text: str, state: str) -> None:
    assert _states([text]) == [state]


def test_an_office_address_is_nobody() -> None:
    phones = [f"08120000010{number}" for number in range(1, 6)]
    assert _persons(phones, ["kantor@contoh.example"] * 5) == [1, 2, 3, 4, 5]
    made = identity_columns(
        {PHONE: _texts(phones), MAIL: _texts(["kantor@contoh.example"] * 5)}, None
    )
    assert made["email_keadaan"].tolist() == ["bertentangan"] * 5
    assert made["telepon_keadaan"].tolist() == ["sah"] * 5
    # One of them answers again, and one leaves the address out.
    assert _persons([*phones, phones[2], phones[0]], ["k@c.id"] * 6 + [""]) == [1, 2, 3, 4, 5, 3, 1]


@pytest.mark.parametrize(
    ("other", "state"),
    [
        ("bud1@contoh.example", "mirip"),  # one key is another
        ("budii@contoh.example", "mirip"),
        ("bdi@contoh.example", "mirip"),
        ("bdui@contoh.example", "mirip"),
        ("budi@contoh.exampel", "mirip"),
        ("bambang@contoh.example", "sah"),
        ("ubid@contoh.example", "sah"),
        ("budi@kantor.example", "sah"),
    ],
)
def test_an_address_one_slip_away_beside_the_same_phone_is_marked(other: str, state: str) -> None:
    mails = ["budi@contoh.example", other, "siti@contoh.example"]
    found = identity_columns({PHONE: _texts(["081200000101"] * 3), MAIL: _texts(mails)}, None)
    assert found["email_keadaan"].tolist() == [state, state, "sah"]
    assert found["responden"].tolist() == [1, 2, 3]
    # Beside another phone it is another person's.
    phones = ["081200000101", "081200000202", "081200000303"]
    found = identity_columns({PHONE: _texts(phones), MAIL: _texts(mails)}, None)
    assert found["email_keadaan"].tolist() == ["sah"] * 3


def test_an_office_phone_with_many_addresses_marks_none() -> None:
    mails = [f"budi{letter}@contoh.example" for letter in "bcdfghjklmnp"]
    found = identity_columns({PHONE: _texts(["081200000101"] * 12), MAIL: _texts(mails)}, None)
    assert found["email_keadaan"].tolist() == ["sah"] * 12


def test_a_chain_through_blanks_never_joins_two_phones() -> None:
    one, two = "081200000101", "081200000102"
    assert _persons([one, "", one], ["", "a@c.id", "a@c.id"]) == [1, 1, 1]
    assert _persons([one, "", two], ["a@c.id", "a@c.id", "a@c.id"]) == [1, 2, 3]
    assert _persons([one, one, ""], ["a@c.id", "b@c.id", "a@c.id"]) == [1, 2, 1]


def test_an_unusable_contact_neither_joins_nor_parts() -> None:
    one, two = "081200000101", "081200000102"
    assert _persons([one, one], ["budi@c.id", "budi.c.id"]) == [1, 1]
    assert _persons([one, two], ["budi.c.id", "budi.c.id"]) == [1, 2]
    assert _persons(["", ""], ["budi.c.id", "budi.c.id"]) == [1, 2]


def _contacts(pairs: list[tuple[int, int]]) -> tuple[list[str], list[str]]:
    # 0 stands for a blank: blanks connect nobody.
    phones = [f"0812000001{phone:02d}" if phone else "" for phone, _ in pairs]
    return phones, [f"r{mail}@contoh.example" if mail else "" for _, mail in pairs]


@settings(max_examples=60)
@given(PAIRS)
def test_persons_follow_from_the_rule_pair_by_pair(pairs: list[tuple[int, int]]) -> None:
    def disputed(place: int, value: int) -> bool:
        return len({pair[1 - place] for pair in pairs if pair[place] == value} - {0}) > 1

    group = list(range(len(pairs)))
    for one, first in enumerate(pairs):
        for other, second in enumerate(pairs[:one]):
            shared = [
                first[place] == second[place] != 0 and not disputed(place, first[place])
                for place in (0, 1)
            ]
            if any(shared) or (first == second and all(first)):
                old, new = group[one], group[other]
                group = [new if number == old else number for number in group]
    expected = pd.factorize(pd.Series(group))[0] + 1
    assert _persons(*_contacts(pairs)) == expected.tolist()


@settings(max_examples=40)
@given(PAIRS, st.randoms(use_true_random=False))
def test_a_person_has_one_phone_and_one_address_in_any_order(
    pairs: list[tuple[int, int]], random: object
) -> None:
    order = list(range(len(pairs)))
    random.shuffle(order)
    found = _persons(*_contacts(pairs))
    again = _persons(*_contacts([pairs[index] for index in order]))
    same = {
        (one, other) for one, other in zip([found[index] for index in order], again, strict=True)
    }
    assert len(same) == len(set(found)) == len(set(again))
    for person in set(found):
        rows = [pair for pair, number in zip(pairs, found, strict=True) if number == person]
        assert all(len({row[place] for row in rows} - {0}) < 2 for place in (0, 1))


def test_a_blank_has_no_group_and_its_own_respondent() -> None:
    found = identity_columns({PHONE: _texts(["", "", "80000000001"])}, None)
    assert found["responden"].tolist() == [1, 2, 3]
    assert found["telepon_sama"].isna().tolist() == [True, True, False]
    assert "telepon_hash" not in found


def test_a_key_may_be_any_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    for key in (b"k" * 100_000, b"\xff\xfe\n\x80 kunci \xc3", "kunci rahasia é".encode()):
        monkeypatch.setenv("PP39_KUNCI", os.fsdecode(key))
        assert key_of_environment() == key
        made = identity_columns({PHONE: _texts(["081200000101"])}, key_of_environment())
        assert made["telepon_hash"].str.fullmatch("[0-9a-f]{16}").all()
    monkeypatch.setenv("PP39_KUNCI", "")
    assert key_of_environment() is None
