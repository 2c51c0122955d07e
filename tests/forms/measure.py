"""How well a reader's blocks agree with the truth of a test form.

A truth file lists what stands in a document: ``blocks`` (title and para with displayed label and text; tables with rows of
cells) and ``footnotes``. ``measure`` holds the blocks of any reader against it; labels may be apart or still in the text.
Run by hand: ``python -m tests.forms.measure FILE TRUTH`` from the repository root.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from rapidfuzz.distance import LCSseq

from schemas.document import RawBlock, RawDocument

Measures = dict[str, Any]
_PLAIN = str.maketrans({"\u2011": "-", "\u2010": "-", "\u00a0": " ", "\u00ad": None, "\u200b": None, "\ufeff": None})


def fold(text: str) -> str:
    """NFC, plain hyphens and spaces, white space folded."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_PLAIN).split())


def shown(block: RawBlock) -> str:
    """A paragraph as displayed: label, one blank, text."""
    return fold(f"{block.label or ''} {''.join(piece.text for piece in block.pieces)}")


def texts_of(blocks: Iterable[RawBlock], tables: bool = True) -> Iterator[str]:
    """Displayed paragraphs in reading order, those of cells included; furniture and footnotes left out."""
    for block in blocks:
        if block.kind == "table":
            if tables:
                for cell in block.cells:
                    yield from texts_of(cell.paragraphs)
        elif block.kind not in ("footnote", "furniture"):
            yield shown(block)


def _truth_shown(block: dict[str, Any]) -> str:
    return fold(f"{block.get('label') or ''} {block['text']}")


def _truth_words(truth: dict[str, Any]) -> list[str]:
    words: list[str] = []
    for block in truth["blocks"]:
        parts = (cell for row in block["rows"] for cell in row) if block["type"] == "table" else [_truth_shown(block)]
        for part in parts:
            words += fold(part).split()
    return words


def _notes(raw: RawDocument) -> list[str]:
    return [fold("".join(p.text for p in b.pieces)) for b in raw.blocks if b.kind == "footnote"]


def _share(good: int, of: int) -> float:
    return good / of if of else 1.0


def measure(raw: RawDocument, truth: dict[str, Any]) -> Measures:
    """Shares, 0 to 1: ``words`` (longest common subsequence over true words), ``extra`` (words read that are not true),
    ``blocks`` exact, ``labels`` (numbers and letters), ``bullets``, ``cells`` exact, ``notes`` exact. ``wrong`` lists up to 20
    of what is not right, as (what, expected)."""
    want, got = _truth_words(truth), [w for text in texts_of(raw.blocks) for w in text.split()]
    common = LCSseq.similarity(want, got)
    result: Measures = {"words": _share(common, len(want)), "extra": _share(len(got) - common, len(got)) if got else 0.0}
    wrong: list[tuple[str, str]] = []
    flow = Counter(texts_of(raw.blocks, tables=False))
    result["blocks"] = _blocks(truth, flow.copy(), wrong)
    result["labels"], result["bullets"] = _labels(truth, raw, flow, wrong)
    result["cells"] = _cells(truth, raw, wrong)
    notes = Counter(_notes(raw))
    true_notes = [fold(note) for note in truth.get("footnotes", ())]
    missing = [note for note in true_notes if not notes[note]]
    wrong += [("note", note) for note in missing]
    result["notes"] = _share(len(true_notes) - len(missing), len(true_notes))
    result["wrong"] = wrong[:20]
    return result


def _blocks(truth: dict[str, Any], flow: Counter[str], wrong: list[tuple[str, str]]) -> float:
    expected = [_truth_shown(block) for block in truth["blocks"] if block["type"] != "table"]
    good = 0
    for text in expected:
        if flow[text] > 0:
            flow[text] -= 1
            good += 1
        else:
            wrong.append(("block", text))
    return _share(good, len(expected))


def _labels(truth: dict[str, Any], raw: RawDocument, flow: Counter[str], wrong: list[tuple[str, str]]) -> tuple[float, float]:
    """A label is right where a block shows it before the first words of its text; a generated one must be apart from the text."""
    apart = Counter((block.label or "", fold("".join(p.text for p in block.pieces))[:40]) for block in raw.blocks)
    starts = Counter(text[:40] for text in flow.elements())
    good, total = Counter[bool](), Counter[bool]()
    for block in truth["blocks"]:
        label = block.get("label")
        if not label:
            continue
        bullet = re.search(r"\w", label) is None
        total[bullet] += 1
        generated = block.get("auto") and raw.media_type.endswith("wordprocessingml.document")
        right = apart[(label, fold(block["text"])[:40])] > 0 if generated else starts[_truth_shown(block)[:40]] > 0
        good[bullet] += right
        if not right:
            wrong.append(("label", _truth_shown(block)[:60]))
    return _share(good[False], total[False]), _share(good[True], total[True])


def _grid(table: RawBlock) -> dict[tuple[int, int], str]:
    return {(cell.row, cell.column): fold(" ".join(texts_of(cell.paragraphs))) for cell in table.cells}


def _cells(truth: dict[str, Any], raw: RawDocument, wrong: list[tuple[str, str]]) -> float:
    grids = [_grid(block) for block in raw.blocks if block.kind == "table"]
    good = total = 0
    for block in truth["blocks"]:
        if block["type"] != "table":
            continue
        expected = {(r, c): fold(cell) for r, row in enumerate(block["rows"]) for c, cell in enumerate(row)}
        found = _most_alike(expected, grids)
        total += len(expected)
        for place, text in expected.items():
            if found.get(place, "") == text:
                good += 1
            else:
                wrong.append((f"cell {place} of {block['kind']}", text))
    return _share(good, total)


def _most_alike(expected: dict[tuple[int, int], str], grids: list[dict[tuple[int, int], str]]) -> dict[tuple[int, int], str]:
    """The table that shares most cells, then most words, with the expected one; taken out of ``grids``."""
    if not grids:
        return {}
    words = Counter(w for text in expected.values() for w in text.split())

    def alike(grid: dict[tuple[int, int], str]) -> tuple[int, int]:
        same = sum(grid.get(place, "") == text for place, text in expected.items() if text)
        return same, (Counter(w for text in grid.values() for w in text.split()) & words).total()

    best = max(grids, key=alike)
    if alike(best)[1] == 0:
        return {}
    grids.remove(best)
    return best


def main(arguments: list[str]) -> int:
    """Print the measures of one file, read by the reader its suffix names."""
    from pipeline.ingest.office import read_office
    from pipeline.ingest.word import read_docx

    path, truth = Path(arguments[0]), json.loads(Path(arguments[1]).read_text(encoding="utf-8"))
    raw = read_docx(path) if path.suffix == ".docx" else read_office(path)
    for name, value in measure(raw, truth).items():
        print(name, f"{value:.4f}" if isinstance(value, float) else value)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
