"""Classes of addressees, and whether a duty binds the issuer of a lower plan."""

from __future__ import annotations

import pytest

from extractors.addressee import applies, classify
from extractors.rulebook import lexicon

DEPARTMENT = "Sở Y tế"
COMMITTEE = "Đảng ủy Sở Y tế"
WARD = "Ủy ban nhân dân phường Hòa Lạc"
WARD_PARTY = "Ban Thường vụ Đảng ủy xã Hòa Lạc"
SCHOOL = "Trường THPT Nguyễn Trãi"
MINISTRY = "Bộ Xây dựng"


@pytest.mark.parametrize(
    "name, kind, regime, level, collective, role",
    [
        ("cấp ủy", "party-committee", "party", "", False, False),
        ("Các cấp ủy, tổ chức đảng", "party-universal", "party", "", True, False),
        ("Các cấp ủy, tổ chức đảng, cơ quan, đơn vị", "mixed", "mixed", "", True, False),
        ("người đứng đầu cấp ủy, tổ chức đảng", "mixed", "party", "", True, True),
        ("lãnh đạo cơ quan thanh tra", "inspectorate", "state", "", False, True),
        ("lãnh đạo cơ quan ủy ban kiểm tra", "party-inspection", "party", "", False, True),
        ("ủy ban kiểm tra các cấp", "party-inspection", "party", "", False, False),
        ("các sở, ban, ngành tỉnh", "department", "state", "province", True, False),
        ("Ủy ban nhân dân các xã, phường", "mixed", "mixed", "commune", True, False),
        ("Thành viên đoàn", "team-member", "", "", False, True),
        ("các cơ quan báo chí", "press", "", "", True, False),
        ("cơ quan dân cử các cấp", "elected", "state", "", False, False),
        ("rau sạch", "unknown", "", "", False, False),
    ],
)
def test_classify(name: str, kind: str, regime: str, level: str, collective: bool, role: bool) -> None:
    found = classify(name)
    assert (found.regime, found.level, found.role) == (regime, level, role)
    if kind not in ("mixed",):
        assert found.kind == kind
    assert found.collective == collective


@pytest.mark.parametrize(
    "name, issuer, verdict",
    [
        ("cấp ủy", DEPARTMENT, "does_not"),
        ("cấp ủy", COMMITTEE, "applies"),
        ("Các cấp ủy, tổ chức đảng", DEPARTMENT, "unsure"),
        ("Các cấp ủy, tổ chức đảng, cơ quan, đơn vị", DEPARTMENT, "applies"),
        ("Các cấp ủy, tổ chức đảng, cơ quan, đơn vị", COMMITTEE, "applies"),
        ("người đứng đầu cấp ủy, tổ chức đảng", DEPARTMENT, "does_not"),
        ("người đứng đầu cơ quan, đơn vị", DEPARTMENT, "applies"),
        ("Thành viên cấp ủy, tổ chức đảng", DEPARTMENT, "does_not"),
        ("tập thể lãnh đạo và người đứng đầu địa phương, cơ quan, đơn vị", DEPARTMENT, "applies"),
        ("ủy ban kiểm tra các cấp", DEPARTMENT, "does_not"),
        ("ủy ban kiểm tra các cấp", COMMITTEE, "applies"),
        ("Ủy ban Kiểm tra Tỉnh ủy", DEPARTMENT, "does_not"),
        ("Ủy ban Kiểm tra Tỉnh ủy", COMMITTEE, "unsure"),
        ("lãnh đạo cơ quan ủy ban kiểm tra", DEPARTMENT, "does_not"),
        ("lãnh đạo cơ quan thanh tra", DEPARTMENT, "applies"),
        ("Trưởng đoàn", DEPARTMENT, "applies"),
        ("thành viên đoàn", COMMITTEE, "applies"),
        ("cán bộ, đảng viên", DEPARTMENT, "applies"),
        ("cán bộ làm công tác tham mưu", WARD, "applies"),
        ("Ủy ban Mặt trận Tổ quốc", DEPARTMENT, "does_not"),
        ("các tổ chức chính trị - xã hội", DEPARTMENT, "does_not"),
        ("các cơ quan báo chí", DEPARTMENT, "does_not"),
        ("các doanh nghiệp, tổ chức, khu vực ngoài Nhà nước", "Công ty Cổ phần Cấp nước", "applies"),
        ("Sở Y tế", DEPARTMENT, "applies"),
        ("Sở Tài chính", DEPARTMENT, "does_not"),
        ("Sở Y tế", WARD, "does_not"),
        ("các sở, ban, ngành tỉnh", DEPARTMENT, "applies"),
        ("các sở, ban, ngành tỉnh", WARD, "does_not"),
        ("Các sở, ban, ngành tỉnh", COMMITTEE, "does_not"),
        ("Ủy ban nhân dân các xã, phường", WARD, "applies"),
        ("Ủy ban nhân dân các xã, phường", DEPARTMENT, "does_not"),
        ("Ủy ban nhân dân các huyện", WARD, "does_not"),
        ("Đảng ủy các xã, phường", WARD_PARTY, "applies"),
        ("Đảng ủy các xã, phường", COMMITTEE, "does_not"),
        ("Các đảng ủy trực thuộc Tỉnh ủy", WARD_PARTY, "applies"),
        ("Các tỉnh ủy, thành ủy", COMMITTEE, "does_not"),
        ("Đảng ủy Chính phủ", COMMITTEE, "does_not"),
        ("Ban Nội chính Tỉnh ủy", COMMITTEE, "does_not"),
        ("Công an tỉnh", DEPARTMENT, "does_not"),
        ("các cơ sở giáo dục", SCHOOL, "applies"),
        ("các cơ sở giáo dục", "Sở Giáo dục và Đào tạo", "applies"),
        ("các cơ sở giáo dục", DEPARTMENT, "does_not"),
        ("các bộ, ngành", MINISTRY, "applies"),
        ("các bộ, ngành", WARD, "does_not"),
        ("Bộ Xây dựng", MINISTRY, "applies"),
        ("Văn phòng Sở", DEPARTMENT, "applies"),
        ("Văn phòng Bộ", DEPARTMENT, "does_not"),
        ("Văn phòng Bộ", MINISTRY, "applies"),
        ("Sở Y tế các tỉnh, thành phố", DEPARTMENT, "applies"),
        ("Văn phòng Đảng ủy", DEPARTMENT, "does_not"),
        ("Ủy ban Kiểm tra Đảng ủy", COMMITTEE, "applies"),
        ("các phòng chuyên môn", COMMITTEE, "does_not"),
        ("UBND phường Hòa Lạc", WARD, "applies"),
        ("UBND phường Tân An", WARD, "does_not"),
        # the plural of a place means the issuer among others
        ("Sở Công Thương các tỉnh, thành phố", "Sở Công Thương tỉnh Đông Giang", "applies"),
        ("SỞ CÔNG THƯƠNG CÁC TỈNH, THÀNH PHỐ TRỰC THUỘC TRUNG ƯƠNG", "Sở Công Thương thành phố Hà Vân", "applies"),
        ("Sở Công Thương tỉnh, thành phố", "Sở Công Thương tỉnh Đông Giang", "applies"),
        ("Giám đốc Sở Công Thương", "Sở Công Thương tỉnh Đông Giang", "applies"),
        ("Giám đốc Sở Công Thương các tỉnh", "Sở Công Thương tỉnh Đông Giang", "applies"),
        ("Ban Quản lý các khu công nghiệp", "Ban Quản lý Khu công nghiệp Đông Giang", "applies"),
        ("Chi cục Thủy lợi các tỉnh", "Chi cục Thủy lợi tỉnh Đông Giang", "applies"),
        ("Hội Nông dân các xã, phường", "Hội Nông dân phường Hòa Lạc", "applies"),
        ("Ủy ban Mặt trận Tổ quốc các xã", "Ủy ban Mặt trận Tổ quốc Việt Nam xã Hòa Lạc", "applies"),
        ("Công an các xã, phường", "Công an xã Hòa Lạc", "applies"),
        ("Trạm Y tế các xã, phường", "Trạm Y tế xã Hòa Lạc", "applies"),
        ("Công an các xã, phường", "Công an tỉnh Đông Giang", "does_not"),
        ("Sở Công Thương các tỉnh, thành phố", "Sở Nội vụ tỉnh Đông Giang", "does_not"),
        ("Sở Công Thương các tỉnh, thành phố", WARD, "does_not"),
        ("Sở Công Thương tỉnh An Hòa", "Sở Công Thương tỉnh Đông Giang", "does_not"),
        ("Giám đốc Sở Nội vụ", "Sở Công Thương tỉnh Đông Giang", "does_not"),
        ("Ủy ban nhân dân các tỉnh", WARD, "does_not"),
        ("Bệnh viện đa khoa các tỉnh", "Bệnh viện đa khoa khu vực Hòa Lạc", "does_not"),
    ],
)
def test_applies(name: str, issuer: str, verdict: str) -> None:
    found = applies(name, issuer)
    assert (found.verdict, bool(found.rule), bool(found.words)) == (verdict, True, True)


def test_any_of_several_names_is_enough() -> None:
    assert applies(["Sở Tài chính", "các cơ quan, đơn vị"], DEPARTMENT).verdict == "applies"
    assert applies(["Sở Tài chính", "Sở Nội vụ"], DEPARTMENT).verdict == "does_not"
    assert applies([], DEPARTMENT).verdict == "unsure"
    assert applies(classify("Sở Y tế"), DEPARTMENT).rule == "self"


def test_table_says_something_for_everyone() -> None:
    rows = lexicon("applicability")
    assert {row["verdict"] for row in rows} == {"applies", "does_not", "unsure", "same_level"}
    assert (rows[-1]["addressee"], rows[-1]["issuer"]) == ("*", "*")
    assert all(row["reason"] and row["rule"] for row in rows)
