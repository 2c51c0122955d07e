"""Footnotes go behind the paragraph they hang on, wherever the file keeps them."""

from __future__ import annotations

import pytest

from extractors.normalize import assemble
from schemas.document import Piece, RawBlock, RawDocument
from schemas.text import LineAnchor

CASES = {
    "at the end": ("A^1|B^2|C|1:x|2:y", "A x B y C"),
    "two on one paragraph": ("A^1^2|B|2:y|1:x", "A y x B"),
    "figures begin anew on each page": ("A^1|1:x|B^1|1:y|C", "A x B y C"),
    "figures begin anew, all notes at the end": ("A^1|B^2|C^1|1:x|2:y|1:z", "A x B y C z"),
    "a mark that hangs twice goes with the nearest one above": ("A^1|1:x|B^1|C^1|1:y|D", "A x B C y D"),
    "a mark only below": ("1:x|A|B^1", "A B x"),
    "no host": ("A|3:x|B", "A B x"),
}


def _block(said: str) -> RawBlock:
    note, colon, text = said.partition(":")
    text, *marks = (text if colon else said).split("^")
    piece = (Piece(text, LineAnchor(1)),)
    return RawBlock("footnote", piece, note=note) if colon else RawBlock("paragraph", piece, notes=tuple(marks))


@pytest.mark.parametrize("blocks, placed", CASES.values(), ids=CASES)
def test_where_a_footnote_goes(blocks: str, placed: str) -> None:
    raw = RawDocument("a.docx", "0" * 64, "text/plain", tuple(map(_block, blocks.split("|"))))
    assert [p.kind for p in assemble(raw).paragraphs].count("footnote") == blocks.count(":")
    assert " ".join(assemble(raw).text.split()) == placed
