"""What is used of other packages beyond what they promise, with the versions it was tried with.

A test fails as soon as one of these packages is of another version, and says to try them again.
What can stand here does. Elsewhere stand classes that are theirs but for some methods: the shell of
the forks (`pp39.run.warm.shell`), the drawing of SVG (`pp39.report.figure`, `pp39.report.svg`), the
Markdown of the working papers (`pp39.report.working_paper`).
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from types import MappingProxyType, ModuleType
from typing import Any

TRIED: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "great-expectations": ("1.24", "1.25"),
        "ipykernel": ("7", "8"),
        "ipython": ("9", "10"),
        "jupyter-client": ("8", "9"),
        "matplotlib": ("3.11", "3.12"),
        "nbconvert": ("7.17", "8"),
        "num2words": ("0.5.14", "0.6"),
        "papermill": ("2.7", "2.8"),
        "typer": ("0.29", "0.30"),
    }
)
"""Package -> lowest version tried, and the first one that was not, as in pyproject.toml."""


_FORMATS = (
    "fqdn",
    "isoduration",
    "jsonpointer",
    "rfc3339_validator",
    "rfc3986_validator",
    "rfc3987_syntax",
    "uri_template",
    "webcolors",
)

_FLUENT = "great_expectations.datasource.fluent"
_ELSEWHERE = (
    *("alloy", "aurora", "bigquery", "citus", "databricks_sql", "fabric", "neon", "postgres"),
    *("redshift", "snowflake", "sql", "sql_server", "sqlite"),
    *("pandas_azure_blob_storage", "pandas_dbfs", "pandas_file_path", "pandas_filesystem"),
    *("pandas_google_cloud_storage", "pandas_s3"),
    *("spark", "spark_azure_blob_storage", "spark_dbfs", "spark_file_path", "spark_filesystem"),
    *("spark_google_cloud_storage", "spark_s3"),
)
"""What Great Expectations knows of where data may lie, besides in a frame of pandas."""


def without_progress_bars(context: Any) -> None:
    """Let a context of Great Expectations show no progress bars.

    Its documentation sets ``progress_bars`` in the file of a project; a context without files takes
    the object that is made of it.
    """
    from great_expectations.data_context.types.base import (  # noqa: PLC0415  slow, rarely needed
        ProgressBarsConfig,
    )

    context.variables.progress_bars = ProgressBarsConfig(globally=False)


@contextmanager
def described_once() -> Iterator[None]:
    """Let Great Expectations put together once what it asks for over and over.

    That is the description of an expectation, dozens of times while it is evaluated, and the
    expectation that is described so, as often; the id of what a metric is of, for thousands that
    differ in a few values; and the rows that it is of, which are copied each time: together more
    than half of the time of the checks. Of the cells of a frame, of which nobody asks for a digest,
    it makes none.
    """
    from great_expectations.core.id_dict import IDDict  # noqa: PLC0415  slow, rarely needed
    from great_expectations.execution_engine import (  # noqa: PLC0415  slow, rarely needed
        pandas_execution_engine,
    )
    from great_expectations.expectations.expectation import Expectation  # noqa: PLC0415  as above
    from great_expectations.expectations.expectation_configuration import (  # noqa: PLC0415
        ExpectationConfiguration,
    )

    engine: Any = pandas_execution_engine.PandasExecutionEngine
    named: Any = IDDict.to_id
    cut: Any = engine.get_domain_records
    describe: Any = Expectation.configuration
    names: dict[Any, Any] = {}
    rows: dict[tuple[int, str], tuple[Any, Any]] = {}

    def to_id(self: Any, *which: Any, **more: Any) -> Any:
        # True and 1 are the same key, and not the same id.
        if which or more:
            return named(self, *which, **more)
        key = (type(self), *((name, type(value), value) for name, value in self.items()))
        try:
            if key not in names:
                names[key] = named(self)
            return names[key]
        except TypeError:  # a list, for instance
            return named(self)

    def get_domain_records(self: Any, domain_kwargs: Any) -> Any:
        key = (id(self), repr(sorted(domain_kwargs.items())))
        if key not in rows:
            rows[key] = (self, cut(self, domain_kwargs))
        return rows[key][1]

    expected = _once_each(ExpectationConfiguration.to_domain_obj)
    with (
        _replaced(Expectation, configuration=property(_once_each(describe.fget))),
        _replaced(ExpectationConfiguration, to_domain_obj=expected),
        _replaced(IDDict, to_id=to_id),
        _replaced(engine, get_domain_records=get_domain_records),
        _replaced(pandas_execution_engine, hash_pandas_dataframe=lambda frame: str(id(frame))),
    ):
        yield


def _once_each(method: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Let a method that takes nothing give what it first gave, for each object."""
    made: dict[int, tuple[Any, Any]] = {}

    def known(self: Any) -> Any:
        if id(self) not in made:
            made[id(self)] = (self, method(self))
        return made[id(self)][1]

    return known


@contextmanager
def _replaced(owner: Any, **others: Any) -> Iterator[None]:
    """Let a class or a module have others of its attributes while the block runs."""
    own = {name: vars(owner)[name] for name in others}
    for name, other in others.items():
        setattr(owner, name, other)
    try:
        yield
    finally:
        for name, one in own.items():
            setattr(owner, name, one)


@contextmanager
def saved_once(manager: Any) -> Iterator[None]:
    """Leave it to Papermill to write the notebook at the very end; after an error, now.

    Its manager of a notebook writes the whole of it twice a cell, but nothing without a path.
    """
    target, manager.output_path = manager.output_path, None
    try:
        yield
    except BaseException:
        manager.output_path = target
        raise


def plain_assignments(cls: type, parameters: Mapping[str, Any], comment: str) -> str:
    """Write parameters as Papermill's general translator does for the class of a language.

    That for Python lets ``black`` write them anew if it is installed.
    """
    from papermill.translators import Translator  # type: ignore[import-untyped]  # noqa: PLC0415

    plain: str = Translator.codify.__func__(cls, parameters, comment)
    return plain


def preprocessed(exporter: Any) -> bool:
    """Tell whether any preprocessor that nbconvert has for an exporter is switched on."""
    return any(getattr(one, "enabled", True) for one in exporter._preprocessors)


def process_of(manager: Any) -> Any:
    """Give the process of a kernel that a manager of jupyter_client started; None without one."""
    return getattr(manager.provisioner, "process", None)


def worded(cause: object) -> Mapping[str, Any]:
    """Give what Typer's checks of a value found first: kind, limits, what was given."""
    errors = getattr(cause, "errors", None)
    return errors()[0] if errors is not None else {}


def skip_slow_imports() -> None:
    """Spare this process what its libraries import and it never uses.

    Importing `nbformat`, and so Papermill and nbconvert, imports `jsonschema`, and that whatever
    packages for formats are there. `rfc3987_syntax` builds its grammar, which takes more than a
    second, and the schema of notebooks uses none of these formats. `jsonschema` does without a
    format when the import fails.

    Great Expectations imports `scipy.stats` for three expectations about distributions, and
    `altair` for the picture of one of them: together two fifths of all it takes to import. Of the
    rest it takes a third to describe databases, clouds and files that data may lie in: names stand
    for them that nothing else asks for, since it is given frames.

    `ipykernel` imports `jupyter_client`, with its sockets, to tell where a kernel listens.
    """
    for name in _FORMATS:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]
    for name in ("scipy.stats", "altair", "ipykernel.connect"):
        put_off(name)
    for name in _ELSEWHERE:
        _leave_out(f"{_FLUENT}.{name}_datasource")
    _leave_out(f"{_FLUENT}.fabric")
    # One class for each way in which pandas reads files, where there are any.
    _leave_out(f"{_FLUENT}.dynamic_pandas", _generate_pandas_data_asset_models=lambda *_, **__: {})


@cache
def in_indonesian() -> Callable[[int], str]:
    """Give what writes a whole number in Indonesian words.

    The package imports its sixty languages with itself, which takes ten times as long as this one.
    """
    name = "num2words"
    known, spec = sys.modules.get(name), importlib.util.find_spec(name)
    assert spec is not None
    sys.modules[name] = importlib.util.module_from_spec(spec)
    try:
        written: Callable[[int], str] = (
            importlib.import_module(f"{name}.lang_ID").Num2Word_ID().to_cardinal
        )
    finally:
        # Whoever imports the package finds all of it.
        sys.modules.pop(name)
        if known is not None:
            sys.modules[name] = known
    return written


_IMPORTING = threading.Lock()


def import_papermill() -> None:
    """Import Papermill without its ways to notebooks on other hosts: half of what it takes.

    It does without Hadoop when the import of `pyarrow.fs` fails, which brings all of Arrow and
    NumPy.
    """
    # Two steps may begin at the same time; the second one waits for what the first one imports.
    with _IMPORTING:
        skip_slow_imports()
        if "papermill" in sys.modules:
            return
        sys.modules.setdefault("pyarrow.fs", None)  # type: ignore[arg-type]
        _import_offline("papermill")
        # Others need it whole.
        if sys.modules["pyarrow.fs"] is None:
            del sys.modules["pyarrow.fs"]


def import_rocrate() -> None:
    """Import the writer of crates without what fetches parts of one from other hosts."""
    with _IMPORTING:
        _import_offline("rocrate.rocrate")


def import_great_expectations() -> None:
    """Import Great Expectations without what it would tell other hosts."""
    with _IMPORTING:
        _leave_out("great_expectations.core.http")
        _import_offline("great_expectations")


def _import_offline(name: str) -> None:
    """Import a module that asks for something in `requests` only where it has an address."""
    put_off("requests")
    importlib.import_module(name)
    # Others need it whole.
    if type(sys.modules["requests"]) is _Later:
        del sys.modules["requests"]


def put_off(name: str) -> None:
    """Let a module be imported when something in it is first asked for.

    `importlib.util.LazyLoader` would do, if ``import name`` itself did not already ask.

    Parameters
    ----------
    name : str
        Full name of the module; nothing is done if it has been imported.
    """
    sys.modules.setdefault(name, _Later(name))


def _leave_out(name: str, **known: Any) -> None:
    """Let a module never be imported; a class without anything stands for each name in it."""
    stand_in = _LeftOut(name)
    vars(stand_in).update(known)
    sys.modules.setdefault(name, stand_in)


class _LeftOut(ModuleType):
    """Stands for a module that is not wanted."""

    def __getattr__(self, attribute: str) -> Any:
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        return type(attribute, (), {})


class _Later(ModuleType):
    """Stands for a module until something in it is asked for."""

    def __getattr__(self, attribute: str) -> Any:
        # The import system asks for these of every module it finds; a missing one is an answer.
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        name = self.__name__
        if sys.modules.get(name) is self:
            del sys.modules[name]
        return getattr(importlib.import_module(name), attribute)
