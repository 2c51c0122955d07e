"""Names composed by the grammar of offices come out as they went in, in sentences, cells, headings and lists."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractors.unit_persons import addressed
from extractors.units import assignment_of, find_units, heading_of
from tests.forms.composed_names import FIELDS, LAYOUTS, NOT_YET, all_names, tried, upper
from tests.forms.composed_offices import OFFICES

ONE, TWO = "Sở Tài chính", "Hội Cựu giáo chức tỉnh"
DOES, TOO = "rà soát hồ sơ tồn đọng", "kiểm tra việc thu phí"
SEEDS = 12
Read = list[str]


def cell(text: str) -> Read:
    return [n.name for n in addressed(text)]


def lead(text: str) -> Read:
    return list(assignment_of(text).lead_names)


def both(text: str) -> Read:
    return [*assignment_of(text).lead_names, *assignment_of(text).support_names]


def reported(text: str) -> Read:
    return [text[a:b] for a, b in assignment_of(text).report_to]


def heading(text: str) -> Read:
    found = heading_of(text)
    return list(found.names) if found else []


SENTENCES: dict[str, tuple[Callable[[str], Read], str, tuple[str, ...]]] = {
    "a cell": (cell, "{N}", ("{N}",)),
    "a cell, first": (cell, "{N}, {one}", ("{N}", "{one}")),
    "a cell, between": (cell, "{one}, {n} và {two}", ("{one}", "{n}", "{two}")),
    "a cell, semicolons": (cell, "{one}; {n}; {two}", ("{one}", "{n}", "{two}")),
    "a cell, cùng": (cell, "{one}, {n} cùng {two}", ("{one}", "{n}", "{two}")),
    "a cell, slash": (cell, "{N}/{one}", ("{N}", "{one}")),
    "subject": (lead, "{N} {does}.", ("{N}",)),
    "subject, another act": (lead, "{N} {too}.", ("{N}",)),
    "subject, first": (lead, "{N}, {one} {does}.", ("{N}", "{one}")),
    "subject, last": (lead, "{one} và {n} {does}.", ("{one}", "{n}")),
    "subject, between": (lead, "{one}, {n} và {two} {does}.", ("{one}", "{n}", "{two}")),
    "helper": (both, "{one} chủ trì, phối hợp với {n} {does}.", ("{one}", "{n}")),
    "helper, first": (both, "{one} chủ trì, phối hợp với {n} và {two} {does}.", ("{one}", "{n}", "{two}")),
    "helper, first, comma": (both, "{one} chủ trì, phối hợp với {n}, {two} {does}.", ("{one}", "{n}", "{two}")),
    "helper, last": (both, "{one} chủ trì, phối hợp với {two}, {n} {too}.", ("{one}", "{two}", "{n}")),
    "handed": (lead, "Giao {n} {does}.", ("{n}",)),
    "handed, between": (lead, "Giao {one}, {n} và {two} {does}.", ("{one}", "{n}", "{two}")),
    "chair": (both, "{N} chủ trì, phối hợp với {one} {does}.", ("{N}", "{one}")),
    "heading": (heading, "{N}", ("{N}",)),
    "heading with a frame": (heading, "Đối với {n}", ("{n}",)),
    "heading, first": (heading, "{N}, {one} và {two}", ("{N}", "{one}", "{two}")),
    "reported to": (reported, "{one} báo cáo kết quả về {n} để tổng hợp.", ("{n}",)),
}


def unread(name: str) -> dict[str, Read]:
    """The sentences in which the name is not read, with what is read instead."""
    words = {"n": name, "N": upper(name), "one": ONE, "two": TWO, "does": DOES, "too": TOO}
    out = {}
    for where, (read, sentence, want) in SENTENCES.items():
        have = read(sentence.format(**words))
        if have != [w.format(**words) for w in want]:
            out[where] = have
    return out


@pytest.mark.parametrize("field", FIELDS)
def test_names_of_a_field_are_read_in_every_sentence(field: str) -> None:
    assert {name: bad for name in all_names(field) if name not in NOT_YET and (bad := unread(name))} == {}


@pytest.mark.parametrize("field", OFFICES)
def test_names_of_offices_are_read_in_every_sentence(field: str) -> None:
    assert {name: bad for name in OFFICES[field] if (bad := unread(name))} == {}


@pytest.mark.parametrize("name", NOT_YET)
def test_what_is_open_is_not_read_yet(name: str) -> None:
    assert unread(name)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_lists_of_names_are_read_as_they_were_written(layout: str) -> None:
    assert [(seed, said) for seed in range(SEEDS) for said in tried(LAYOUTS[layout], seed)] == []


KINDS = {
    "UBND P. Đa Mai": "people-committee", "HĐND - UBND xã": "people-committee", "P. Kinh tế": "division",
    "BCH Quân sự xã": "military", "Ban Chỉ huy Phòng thủ khu vực 2": "military", "Công an P. Đa Mai": "police", "Trại giam Ngọc Lý": "police",
    "Ban Quản lý hệ thống cây xanh": "board", "BQL dự án đầu tư xây dựng tỉnh": "board", "Ban Chỉ đạo xây dựng nông thôn mới xã": "steering-committee",
    "Hội đồng thanh lý tài sản": "council", "Tổ công tác triển khai Đề án 06": "team", "Đội Quản lý thị trường số 3": "team",
    "Hiệp hội Doanh nghiệp dịch vụ logistics Việt Nam": "mass-organisation", "Trung tâm Kiểm soát bệnh tật tỉnh": "agency-unit",
    "Khoa Hồi sức tích cực - Chống độc": "division", "Tổng công ty Điện lực miền Bắc": "enterprise", "Trường THPT Ngô Sĩ Liên": "school",
    "Đài Khí tượng Thủy văn tỉnh": "agency", "UBMTTQVN xã": "front", "Chủ tịch UBND xã, Trưởng Ban Chỉ đạo": "title",
}  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
def test_a_name_has_its_kind(name: str) -> None:
    found = find_units(f"{name} rà soát hồ sơ.")
    assert [(m.start, m.end, m.kind) for m in found[:1]] == [(0, len(name), KINDS[name])]
