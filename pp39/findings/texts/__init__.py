"""Shapes that look at the text of a report alone: they need to be told nothing."""
