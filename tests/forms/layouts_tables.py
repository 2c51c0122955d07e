"""Who does it and when, told in columns."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

from tests.forms import grids
from tests.forms.columns import NAMES, PRODUCTS, head, simple, tabled, told
from tests.forms.composed import HEAD, TAIL, File, Layout, Task, Written, join
from tests.forms.grids import UP, Grid, Row


def other(rng: random.Random, name: str) -> random.Random:
    """Draws of its own for a layout that differs from its neighbours in the medium alone."""
    return random.Random(f"{name} {rng.random()}")


def piped(tasks: Sequence[Task], rng: random.Random) -> Written:
    """A table between pipes."""
    rng = other(rng, "piped")
    grid, said = simple(tasks, rng)
    return grids.pipes(grid, rng), said


def tabbed(tasks: Sequence[Task], rng: random.Random) -> Written:
    """A table as it comes out of Word or Excel, its columns apart by tabs."""
    rng = other(rng, "tabbed")
    grid, said = simple(tasks, rng)
    return grids.tabs(grid, rng), said


def spaced(tasks: Sequence[Task], rng: random.Random) -> Written:
    """Columns kept apart by spaces, cells on several lines."""
    rng = other(rng, "spaced")
    grid, said = simple(tasks, rng, lines=False)
    return grids.spaces(grid, rng), said


def in_word(tasks: Sequence[Task], rng: random.Random) -> Written:
    rng = other(rng, "in_word")
    grid, said = simple(tasks, rng)
    return grids.word(grid, rng), said


def in_pdf(tasks: Sequence[Task], rng: random.Random) -> Written:
    rng = other(rng, "in_pdf")
    grid, said = simple(tasks, rng)
    return grids.pdf(grid, rng), said


def in_html(tasks: Sequence[Task], rng: random.Random) -> Written:
    rng = other(rng, "in_html")
    grid, said = simple(tasks, rng)
    return grids.web(grid, rng), said


Writer = Callable[[Grid, random.Random, int], File]
FILES: tuple[Writer, ...] = (grids.word, grids.pdf, grids.web)


def written(grid: Grid, rng: random.Random, heads: int = 1) -> File:
    """The grid in one of the files that keep joined cells."""
    return rng.choice(FILES)(grid, rng, heads)


def two_storeys(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«Đơn vị thực hiện» over «Chủ trì | Phối hợp», «Thời gian» over «Bắt đầu | Kết thúc»."""
    over = rng.choice(
        ("Đơn vị thực hiện", "Phân công thực hiện", "Cơ quan thực hiện", "Phân công trách nhiệm", "Đơn vị", "Tổ chức thực hiện")
    )
    doers = rng.choice((("Chủ trì", "Phối hợp"), ("Cơ quan chủ trì", "Cơ quan phối hợp"), ("Đơn vị chủ trì", "Đơn vị phối hợp")))
    twice = rng.random() < 0.5
    first: Row = [head("number", rng), head("task", rng), over, None, head("time", rng), *([None] if twice else []), head("product", rng)]
    times = rng.choice((("Bắt đầu", "Kết thúc"), ("Bắt đầu", "Hoàn thành"), ("Từ", "Đến"))) if twice else (UP,)
    grid: Grid = [first, [UP, UP, *doers, *times, UP]]
    said = []
    for n, task in enumerate(tabled(tasks, rng), 1):
        when = [task.when]
        if twice:
            when = rng.choice((["Tháng 3/2026", "Tháng 8/2026"], ["01/4/2026", "30/9/2026"], ["Quý II/2026", "Quý IV/2026"]))
            task = replace(task, when=" ".join(when))
        grid.append([str(n), told(task, rng), join(task.lead), join(task.support), *when, rng.choice(PRODUCTS)])
        said.append(task)
    return written(grid, rng, 2), said


QUARTERS = ("Quý I", "Quý II", "Quý III", "Quý IV")


def quarters(tasks: Sequence[Task], rng: random.Random) -> Written:
    """A cross under the quarter in which the task is done."""
    over = rng.choice(("Thời gian thực hiện năm 2026", "Tiến độ thực hiện", "Thời gian", "Năm 2026"))
    mark = rng.choice(("x", "X", "✓", "●"))
    first: Row = [head("number", rng), head("task", rng), over, None, None, None, head("lead", rng), head("support", rng)]
    grid: Grid = [first, [UP, UP, *QUARTERS, UP, UP]]
    said = []
    for n, task in enumerate(tabled(tasks, rng), 1):
        chosen = sorted(rng.sample(range(4), rng.choice((1, 1, 2))))
        marks = [mark if q in chosen else "" for q in range(4)]
        grid.append([str(n), told(task, rng), *marks, join(task.lead), join(task.support)])
        said.append(replace(task, when=", ".join(QUARTERS[q] for q in chosen)))
    return written(grid, rng, 2), said


def matrix(tasks: Sequence[Task], rng: random.Random) -> Written:
    """Bodies across, tasks down, a mark where one leads or helps."""
    tasks = [replace(t, act=t.act) for t in tasks]
    bodies = rng.sample(
        ("Sở Tài chính", "Sở Nội vụ", "Sở Y tế", "Công an tỉnh", "Văn phòng UBND tỉnh", "Thuế tỉnh", "Hội Nông dân tỉnh"), 5
    )
    leads, helps = rng.choice((("CT", "PH"), ("x", "o"), ("●", "○"), ("Chủ trì", "Phối hợp"), ("C", "P"), ("X", "PH")))
    over = rng.choice(("Đơn vị thực hiện", "Phân công thực hiện", "Các đơn vị", ""))
    times = rng.random() < 0.6
    names = [head("number", rng), head("task", rng)]
    grid: Grid
    if over:
        grid = [
            [*names, over, None, None, None, None, *([head("time", rng)] if times else [])],
            [UP, UP, *bodies, *([UP] if times else [])],
        ]
    else:
        grid = [[*names, *bodies, *([head("time", rng)] if times else [])]]
    heads, said = len(grid), []
    for n, task in enumerate(tasks, 1):
        chosen = rng.sample(bodies, 1 + rng.randrange(3))
        task = replace(task, lead=(chosen[0],), support=tuple(chosen[1:]), when=task.when if times else "")
        marks = [leads if b == chosen[0] else helps if b in chosen else "" for b in bodies]
        grid.append([str(n), told(task, rng), *marks, *([task.when] if times else [])])
        said.append(task)
    return written(grid, rng, heads), said


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
            "lead": join(task.lead),
            "support": join(task.support),
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
            title = f"{opens}{lead[0].upper() + lead[1:] if not opens else lead}"
            grid.append([marks[n // 2], title.upper() if capitals else title, *([None if joined else ""] * (len(names) - 2))])
        task = replace(task, lead=(lead,), support=task.support if helped else ())
        grid.append([str(n + 1), told(task, rng), *([join(task.support)] if helped else []), task.when, rng.choice(PRODUCTS)])
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
            grid.append([str(n // 2 + 1), titles[n // 2], join(task.lead), join(task.support), task.when])
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
        cells = {"lead": join(task.lead), "support": join(task.support), "time": task.when}
        grid.append([str(n + 1), told(task, rng), *(UP if n % size and c in columns else text for c, text in cells.items())])
        said.append(task)
    return written(grid, rng), said


def roles_in_cell(tasks: Sequence[Task], rng: random.Random) -> Written:
    """One column tells who leads and who helps: «Chủ trì: A; phối hợp: B», «A chủ trì, phối hợp với B, C»."""
    way = rng.randrange(9)
    name = rng.choice(
        ("Phân công thực hiện", "Đơn vị thực hiện", "Cơ quan thực hiện", "Phân công", "Trách nhiệm thực hiện", "Cơ quan, đơn vị thực hiện")
    )
    if way == 8:
        name = rng.choice(("Đơn vị chủ trì/phối hợp", "Cơ quan chủ trì, phối hợp", "Chủ trì/Phối hợp", "Đơn vị chủ trì, đơn vị phối hợp"))
    said = [replace(t, lead=t.lead[:1]) for t in tabled(tasks, rng)]
    grid: Grid = [[head("number", rng), head("task", rng), name, head("time", rng)]]
    for n, task in enumerate(said, 1):
        a, b = join(task.lead), join(task.support)
        cell = (
            f"Chủ trì: {a}; phối hợp: {b}" if way == 0 else f"- Chủ trì: {a}.\n- Phối hợp: {b}." if way == 1 else
            f"{a} chủ trì, phối hợp với {b}" if way == 2 else f"{a} (chủ trì); {b} (phối hợp)" if way == 3 else
            f"{a} chủ trì; {b} phối hợp" if way == 4 else f"{a} phối hợp với {b}" if way == 5 else
            f"CT: {a}\nPH: {b}" if way == 6 else f"Chủ trì: {a}\nPhối hợp: {b}" if way == 7 else f"{a}, {b}"
        )  # fmt: skip
        alone = (
            ("Chủ trì: " if way in {0, 7} else "- Chủ trì: " if way == 1 else "CT: " if way == 6 else "")
            + a
            + (" chủ trì" if way in {2, 4} else "")
        )
        grid.append([str(n), told(task, rng), cell if b else alone, task.when])
    if rng.random() < 0.4:
        return rng.choice((grids.pipes, grids.tabs))(grid, rng), said
    return written(grid, rng), said


def parts_in_cell(tasks: Sequence[Task], rng: random.Random) -> Written:
    """The task's cell goes on with dashes or sentences; it stays one task."""
    more = rng.choice(
        ("\n- Lập danh sách cụ thể;\n- Báo cáo kết quả.", ":\n+ Đợt 1;\n+ Đợt 2.", ".\nKịp thời báo cáo khó khăn, vướng mắc.")
    )
    grid, said = simple(tasks, rng)
    names = {name.casefold() for name in NAMES["task"]}
    column = next(c for c, name in enumerate(grid[0]) if " ".join(str(name).split()).casefold() in names)
    for row in grid[-len(said) :]:
        row[column] = str(row[column]).rstrip(".;") + more
    return written(grid, rng), said


def calendar(tasks: Sequence[Task], rng: random.Random) -> Written:
    """The time comes first and stands once over the tasks of its month."""
    said, way = [], rng.randrange(3)
    grid: Grid = [[rng.choice(("Thời gian", "Tháng", "Thời gian thực hiện")), head("task", rng), head("lead", rng), head("support", rng)]]
    for n, task in enumerate(tabled(tasks, rng)):
        when = f"Tháng {n // 2 + 3}" + ("/2026" if way == 2 else "")
        grid.append([(UP if way else "") if n % 2 else when, told(task, rng), join(task.lead), join(task.support)])
        said.append(replace(task, when=when))
    return written(grid, rng), said


def by_body(tasks: Sequence[Task], rng: random.Random) -> Written:
    """A table of bodies and what each has to do."""
    said = [replace(t, lead=t.lead[:1], support=()) for t in tabled(tasks, rng)]
    name = rng.choice(("Đơn vị", "Cơ quan, đơn vị", "Tên đơn vị", "Cơ quan", "Sở, ngành, địa phương", "Đơn vị được giao"))
    work = rng.choice(("Nhiệm vụ", "Nhiệm vụ được giao", "Nội dung nhiệm vụ", "Nhiệm vụ cụ thể", "Trách nhiệm", "Nội dung công việc"))
    timed = rng.random() < 0.7
    grid: Grid = [[head("number", rng), name, work, *([head("time", rng)] if timed else [])]]
    for n, task in enumerate(said, 1):
        lead = task.lead[0]
        grid.append([str(n), lead[0].upper() + lead[1:], told(task, rng), *([task.when] if timed else [])])
    return written(grid, rng), said if timed else [replace(t, when="") for t in said]


def in_annex(tasks: Sequence[Task], rng: random.Random) -> Written:
    """A list of tasks behind the signature."""
    grid, said = simple(tasks, rng)
    title = rng.choice(("PHỤ LỤC", "PHỤ LỤC I", "Phụ lục"))
    subject = rng.choice(("DANH MỤC NHIỆM VỤ THỰC HIỆN KẾ HOẠCH", "BẢNG PHÂN CÔNG NHIỆM VỤ", "PHÂN CÔNG NHIỆM VỤ CỤ THỂ"))
    source = rng.choice(
        (
            "(Kèm theo Kế hoạch số 57/KH-UBND ngày 12/01/2026 của UBND tỉnh)",
            "(Ban hành kèm theo Kế hoạch số 57/KH-UBND ngày 12 tháng 01 năm 2026 của Ủy ban nhân dân tỉnh)",
        )
    )
    body = f"{HEAD}II. TỔ CHỨC THỰC HIỆN\n(Phân công nhiệm vụ cụ thể tại Phụ lục kèm theo){TAIL}{title}\n{subject}\n{source}\n"
    return grids.word(grid, rng, above=body, below="", part=""), said


LAYOUTS: dict[str, Layout] = {
    f.__name__: f
    for f in (
        piped, tabbed, spaced, in_word, in_pdf, in_html, two_storeys, quarters, matrix, grouped, doers_over_groups, group_has_fields, merged,
        roles_in_cell, parts_in_cell, calendar, by_body, in_annex,
    )
}  # fmt: skip
OPEN: dict[str, str] = {}
"""Layouts not read rightly yet, and why: the test says when one of them is."""
