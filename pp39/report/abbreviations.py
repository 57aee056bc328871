"""The list of abbreviations: of all that are known, those that the report uses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pp39.report.block import Block, Description
from pp39.report.text import html_text, typst_text

_TAG = re.compile(r"<[^>]*>")
# The number of a letter, such as ITJ/12/2024, says who wrote it and abbreviates nothing here.
_LETTER = re.compile(r"(?<![\w.-])[\w.-]+(?:/[\w.-]+)*/[0-9]+(?:/[\w.-]+)*")


@dataclass(frozen=True)
class Abbreviations(Block):
    """Abbreviations with what they stand for, sorted; the exporter keeps those that occur."""

    #: What each stands for.
    meanings: Mapping[str, str]

    def used_in(self, texts: Iterable[str]) -> Abbreviations:
        """Keep those that stand as a word, or before the number of a code, in any of some texts.

        The texts may hold tags.

        Examples
        --------
        >>> known = Abbreviations({"RO": "rincian output", "KRO": "klasifikasi rincian output"})
        >>> list(known.used_in(["<p>Pagu <b>KRO</b></p>"]).meanings)
        ['KRO']
        >>> list(known.used_in(["<li>Pagu RO</li><li>Pagu KRO1</li>"]).meanings)
        ['RO', 'KRO']
        >>> list(known.used_in(["surat nomor B/12/RO/2024"]).meanings)
        []
        """
        text = "\n".join(_TAG.sub(" ", one.replace("<wbr>", "")) for one in texts)
        words = set(re.findall(r"[^\W_]+(?:-[^\W_]+)*", _LETTER.sub(" ", text)))
        words |= {one.rstrip("0123456789") for one in words}
        return Abbreviations({short: one for short, one in self.meanings.items() if short in words})

    def html(self) -> str:
        """Render as a list of terms."""
        rows = "".join(
            f"<dt>{html_text(short)}</dt><dd>{html_text(meaning)}</dd>"
            for short, meaning in self._sorted()
        )
        return f'<dl class="singkatan">{rows}</dl>'

    def typst(self) -> str:
        """Render as two lists beside each other, the first the longer one."""
        rows = self._sorted()
        half = (len(rows) + 1) // 2
        lists = "".join(f"[{_grid(some)}]" for some in (rows[:half], rows[half:]))
        return f"#grid(columns: (1fr, 1fr), column-gutter: 2em){lists}"

    def describe(self) -> Description:
        """Describe the block for the exporters."""
        return Description("singkatan", extra={"meanings": dict(self.meanings)})

    def _sorted(self) -> list[tuple[str, str]]:
        return sorted(self.meanings.items(), key=lambda pair: pair[0].casefold())


def _grid(rows: Iterable[tuple[str, str]]) -> str:
    cells = ", ".join(
        f"strong[{typst_text(short)}], [{typst_text(meaning)}]" for short, meaning in rows
    )
    columns = "columns: (auto, 1fr), column-gutter: 1em, row-gutter: 0.6em"
    return f"#set par(justify: false, leading: 0.5em)\n#set text(10pt)\n#grid({columns}, {cells})"
