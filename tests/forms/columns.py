"""Columns that offices put beside a task, their headings and cells, drawn for composed tables."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from tests.forms.composed import Task, join, upper
from tests.forms.grids import Grid

NAMES = {
    "number": ("TT", "STT", "Stt", "Số TT"),
    "task": (
        "Nội dung", "Nội dung công việc", "Nhiệm vụ", "Nội dung nhiệm vụ", "Tên nhiệm vụ", "Công việc", "Nhiệm vụ, giải pháp",
        "Nội dung thực hiện", "Nhiệm vụ cụ thể", "Nội dung, nhiệm vụ", "Nhiệm vụ/Công việc", "Nội dung triển khai", "Đầu việc",
        "Nhiệm vụ trọng tâm", "Hoạt động", "Nội dung hoạt động", "Tên nhiệm vụ, công việc", "Hạng mục công việc", "Nhiệm vụ được giao",
        "Nội dung nhiệm vụ, giải pháp", "Các nhiệm vụ chủ yếu",
    ),
    "lead": (
        "Cơ quan chủ trì", "Đơn vị chủ trì", "Đơn vị thực hiện", "Cơ quan thực hiện", "Chủ trì", "Đơn vị chủ trì thực hiện",
        "Cơ quan, đơn vị chủ trì", "Đơn vị chủ trì tham mưu", "Đơn vị tham mưu", "Phân công thực hiện", "Cơ quan/đơn vị chủ trì",
        "Trách nhiệm thực hiện", "Đơn vị phụ trách", "Bộ phận chủ trì", "Đầu mối thực hiện", "Đơn vị đầu mối", "Đơn vị chịu trách nhiệm",
        "Đơn vị được giao chủ trì", "Phòng, đơn vị chủ trì", "Sở, ngành chủ trì", "Cơ quan chủ trì, tham mưu", "Chủ trì thực hiện",
        "Tổ chức, cá nhân thực hiện", "Cơ quan, đơn vị thực hiện", "Cơ quan chủ trì thực hiện",
    ),
    "support": (
        "Cơ quan phối hợp", "Đơn vị phối hợp", "Phối hợp", "Đơn vị phối hợp thực hiện", "Cơ quan, đơn vị phối hợp", "Phối hợp thực hiện",
        "Cơ quan tham gia phối hợp", "Sở, ngành phối hợp", "Các đơn vị phối hợp", "Đơn vị tham gia", "Cơ quan, đơn vị phối hợp thực hiện",
    ),
    "time": (
        "Thời gian", "Thời gian thực hiện", "Thời hạn", "Thời hạn hoàn thành", "Tiến độ", "Hoàn thành", "Tiến độ thực hiện",
        "Thời gian hoàn thành", "Tiến độ hoàn thành", "Thời gian triển khai", "Thời gian, tiến độ", "Hạn hoàn thành", "Mốc thời gian",
        "Thời hạn thực hiện", "Thời gian dự kiến", "Lộ trình thực hiện", "Thời gian/Tiến độ", "Thời gian, tiến độ hoàn thành",
        "Tiến độ, thời gian thực hiện", "Dự kiến thời gian hoàn thành",
    ),
    "product": (
        "Sản phẩm", "Kết quả", "Sản phẩm, kết quả", "Kết quả/Sản phẩm", "Sản phẩm đầu ra", "Kết quả đạt được", "Dự kiến sản phẩm",
        "Hình thức văn bản", "Sản phẩm hoàn thành", "Sản phẩm/Kết quả đầu ra", "Kết quả, sản phẩm", "Yêu cầu kết quả",
    ),
    "follow": (
        "Lãnh đạo phụ trách", "Lãnh đạo chỉ đạo", "Đơn vị theo dõi", "Đồng chí chỉ đạo", "Lãnh đạo UBND tỉnh phụ trách",
        "Cơ quan theo dõi, đôn đốc", "Lãnh đạo Sở phụ trách", "Đơn vị theo dõi, đôn đốc", "Lãnh đạo UBND tỉnh chỉ đạo",
    ),
    "note": ("Ghi chú",),
    "money": ("Kinh phí", "Dự kiến kinh phí", "Kinh phí (triệu đồng)", "Nguồn kinh phí"),
}  # fmt: skip
PRODUCTS = (
    "Kế hoạch", "Báo cáo", "Quyết định của UBND tỉnh", "Văn bản hướng dẫn", "Tờ trình, dự thảo Nghị quyết của HĐND tỉnh", "Hội nghị",
    "Cơ sở dữ liệu được cập nhật", "100% hồ sơ được số hóa", "Phần mềm được nâng cấp", "Công văn đôn đốc",
)  # fmt: skip
PEOPLE = (
    "Đ/c Phó Chủ tịch Nguyễn Văn Bình",
    "Phó Giám đốc Lê Thị Hoa",
    "Chủ tịch UBND tỉnh",
    "Đ/c Trần Văn Cường",
    "Phó Chủ tịch UBND tỉnh",
)
MONEY = ("350", "Ngân sách tỉnh", "1.200", "Nguồn chi thường xuyên", "Xã hội hóa", "")
SHORT = {
    "Sở Khoa học và Công nghệ": "Sở KH&CN", "Sở Nông nghiệp và Môi trường": "Sở NN&MT", "Sở Giáo dục và Đào tạo": "Sở GD&ĐT",
    "Sở Văn hóa, Thể thao và Du lịch": "Sở VHTTDL", "Bộ Chỉ huy Quân sự tỉnh": "Bộ CHQS tỉnh", "Văn phòng UBND tỉnh": "VP UBND tỉnh",
    "Phòng Văn hóa - Xã hội": "Phòng VH-XH", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh": "UBMTTQ tỉnh", "Hội Liên hiệp Phụ nữ tỉnh": "Hội LHPN tỉnh",
    "Liên đoàn Lao động tỉnh": "LĐLĐ tỉnh", "Trung tâm Phục vụ hành chính công tỉnh": "Trung tâm PVHCC tỉnh",
}  # fmt: skip
TIMES = (
    "Năm 2026", "2026", "2026 - 2027", "30/6/2026", "31/12/2026", "Trước 30/6/2026", "Quý II, III/2026", "Quý II-III/2026", "Tháng 3 - 8/2026",
    "Thường xuyên", "Hằng năm", "Tháng 9", "Quý IV", "Thường xuyên, hằng năm", "Tháng 3, tháng 9/2026", "2026-2030", "Từ quý II/2026",
    "Trước ngày 15/12 hằng năm", "Tháng 6/2026 và tháng 12/2026", "06/2026", "Hằng tháng", "Khi có yêu cầu", "Trong tháng 4/2026",
    "Đến hết năm 2026", "Quý 3/2026", "Từ 01/4 đến 30/9/2026", "Định kỳ hằng quý", "Xong trước 20/11/2026",
)  # fmt: skip
THINGS = (
    "Kế hoạch phòng, chống đuối nước trẻ em", "Đề án phát triển làng nghề mộc", "Hội nghị gặp mặt doanh nghiệp đầu năm",
    "Đường dây nóng tiếp nhận phản ánh về giá", "Cuộc thi ảnh về bảo vệ môi trường", "Ngày hội việc làm cho bộ đội xuất ngũ",
    "Quy định phân cấp quản lý bến thủy nội địa", "Hệ thống camera giám sát cửa rừng", "Chợ phiên nông sản an toàn cuối tuần",
)  # fmt: skip


LEADS = ("Sở Ngoại vụ", "Sở Du lịch", "Đài Khí tượng Thủy văn tỉnh")
"""Bodies that lead beside another."""
MANY = (
    "các sở, ngành liên quan", "các cơ quan, đơn vị liên quan", "các đơn vị có liên quan", "các địa phương", "các tổ chức chính trị - xã hội",
    "UBND cấp xã", "các doanh nghiệp", "các cơ quan, đơn vị, địa phương",
)  # fmt: skip
"""Helpers that tables name by their kind, mostly last."""


def tabled(tasks: Sequence[Task], rng: random.Random, *, mixed: bool = True) -> list[Task]:
    """The tasks as tables have them: bodies mostly in full and now and then short, times with a capital or bare, some acts mere names."""
    short = SHORT if rng.random() < 0.3 else {}
    things = rng.sample(THINGS, 2) if rng.random() < 0.5 else []
    out = []
    for n, task in enumerate(tasks):
        when = rng.choice(TIMES) if task.when and rng.random() < 0.6 else upper(task.when)
        names = [tuple(short.get(b, b) for b in some) for some in (task.lead, task.support)]
        if mixed and names[1] and rng.random() < 0.25:
            names[1] = (*names[1][:2], rng.choice(MANY))
        if mixed and rng.random() < 0.08:
            names[0] = (*names[0], next(b for b in LEADS if b not in names[0] + names[1]))
        names[0] = tuple(map(upper, names[0]))
        act = things[n // 3] if things and n % 3 == 1 else task.act
        out.append(replace(task, act=act, lead=names[0], support=names[1], when=when))
    return out


def head(name: str, rng: random.Random) -> str:
    return rng.choice(NAMES[name])


def named(names: Sequence[str]) -> str:
    """Names of one cell behind commas; a cell begins with a capital."""
    words = join(names)
    return upper(words)


def headings(order: Sequence[str], rng: random.Random) -> Grid:
    """The heading of a table: small letters or capitals, on one line or two, its columns counted below or not."""
    titles = [head(name, rng) for name in order]
    if rng.random() < 0.15:
        titles = [title.upper() for title in titles]
    if rng.random() < 0.25:
        titles = [_on_two_lines(title) for title in titles]
    way = rng.random()
    if way < 0.1:
        return [[*titles], [f"({n})" for n, _ in enumerate(titles, 1)]]
    return [[*titles], [str(n) for n, _ in enumerate(titles, 1)]] if way < 0.15 else [[*titles]]


def _on_two_lines(title: str) -> str:
    words = title.split()
    return "\n".join((" ".join(words[:-2]), " ".join(words[-2:]))) if len(words) > 2 else title


def listed(names: Sequence[str], rng: random.Random) -> str:
    """Names of one cell as that office sets them off."""
    if not names:
        return ""
    way = rng.randrange(8)
    if way < 3:
        return named(names)
    if way < 5:
        names = [upper(names[0]), *names[1:]]
        return join(names, " và ") if way == 3 else "; ".join(names)
    names = [*map(upper, names)]  # each opens its line
    if way == 5:
        return ";\n".join(names) + rng.choice(("", "."))
    if way == 6:
        return "\n".join(names)
    mark, stop = rng.choice(("- ", "-", "+ ")), rng.choice(("", ";"))
    return "\n".join(f"{mark}{name}{stop}" for name in names)


def told(task: Task, rng: random.Random) -> str:
    """The act as a cell has it."""
    return task.act + rng.choice(("", "", ".", ";"))


ORDERS = (
    ("number", "task", "lead", "support", "time"),
    ("number", "task", "lead", "support", "time", "product"),
    ("number", "task", "lead", "support", "product", "time"),
    ("number", "task", "product", "lead", "support", "time"),
    ("number", "task", "time", "lead", "support"),
    ("number", "task", "time", "lead", "support", "note"),
    ("number", "task", "product", "time", "lead", "support"),
    ("number", "task", "lead", "support", "follow", "time", "product"),
    ("number", "task", "follow", "lead", "support", "time"),
    ("number", "task", "money", "time", "lead", "support", "note"),
    ("number", "time", "task", "lead", "support"),
    ("number", "lead", "task", "support", "time"),
    ("task", "lead", "support", "time"),
    ("number", "task", "lead", "support", "time", "follow", "note"),
)


def simple(tasks: Sequence[Task], rng: random.Random, *, lines: bool = True, mixed: bool = True) -> tuple[Grid, list[Task]]:
    """One row for each task, one column for each of what is told."""
    order = rng.choice(ORDERS)
    if not lines and order[0] != "number":
        order = ORDERS[0]
    tasks = tabled(tasks, rng, mixed=mixed)
    if rng.random() < 0.25:
        tasks = [replace(t, support=()) for t in tasks]
        order = tuple(c for c in order if c != "support")
    if "time" in order[:2]:  # left empty it would stand for the time above
        tasks = [replace(t, when=t.when or "Năm 2026") for t in tasks]
    style, stop = random.Random(rng.random()), random.Random(rng.random())
    ways, stops = style.getstate(), stop.getstate()
    heads = headings(order, rng) if lines else [[head(name, rng) for name in order]]
    grid: Grid = [*heads]
    for n, task in enumerate(tasks, 1):
        style.setstate(ways)  # one office sets off all its cells alike
        stop.setstate(stops)
        cells = {
            "number": str(n), "task": told(task, stop), "lead": named(task.lead), "time": task.when, "follow": rng.choice(PEOPLE), "note": "",
            "product": rng.choice(PRODUCTS), "money": rng.choice(MONEY), "support": listed(task.support, style) if lines else named(task.support),
        }  # fmt: skip
        grid.append([cells[name] for name in order])
    return grid, tasks
