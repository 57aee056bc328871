"""What a made-up satker has, spends and reaches in a year."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

__all__ = ["ASPECTS", "MONTHS", "Account", "Output", "Truth"]

MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September"),
    *("Oktober", "November", "Desember"),
)
ASPECTS = ("revisi_dipa", "deviasi", "penyerapan", "kontraktual", "tagihan", "up_tup", "output")
_WORDS = (
    *("Layanan", "Fasilitasi", "Pembinaan", "Pengujian", "Sarana", "Kalibrasi", "Kerja Sama"),
    *("Dukungan", "Manajemen", "Industri", "Teknis", "Sertifikasi", "Pelatihan", "Daerah"),
)


@dataclass(frozen=True)
class Account:
    """An akun below a RO: ceiling, what is blocked of it, and what is spent of it by month."""

    code: str
    ceiling: int
    blocked: int
    spent: tuple[int, ...]


@dataclass(frozen=True)
class Output:
    """A RO with the codes above it."""

    program: str
    kegiatan: str
    kro: str
    ro: str
    name: str
    unit: str
    target: int
    accounts: tuple[Account, ...]
    progress: tuple[float, ...]
    planned: tuple[float, ...]
    volume: tuple[int, ...]

    @property
    def code(self) -> str:
        return f"{self.kegiatan}.{self.kro}.{self.ro}"

    @property
    def ceiling(self) -> int:
        return sum(one.ceiling for one in self.accounts)

    @property
    def blocked(self) -> int:
        return sum(one.blocked for one in self.accounts)

    def spent(self, month: int) -> int:
        return sum(sum(one.spent[:month]) for one in self.accounts)


@dataclass(frozen=True)
class Truth:
    """A year of a satker."""

    seed: int
    satker: str
    year: int
    names: dict[str, str]
    outputs: tuple[Output, ...]
    scores: tuple[dict[str, float], ...]
    weights: dict[str, int]

    @classmethod
    def made(cls, seed: int, satker: str = "248145", year: int = 2025) -> Truth:
        random = Random(seed)
        names: dict[str, str] = {}
        outputs = []
        programs = random.sample(("EC", "WA", "DL", "FC"), random.randint(1, 2))
        for program in programs:
            names[program] = f"Program {_name(random)}"
            for kegiatan in random.sample(range(2000, 7000), random.randint(1, 2)):
                names[f"{kegiatan}"] = _name(random)
                for kro in random.sample(("AEC", "BAD", "EBA", "SAC", "CAH"), random.randint(1, 2)):
                    names[f"{kegiatan}.{kro}"] = _name(random)
                    for ro in random.sample(range(1, 999), random.randint(1, 2)):
                        outputs.append(_output(random, program, f"{kegiatan}", kro, f"{ro:03d}"))
        weights = dict(zip(ASPECTS, (10, 15, 20, 10, 10, 10, 25), strict=True))
        scores = tuple({one: round(random.uniform(60, 100), 2) for one in ASPECTS} for _ in MONTHS)
        return cls(seed, satker, year, names, tuple(outputs), scores, weights)

    def final(self, month: int) -> float:
        """The IKPA of a month."""
        score = self.scores[month - 1]
        return round(sum(score[one] * self.weights[one] for one in ASPECTS) / 100, 2)


def _name(random: Random) -> str:
    return " ".join(random.sample(_WORDS, random.randint(2, 4)))


def _output(random: Random, program: str, kegiatan: str, kro: str, ro: str) -> Output:
    accounts = []
    for code in random.sample(("511111", "521211", "521832", "524111", "532111"), 3):
        ceiling = random.randint(20, 9000) * 1000
        spent = tuple(random.randint(0, ceiling // 12) for _ in MONTHS)
        accounts.append(Account(code, ceiling, random.choice((0, 0, ceiling // 10)), spent))
    steps = sorted(round(random.uniform(0, 100), 2) for _ in range(11))
    planned = tuple(round(100 * month / 12, 2) for month in range(1, 13))
    target = random.randint(1, 60)
    volume = tuple(target * month // 12 for month in range(1, 13))
    unit = random.choice(("Layanan", "Dokumen", "Industri"))
    name = _name(random)
    return Output(
        *(program, kegiatan, kro, ro, name, unit, target, tuple(accounts)),
        *((*steps, 100.0), planned, volume),
    )
