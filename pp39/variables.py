"""The environment variables this project reads: all of them, and what each one does.

Of the project itself:

``PP39_ROOT``
    Folder of the project, where it is not the current folder or one above it.
``PP39_KUNCI``
    Secret for keyed hashes of respondents, which then stand beside the anonymous numbers so that a
    person is recognised across quarters. Without it only numbers are kept.
``PP39_PROSESOR``
    How many processors work may be shared between; all that this process may use by default.
``PP39_LOG``
    ``json`` has a command say what it says on standard error as one JSON object a line, as
    ``--log json`` does; see `pp39.voice`.
``PP39_STAGE``
    Set by a run for its notebooks, not by hand: a folder aside, with ``processed`` and ``report``,
    to write into instead of the final folders.
``PP39_SIMPANAN``
    Set by a run for its notebooks, not by hand: a folder with what checks said before of the same
    cells. Without it they are all asked again.

Of the terminal, for the display of progress only: ``NO_COLOR`` and ``CI`` (not empty), or
``TERM=dumb``, ask for plain lines.

Everything else in the environment is kept from the notebooks, but for where programs, temporary
files and caches are; see `pp39.run.environment`. Nothing in it changes a figure.
"""

KEY = "PP39_KUNCI"
LOG = "PP39_LOG"
ROOT = "PP39_ROOT"
PROCESSORS = "PP39_PROSESOR"
STAGE = "PP39_STAGE"
KEPT = "PP39_SIMPANAN"
