"""A slow import that nothing here needs, left out."""

import sys

__all__ = ["skip_slow_imports"]


def skip_slow_imports() -> None:
    """Keep `jsonschema` from building the grammar of international URLs.

    Importing `nbformat`, and so Papermill and nbconvert, imports `jsonschema`, and that builds the
    grammar of RFC 3987 if the package `rfc3987_syntax` is there: more than a second, for a format
    that the schema of notebooks does not use. `jsonschema` does without when the import fails.
    """
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
