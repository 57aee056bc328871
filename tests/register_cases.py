"""Small registers: a few rows that a test can count by hand, and runs with them."""

from indicator_runs import ROOT, base, run, tables
from profile_sources import SOURCES

from pp39.book import Book
from pp39.checks import rules
from pp39.checks.engine import evaluate
from pp39.params import load
from pp39.sources import Context, clean

ORDERS = "Nomor,Triwulan,Tanggal Terima,Layanan,Kategori,Pelanggan,Tanggal Janji,Tanggal Selesai,Hasil,Satuan"  # noqa: E501
IKM = "Triwulan,Layanan," + ",".join(f"U{n}" for n in range(1, 10))
SP2D = "Nomor,Tanggal,Kode KRO,Kode RO,Nilai"


def cleaned(folder, name, header, *lines):
    """Clean a source made of lines, for the sample unit."""
    path = folder / SOURCES[name].file
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return clean(SOURCES[name], path, Context.of(base().job.settings))


def orders(folder, *lines):
    return cleaned(folder, "order_layanan", ORDERS, *lines)


def computed(table, *overrides, quarter="IV", lacking=()):
    """Compute the indicators of the sample unit with one more table, and without some."""
    given = {name: one for name, one in tables().items() if name not in lacking}
    return run(quarter, *overrides, given=given | {table.source.name: table})


def checked(table, *ids, overrides=(), lacking=()):
    """Evaluate the rules of these ids."""
    given = {name: one for name, one in tables().items() if name not in lacking}
    facts = Book(
        given | {table.source.name: table},
        load(ROOT, "bspji-ambon", 2025, "IV", overrides=overrides),
    )
    found = evaluate([rule for rule in rules(facts) if rule.id in ids], facts)
    return {one.id: one for one in found}
