"""One document: read, normalise, extract (một văn bản). Everything here may run in a child process."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.normalize import assemble
from extractors.parts import split_parts
from pipeline.ingest import read
from schemas.errors import NotAPlan
from schemas.record import Record

if TYPE_CHECKING:
    from spacy.language import Language


@cache
def language() -> Language:
    """The pipeline of this process, loaded once; span groups are left out since only the record leaves it."""
    from extractors import load

    return load(spans=False, words=True)


def process_file(path: Path, made: Path | None = None) -> tuple[Record, ...]:
    """Records of one file: one, or several where the file holds documents one after another. ``made`` as for ``read``. Raises
    ``ReadError``."""
    from extractors import read_source

    source = assemble(read(path, made))
    if not any(c.isalpha() for c in source.text):
        raise NotAPlan("Tệp đọc được nhưng không có chữ nào để trích xuất.", path=str(path))
    return tuple(read_source(language(), part) for part in split_parts(source))
