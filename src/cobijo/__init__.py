"""Cobijo: the national mechanism against the sexual exploitation of children, as software."""

__version__ = "0.1.0"
