"""Orchestration: files in, store, graph, audit and reports out. ``trienkhai`` is its command line."""

__version__ = "0.1.0"
