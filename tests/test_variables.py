"""The variables of the environment: each one that is read is documented, and no other."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
_NAME = re.compile(r"(?<![A-Z_])PP39_[A-Z]+")
_READ = ("pp39/**/*.py", "notebooks/*.ipynb", "Makefile", ".ci/**/*")


def test_every_variable_stands_in_the_table() -> None:
    found = (path for pattern in _READ for path in ROOT.glob(pattern))
    files = [path for path in found if path.is_file() and path.suffix != ".pyc"]
    assert len(files) > 200
    # The module that lists them has to have a reader, too.
    listed = ROOT / "pp39" / "variables.py"
    read = {
        name
        for path in files
        if path != listed
        for name in _NAME.findall(path.read_text(encoding="utf-8"))
    }
    read |= set(re.findall(r'= "(PP39_[A-Z]+)"', listed.read_text()))
    table = set(re.findall(r"^\| `(PP39_[A-Z]+)` \|", (ROOT / "README.md").read_text(), re.M))
    described = set(re.findall(r"^``(PP39_[A-Z]+)``$", listed.read_text(), re.M))
    assert read == table == described
