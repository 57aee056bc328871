"""``pp39 review``: one typed report, or a folder of them with the worst first.

One report may be held against a run that was made from the unit's data.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from pp39.errors import MissingInput, ParameterError, Pp39Error
from pp39.findings import SEVERITIES, Finding, causes_of
from pp39.findings.annex import SEVERITY_NAMES
from pp39.findings.display import show
from pp39.findings.printed import agreement, digits
from pp39.ledger import Ledger
from pp39.printer import rich_console, words
from pp39.profile import load_profile
from pp39.profile.files import SHIPPED
from pp39.profile.model import Profil
from pp39.review import SUFFIXES, review
from pp39.review.hit import Look
from pp39.review.showing import page, to_json, workbook
from pp39.review.statements import save, store
from pp39.run.project import project_root
from pp39.voice import say

if TYPE_CHECKING:
    from pp39.run.workspace import Workspace
_MEASURES = ("target", "realisasi", "capaian")


def review_all(
    path: Path,
    profile_name: str | None,
    workspace: Workspace | None,
    *,
    html: Path | None,
    xlsx: Path | None,
    save_as: Path | None,
    into: Workspace | None,
    as_json: bool,
) -> list[Finding]:
    """Review and tell; give all findings.

    Raises
    ------
    pp39.errors.MissingInput, pp39.errors.UnreadableInput
        If a single file cannot be read; in a folder such a file is told in the list.
    """
    profile = _profile(profile_name, workspace or into)
    if path.is_dir():
        if html or xlsx or save_as or into or workspace:
            raise ParameterError(
                "--html, --xlsx, --save and --quarter are for one report; give a file"
            )
        found = _folder(path, profile, as_json=as_json)
    else:
        look, found = review(path, profile)
        if workspace is not None:
            found = [*against_run(look, workspace.processed), *found]
        writers: list[tuple[Path | None, Callable[[Path], object]]] = [
            (html, lambda to: to.write_text(page(look, found), "utf-8")),
            (xlsx, lambda to: workbook(to, look, found)),
            (save_as, lambda to: save(to, look)),
        ]
        for to, write in writers:
            if to is not None:
                write(to)
        if into is not None:
            stored, count = store(into.raw, look, profile)
            say("info", f"{count} statements stored in {into.relative(stored)}")
        if as_json:
            print(json.dumps(to_json(look, found), ensure_ascii=False, indent=2))
        else:
            show(causes_of(found, Ledger(), ()), rich_console())
            print(
                f"{len(look.said)} figures with a subject were understood; of {len(look.unsaid)}"
                " others only the arithmetic was held (--json and --xlsx list them)."
            )
            if look.report.unread:
                print(
                    f"Not read: {', '.join(look.report.unread)} (pages without text, annexes of"
                    " calculations)."
                )
    return found


def _profile(name: str | None, workspace: Workspace | None) -> Profil:
    if workspace is not None:
        return workspace.settings.profile.isi
    # Without a profile of its own, a review needs no project.
    return load_profile(project_root() if name else SHIPPED, name or "nasional").isi


def _folder(folder: Path, profile: Profil, *, as_json: bool) -> list[Finding]:
    files = sorted(one for one in folder.rglob("*") if one.suffix.casefold() in SUFFIXES)
    if not files:
        raise MissingInput(f"{folder} holds no report; give .docx, .pdf, .md or .txt files")
    told: list[tuple[Path, Look | None, list[Finding], str]] = []
    for one in files:
        try:
            told.append((one, *review(one, profile), ""))
        except Pp39Error as error:
            told.append((one, None, [], str(error)))
    told.sort(key=lambda one: (*(-_counts(one[2])[level] for level in SEVERITIES), one[0].name))
    if as_json:
        listed = [
            to_json(look, found) if look else {"berkas": path.name, "galat": error}
            for path, look, found, error in told
        ]
        print(json.dumps(listed, ensure_ascii=False, indent=2))
    else:
        _show(folder, told)
    return [one for _, _, found, _ in told for one in found]


def _counts(findings: Sequence[Finding]) -> Counter[str]:
    return Counter(one.tingkat for one in findings)


def _show(folder: Path, told: Sequence[tuple[Path, Look | None, list[Finding], str]]) -> None:
    from rich.table import Table  # noqa: PLC0415

    table = Table("Laporan", *(SEVERITY_NAMES[one] for one in SEVERITIES), "Angka", "Keterangan")
    for path, look, found, error in told:
        counts = _counts(found)
        cells = [str(path.relative_to(folder)), *(str(counts[one]) for one in SEVERITIES)]
        table.add_row(
            *(words(one) for one in (*cells, str(len(look.said)) if look else "–", error))
        )
    rich_console().print(table)


def against_run(look: Look, processed: Path) -> Iterator[Finding]:
    """Hold targets, realisations and achievements against ``indikator.csv`` of a run.

    Parameters
    ----------
    look : Look
        The report, read with the indicators of the unit's profile.
    processed : pathlib.Path
        Folder of the run below ``data/processed``.

    Raises
    ------
    pp39.errors.MissingInput
        If the run was not made.
    """
    path = processed / "indikator.csv"
    if not path.is_file():
        raise MissingInput(f"{path} is not there; make the unit's report of that quarter first")
    with path.open(encoding="utf-8", newline="") as stream:
        rows = {row["kode"].replace(" ", ""): row for row in csv.DictReader(stream)}
    for one in look.said:
        row = rows.get(one.subject)
        value = row.get(one.measure) if row and one.measure in _MEASURES else None
        if row is None or not value or one.period.month:
            continue
        exact = Fraction(value)
        if agreement(one.printed, exact) in ("sama", "pembulatan"):
            continue
        shown = digits(exact, one.printed, least=2)
        yield Finding(
            "data-unit",
            "material",
            str(one.place),
            f"{row['kode']}/{one.measure}",
            one.text.strip(),
            shown,
            f"{one.measure.capitalize()} {row['kode']} {row['indikator']} tertulis"
            f" {one.text.strip()}, sedangkan data satuan kerja memberi {shown}.",
            row["ledger_id"] if one.measure == "realisasi" else "",
            membandingkan="angka laporan dengan data satuan kerja",
        )
