"""What a run is called: the name of its folder, made from what it changes.

The base is ``dasar``, a scenario is called as its file is, and a run with overrides is called after
the one it is a variant of and what differs: ``dasar+capaian-batas-120``. A name tells a scenario,
the base and any two sets of parameters apart, whatever scenarios there are:

- ``+`` and ``.`` are in no scenario's name;
- an override is written plainly where that can be read back in one way only: the name with ``-``
  for its dots, ``-``, and a value without ``-``; a code such as ``IKU 1.1`` is ``iku.1.1``;
- where one cannot, or all together are too long, what is written is a beginning, and a digest of
  all of them follows.

Names are of small letters, digits, ``. _ - +``, so that they are safe in any file system, also in
one that does not tell ``A`` from ``a``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from pp39.errors import ParameterError
from pp39.told import told

#: Name of the run without scenario and overrides.
BASE = "dasar"
#: Folder, among the processed files, with the notebooks of a failed run up to the error.
FAILED_FOLDER = "gagal"
#: Longest name that tells everything, and how much of a longer one is kept beside its digest.
_LONGEST = 72
_BEGINNING = 40
_DIGEST = 10

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")
_RUN = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}(\+[a-z0-9._-]+)*")
_CODE = re.compile(r"[A-Z]+ [0-9]+(\.[0-9]+)*")
_SEGMENT = re.compile(r"[a-z0-9_]+")
_VALUE = re.compile(r"[a-z0-9_]+|[0-9]+\.[0-9]+")
_KEYS = re.compile(r'"([^"]*)"|([^".]+)')
_OVERRIDE = re.compile(r'((?:"[^"]*"|[^"=])+)=(.*)', re.DOTALL)
_YEARS = range(2000, 3000)


def run_name(scenario: str, overrides: Sequence[str]) -> str:
    """Name the folder of a run.

    Parameters
    ----------
    scenario : str
        ``dasar``, or the scenario's name.
    overrides : sequence of str
        What is changed, as `pp39.run.workspace.Workspace` settles it: ``path=value`` each, in the
        one spelling of both.

    Examples
    --------
    >>> run_name("dasar", []), run_name("tinggi", ["capaian.batas=120"])
    ('dasar', 'tinggi+capaian-batas-120')
    >>> run_name("dasar", ['target."IKU 1.1"=80', "capaian.batas=120"])
    'dasar+capaian-batas-120+target-iku.1.1-80'
    >>> run_name("dasar", ['laporan.tempat="Kota Baru"'])
    'dasar+laporan-tempat-kota_baru+b7adb55da0'
    """
    if not overrides:
        return scenario
    plain = [_plainly(one) for one in sorted(overrides)]
    told = "+".join([scenario, *(one for one in plain if one is not None)])
    if None not in plain and len(told) <= _LONGEST:
        return told
    digest = hashlib.sha256("\0".join([scenario, *sorted(overrides)]).encode()).hexdigest()
    roughly = "+".join(filter(None, map(_roughly, sorted(overrides))))[:_BEGINNING].rstrip("+-._")
    return "+".join(one for one in (scenario[:_BEGINNING], roughly, digest[:_DIGEST]) if one)


def checked_unit(unit: object) -> str:
    """Give the name of a unit back, if it can be one.

    Raises
    ------
    ParameterError
        If it holds anything but small letters, digits, ``-`` and ``_``.
    """
    if isinstance(unit, str) and _NAME.fullmatch(unit):
        return unit
    if isinstance(unit, str) and _NAME.fullmatch(small := unit.lower()):
        raise ParameterError(
            f"unit is {told(unit)}; write it in small letters, also in params/unit/{small}.yaml"
            f" and data/raw/{small}"
        )
    raise ParameterError(
        f"unit is {told(unit)}; a unit's name has small letters, digits, '-' and '_' only, at most"
        " 100, as params/unit/<unit>.yaml and data/raw/<unit> do"
    )


def checked_run(run: object) -> str:
    """Give the name of a scenario or of a run back, if it can be one; errors as `checked_unit`."""
    if isinstance(run, str) and _RUN.fullmatch(run) and len(run) < 200:
        return run
    raise ParameterError(
        f"there is no scenario {told(str(run))}; its name has small letters, digits, '-' and '_'"
        " only, as params/scenarios/<name>.yaml does"
    )


def checked_year(year: object) -> int:
    """Read a budget year.

    Raises
    ------
    ParameterError
        If it is no whole number, or none of four digits.

    Examples
    --------
    >>> checked_year(" 2025 ")
    2025
    """
    text = str(year).strip()
    if not isinstance(year, bool) and re.fullmatch(r"[0-9]{4}", text) and int(text) in _YEARS:
        return int(text)
    raise ParameterError(f"year is {told(year)}; use a budget year such as 2025")


def _plainly(override: str) -> str | None:
    """Write an override as a part of a name that can be read back; None where that is no way."""
    keys, value = _split(override)
    parts = [
        key.lower().replace(" ", ".") if _CODE.fullmatch(key) else key
        for key in keys
        if _CODE.fullmatch(key) or _SEGMENT.fullmatch(key)
    ]
    if len(parts) < len(keys) or not _VALUE.fullmatch(value):
        return None
    return "-".join([*parts, value])


def _roughly(override: str) -> str:
    """Write an override as it can be read, whether or not it can be read back."""
    keys, value = _split(override)
    words = (re.sub(r"[^a-z0-9.]+", "_", one.lower()).strip("_.") for one in (*keys, value))
    return "-".join(word for word in words if word)


def _split(override: str) -> tuple[list[str], str]:
    match = _OVERRIDE.fullmatch(override)
    if match is None:
        return [], override
    return [quoted or bare for quoted, bare in _KEYS.findall(match[1])], match[2]
