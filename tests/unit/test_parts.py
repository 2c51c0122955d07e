"""A file with several documents is split at the second header, and offsets still hold."""

from __future__ import annotations

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
