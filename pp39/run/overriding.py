"""Overrides in their one spelling: what they change, and nothing of how they were written.

``-p capaian.batas=120``, ``-p "capaian={batas: 120}"`` and the same after one that changes
nothing make the same run, to the byte. So overrides are read against the parameters as they are
without them, what makes no difference is dropped, and the rest is written anew.
"""

from __future__ import annotations

import json
import pickle
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, cast

from pp39.errors import ParameterError
from pp39.params import DEFAULT_SCENARIO, Settings, load
from pp39.params.emblem import read_emblems
from pp39.params.schema import TreePickler
from pp39.periods import Period
from pp39.profile import Profile
from pp39.profile.files import SHIPPED, state_of
from pp39.same import once
from pp39.yamlfile import decimal

#: What `settled` is asked for.
_Asked = tuple[Path, str, int, Period, str, tuple[str, ...]]
#: What was read last, by what was asked for and the state of the files.
_KNOWN: dict[tuple[_Asked, str], Settings] = {}
#: Text that YAML reads as itself, whatever it is compared with.
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_]*(-[A-Za-z0-9_]+)*|[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "y", "n", "null"})


def settled(
    root: Path, unit: str, year: int, quarter: Period, scenario: str, *, overrides: Sequence[str]
) -> Settings:
    """Load the parameters of a run, with its overrides in their one spelling.

    A process, and what is forked of it, reads the same ones once: as long as no byte of any file
    that may hold some has changed.

    Parameters
    ----------
    root, unit, year, quarter, scenario, overrides :
        As `pp39.params.load` takes them.

    Raises
    ------
    ParameterError
        As `pp39.params.load`; about the overrides as they were written.
    """
    asked = (root, unit, year, quarter, scenario, tuple(overrides))
    with suppress(OSError):
        # In another state of the files they are read anew.
        known = asked, state_of(root / "params", SHIPPED)
        if known not in _KNOWN:
            _keep(known, _settled(asked))
        found = _KNOWN[known]
        if read_emblems(root, found.params) == found.emblems:
            return found
    return _settled(asked)


def _keep(known: tuple[_Asked, str], found: Settings) -> None:
    while len(_KNOWN) > 1:
        del _KNOWN[next(iter(_KNOWN))]
    _KNOWN[known] = found


def packed(settings: Settings) -> bytes:
    """Pack parameters that this process has read; nothing where it does not know them any more."""
    for (asked, state), one in _KNOWN.items():
        if one is settings:
            parcel = BytesIO()
            _Pickler(parcel, 5).dump((((*asked[:-1], one.overrides), state), one))
            return parcel.getvalue()
    return b""


def unpack(parcel: bytes) -> None:
    """Know parameters that another process has read, as long as no byte of them has changed."""
    _keep(*_Unpickler(BytesIO(parcel)).load())


def latest() -> Settings:
    """Give the parameters that were read or unpacked last; there must be any."""
    return next(reversed(_KNOWN.values()))


class _Pickler(TreePickler):
    def persistent_id(self, one: Any) -> bytes | None:
        return _profile_packed(one) if isinstance(one, Profile) else None


class _Unpickler(pickle.Unpickler):
    def persistent_load(self, pid: Any) -> Profile:
        return _profile_unpacked(pid)


@once
def _profile_packed(profile: Profile) -> bytes:
    return pickle.dumps(profile, 5)


@lru_cache(maxsize=2)  # what was understood of a profile is known of the very same
def _profile_unpacked(parcel: bytes) -> Profile:
    return cast(Profile, pickle.loads(parcel))


def _settled(asked: _Asked) -> Settings:
    root, unit, year, quarter, scenario, overrides = asked
    if not overrides:
        return load(root, unit, year, quarter, scenario)
    given = load(root, unit, year, quarter, scenario, overrides=overrides)
    plain = given.base
    if scenario != DEFAULT_SCENARIO:
        try:
            plain = load(root, unit, year, quarter, scenario)
        except ParameterError:
            # The files alone need not be complete.
            plain = None
    changed = given.overridden(plain)
    if any(path.startswith("indikator.") for path in changed):
        # A formula is understood before anything is run.
        from pp39.indicators.formulas import programs_of  # noqa: PLC0415  rarely needed

        programs_of(given)
    if not changed and plain is not None:
        return load(root, unit, year, quarter, scenario)
    written = tuple(f"{path}={written_value(value)}" for path, value in sorted(changed.items()))
    if written == overrides:
        return given
    return load(root, unit, year, quarter, scenario, overrides=written)


def written_value(value: Any) -> str:
    """Write a value in JSON types so that YAML reads it back, plainly where it can be.

    Examples
    --------
    >>> written_value(8.0), written_value("bulan_terakhir"), written_value(["a", "no", 1e-7])
    ('8', 'bulan_terakhir', '[a, "no", 0.0000001]')
    """
    if isinstance(value, Mapping):
        inside = (
            f"{json.dumps(k, ensure_ascii=False)}: {written_value(v)}" for k, v in value.items()
        )
        return "{" + ", ".join(inside) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written_value, value)) + "]"
    if isinstance(value, float):
        return decimal(format(Decimal(str(int(value) if value.is_integer() else value)), "f"))
    if isinstance(value, str) and _PLAIN.fullmatch(value) and value.lower() not in _WORDS:
        return value
    return json.dumps(value, ensure_ascii=False)
