"""A file with several documents is split at the second header, and offsets still hold."""

from __future__ import annotations

from extractors import load, read_source
from extractors.normalize import from_text
from extractors.parts import split_parts

ONE = """ỦY BAN NHÂN DÂN
TỈNH AN HÒA

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

KẾ HOẠCH

Kiểm tra an toàn thực phẩm

I. NHIỆM VỤ

1. Sở Y tế chủ trì kiểm tra bếp ăn tập thể.

Nơi nhận:
- Sở Y tế;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Lê Văn Thử
"""


def test_one_document_stays_whole():
    source = from_text(ONE)
    assert split_parts(source) == (source,)


def test_two_documents_are_told_apart():
    source = from_text(ONE + "\n\n" + ONE.replace("Y tế", "Nội vụ"))
    parts = split_parts(source)
    assert [p.part for p in parts] == ["văn bản 1/2", "văn bản 2/2"]
    assert "Nội vụ" not in parts[0].text
    assert "Y tế" not in parts[1].text
    for part in parts:
        assert part.paragraphs[0].start == 0
        assert part.paragraphs[-1].end == len(part.text)
        for paragraph in part.paragraphs:
            assert "\n" not in part.text[paragraph.start : paragraph.end]
        for segment in part.map.segments:
            assert 0 <= segment.start < segment.end <= len(part.text)
    assert parts[1].map.line_at(0) > parts[0].map.line_at(len(parts[0].text) - 1)


DECISION = """SỞ NỘI VỤ

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 45/QĐ-SNV
An Hòa, ngày 12 tháng 5 năm 2026

QUYẾT ĐỊNH

Ban hành Kế hoạch chỉnh lý tài liệu

GIÁM ĐỐC SỞ NỘI VỤ

Căn cứ Luật Lưu trữ ngày 21 tháng 6 năm 2024;

QUYẾT ĐỊNH:

Điều 1. Ban hành kèm theo Quyết định này Kế hoạch chỉnh lý tài liệu.

Điều 2. Chánh Văn phòng chịu trách nhiệm thi hành Quyết định này./.

Nơi nhận:
- Như Điều 2;
- Lưu: VT.

GIÁM ĐỐC

Lê Văn Thử
"""
ATTACHED = """
SỞ NỘI VỤ

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

KẾ HOẠCH

Chỉnh lý tài liệu

(Ban hành kèm theo Quyết định số 45/QĐ-SNV ngày 12 tháng 5 năm 2026 của Giám đốc Sở Nội vụ)

I. NHIỆM VỤ

1. Văn phòng Sở thống kê tài liệu trước ngày 30/6/2026.
"""


def _form(text: str) -> set[str]:
    kept = {"DOC-HEADER-MISSING", "DOC-SIGNATURE-MISSING"}
    return {f.rule for f in read_source(load(), split_parts(from_text(text))[-1]).findings} & kept


def test_a_plan_belongs_to_the_decision_that_brings_it_in():
    """With a letterhead of its own, the number of the decision named or left blank, on its own line or behind the title."""
    for note in ("số 45/QĐ-SNV ngày 12 tháng 5 năm 2026", "số       /QĐ-SNV ngày    tháng 5 năm 2026"):
        text = DECISION + ATTACHED.replace("số 45/QĐ-SNV ngày 12 tháng 5 năm 2026", note)
        for whole in (text, text.replace("tài liệu\n\n(Ban hành", "tài liệu (Ban hành")):
            (source,) = split_parts(from_text(whole))
            record = read_source(load(), source)
            assert (record.document.key, [d.lead for d in record.duties]) == ("45/QĐ-SNV", [("Chánh Văn phòng",), ("Văn phòng Sở",)])
            assert not {f.rule for f in record.findings} & {"DOC-HEADER-MISSING", "DOC-SIGNATURE-MISSING"}


def test_a_plan_alone_or_behind_another_document_has_its_own():
    assert _form(ATTACHED) == {"DOC-HEADER-MISSING", "DOC-SIGNATURE-MISSING"}
    own = ATTACHED.replace("(Ban hành kèm theo Quyết định số 45/QĐ-SNV ngày 12 tháng 5 năm 2026 của Giám đốc Sở Nội vụ)\n\n", "")
    assert _form(DECISION + own) == {"DOC-HEADER-MISSING", "DOC-SIGNATURE-MISSING"}
    other = ATTACHED.replace("45/QĐ-SNV", "46/QĐ-SNV")
    assert len(split_parts(from_text(DECISION + other))) == 2
