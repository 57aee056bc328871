"""Quarterly PP 39/2006 reports, computed from source data and traceable to the row."""

__version__ = "0.1.0"
__all__ = ["__version__"]
