"""Every notebook runs from top to bottom on the shipped samples, is committed without outputs, and defines nothing reusable."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
CELL_SECONDS = 120

nbformat = pytest.importorskip("nbformat", reason="sổ tay cần phần [research]")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the samples, as the main job fills it."""
    from pipeline.config import stamp
    from pipeline.process import process_file
    from pipeline.store import Store

    path = tmp_path_factory.mktemp("notebooks") / "trienkhai.db"
    with Store.open(path) as opened:
        for sample in sorted((ROOT / "corpus" / "samples").iterdir()):
            records = process_file(sample)
            named = [r.model_copy(update={"source": r.source.model_copy(update={"name": sample.name})}) for r in records]
            opened.put_file(named, stamp=stamp())
    return path


def code_of(path: Path) -> list[str]:
    return [cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]


def test_the_notebooks_are_there() -> None:
    assert [path.stem[:2] for path in NOTEBOOKS] == [f"{n:02d}" for n in range(1, len(NOTEBOOKS) + 1)]
    assert len(NOTEBOOKS) >= 6
    told = (ROOT / "notebooks" / "README.md").read_text(encoding="utf-8")
    assert all(path.name in told for path in NOTEBOOKS)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_is_committed_without_outputs_and_defines_nothing(path: Path) -> None:
    book = nbformat.read(path, 4)
    assert [cell for cell in book.cells if cell.get("outputs") or cell.get("execution_count")] == []
    assert book.cells[0].cell_type == "markdown"
    assert book.cells[0].source.startswith("# ")
    for source in code_of(path):
        made = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.ClassDef)]
        assert made == [], "hàm và lớp thuộc về các gói, không thuộc về sổ tay"


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_runs(path: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nbclient = pytest.importorskip("nbclient", reason="sổ tay cần phần [research]")
    pytest.importorskip("ipykernel", reason="sổ tay cần phần [research]")
    monkeypatch.setenv("TRIENKHAI_STORE", str(store))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("PYTHONHASHSEED", "0")
    book = nbformat.read(path, 4)
    nbclient.NotebookClient(book, timeout=CELL_SECONDS, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}).execute()
    outputs: list[dict[str, Any]] = [o for cell in book.cells if cell.cell_type == "code" for o in cell.outputs]
    kinds = {kind for o in outputs for kind in o.get("data", {})}
    assert kinds & {"image/png", "image/svg+xml"}, "mỗi sổ tay có ít nhất một hình"
    complaints = [o["text"] for o in outputs if o["output_type"] == "stream" and o["name"] == "stderr"]
    assert [c for c in complaints if "Warning" in c or "missing from font" in c] == []
