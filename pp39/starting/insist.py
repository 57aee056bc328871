"""Whether a profile holds together, before a unit starts with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pp39.findings import rules_of
from pp39.indicators.formulas import check_formulas
from pp39.profile import Fault, Profile, ProfileError
from pp39.profile.indicator import Indikator
from pp39.report.sections.outline import check_outline


def insist_on(
    profile: Profile,
    faults: Iterable[Fault] = (),
    indicators: Mapping[str, Indikator] | None = None,
) -> None:
    """Hold the formulas, chapters and rules of a profile to what there is.

    Raises
    ------
    ProfileError
        With everything that is wrong, known faults among it.
    """
    found = list(faults)
    for check in (
        lambda: check_formulas(profile),
        lambda: check_outline(profile, indicators or profile.isi.indikator),
        lambda: rules_of(profile),
    ):
        try:
            check()
        except ProfileError as error:
            found += error.faults
    if found:
        raise ProfileError(found)
