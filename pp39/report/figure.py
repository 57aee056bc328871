"""Charts in the document: vector graphics with caption and alternative text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING

from pp39.report.block import Block, Description
from pp39.report.inline import (
    Part,
    ReportError,
    Uses,
    in_sentence,
    part_html,
    part_typst,
    part_uses,
)
from pp39.report.svg import inlined, tidied
from pp39.report.text import html_text, typst_string

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from pp39.report.charts import Chart

#: Unit of length in SVG and of layout.
POINTS_PER_INCH = 72
# Height of a graphic beside its width from which, with caption, it takes half a page.
_HALF = 0.6
#: Stands in the Typst source of a figure for its graphic.
GRAPHIC = "grafik"


@dataclass(frozen=True)
class Picture(Block):
    """A numbered figure with its caption below.

    Raises
    ------
    ReportError
        If there is no alternative text.
    """

    #: Unique label for references, such as ``"gambar-kro"``.
    label: str
    #: Caption without number.
    title: str
    #: The graphic.
    svg: str
    #: What the graphic shows, in words, for those who do not see it.
    alt: str
    #: Notes below the caption.
    notes: Sequence[Part] = ()
    #: Whether it goes on a landscape page.
    wide: bool = False
    #: Every figure it shows: what of, id in the ledger or path of a parameter, as printed.
    figures: Sequence[tuple[str, str | None, str]] = ()
    #: What a reader is to take from it, in one line above the graphic; empty where it only shows.
    message: Part = ""

    def __post_init__(self) -> None:
        if not self.alt.strip():
            raise ReportError(f'figure "{self.label}" needs an alt text that says what it shows')

    @classmethod
    def of(
        cls,
        label: str,
        title: str,
        chart: Chart,
        *,
        notes: Sequence[Part] = (),
        wide: bool = False,
        message: Part = "",
    ) -> Picture:
        """Build from what a chart function returns.

        Raises
        ------
        ReportError
            If the chart prints a number that is none of its figures.
        """
        strange = chart.unaccounted()
        if strange:
            raise ReportError(
                f'figure "{label}" prints {strange[0]}, which is no figure of the ledger'
            )
        shown = tuple((one.label, one.id, one.text) for one in chart.points)
        svg, told = figure_svg(chart.figure), in_sentence(message)
        return cls(label, title, svg, chart.alt, notes, wide, shown, told)

    @property
    def tall(self) -> bool:
        """Whether it takes half a page, so that what follows goes on where it does not fit."""
        box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', self.svg)
        return box is not None and float(box[2]) > _HALF * float(box[1])

    def html(self) -> str:
        """Render as ``figure`` with inline SVG."""
        label = html_text(self.label)
        notes = "".join(f'<p class="catatan-gambar">{part_html(one)}</p>' for one in self.notes)
        message = f'<p class="pesan">{part_html(self.message)}</p>' if self.message else ""
        return (
            f'<figure class="bagan" id="{label}">{message}<div class="kanvas" tabindex="0">'
            f"{inlined(self.svg, self.label, self.alt)}</div>"
            f"<figcaption><!--nomor:{label}-->Gambar<!--/nomor-->. {html_text(self.title)}"
            f"{notes}</figcaption></figure>"
        )

    def typst(self) -> str:
        """Render as a call of ``#bagan``; the exporter puts the graphic of the HTML in.

        A notebook so holds each graphic once.
        """
        notes = "".join(f"[{part_typst(one)}], " for one in self.notes)
        message = f"pesan: [{part_typst(self.message)}], " if self.message else ""
        message += "lepas: true, " if self.tall else ""
        return (
            f"#bagan({typst_string(self.label)}, {typst_string(self.title)}, "
            f"{typst_string(self.alt)}, catatan: ({notes}), {message}{GRAPHIC})"
        )

    def describe(self) -> Description:
        """Describe the block for the exporters."""
        uses = Uses.joined(part_uses(one) for one in (self.message, *self.notes))
        return Description("bagan", self.label, self.title, self.wide, uses)


def figure_svg(figure: Figure) -> str:
    """Write a figure as SVG, the same bytes for the same drawing.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        The figure; its text stays text, in the face of the document.
    """
    from matplotlib.backends.backend_svg import (  # noqa: PLC0415 -- matplotlib takes a second
        FigureCanvasSVG,
    )

    from pp39.report.charts.style import chart_style  # noqa: PLC0415 -- as above

    buffer = StringIO()
    with chart_style():
        # `savefig` would draw all of it once more, unseen, to lay it out.
        figure.dpi = POINTS_PER_INCH
        if (layout := figure.get_layout_engine()) is not None:
            layout.execute(figure)
            figure.set_layout_engine("none")
        canvas = FigureCanvasSVG(figure)
        canvas.print_svg(buffer, metadata={"Date": None, "Creator": None})  # type: ignore[no-untyped-call]
    return tidied(buffer.getvalue())
