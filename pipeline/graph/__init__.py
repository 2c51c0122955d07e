"""The directive graph: ``build(records)`` and the questions asked of it."""

from pipeline.graph.build import build
from pipeline.graph.index import GraphIndex

__all__ = ["GraphIndex", "build"]
