"""Notebooks run in forks of one process that has paid for the imports beforehand.

`house` is the side of the command: it starts the preloaded process and speaks with its forks.
`server` is the preloaded process: it imports, waits, and forks. `shell` is a fork: an IPython shell
that runs the cells of one notebook. `engine` makes Papermill use all that, under the name ``pp39``.

The forkserver of `multiprocessing` would spare `house` and `server`, but imports all there is
before its first fork: the first notebook then began 1.5 to 2.2 times as late (three pairs, on a
busy machine), and a further fork took about as long.
"""
