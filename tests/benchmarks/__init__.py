"""The benchmark suite: ``python -m tests.benchmarks`` in the folder of the project.

Every comparison runs both sides in turn, in copies of the project in a temporary folder, and what
they make is compared byte by byte, so that nothing fast and wrong can win. The modules, from the
ground up:

========================================  ========================================================
`goals`, `sizes`                          what is to be reached, and how much is measured
`measurement`, `table`, `machine`         what was measured, how it is shown, where
`processes`, `watch`, `sandbox`           /proc, memory over time, commands in a temporary folder
`made`, `plain`, `ours`                   what a report consists of, and the two ways to make it
`cold`, `batches`, `memory`, `scale`,      one module per group of rows
`rollups`
`rendering`, `renderer`                   the same, and the process that renders
========================================  ========================================================
"""
