"""Brilliance Board: recognition cards and session questions, from phones to the large screen."""

__version__ = "0.1.0"
