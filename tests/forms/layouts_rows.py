"""Rows that tell something of other rows: groups, merged cells, marks that repeat, times and doers said once."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from tests.forms import grids
from tests.forms.columns import PRODUCTS, head, named, simple, tabled, told
from tests.forms.composed import Layout, Task, Written, upper
from tests.forms.grids import UP, Grid, Row, written

GROUPS = (
    "Công tác tuyên truyền, phổ biến",
    "Hoàn thiện thể chế",
    "Phát triển hạ tầng số",
    "Công tác kiểm tra, giám sát",
    "Nâng cao chất lượng nguồn nhân lực",
)
TOPICS = ("Công tác tuyên truyền, phổ biến", "Thể chế, chính sách", "Hạ tầng số", "Về nguồn nhân lực", "Nhóm nhiệm vụ về dữ liệu")


def grouped(tasks: Sequence[Task], rng: random.Random) -> Written:
    """Rows that name a group over its tasks: «I | CÔNG TÁC TUYÊN TRUYỀN», the count goes on or begins again."""
    capitals, joined, again = rng.random() < 0.4, rng.random() < 0.5, rng.random() < 0.5
    marks = rng.choice((("I", "II", "III"), ("A", "B", "C"), ("1", "2", "3")))
    nested = marks[0] == "1"
    order = rng.choice(("lead", "time"))
    columns = (
        ["number", "task", "lead", "support", "time", "product"]
        if order == "lead"
        else ["number", "task", "product", "time", "lead", "support"]
    )
    grid: Grid = [[head(c, rng) for c in columns]]
    said = tabled(tasks, rng)
    titles = rng.sample(GROUPS, 3)
    for n, task in enumerate(said):
        if n % 2 == 0:
            title = titles[n // 2].upper() if capitals else titles[n // 2]
            grid.append([marks[n // 2], title, *([None] * 4 if joined else [""] * 4)])
        number = f"{n // 2 + 1}.{n % 2 + 1}" if nested else str(n % 2 + 1 if again else n + 1)
        cells = {
            "number": number,
            "task": told(task, rng),
            "lead": named(task.lead),
            "support": named(task.support),
            "time": task.when,
            "product": rng.choice(PRODUCTS),
        }
        grid.append([cells[c] for c in columns])
    if rng.random() < 0.3:
        return grids.pipes(grid, rng), said
    return written(grid, rng), said


def doers_over_groups(tasks: Sequence[Task], rng: random.Random) -> Written:
    """The row over a group names who does its tasks: «I | Sở Tài chính», «II | Nhiệm vụ của Công an tỉnh»."""
    joined, marks = rng.random() < 0.5, rng.choice((("I", "II", "III"), ("A", "B", "C")))
    opens, capitals = rng.choice(("", "", "Nhiệm vụ của ", "Đơn vị chủ trì: ")), rng.random() < 0.3
    helped = rng.random() < 0.6
    names = [head("number", rng), head("task", rng), *([head("support", rng)] if helped else []), head("time", rng), head("product", rng)]
    grid: Grid = [list(names)]
    said = []
    for n, task in enumerate(tabled(tasks, rng)):
        if n % 2 == 0:
            lead = task.lead[0]
            title = f"{opens}{upper(lead) if not opens else lead}"
            grid.append([marks[n // 2], title.upper() if capitals else title, *([None if joined else ""] * (len(names) - 2))])
        task = replace(task, lead=(lead,), support=task.support if helped else ())
        grid.append([str(n + 1), told(task, rng), *([named(task.support)] if helped else []), task.when, rng.choice(PRODUCTS)])
        said.append(task)
    return written(grid, rng), said


def group_has_fields(tasks: Sequence[Task], rng: random.Random) -> Written:
    """The row over a group has its own lead and time, which the parts below do not repeat: «1 | Hạ tầng số | Sở A | Quý II», «1.1 | …»."""
    grid: Grid = [[head("number", rng), head("task", rng), head("lead", rng), head("support", rng), head("time", rng)]]
    letters, said = rng.random() < 0.5, []
    titles = rng.sample(TOPICS, 3)
    for n, task in enumerate(tabled(tasks, rng)):
        if n % 2 == 0:
            first = task
            grid.append([str(n // 2 + 1), titles[n // 2], named(task.lead), named(task.support), task.when])
        grid.append(["ab"[n % 2] if letters else f"{n // 2 + 1}.{n % 2 + 1}", told(task, rng), "", "", ""])
        said.append(replace(first, act=task.act))
    return written(grid, rng), said


def merged(tasks: Sequence[Task], rng: random.Random) -> Written:
    """One lead, one circle of helpers or one time for several rows."""
    grid: Grid = [[head("number", rng), head("task", rng), head("lead", rng), head("support", rng), head("time", rng)]]
    columns, said = rng.choice((("lead",), ("lead", "support"), ("time",), ("lead", "time"), ("lead", "support", "time"))), []
    size = rng.choice((2, 3))
    for n, task in enumerate(tabled(tasks, rng)):
        if n % size == 0:
            first = task
        task = replace(task, **{("when" if c == "time" else c): getattr(first, "when" if c == "time" else c) for c in columns})
        cells = {"lead": named(task.lead), "support": named(task.support), "time": task.when}
        grid.append([str(n + 1), told(task, rng), *(UP if n % size and c in columns else text for c, text in cells.items())])
        said.append(task)
    return written(grid, rng), said


def calendar(tasks: Sequence[Task], rng: random.Random) -> Written:
    """The time comes first and stands once over the tasks of its month."""
    said, way = [], rng.randrange(3)
    grid: Grid = [[rng.choice(("Thời gian", "Tháng", "Thời gian thực hiện")), head("task", rng), head("lead", rng), head("support", rng)]]
    for n, task in enumerate(tabled(tasks, rng)):
        when = f"Tháng {n // 2 + 3}" + ("/2026" if way == 2 else "")
        grid.append([(UP if way else "") if n % 2 else when, told(task, rng), named(task.lead), named(task.support)])
        said.append(replace(task, when=when))
    return written(grid, rng), said


def times_over_groups(tasks: Sequence[Task], rng: random.Random) -> Written:
    """The row over a group says when its tasks are done: «I | QUÝ I/2026», «Tháng 3»."""
    times = rng.choice(
        (
            ("Quý I/2026", "Quý II/2026", "Quý III/2026"),
            ("Tháng 3/2026", "Tháng 4/2026", "Tháng 5/2026"),
            ("Nhiệm vụ thường xuyên", "Năm 2026", "Năm 2027"),
        )
    )
    capitals, joined, numbered = rng.random() < 0.4, rng.random() < 0.5, rng.random() < 0.5
    grid: Grid = [[head("number", rng), head("task", rng), head("lead", rng), head("support", rng), head("product", rng)]]
    said = []
    for n, task in enumerate(tabled(tasks, rng)):
        time = times[n // 2]
        if n % 2 == 0:
            title = time.upper() if capitals else time
            rest: Row = [None, None, None] if joined else ["", "", ""]
            grid.append([("I", "II", "III")[n // 2], title, *rest] if numbered else [title, None, None, None, None])
        grid.append([str(n + 1), told(task, rng), named(task.lead), named(task.support), rng.choice(PRODUCTS)])
        said.append(replace(task, when="thường xuyên" if time.startswith("Nhiệm vụ") else time))
    if rng.random() < 0.4:
        return rng.choice((grids.pipes, grids.tabs, grids.spaces))(grid, rng), said
    return written(grid, rng), said


def second_tasks(tasks: Sequence[Task], rng: random.Random) -> Written:
    """Several tasks under one number or one topic: its cell is merged or left empty, each task has its own who and when."""
    topic, joined = rng.random() < 0.5, rng.random() < 0.5
    names = [head("number", rng), *(["Nhóm nhiệm vụ" if rng.random() < 0.5 else "Lĩnh vực"] if topic else []), head("task", rng)]
    grid: Grid = [[*names, head("lead", rng), head("support", rng), head("time", rng)]]
    said = tabled(tasks, rng)
    for n, task in enumerate(said):
        own: Row = [str(n // 2 + 1), *([TOPICS[n // 2]] if topic else [])]
        front: Row = [UP if joined else "" for _ in own] if n % 2 else own
        grid.append([*front, told(task, rng), named(task.lead), named(task.support), task.when])
    return written(grid, rng), said


def ditto(tasks: Sequence[Task], rng: random.Random) -> Written:
    """The same lead or time again: «nt», «-nt-», «"»."""
    mark = rng.choice(("nt", "-nt-", '"', "Như trên", "//", "-"))
    mark = "nt" if mark == "-" else mark
    column = rng.choice(("lead", "when"))
    grid: Grid = [[head("number", rng), head("task", rng), head("lead", rng), head("support", rng), head("time", rng)]]
    said = []
    for n, task in enumerate(tabled(tasks, rng)):
        again = n % 2 == 1
        task = replace(task, when=task.when or "Quý I/2026")
        if again:
            task = replace(task, **{column: getattr(said[-1], column)})
        cells = {"lead": named(task.lead), "support": named(task.support), "when": task.when}
        grid.append([str(n + 1), told(task, rng), *(mark if again and c == column else text for c, text in cells.items())])
        said.append(task)
    if rng.random() < 0.4:
        return rng.choice((grids.pipes, grids.tabs))(grid, rng), said
    return written(grid, rng), said


REALMS = {
    "school": (
        "Hiệu trưởng", "Phó Hiệu trưởng", "Tổ Toán - Tin", "Tổ Văn phòng", "Tổng phụ trách Đội", "Kế toán", "Chi đoàn", "Nhân viên thư viện",
        "Giáo viên chủ nhiệm", "Ban đại diện cha mẹ học sinh", "Công đoàn", "GVCN các lớp", "Tổ chuyên môn", "Nhân viên y tế", "Ban Giám hiệu",
    ),
    "commune": (
        "Văn phòng HĐND và UBND xã", "Phòng Kinh tế", "Công an xã", "Ban Chỉ huy Quân sự xã", "Trạm Y tế xã", "Hội Cựu chiến binh xã",
        "Trưởng các thôn", "Trung tâm Phục vụ hành chính công xã", "Đoàn Thanh niên xã", "Công chức Tư pháp - Hộ tịch", "các thôn",
        "UBMTTQ Việt Nam xã", "Trường THCS Nguyễn Trãi", "Ban Văn hóa - Xã hội HĐND xã", "các trường học trên địa bàn", "Kế toán ngân sách xã",
    ),
    "party": (
        "Ban Tổ chức Tỉnh ủy", "Văn phòng Đảng ủy", "các chi bộ trực thuộc", "Ủy ban Kiểm tra Đảng ủy", "Ban Xây dựng Đảng", "Đảng ủy Công an tỉnh",
        "Ban Tuyên giáo và Dân vận Tỉnh ủy", "Ban Nội chính Tỉnh ủy", "các đảng ủy trực thuộc Tỉnh ủy", "Ban Thường vụ Đảng ủy", "Tỉnh đoàn",
        "Trường Chính trị tỉnh", "Đảng ủy UBND tỉnh", "Ban cán sự đảng UBND tỉnh", "các cơ quan tham mưu, giúp việc Đảng ủy",
    ),
    "ministry": (
        "Bộ Tài chính", "Vụ Pháp chế", "Cục Đường bộ Việt Nam", "các bộ, ngành liên quan", "Thanh tra Chính phủ", "Cục Thống kê",
        "UBND các tỉnh, thành phố trực thuộc trung ương", "Ngân hàng Nhà nước Việt Nam", "Văn phòng Bộ", "Vụ Tổ chức cán bộ", "Viện Chiến lược",
        "Đại học Quốc gia Hà Nội", "Trung tâm Công nghệ thông tin", "Bộ Nông nghiệp và Môi trường", "Bộ Công an", "Tòa án nhân dân tối cao",
    ),
    "hospital": (
        "Khoa Dược", "Phòng Kế hoạch tổng hợp", "Khoa Hồi sức cấp cứu", "Phòng Điều dưỡng", "Phòng Tài chính - Kế toán", "Khoa Xét nghiệm",
        "Phòng Tổ chức - Hành chính", "các khoa lâm sàng", "Tổ Công nghệ thông tin", "Khoa Kiểm soát nhiễm khuẩn", "Ban Giám đốc",
        "Phòng Vật tư - Thiết bị y tế", "Trung tâm Y tế khu vực", "Đoàn Thanh niên bệnh viện", "các khoa, phòng",
    ),
    "persons": (
        "Đ/c Nguyễn Văn Hòa", "Đ/c Trần Thị Mai", "Đ/c Lê Quang Vinh", "Đ/c Phạm Thị Lan", "Đ/c Vũ Đình Sơn", "Đ/c Hoàng Thị Nga",
        "Đ/c Đỗ Minh Tuấn", "Đ/c Bùi Thị Hạnh", "Đ/c Ngô Văn Tiến",
    ),
}  # fmt: skip


def realms(tasks: Sequence[Task], rng: random.Random) -> Written:
    """Tables of a school, a commune, a party committee, a ministry, a hospital, and tables of persons."""
    realm = rng.choice(sorted(REALMS))
    given = []
    for task in tasks:
        names = rng.sample(REALMS[realm], 1 + len(task.support))
        given.append(replace(task, lead=(names[0],), support=tuple(names[1:])))
    grid, said = simple(given, rng, mixed=False)
    if rng.random() < 0.4:
        return rng.choice((grids.pipes, grids.tabs))(grid, rng), said
    return written(grid, rng, len(grid) - len(said)), said


LAYOUTS: dict[str, Layout] = {
    f.__name__: f for f in (grouped, doers_over_groups, group_has_fields, merged, calendar, times_over_groups, second_tasks, ditto, realms)
}
OPEN: dict[str, str] = {}
"""Layouts not read rightly yet, and why: the test says when one of them is."""
