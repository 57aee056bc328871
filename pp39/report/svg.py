"""SVG as matplotlib writes it, made ready to stand inside a page with other graphics."""

from __future__ import annotations

import re

from pp39.report.text import html_text, slugged

__all__ = ["inlined", "tidied"]


def tidied(svg: str) -> str:
    r"""Drop the XML prologue, comments, metadata and superfluous blanks of a matplotlib SVG.

    Examples
    --------
    >>> tidied('<?xml version="1.0"?><!-- made --><svg>  <g>\n </g></svg>')
    '<svg><g></g></svg>'
    """
    svg = re.sub(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r">\s+<", "><", svg)
    return re.sub(r"\s*\n\s*", " ", svg).strip()


def inlined(svg: str, name: str, alt: str) -> str:
    """Make an SVG an image with a text alternative, its ids unique on the page.

    Parameters
    ----------
    svg : str
        A tidied SVG.
    name : str
        Prefix for its ids.
    alt : str
        Text alternative.
    """
    prefix = slugged(name)
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{prefix}-\1"', svg)
    svg = re.sub(r'href="#([^"]+)"', rf'href="#{prefix}-\1"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", rf"url(#{prefix}-\1)", svg)
    svg = svg.replace("xlink:href", "href")
    box = re.search(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"', svg)
    width = f"{float(box[1]) / 72 * 96:.0f}" if box else "640"
    head = (
        f'<svg role="img" aria-label="{html_text(alt)}" focusable="false" '
        f'style="width:100%;max-width:{width}px;height:auto" '
    )
    svg = re.sub(r"^<svg\b([^>]*?)>", lambda match: head + _kept(match[1]) + ">", svg, count=1)
    return svg


def _kept(attributes: str) -> str:
    """Keep the view box: size and name spaces come from the page."""
    return " ".join(re.findall(r'(?:viewBox|version)="[^"]*"', attributes))
