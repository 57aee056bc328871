"""Which rules there are: one suite per source.

A source that a profile declares is checked by the rules of `pp39.checks.declared`, which follow
from the declaration. For anything only a person knows about it, write a function
``name(facts) -> tuple[Rule, ...]`` beside the others and enter it below.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from pp39.checks import budget, performance, progress, registers, services, targets
from pp39.checks.declared import coverage, declared, structure
from pp39.checks.facts import Facts
from pp39.checks.rule import Rule

__all__ = ["SUITES", "rules"]

Suite = Callable[[Facts], tuple[Rule, ...]]

SUITES: Mapping[str, Suite] = MappingProxyType(
    {
        "dipa_ro": budget.dipa_ro,
        "sumber_dana": budget.sumber_dana,
        "dipa_pagu": budget.dipa_pagu,
        "jenis_belanja": budget.jenis_belanja,
        "revisi_dipa": budget.revisi_dipa,
        "realisasi_kro": budget.realisasi_kro,
        "kegiatan_kro": budget.kegiatan_kro,
        "target_perjanjian_kinerja": targets.target_suite("perjanjian_kinerja"),
        "target_sasaran_indikator": targets.target_suite("sasaran_indikator"),
        "target_rencana_aksi": targets.target_suite("rencana_aksi"),
        "target_tabel_capaian": targets.target_suite("tabel_capaian"),
        "target_antara": targets.target_antara,
        "rencana_aksi": performance.rencana_aksi,
        "realisasi_kegiatan": performance.realisasi_kegiatan,
        "pelaksanaan": performance.pelaksanaan,
        "kendala": performance.kendala,
        "tindak_lanjut": performance.tindak_lanjut,
        "progres_ro": progress.progres_ro,
        "target_smart": progress.target_smart,
        "survei_nps": services.survei_nps,
        "pelanggan": services.pelanggan,
        "pnbp": services.pnbp,
        "pnbp_dasar": services.pnbp_dasar,
        "hasil_layanan": services.hasil_layanan,
        "sla": services.sla,
        "ikpa": performance.ikpa,
        "nilai_eksternal": performance.nilai_eksternal,
        "order_layanan": registers.order_layanan,
        "survei_ikm": registers.survei_ikm,
        "sp2d": registers.sp2d,
    }
)
"""Rules that do not follow from a declaration, by source."""


def rules(facts: Facts) -> tuple[Rule, ...]:
    """List all rules of a run: the shape of all tables first, then source by source.

    Parameters
    ----------
    facts : Facts
        Tables and parameters; lists of known codes are taken from them.
    """
    found = [*structure(), *coverage()]
    for name, source in facts.sources.items():
        if name not in facts.tables:
            continue
        found += declared(source, facts)
        if name in SUITES:
            found += SUITES[name](facts)
    return tuple(found)
