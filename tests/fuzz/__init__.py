"""Damaged inputs and random command lines, without end: ``make fuzz``.

A case follows from a number, its seed. It damages one good file of a small project, or makes up a
command line, and runs what reads it in a fork with bounds on time and memory. Whatever happens, the
command ends with a documented code other than 1, tells it without a traceback and without a
character that is not seen, and leaves the outputs as they were.
"""
