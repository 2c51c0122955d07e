"""What a duty tells to do: its verbs, those that only lead into them left out."""

from __future__ import annotations

import pytest

from pipeline.audit.doing import mentions, orders, receives
from schemas.record import Duty

ORDERS = [
    ("Tổ chức kiểm tra, giám sát bến đò; báo cáo kết quả", "Tổ chức kiểm tra, giám sát", {"kiểm tra", "giám sát", "báo_cáo"}),
    ("Lãnh đạo xây dựng phương án cứu hộ", "Lãnh đạo xây dựng", {"xây_dựng"}),
    ("Cấp ủy các cấp phân công một đồng chí phụ trách", "phân công", {"phân công"}),
    ("Không can thiệp vào việc lựa chọn nhà thầu", "can thiệp", {"can thiệp"}),
    ("Chủ trì, phối hợp với Công an tỉnh thành lập đoàn kiểm tra", "thành lập", {"thành lập"}),
    ("Quy định này thì tùy tính chất", None, set()),
]


@pytest.mark.parametrize(("text", "action", "wanted"), ORDERS)
def test_orders(text: str, action: str | None, wanted: set[str]) -> None:
    assert orders(text, action) == wanted


def test_mentions_are_all_verbs_but_no_single_syllables() -> None:
    found = mentions("Chương trình nêu rõ lộ trình cải tạo bến đò, kiểm tra phao")
    assert {"sửa_chữa", "kiểm tra"} <= found
    assert "trình" not in found


HANDED = [
    ("Các bến đò phải báo trạm y tế và công an xã khi có người bị nạn.", ("các bến đò",), "Trạm Y tế phường", True),
    ("Các bến đò phải báo trạm y tế và công an xã khi có người bị nạn.", ("các bến đò",), "Chủ bến đò", False),
    ("Trạm y tế xã gửi danh sách về trạm y tế khu vực.", ("Trạm y tế xã",), "Trạm y tế xã", False),
    ("Báo cáo kết quả cứu nạn.", ("các bến đò",), "Phòng Kinh tế", False),
]


@pytest.mark.parametrize(("text", "lead", "name", "wanted"), HANDED)
def test_who_is_told_is_not_who_does(text: str, lead: tuple[str, ...], name: str, wanted: bool) -> None:
    duty = Duty(id="I#1", start=0, end=len(text), text=text, rule="t", section="I", modality="obligation", lead=lead)
    assert receives(duty, (name,)) is wanted
