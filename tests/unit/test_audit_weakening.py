"""What a copy adds inside a noun phrase so that fewer are meant."""

from __future__ import annotations

import pytest

from pipeline.audit.weakening import inserted

NARROWER = [
    ("Dạy bơi cho 100% học sinh phổ thông trước hè.", "Dạy bơi cho 100% học sinh tiểu học và trung học cơ sở trước hè.", "tiểu học và trung học cơ sở"),
    ("Dạy bơi cho 100% học sinh phổ thông trước hè hằng năm.", "Trước hè hằng năm, dạy bơi cho 100% học sinh mầm non.", "mầm non"),
    ("100% học sinh phổ thông được học bơi", "100% học sinh lớp 5 được học bơi", "lớp 5"),
    ("Giúp đỡ quần chúng ưu tú vào Hội", "Giúp đỡ quần chúng ưu tú là đoàn viên vào Hội", "là đoàn viên"),
    ("Trẻ em thuộc hộ nghèo được khám", "Trẻ em từ 10 tuổi trở lên thuộc hộ nghèo được khám", "từ 10 tuổi trở lên"),
    ("Dọn toàn bộ điểm rác tự phát trước 30/6", "Dọn toàn bộ điểm rác tự phát dọc các tuyến phố trước 30/6", "dọc các tuyến phố"),
    ("Rào lưới tại 100% bãi xe trước ngày 30/9", "Rào lưới tại 100% bãi xe thôn trước ngày 30/6", "thôn"),
    ("Dọn toàn bộ điểm rác tự phát trước 30/6", "Dọn toàn bộ điểm rác tự phát tại các xã ven biển", "tại các xã ven biển"),
]
THE_SAME = [
    ("100% hộ dân nộp phí", "100% hộ dân tham gia nộp phí"),
    ("100% sạp hàng có bảng giá", "100% sạp hàng đều có bảng giá"),
    ("Xử lý 100% đơn thư trong tháng", "Xử lý 100% đơn thư nhận được trong tháng"),
    ("Kết quả lấy làm căn cứ xếp loại", "Kết quả là căn cứ xếp loại"),
    ("100% hộ dân ký cam kết", "100% hộ dân trên địa bàn xã ký cam kết trước ngày 5/6"),
    ("100% chi bộ trực thuộc sinh hoạt", "100% chi bộ sinh hoạt"),
    ("Tuyên truyền cho nhân dân", "Tuyên truyền cho nhân dân từ ngày 01/3/2026"),
    ("Rà soát toàn bộ hồ sơ của tỉnh", "Rà soát toàn bộ hồ sơ của xã"),
    ("100% đơn vị thực hiện", "100% các phòng, đơn vị thuộc Sở thực hiện"),
]


@pytest.mark.parametrize(("above", "copy", "words"), NARROWER)
def test_narrower(above: str, copy: str, words: str) -> None:
    assert [found for _, found in inserted(above, copy)] == [words]


@pytest.mark.parametrize(("above", "copy"), THE_SAME)
def test_adapted_not_narrowed(above: str, copy: str) -> None:
    assert list(inserted(above, copy)) == []
