"""Citations: the table of forms, variants that must not matter, texts made to hurt, zones and relations of a whole plan."""

from __future__ import annotations

import csv
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.citation_draft import CitationContext
from extractors.citations import find_citations
from extractors.keys import normal_key
from tests.growth import growth

TABLE = Path(__file__).parent.parent / "tables" / "citations.csv"
with TABLE.open(encoding="utf-8", newline="") as lines:
    ROWS = list(csv.DictReader(lines))


def _found(text: str) -> list:
    return [c for c in find_citations(text) if c.form != "anaphora"]


@pytest.mark.parametrize("row", ROWS, ids=[f"{i}-{r['group']}" for i, r in enumerate(ROWS, 2)])
def test_form(row):
    """Mentions of a row in reading order, joined by "|"; "-" is nothing said; several pinpoints are joined by "+"."""
    found = _found(row["text"])
    assert "|".join(c.text for c in found) == row["spans"]
    assert "|".join("self" if c.form == "self" else c.key or "-" for c in found) == row["keys"]
    assert "|".join(c.issued_on or "-" for c in found) == row["dates"]
    assert "|".join(c.issuer or "-" for c in found) == row["issuers"]
    assert "|".join("+".join(c.pinpoints) or "-" for c in found) == row["pinpoints"]
    for c in found:
        assert row["text"][c.start : c.end] == c.text
        assert c.rule.startswith("citations.")
        assert 0 < c.confidence <= 1


def test_table_is_large_and_holds_near_misses():
    assert len(ROWS) >= 300
    assert sum(row["group"] == "none" for row in ROWS) >= 20
    assert len({row["text"] for row in ROWS}) == len(ROWS)


NUMBERED = [row for row in ROWS if row["group"] in ("state", "party", "norm", "mass") and "|" not in row["keys"]]
OLD_TONES = {"hóa": "hoá", "ủy": "uỷ", "Ủy": "Uỷ", "hòa": "hoà", "Hòa": "Hoà", "tòa": "toà"}


def _facts(text: str) -> list[tuple[str | None, str | None, tuple[str, ...]]]:
    return [(c.key, c.issued_on, c.pinpoints) for c in _found(text)]


@given(row=st.sampled_from(ROWS))
@settings(max_examples=150, deadline=None)
def test_decomposed_text_says_the_same(row):
    text = unicodedata.normalize("NFD", row["text"])
    assert _facts(text) == _facts(row["text"])
    for c in find_citations(text):
        assert text[c.start : c.end] == c.text


@given(row=st.sampled_from(ROWS))
@settings(max_examples=120, deadline=None)
def test_old_tone_placement_says_the_same(row):
    text = row["text"]
    for new, old in OLD_TONES.items():
        text = text.replace(new, old)
    assert _facts(text) == _facts(row["text"])


@given(row=st.sampled_from(NUMBERED), data=st.data())
@settings(max_examples=200, deadline=None)
def test_blanks_and_breaks_inside_a_number_do_not_matter(row, data):
    key = row["keys"]
    if key not in row["text"]:
        return
    first = next(i for i, c in enumerate(key) if c in "-/")
    blank = data.draw(st.sampled_from([" ", "\n", "  "]))
    where = data.draw(st.sampled_from(["before", "after", "both"]))
    separator = (blank if where != "after" else "") + key[first] + (blank if where != "before" else "")
    text = row["text"].replace(key, key[:first] + separator + key[first + 1 :])
    assert _facts(text) == _facts(row["text"])


BEFORE, AFTER = ["", "Thủ trưởng đơn vị ", "– ", "2. "], ["", "\n", " (nếu có)"]


@given(row=st.sampled_from(NUMBERED), before=st.sampled_from(BEFORE), after=st.sampled_from(AFTER))
@settings(max_examples=80, deadline=None)
def test_offsets_move_with_the_text(row, before, after):
    text = before + row["text"] + after
    assert _facts(text) == _facts(row["text"])
    assert all(text[c.start : c.end] == c.text for c in find_citations(text))


HOSTILE = [
    "/" * 20000, "1/" * 20000, "12-QĐ/" * 6000, "số " * 15000, "số 1, " * 8000, "(" * 20000, "Luật " * 8000, "Luật Phòng, " * 5000,
    "Điều 1, " * 6000, "điểm a khoản 1 " * 5000, "Mục I.1." * 6000, "Kế hoạch số " * 6000, "của Ủy ban nhân dân tỉnh " * 4000,
    "1" * 40000, "ngày 1/1/" * 8000, " này" * 12000, "(sau đây gọi tắt là " * 5000, "A-" * 15000, "1/A-A-A-" * 6000, "về thực hiện " * 6000,
    "Quyết định 1 " * 6000, "5/KH-UBND về " * 4000, "Quyết định 1/QĐ-UBND; Quyết định số 1, Luật này. " * 1500,
    " ".join(f"Kế hoạch số 1/KH-A{n}B" for n in range(2500)),
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=[t[:12].strip() + f"x{len(t)}" for t in HOSTILE])
def test_cost_stays_linear(text):
    """Four times the text may cost about four times the time; a quadratic pattern would take sixteen."""
    assert growth(lambda length: find_citations(text[:length]), len(text) // 4, len(text)) < 9


def test_same_text_same_answer():
    text = "\n".join(row["text"] for row in ROWS)
    assert find_citations(text) == find_citations(text)


def test_ids_follow_reading_order():
    found = find_citations("\n".join(row["text"] for row in ROWS[:120]))
    assert [c.id for c in found] == [f"c{i}" for i in range(1, len(found) + 1)]
    assert all(a.start <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("text", "raw", "key"),
    [
        ("Kế hoạch số 71/KH-TTPC ngày 1/2/2024 của Thanh tra Chính phủ", "71/KH-TTPC", "71/KH-TTCP"),
        ("Kế hoạch số 33/KH-UBND; mẫu của Kế hoạch số 33-KH/UBND", "33-KH/UBND", "33/KH-UBND"),
        ("Quyết định số 480/QĐ-TTg; sửa đổi Quyết định số 480/QĐ-TTh", "480/QĐ-TTh", "480/QĐ-TTg"),
    ],
)
def test_slips_are_corrected_and_kept(text, raw, key):
    found = [c for c in find_citations(text) if c.raw_key == raw]
    assert [c.key for c in found] == [key]
    assert found[0].confidence < 0.99
    assert raw in found[0].text


@pytest.mark.parametrize(
    ("symbol", "issuer"),
    [
        ("TTT", "Thanh tra tỉnh"), ("TTT", "Chánh Thanh tra tỉnh Sông Lam"), ("TTTP", "Thanh tra thành phố"), ("TTS", "Thanh tra Sở Xây dựng"),
        ("TTB", "Chánh Thanh tra Bộ"), ("TTH", "Thanh tra huyện"), ("PTP", "Phòng Tư pháp"), ("BQL", "Ban Quản lý"),
        ("LHPN", "Hội Liên hiệp Phụ nữ tỉnh"), ("BHXHT", "Bảo hiểm xã hội tỉnh"),
    ],
)  # fmt: skip
def test_letters_of_the_name_itself_are_no_slip(symbol, issuer):
    for number in (f"Tờ trình số 71/TTr-{symbol}", f"Kế hoạch số 71/KH-{symbol}"):
        found = find_citations(f"{number} ngày 1/2/2024 của {issuer}, các phòng rà soát")
        assert [(c.key, c.issuer) for c in found] == [(number.split()[-1], issuer)]


@pytest.mark.parametrize(
    ("symbol", "issuer", "good"),
    [
        ("TTTP", "Tổng Thanh tra Chính phủ", "TTCP"), ("TTC", "Thanh tra Chính phủ", "TTCP"), ("UBN", "Ủy ban nhân dân tỉnh", "UBND"),
        ("UBDN", "Ủy ban nhân dân xã", "UBND"), ("STTT", "Sở Thông tin và Truyền thông", "STTTT"), ("SNN", "Sở Nội vụ tỉnh", "SNV"),
    ],
)  # fmt: skip
def test_letters_that_do_not_spell_the_name_are_a_slip(symbol, issuer, good):
    assert [c.key for c in find_citations(f"Kế hoạch số 71/KH-{symbol} ngày 1/2/2024 của {issuer}")] == [f"71/KH-{good}"]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("DANH MỤC NHIỆM VỤ TRIỂN KHAI KẾT LUẬN 83", "KẾT LUẬN 83"), ("CÁC CHỈ TIÊU CỦA KẾT LUẬN SỐ 83 NĂM 2026", "KẾT LUẬN SỐ 83"),
        ("DANH MỤC THỰC HIỆN KẾT LUẬN 84", None), ("KẾT LUẬN 83 CUỘC THANH TRA", None), ("BIỂU 83", None),
    ],
)  # fmt: skip
def test_a_short_form_in_capitals_of_what_the_text_cites(line, found):
    text = f"Thực hiện Kết luận số 83-KL/TW ngày 21/6/2024 của Bộ Chính trị.\n{line}\n1. Rà soát hồ sơ."
    told = [(c.text, c.key, c.kind) for c in find_citations(text)[1:]]
    assert told == ([(found, "83-KL/TW", "Kết luận")] if found else [])


def test_an_unconfirmed_symbol_stays():
    found = find_citations("Kế hoạch số 71/KH-TTPC ngày 1/2/2024 của Bộ Y tế")
    assert found[0].key == "71/KH-TTPC"


def test_anaphora_has_its_antecedent_or_none():
    text = "Thực hiện Quy định số 22-QĐ/TW của Bộ Chính trị. Các đơn vị thực hiện Quy định này. Thông tư này có hiệu lực."
    first, second, third = find_citations(text)
    assert (second.form, second.antecedent, second.key) == ("anaphora", first.id, "22-QĐ/TW")
    assert (third.form, third.antecedent, third.key) == ("anaphora", None, None)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Ban hành kèm theo Quyết định này Quy chế thi.", None),
        ("Quyết định này có hiệu lực từ ngày ký.", None),
        ("Các sở chịu trách nhiệm thi hành Quyết định này.", None),
        ("Các sở thực hiện nghiêm Quyết định này.", "22/QĐ-TTg"),
    ],
)
def test_what_issues_or_ends_a_text_points_at_no_document_before(said, meant):
    found = find_citations(f"Căn cứ Quyết định số 22/QĐ-TTg của Thủ tướng Chính phủ. {said}")
    assert [c.key for c in found if c.form == "anaphora"] == [meant]


def test_own_number_line_is_no_citation():
    text = "UBND TỈNH\nSố: 12/KH-UBND\nKẾ HOẠCH\nThực hiện Chỉ thị số 5/CT-TTg\n"
    assert [c.key for c in find_citations(text)] == ["5/CT-TTg"]


def test_keys_are_normal_already():
    for row in ROWS:
        for c in _found(row["text"]):
            if c.form == "full" and c.key:
                assert normal_key(c.key).key == c.key


FRAGMENTS = [
    "Luật ", "Bộ luật", "số ", "12", "/", "-", "QĐ", "UBND", "TW", " của ", "ngày ", "5/6/2024", " năm 2018", "Điều 4", "khoản 1",
    "Mục II", " này", "(", ")",
    ", ", "; ", ".", "\n", "Kế hoạch", "Hội nghị lần thứ sáu ", "Hiến pháp", "và ", "sửa đổi, bổ sung một số điều của ", "Phụ lục I",
    "kèm theo ", "đến ", "TP. ", "&",
    "được sửa đổi theo ", "viết tắt là ", "về thực hiện ", "\u0301", "\u00a0", "Pháp lệnh ", "2019/", "NĐ 30", "Ban Chỉ đạo ",
    "tháng 3", "…",
]  # fmt: skip


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=40))
@settings(max_examples=300, deadline=None)
def test_any_mixture_is_read_without_fault(parts):
    text = "".join(parts)
    found = find_citations(text)
    assert all(text[c.start : c.end] == c.text and c.text for c in found)
    spans = sorted((c.start, c.end) for c in found)
    assert all(a[1] <= b[0] for a, b in pairwise(spans)), "mentions never overlap"


@pytest.mark.parametrize(
    "issuer",
    [
        "Chi cục Hải quan khu vực IX",
        "Kho bạc Nhà nước khu vực XIV",
        "Thuế khu vực VII",
        "Kiểm toán nhà nước khu vực II",
        "Tòa án nhân dân khu vực 3",
    ],
)
def test_issuer_of_a_region(issuer):
    (found,) = find_citations(f"Thực hiện Kế hoạch số 15/KH-CC ngày 05/3/2026 của {issuer} về thi đua năm 2026.")
    assert found.issuer == issuer


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("KH 45/KH-UBND", "Kế hoạch"),
        ("NQ 12/NQ-CP", "Nghị quyết"),
        ("NĐ 101/2024/NĐ-CP", "Nghị định"),
        ("TT 05/2024/TT-BNV", "Thông tư"),
        ("TT 12-TT/TU", "Thông tri"),
        ("TB 12/QĐ-UBND", "Thông báo"),
        ("HD 3-HD/BTCTW", "Hướng dẫn"),
        ("CV 31/UBND-NC", "Công văn"),
        ("CHỈ THỊ SỐ 09-CT/TU", "Chỉ thị"),
        ("văn bản số 14/KH-UBND", "Văn bản"),
        ("công văn số 14/UBND-VX", "Công văn"),
        ("qui định số 15-QĐ/TW", "Quy định"),
        ("theo 15-QĐ/TW", None),
    ],
)
def test_kinds_are_written_as_the_lexicon_has_them(text, kind):
    (found,) = find_citations(text)
    assert found.kind == kind


@pytest.mark.parametrize(
    ("issued_on", "text", "keys"),
    [
        ("2025-01-09", "Chuẩn bị thi hành Luật Nhà giáo; rà soát Luật Giá.", ["16/2023/QH15"]),
        ("2025-09-09", "Chuẩn bị thi hành Luật Nhà giáo; rà soát Luật Giá.", ["73/2025/QH15", "16/2023/QH15"]),
        (None, "Chuẩn bị thi hành Luật Nhà giáo.", ["73/2025/QH15"]),
        ("2025-01-09", "Căn cứ Luật Nhà giáo năm 2025.", ["73/2025/QH15"]),
        ("1998-03-01", "Căn cứ Luật Nhà giáo; Luật Đường sắt.", ["Luật Nhà giáo"]),
        ("2010-03-01", "Căn cứ Luật Đường sắt; Luật Phòng, chống ma túy.", ["35/2005/QH11", "23/2000/QH10"]),
        ("2027-03-01", "Căn cứ Luật Đường sắt; Luật Phòng, chống ma túy.", ["95/2025/QH15", "120/2025/QH15"]),
        ("1970-03-01", "Căn cứ Luật Đường sắt.", ["Luật Đường sắt"]),
    ],
)
def test_a_law_passed_after_the_text_is_a_bill_in_it(issued_on, text, keys):
    assert [c.key for c in find_citations(text, context=CitationContext(issued_on=issued_on))] == keys


@pytest.mark.parametrize(
    ("text", "own", "issuer"),
    [
        ("Trên đây là Kế hoạch triển khai thực hiện Quy định số 9-QĐ/TW của Bộ Y tế.", "Bộ Y tế", None),
        ("Trên đây là Kế hoạch thực hiện Nghị định số 5/2024/NĐ-CP của Sở Y tế, theo Nghị định số 5/2024/NĐ-CP của Chính phủ.", "Sở Y tế", None),
        ("Trên đây là Kế hoạch thực hiện Chỉ thị số 5-CT/TU của Tỉnh ủy.", "Sở Y tế", "Tỉnh ủy"),
        ("Trên đây là Kế hoạch thực hiện Quyết định số 5/QĐ-SYT của Sở Y tế.", "Sở Y tế", "Sở Y tế"),
        ("Trên đây là Kế hoạch thực hiện Quy định số 9-QĐ/TW của TAND hai cấp tỉnh A.", "Tòa án nhân dân tỉnh A", None),
        ("Trên đây là Kế hoạch thực hiện Quy định số 9-QĐ/TW ngày 2/3/2024 của UBND tỉnh A.", "Ủy ban nhân dân tỉnh A", None),
        ("Trên đây là Kế hoạch thực hiện Quy định số 9-QĐ/TW của các cơ quan, đơn vị.", "Ủy ban nhân dân tỉnh A", None),
        ("Trên đây là Kế hoạch thực hiện Quy định số 9-QĐ/TW của Trung ương.", "Ủy ban nhân dân tỉnh A", "Trung ương"),
        ("Trên đây là Kế hoạch thực hiện Quy định số 9-QĐ/TW của Bộ Chính trị.", "Ủy ban nhân dân tỉnh A", "Bộ Chính trị"),
        ("Thực hiện Quy định số 9-QĐ/TW của Bộ Y tế", "Bộ Y tế", "Bộ Y tế"),
    ],
)
def test_the_plan_that_carries_out_a_regulation_names_its_own_issuer(text, own, issuer):
    assert find_citations(text, context=CitationContext(issuer=own))[0].issuer == issuer


@pytest.mark.parametrize(
    ("closing", "own", "issuers"),
    [
        ("Kế hoạch thực hiện Quy định 9 và Chỉ thị số 5 của Sở Y tế", "Sở Y tế", [None, None]),
        ("Kế hoạch triển khai thực hiện Quy định số 9 của Sở Y tế, yêu cầu các phòng thực hiện", "Sở Y tế", [None]),
        ("Kế hoạch thực hiện Chỉ thị số 5, Quy định số 9 của Bộ Chính trị", "Sở Y tế", [None, "Bộ Chính trị"]),
        ("Kế hoạch thực hiện Quy định 9 và Chỉ thị số 5 của Tỉnh ủy", "Sở Y tế", [None, "Tỉnh ủy"]),
        ("kết quả rà soát Quy định 9 của Sở Y tế", "Sở Y tế", ["Sở Y tế"]),
    ],
)
def test_behind_a_list_of_what_it_carries_out_the_plan_names_its_own_issuer(closing, own, issuers):
    named = "Thực hiện Quy định số 9-QĐ/TW của Bộ Chính trị (Quy định 9) và Chỉ thị số 5-CT/TU của Tỉnh ủy."
    found = find_citations(f"{named} Trên đây là {closing}.", context=CitationContext(issuer=own))
    assert [c.issuer for c in found if c.start > len(named)] == issuers


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("theo Điều 5 Quy định119, gửi", ["Điều 5 Quy định119"]),
        ("quán triệt Quy định119 và Kế hoạch này", ["Quy định119"]),
        ("quán triệt Quy định12, gửi", []),
        ("quán triệt Quy định1, gửi", []),
        ("quán triệt Quy định119/2024, gửi", []),
    ],
)
def test_a_short_form_that_lost_its_blank(text, spans):
    named = "Thực hiện Quy định số 119-QĐ/TW của Bộ Chính trị (Quy định 119). "
    assert [c.text for c in find_citations(named + text) if c.start >= len(named)] == spans


@pytest.mark.parametrize(
    ("annex", "form"),
    [
        ("KẾ HOẠCH\nThực hiện Quy định số 9-QĐ/TW\n(Ban hành kèm theo Quyết định số 7/QĐ-SYT)\n", "self"),
        ("**KẾ HOẠCH**\n*(Kèm theo Quyết định số 7/QĐ-SYT)*\n", "self"),
        ("QUY CHẾ\n(Ban hành kèm theo Quyết định số 7/QĐ-SYT)\n", "anaphora"),
        ("", "anaphora"),
    ],
)
def test_in_an_annexed_plan_this_plan_is_the_annex(annex, form):
    text = f"Căn cứ Kế hoạch số 3-KH/TU của Tỉnh ủy.\n{annex}Các phòng thực hiện điểm b Mục II.3 Kế hoạch này."
    found = find_citations(text, context=CitationContext(kind="Quyết định", key="7/QĐ-SYT"))
    assert found[-1].form == form


@pytest.mark.parametrize("heading", ["I. MỤC ĐÍCH", "I- MỤC ĐÍCH", "A. MỤC ĐÍCH", "PHẦN I MỤC ĐÍCH", "I MỤC ĐÍCH", "1. Mục đích", "V/ MỤC ĐÍCH"])
@pytest.mark.parametrize("title", ["Thực hiện Quy định số 9-QĐ/TW của Bộ Chính trị", "THỰC HIỆN QUY ĐỊNH SỐ 9-QĐ/TW CỦA BỘ CHÍNH TRỊ"])
def test_a_heading_right_below_the_title_is_no_part_of_the_issuer(title, heading):
    assert [c.issuer for c in _found(f"KẾ HOẠCH\n{title}\n{heading}, YÊU CẦU\n")] == ["Bộ Chính trị"]


@pytest.mark.parametrize(
    ("issued_on", "keys"),
    [
        ("2009-12-31", ["39/2005/QH11", "43/2009/QH12", "Luật Nghĩa vụ quân sự 1981"]),
        ("2017-03-01", ["39/2005/QH11", "43/2009/QH12", "78/2015/QH13"]),
        ("2026-01-05", ["22/2018/QH14", "48/2019/QH14", "78/2015/QH13"]),
    ],
)
def test_a_law_by_name_is_the_one_of_its_day(issued_on, keys):
    """The law in force when the text was issued, or the one that was passed and waited to come in."""
    text = "Tuyên truyền Luật Quốc phòng, Luật Dân quân tự vệ, Luật Nghĩa vụ quân sự"
    assert [c.key for c in find_citations(text, context=CitationContext(issued_on=issued_on))] == keys


def test_a_number_behind_a_noun_that_ends_like_a_kind() -> None:
    found = find_citations("Sơ kết quy chế phối hợp số 05 giữa Hạt Kiểm lâm và Công an xã.")
    assert len(found) == 1


def test_the_first_annex_of_a_kind_counts_whatever_its_letters():
    first = "KẾ HOẠCH\nTrồng cây\n(KÈM THEO QUYẾT ĐỊNH SỐ 5/QĐ-UBND)\nCác thôn làm theo Mục I Kế hoạch này.\n"
    second = "KẾ HOẠCH\nTưới cây\n(Kèm theo Quyết định số 5/QĐ-UBND)\n"
    found = find_citations(first + second, context=CitationContext(kind="Quyết định"))
    assert [c.form for c in found if c.text.endswith("này")] == ["self"]
