"""``pp39 rollup``: read, add up, and put all files in their place at once."""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from pp39.periods import Period
from pp39.processes import map_forked
from pp39.report.block import Block
from pp39.report.typst import render_pdf
from pp39.rollup.book import book
from pp39.rollup.data import write_details
from pp39.rollup.forms import Forms, calculations, document
from pp39.rollup.members import Choice
from pp39.rollup.page import page, shown
from pp39.rollup.rollup import BOOK, Rollup
from pp39.rollup.trend import Stand, write_trend
from pp39.run.naming import BASE

#: Below ``reports``; no unit can be called so.
FOLDER = "_rekap"
#: Below that, for several periods side by side.
TREND = "tren"
PAGE = "rekap.html"
_LONGEST = 60
_NO_NAME = re.compile(r"[^a-z0-9_]+")
#: Names that can be read back from that of a folder.
_NAMED = re.compile(r"[A-Za-z0-9]+(?: [A-Za-z0-9]+)*")
_UNIT = re.compile(r"[a-z0-9_]+(?:-[a-z0-9_]+)*")
_FORMS = {"formulir-b.pdf": "Formulir B", "formulir-c.pdf": "Formulir C"}
_DOWNLOADS = {
    "Formulir B (PDF)": "formulir-b.pdf",
    "Formulir C (PDF)": "formulir-c.pdf",
    "Buku kerja (XLSX)": BOOK,
    "Rincian (CSV)": "rincian.csv",
}


def folder_of(root: Path, year: int, period: Period, choice: Choice) -> Path:
    """Give the folder of a rollup; what is chosen differently lies elsewhere.

    Examples
    --------
    >>> folder_of(Path(), 2025, Period.parse("IV"), Choice(eselon="Ditjen A")).as_posix()
    'reports/_rekap/2025-IV/eselon-ditjen-a'
    """
    return root / "reports" / FOLDER / f"{year}-{period}" / _choice_name(choice)


def _choice_name(choice: Choice) -> str:
    named = {"kl": choice.ministry, "eselon": choice.eselon}
    named["run"] = "" if choice.scenario == BASE else choice.scenario
    told = [f"{kind} {one}" for kind, one in named.items() if one] + sorted(choice.units)
    name = "+".join(_NO_NAME.sub("-", one.casefold()).strip("-") for one in told) or "semua"
    plain = all(map(_NAMED.fullmatch, filter(None, named.values()))) and all(
        _UNIT.fullmatch(one) and one.partition("-")[0] not in named for one in choice.units
    )
    if len(name) > _LONGEST or not plain:
        digest = hashlib.sha256("\0".join(told).encode()).hexdigest()[:10]
        name = f"{name[:_LONGEST].rstrip('-+')}+{digest}"
    return name


def publish(r: Rollup, folder: Path) -> list[Path]:
    """Write all files of a rollup and put them in place together.

    Parameters
    ----------
    r : Rollup
        The rollup.
    folder : pathlib.Path
        Where they go; what was there is replaced, and stays if anything fails.
    """
    return _placed(folder, lambda new: _write(r, new))


def publish_trend(stands: Sequence[Stand], root: Path, choice: Choice) -> list[Path]:
    """Write the comparison of several periods, as `publish` does."""
    folder = root / "reports" / FOLDER / TREND / _choice_name(choice)
    return _placed(folder, lambda new: write_trend(stands, new))


def _placed(folder: Path, write: Callable[[Path], None]) -> list[Path]:
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{folder.name[:20]}.", dir=folder.parent))
    try:
        new, old = aside / "baru", aside / "lama"
        new.mkdir()
        write(new)
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return sorted(folder.iterdir())


def _write(r: Rollup, folder: Path) -> None:
    """Write what Typst sets while a fork, where there may be one, makes the page.

    Not the other way round: Typst keeps threads, which a fork of a process that has used it lacks.
    """
    forms = Forms(r.year, r.period, r.sums, set(r.funds), r.outcomes)

    def of_page() -> dict[str, bytes]:
        return {PAGE: page(r, forms, _DOWNLOADS).encode()}

    def others() -> dict[str, bytes]:
        made = {BOOK: book(r, forms)}
        for name, title in _FORMS.items():
            made[name] = render_pdf(shown(_printed(r, forms, title)))
        return made

    for made in map_forked(lambda make: make(), [others, of_page]):
        for name, content in made.items():
            (folder / name).write_bytes(content)
    write_details(r, folder)


def _printed(r: Rollup, forms: Forms, title: str) -> list[Block]:
    blocks: list[Block] = [document(f"{title} PP 39/2006", r.scope, r.year, r.period, r.members)]
    for ministry in r.ministries:
        if title == "Formulir C":
            blocks += forms.form_c(ministry)
        else:
            for agency in ministry.below:
                blocks += forms.form_b(ministry, agency)
    return [*blocks, *calculations(r.sums.ledger)]
