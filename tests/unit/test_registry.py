"""The dated registry: names to identities, reforms, places, integrity of the data."""

from __future__ import annotations

import re

import pytest

from extractors.registry import existed, name_of, place_of, resolve, successors
from extractors.rulebook import lexicon


@pytest.mark.parametrize(
    "name, on, issuer, body, kind, regime, level",
    [
        ("Sở Tài chính", "2024-05-01", None, "so-tai-chinh", "department", "state", "province"),
        ("Sở Tài chính", "2026-05-01", None, "so-tai-chinh@2025", "department", "state", "province"),
        ("Sở LĐTBXH", "2024-01-01", None, "so-lao-dong-thuong-binh-va-xa-hoi", "department", "state", "province"),
        ("Sở LĐTBXH", "2026-01-01", None, None, "department", "state", "province"),
        ("Sở", "2024-06-01", "Sở Y tế", "so-y-te", "department", "state", "province"),
        ("Bộ Nội vụ", "2025-02-28", None, "bo-noi-vu", "ministry", "state", "central"),
        ("Bộ Nội vụ", "2025-03-01", None, "bo-noi-vu@2025", "ministry", "state", "central"),
        ("UBND tỉnh", None, None, "uy-ban-nhan-dan-tinh", "people-committee", "state", "province"),
        ("Uỷ ban nhân dân thành phố Cần Thơ", None, None, "uy-ban-nhan-dan-tinh", "people-committee", "state", "province"),
        ("UBND phường Bến Gỗ", "2026-01-01", None, "uy-ban-nhan-dan-xa", "people-committee", "state", "commune"),
        ("Đảng ủy xã Tân Phú", "2026-01-01", None, "dang-uy-xa", "party-committee", "party", "commune"),
        ("Thành ủy Thành phố Hồ Chí Minh", "2024-01-01", None, "thanh-uy", "party-committee", "party", "province"),
        ("Ban Tuyên giáo Tỉnh ủy", "2024-01-01", None, "ban-tuyen-giao-tinh-uy", "party-office", "party", "province"),
        ("Ban Tuyên giáo và Dân vận Tỉnh ủy", "2026-01-01", None, "ban-tuyen-giao-va-dan-van-tinh-uy", "party-office", "party", "province"),
        ("UBKT Tỉnh ủy", None, None, "uy-ban-kiem-tra-tinh-uy", "party-inspection", "party", "province"),
        ("Công an", "2026-01-01", "Ủy ban nhân dân xã Hòa Lạc", "cong-an-xa", "police", "state", "commune"),
        ("Công an", "2026-01-01", "Ủy ban nhân dân tỉnh", "cong-an-tinh", "police", "state", "province"),
        ("Hội Nông dân tỉnh", None, None, "hoi-nong-dan-tinh", "mass-organisation", "union", "province"),
        ("Trường THPT Nguyễn Huệ", None, None, None, "school", "state", "school"),
        ("Đảng ủy Sở Giáo dục và Đào tạo", None, None, None, "party-committee", "party", "agency"),
    ],
)
def test_resolve(name: str, on: str | None, issuer: str | None, body: str | None, kind: str, regime: str, level: str) -> None:
    found = resolve(name, on=on, issuer=issuer)
    assert found is not None
    assert (found.body, found.kind, found.regime, found.level) == (body, kind, regime, level)


@pytest.mark.parametrize("name", ["kế hoạch", "PCTN", "phòng, chống tham nhũng", "", "quy định của Đảng"])
def test_what_is_no_body(name: str) -> None:
    assert resolve(name) is None


def test_a_deictic_name_is_bound_to_its_issuer_only() -> None:
    own = resolve("Sở", on="2024-01-01", issuer="Sở Lao động - Thương binh và Xã hội")
    assert own is not None
    assert (own.how, own.name) == ("deictic", "Sở Lao động - Thương binh và Xã hội")
    other = resolve("Sở", issuer="Ủy ban nhân dân tỉnh")
    assert other is None or other.how != "deictic"


def test_without_a_date_all_candidates_are_kept() -> None:
    found = resolve("Bộ Xây dựng")
    assert found is not None
    assert found.candidates == ("bo-xay-dung", "bo-xay-dung@2025")


@pytest.mark.parametrize(
    "name, on, expected",
    [
        ("Thanh tra Sở", "2025-06-30", True),
        ("Thanh tra Sở", "2025-07-01", False),
        ("UBND huyện Hòa An", "2026-01-01", False),
        ("UBND huyện Hòa An", "2024-01-01", True),
        ("Công an huyện", "2025-03-02", False),
        ("Bộ Kế hoạch và Đầu tư", "2025-03-01", False),
        ("Sở Nông nghiệp và Môi trường", "2025-02-01", False),
        ("Sở Nông nghiệp và Môi trường", "2025-04-01", True),
        ("Phòng Kinh tế, Hạ tầng và Đô thị", "2026-01-01", True),
        ("Sở Vũ trụ", "2026-01-01", None),
    ],
)
def test_existed(name: str, on: str, expected: bool | None) -> None:
    assert existed(name, on) is expected


def test_split_bodies_have_several_successors() -> None:
    assert set(successors("Sở Lao động - Thương binh và Xã hội")) >= {"so-noi-vu@2025", "so-y-te", "so-giao-duc-va-dao-tao"}
    assert set(successors("Bộ Thông tin và Truyền thông")) == {"bo-khoa-hoc-va-cong-nghe@2025", "bo-van-hoa-the-thao-va-du-lich"}
    assert successors("so-ke-hoach-va-dau-tu") == ("so-tai-chinh@2025",)
    assert successors("Sở Y tế") == ()
    assert name_of("so-tai-chinh@2025") == "Sở Tài chính"


@pytest.mark.parametrize(
    "name, on, place",
    [
        ("UBND tỉnh Cà Mau", "2024-01-01", "ca-mau"),
        ("UBND tỉnh Cà Mau", "2025-07-01", "ca-mau@2025"),
        ("Sở Y tế Quảng Ninh", None, "quang-ninh"),
        ("Thành ủy TP.HCM", "2024-01-01", "ho-chi-minh"),
        ("Ủy ban nhân dân tỉnh", None, None),
        ("giữ gìn hòa bình", None, None),
    ],
)
def test_place_of(name: str, on: str | None, place: str | None) -> None:
    assert place_of(name, on) == place


def test_registry_is_whole() -> None:
    bodies = lexicon("bodies")
    ids = {row["id"] for row in bodies}
    for row in bodies:
        linked = [row["parent"], *row["predecessors"].split("|"), *row["successors"].split("|")]
        assert [link for link in linked if link and link not in ids] == []
        assert row["regime"] in ("party", "state", "front", "union", "")
        assert row["level"] in ("central", "province", "district", "commune", "agency", "school")
        assert all(re.fullmatch(r"\d{4}-\d\d-\d\d|", row[c]) for c in ("valid_from", "valid_to"))
        assert not row["valid_to"] or row["valid_from"] <= row["valid_to"]


def test_provinces_before_and_after() -> None:
    places = lexicon("places")
    ids = {row["id"] for row in places}
    assert len([p for p in places if not p["valid_from"]]) == 63
    assert len([p for p in places if not p["valid_to"]]) == 34
    merged = [p for p in places if p["valid_to"]]
    assert all(p["successors"] in ids for p in merged)
    new = [p for p in places if p["predecessors"]]
    assert sum(len(p["predecessors"].split("|")) for p in new) == len(merged)
