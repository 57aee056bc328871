"""SVG as matplotlib writes it, made small and ready to stand inside a page with other graphics."""

from __future__ import annotations

import re
from functools import lru_cache

from pp39.report.text import html_text, slugged

# Numbers that rounding may write otherwise.
_NUMBER = re.compile(
    r"(-?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:e-?[0-9]+)?|-?[0-9]+e-?[0-9]+|-0(?![0-9.]))"
)
_STYLE = re.compile(r' style="([^"]*)"')
_FONTS = re.compile(r"font-family:[^;\"]*;?")
#: The document's face first; the last has what the others lack.
_FACE = "'Libertinus Serif', Georgia, 'Times New Roman', 'DejaVu Sans', serif"


def tidied(svg: str) -> str:
    r"""Write a matplotlib SVG short: no prologue, comments, metadata, idle ids or groups.

    Coordinates keep two decimals, a hundredth of a point. Letters are text in the face of the
    document.

    Examples
    --------
    >>> tidied('<?xml version="1.0"?><!-- made --><svg>  <g id="x">\n<path d="M 0.123456 1 z "/>'
    ...        '</g></svg>')
    '<svg><path d="M.12 1z"/></svg>'
    """
    svg = re.sub(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = " ".join(filter(None, map(str.strip, re.sub(r">\s+<", "><", svg).split("\n"))))
    svg = svg.replace("xlink:href", "href")
    svg = _with_inherited_style(svg)
    svg = re.sub(r' transform="rotate\(-0 [^"]*"', "", svg)
    used = set(re.findall(r'(?:href="|url\()#([^")]+)', svg))
    svg = re.sub(r' id="([^"]+)"', lambda found: found[0] if found[1] in used else "", svg)
    svg = re.sub(r' d="([^"]*)"', lambda found: f' d="{_path(found[1])}"', svg)
    # Shifts, not scales: two decimals of 1/64 would be another size.
    svg = re.sub(
        r'( (?:x|y|width|height|points)="| transform="translate\()([^")]*)',
        lambda found: found[1] + _rounded(found[2]),
        svg,
    )
    styles = {one: _style(one) for one in set(_STYLE.findall(svg))}
    svg = _STYLE.sub(lambda found: f' style="{styles[found[1]]}"', svg)
    svg = re.sub(r'(<use href="[^"]+") transform="translate\((\S+) 0\)"/>', r'\1 x="\2"/>', svg)
    if "<text" in svg:
        svg = svg.replace("<svg", f'<svg font-family="{_FACE}"', 1)
    return _without_idle_groups(svg)


def inlined(svg: str, name: str, alt: str) -> str:
    """Make an SVG an image with a text alternative, its ids unique on the page."""
    prefix = slugged(name)
    svg = re.sub(r'(\bid="|href="#|url\(#)', rf"\g<1>{prefix}-", svg)
    box = re.search(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"', svg)
    width = f"{float(box[1]) / 72 * 96:.0f}" if box else "640"
    head = (
        f'<svg role="img" aria-label="{html_text(alt)}" focusable="false" '
        f'style="width:100%;max-width:{width}px;height:auto" '
    )
    svg = re.sub(r"^<svg\b([^>]*?)>", lambda match: head + _kept(match[1]) + ">", svg, count=1)
    return svg


def standalone(html: str) -> str:
    """Take the graphic out of HTML as an SVG of its own, without what only a page needs."""
    start, end = html.index("<svg "), html.index("</svg>") + len("</svg>")
    head, _, rest = html[start:end].partition(">")
    return f'<svg xmlns="http://www.w3.org/2000/svg" {_kept(head)}>{rest}'


def _kept(attributes: str) -> str:
    """Keep the view box and what is inherited: size and name spaces come from the page."""
    return " ".join(
        re.findall(r'(?:viewBox|stroke-linejoin|stroke-linecap|font-family)="[^"]*"', attributes)
    )


def _with_inherited_style(svg: str) -> str:
    """Say on the root what matplotlib says by a rule for all elements, also those of the page."""
    rule = re.search(r'<defs><style type="text/css">\*\{([^}]*)\}</style></defs>', svg)
    if rule is None:
        return svg
    pairs = re.findall(r"([a-z-]+): ([a-z]+)", rule[1])
    attributes = "".join(f' {name}="{value}"' for name, value in pairs)
    return svg.replace(rule[0], "").replace("<svg", f"<svg{attributes}", 1)


def _rounded(text: str) -> str:
    """Round all numbers in a text to two decimals."""
    pieces = _NUMBER.split(text)
    pieces[1::2] = map(_short_number, pieces[1::2])
    return "".join(pieces)


def _short_number(text: str) -> str:
    short = f"{float(text):.2f}".rstrip("0").rstrip(".")
    if short.startswith("0."):
        return short[1:]
    if short.startswith("-0."):
        return f"-{short[2:]}"
    return "0" if short == "-0" else short


# Marks and hatches are alike in all graphics.
@lru_cache(maxsize=1024)
def _path(d: str) -> str:
    # Without spaces round the letters of its commands.
    return re.sub(" (?=[A-Za-z])|(?<=[A-Za-z]) ", "", _rounded(d.strip())).replace(" -", "-")


def _style(style: str) -> str:
    short = _FONTS.sub("", re.sub(r"\s*([:;])\s*", r"\1", style.strip())).rstrip(";")
    return re.sub(r"#([0-9a-f])\1([0-9a-f])\2([0-9a-f])\3\b", r"#\1\2\3", short)


def _without_idle_groups(svg: str) -> str:
    """Open groups that say nothing, from the inside out."""
    tokens = re.split(r"(<g\b[^>]*>|</g>)", svg)
    waiting: list[int] = []
    for place, token in enumerate(tokens):
        if token.startswith("<g") and not token.endswith("/>"):
            waiting.append(place)
        elif token == "</g>":
            opened = waiting.pop()
            if tokens[opened] == "<g>":
                tokens[opened] = tokens[place] = ""
        elif token == "<g/>":
            tokens[place] = ""
    return "".join(tokens)
