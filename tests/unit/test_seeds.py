"""The same text gives the same record whatever the order of Python's sets is in a process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SCRIPT = """
from pathlib import Path
from extractors import load
from extractors.record import to_record
nlp = load(spans=False)
texts = [p.read_text(encoding="utf-8") for folder in ("corpus/samples", "tests/held_aside/plans") for p in sorted(Path(folder).glob("*.txt"))]
texts += ["I. NHIỆM VỤ\\n1. Nếu dịch bệnh lan rộng, Trạm Thú y báo cáo.\\n2. Khi giá cả tăng cao, các chợ niêm yết giá.\\n"]
print([to_record(nlp(text)._.plan).to_json() for text in texts])
"""


def _records(seed: str) -> bytes:
    env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    return subprocess.run([sys.executable, "-c", SCRIPT], cwd=ROOT, env=env, capture_output=True, check=True).stdout


def test_records_do_not_depend_on_the_hash_seed():
    first = _records("1")
    assert len(first) > 10_000
    assert first == _records("2") == _records("5")
