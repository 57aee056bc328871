"""What a notebook shows of its own: tables that say what they are, and plain text without HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

#: Says in a notebook which run it is of, in words.
ABOUT_MIME = "application/vnd.pp39.about"


@dataclass(frozen=True)
class Shown:
    """Something a notebook shows."""

    html: str
    text: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.text


def table(title: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Shown:
    """Show rows; whole numbers stand at the right, under a head that does so too.

    Parameters
    ----------
    title : str
        Caption.
    heads : sequence of str
        Names of the columns; the first one names the rows.
    rows : iterable of sequence
        Cells: text, whole numbers, `Shown`, or None where there is nothing.

    Examples
    --------
    >>> print(table("Sumber", ["Nama", "Baris"], [["a < b", 12], ["c", None]]))
    Sumber
    a < b: 12
    c: –
    """
    body = [[*one] for one in rows]
    right = [
        any(isinstance(one[place], int) for one in body)
        and all(one[place] is None or isinstance(one[place], int) for one in body)
        for place in range(len(heads))
    ]
    kind = [' class="kanan"' if one else "" for one in right]
    head = "".join(
        f'<th scope="col"{kind[place]}>{escape(name)}</th>' for place, name in enumerate(heads)
    )
    lines = "".join(
        f'<tr><th scope="row"{kind[0]}>{_cell(one[0])}</th>'
        + "".join(f"<td{kind[place]}>{_cell(one[place])}</td>" for place in range(1, len(heads)))
        + "</tr>"
        for one in body
    )
    if not body:
        lines = f'<tr><td colspan="{len(heads)}">tidak ada</td></tr>'
    told = [f"{_text(one[0])}: {', '.join(map(_text, one[1:]))}" for one in body]
    return Shown(framed(escape(title), head, lines), "\n".join([title, *told]))


def framed(title: str, head: str, body: str) -> str:
    """Put rows that are HTML already into a table.

    Parameters
    ----------
    title, head, body : str
        Caption, cells of the head (empty for none), rows.
    """
    thead = f"<thead><tr>{head}</tr></thead>" if head else ""
    # JupyterLab sets cells to the right and captions below unless told otherwise.
    return (
        '<table style="text-align:left"><caption style="caption-side:top;text-align:left;'
        f'font-weight:bold">{title}</caption>{thead}<tbody>{body}</tbody></table>'
    )


def _cell(content: object) -> str:
    return content.html if isinstance(content, Shown) else escape(_text(content))


def _text(content: object) -> str:
    return "–" if content is None else str(content)
