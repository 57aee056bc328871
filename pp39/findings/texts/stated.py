"""Shapes about statements, and what the sentences of all of them may say."""

from __future__ import annotations

from collections.abc import Iterable

from pp39.findings.evidence import Evidence
from pp39.findings.finding import Severity
from pp39.findings.rule import Hit
from pp39.findings.shape import Telling
from pp39.findings.statement import Statement
from pp39.ledger import Quantity

__all__ = ["Stated"]

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
        *,
        tingkat: Severity | None = None,
        kalimat: str = "",
        numbers: Iterable[Quantity] = (),
        **more: object,
    ) -> Hit:
        """Make a finding about a statement, or about an indicator by its code."""
        code = about if isinstance(about, str) else about.head
        said: dict[str, object] = {"kode": code, "indikator": evidence.short(code)}
        if isinstance(about, Statement):
            names = ("subjek", "nilai", "uraian", "letak")
            said |= {name: getattr(about, name) for name in names}
        more = {**said, **more}
        return self.hit(
            evidence,
            where,
            ledger_id,
            tingkat=tingkat,
            kalimat=kalimat,
            said=more,
            numbers=numbers,
        )
