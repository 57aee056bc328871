"""Shapes about statements, and what the sentences of all of them may say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pp39.findings.evidence import Evidence
from pp39.findings.rule import Hit
from pp39.findings.shape import Telling
from pp39.findings.statement import Statement

_ALWAYS = ("kode", "indikator", "subjek", "nilai", "uraian", "letak")


class Stated(Telling):
    """A shape whose sentences may name a statement or an indicator."""

    def says(self) -> tuple[str, ...]:
        """Name what its sentences may say."""
        return (*_ALWAYS, *super().says())

    def tell(
        self,
        evidence: Evidence,
        about: Statement | str,
        where: str | Iterable[str],
        ledger_id: str = "",
        **more: Any,
    ) -> Hit:
        """Make a finding about a statement, or about an indicator by its code, as of `hit`."""
        code = about if isinstance(about, str) else about.head
        said: dict[str, object] = {"kode": code, "indikator": evidence.short(code)}
        if isinstance(about, Statement):
            names = ("subjek", "nilai", "uraian", "letak")
            said |= {name: getattr(about, name) for name in names}
        return self.hit(evidence, where, ledger_id, said=said, **more)


def lists_of(evidence: Evidence, pattern: str) -> dict[tuple[str, str, str], list[Statement]]:
    """Give lists of activities by the two groups of the pattern of their subjects, and place."""
    found: dict[tuple[str, str, str], list[Statement]] = {}
    for match, group in evidence.subjects(pattern):
        for one in group:
            found.setdefault((match[1], match[2], one.letak), []).append(one)
    return found
