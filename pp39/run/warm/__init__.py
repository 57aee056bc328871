"""Notebooks run in forks of one process that has paid for the imports beforehand.

`house` is the side of the command: it starts the preloaded process and speaks with its forks.
`server` is the preloaded process: it imports, waits, and forks. `shell` is a fork: an IPython shell
that runs the cells of one notebook. `engine` makes Papermill use all that, under the name ``pp39``.
"""
