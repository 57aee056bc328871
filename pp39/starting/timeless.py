"""Workbooks without the times they were made at: the same bytes for the same content."""

from __future__ import annotations

import io
import zipfile

__all__ = ["timeless"]

_EPOCH = (1980, 1, 1, 0, 0, 0)
_CORE = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties"/>'
)


def timeless(content: bytes) -> bytes:
    """Write a workbook again without the times it was made at."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as made,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as kept,
    ):
        for name in sorted(made.namelist()):
            text = _CORE.encode() if name == "docProps/core.xml" else made.read(name)
            kept.writestr(zipfile.ZipInfo(name, _EPOCH), text, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
