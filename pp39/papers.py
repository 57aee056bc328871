"""The working papers of a run: which there are, and what each is about."""

from __future__ import annotations

from collections.abc import Mapping

#: The notebooks in the order of the run, and what each does.
PAPERS: Mapping[str, str] = {
    "01_clean": "Pembersihan data",
    "02_validate": "Pemeriksaan mutu data",
    "03_indicators": "Perhitungan indikator",
    "04_report": "Penyusunan laporan",
}
