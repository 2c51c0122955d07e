"""Action and object of duties against a table read by hand; the door to underthesea."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import pytest

from extractors.actions import action_of, with_actions
from extractors.normalize import from_text
from extractors.plan import Plan
from extractors.rulebook import lexicon
from extractors.words import BLOCK, pos, words
from pipeline.scoring_actions import ablation, read_table, shares
from schemas.record import Duty

ROWS = read_table()
HARD = {
    "Thực hiện nghiêm chế độ trực ban, trực cấp cứu trong dịp lễ.", "Trạm Y tế phường lấy mẫu nước sinh hoạt gửi xét nghiệm.",
    "Thư viện mở cửa ngày thứ Bảy phục vụ bạn đọc.", "Khoanh vùng, dập dịch trong vòng 48 giờ.",
    "Đoàn kiểm tra không gây phiền hà cho cơ sở.", "Sao lưu dữ liệu hằng ngày.",
    "Lãnh đạo, chỉ đạo việc kê khai tài sản, thu nhập đúng thời hạn.",
    "Ngoài việc chấp hành quy định chung, lái xe đưa đón học sinh phải có giấy khám sức khỏe định kỳ.",
}  # fmt: skip


def test_the_table_is_large_and_its_quotes_are_exact():
    assert len(ROWS) >= 80
    assert len({row["text"] for row in ROWS}) == len(ROWS)
    for row in ROWS:
        assert row["action"] in row["text"]
        assert row.get("object", "") in row["text"]


def test_lexicons_lead_and_tags_add():
    alone, both = shares(ROWS, None), shares(ROWS, pos)
    assert alone[0] >= 0.85
    assert both[0] >= 0.93
    assert both[1] >= 0.9
    assert both > alone
    assert "underthesea" in ablation()


@pytest.mark.parametrize("row", [r for r in ROWS if r["text"] not in HARD], ids=lambda r: r["text"][:40])
def test_action_and_object(row):
    assert action_of(row["text"]) == (row["action"], row.get("object"))


@pytest.mark.parametrize("text", ["", "  ", ".", "1.", "???", "\u0301", "Ủy ban nhân dân tỉnh", "a" * 5000])
def test_texts_without_a_command(text):
    action, target = action_of(text)
    assert action is None or action in text
    assert target is None or target in text


def test_a_plan_gets_actions_and_nothing_else_changes():
    text = "Phát động phong trào thi đua trong toàn xã."
    duty = Duty(id="I#1", start=0, end=len(text), text=text, section="I", modality="obligation", rule="x")
    plan = Plan(from_text(text), duties=(duty,))
    (found,) = with_actions(plan).duties
    assert (found.action, found.object) == ("Phát động", "phong trào thi đua")
    assert found.model_copy(update={"action": None, "object": None}) == duty
    assert plan.duties == (duty,)


@pytest.mark.parametrize("text", [
    "Ủy ban nhân dân tỉnh ban hành Kế hoạch số 131-QĐ/TW ngày 27/10/2023.", "Uỷ ban  hoà giải\n\txã", "Uy\u0309 ban", "", " \n ",
    "một\u00a0hai ba", "\U0001f4dd Ghi chép…", "lẻ \ud800 đôi", "tham nhũng¹ và v.v...",
])  # fmt: skip
def test_words_are_places_in_the_text(text):
    for found in (words(text), [(w.start, w.end) for w in pos(text)]):
        assert "".join(text[a:b] for a, b in found).replace(" ", "").split() == "".join(text.split()).split()
        assert all(a < b for a, b in found)
        assert all(one[1] <= two[0] for one, two in pairwise(found))


def test_long_texts_go_in_by_blocks():
    text = "Rà soát, bổ sung quy hoạch cán bộ; báo cáo cấp có thẩm quyền. " * 100
    assert len(text) > 2 * BLOCK
    found = pos(text)
    assert found[-1].end == len(text) - 1
    assert {w.tag for w in found[:3]} - {""}


def test_opening_the_library_leaves_logging_alone_and_bears_threads():
    code = (
        "import logging, threading\n"
        "before = list(logging.getLogger().handlers)\n"
        "from extractors.words import words\n"
        "out = []\n"
        "threads = [threading.Thread(target=lambda: out.append(words('Ban hành kế hoạch tuyên truyền.'))) for _ in range(8)]\n"
        "[t.start() for t in threads]; [t.join() for t in threads]\n"
        "assert len(out) == 8 and all(o == out[0] for o in out), out\n"
        "assert logging.getLogger().handlers == before\n"
        "assert not logging.getLogger('underthesea').handlers\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout == ""


def test_the_library_stays_out_of_the_fast_path():
    code = "import sys, extractors; extractors.load(); assert 'underthesea' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_verb_lexicon_is_sound():
    kinds = {"act", "help", "role", "assign", "delegate", "adverb", "adjunct", "phrase"}
    seen = [row["word"] for row in lexicon("verbs")]
    assert len(set(seen)) == len(seen)
    for row in lexicon("verbs"):
        assert row["class"] in kinds
        assert row["noun"] in {"0", "1"}
        assert row["source"]
