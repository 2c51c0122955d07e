"""Pure extraction: text in, facts out.

``load()`` gives the spaCy pipeline, ``read_source(nlp, source)`` the record of a document that a reader delivered, and
``nlp(text)`` in a notebook a Doc with span groups named after the record's lists. Imports are lazy: the rules load at first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractors.components import EXTRACTORS, load, read_source

__all__ = ["EXTRACTORS", "load", "read_source"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from extractors import components

        return getattr(components, name)
    raise AttributeError(f"module 'extractors' has no attribute {name!r}")
