"""Who does it and when, told in columns."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

from tests.forms import grids
from tests.forms.columns import NAMES, PEOPLE, PRODUCTS, head, named, simple, tabled, told
from tests.forms.composed import HEAD, TAIL, File, Layout, Task, Written, join, upper
from tests.forms.grids import UP, Grid, Row, written
from tests.forms.layouts_rows import GROUPS


def other(rng: random.Random, name: str) -> random.Random:
    """Draws of its own for a layout that differs from its neighbours in the medium alone."""
    return random.Random(f"{name} {rng.random()}")


def medium(name: str, write: Callable[[Grid, random.Random], str | File], *, lines: bool = True) -> Layout:
    """The plainest table of tasks in one medium; ``lines``: cells may say things on lines of their own."""

    def layout(tasks: Sequence[Task], rng: random.Random) -> Written:
        rng = other(rng, name)
        grid, said = simple(tasks, rng, lines=lines)
        return write(grid, rng), said

    return layout


MEDIA = {
    "piped": medium("piped", grids.pipes),
    "tabbed": medium("tabbed", grids.tabs),
    "spaced": medium("spaced", grids.spaces, lines=False),
    "in_word": medium("in_word", grids.word),
    "in_pdf": medium("in_pdf", grids.pdf),
    "in_html": medium("in_html", grids.web),
}


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
        grid.append([str(n), told(task, rng), named(task.lead), named(task.support), *when, rng.choice(PRODUCTS)])
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
        grid.append([str(n), told(task, rng), *marks, named(task.lead), named(task.support)])
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


def by_body(tasks: Sequence[Task], rng: random.Random) -> Written:
    """A table of bodies and what each has to do."""
    said = [replace(t, lead=t.lead[:1], support=()) for t in tabled(tasks, rng)]
    name = rng.choice(("Đơn vị", "Cơ quan, đơn vị", "Tên đơn vị", "Cơ quan", "Sở, ngành, địa phương", "Đơn vị được giao"))
    work = rng.choice(("Nhiệm vụ", "Nhiệm vụ được giao", "Nội dung nhiệm vụ", "Nhiệm vụ cụ thể", "Trách nhiệm", "Nội dung công việc"))
    timed = rng.random() < 0.7
    grid: Grid = [[head("number", rng), name, work, *([head("time", rng)] if timed else [])]]
    for n, task in enumerate(said, 1):
        lead = task.lead[0]
        grid.append([str(n), upper(lead), told(task, rng), *([task.when] if timed else [])])
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


def in_markdown(tasks: Sequence[Task], rng: random.Random) -> Written:
    """A Markdown file: headings with signs, bold names of columns."""
    rng = other(rng, "markdown")
    grid, said = simple(tasks, rng)
    if rng.random() < 0.5:
        grid[0] = [f"**{cell}**" for cell in grid[0]]
    table = grids.pipes(grid, random.Random(1))
    lines = list(HEAD.strip().split("\n"))
    body = "\n\n".join([*lines, "## II. NHIỆM VỤ", table, *TAIL.strip().split("\n")]) + "\n"
    return File(".md", lambda path: path.write_text(body, encoding="utf-8")), said


def sheets(tasks: Sequence[Task], rng: random.Random) -> Written:
    """Labels and values, one task after the other: «Nhiệm vụ 1 | …», «Chủ trì | …»."""
    counted, names = rng.random() < 0.6, {c: head(c, rng) for c in ("lead", "support", "time", "product")}
    task_name = rng.choice(("Nhiệm vụ", "Nội dung", "Tên nhiệm vụ", "Nội dung công việc"))
    order = rng.choice((("lead", "support", "time", "product"), ("time", "lead", "support"), ("product", "lead", "support", "time")))
    grid: Grid = []
    said = tabled(tasks, rng)
    for n, task in enumerate(said, 1):
        cells = {"lead": named(task.lead), "support": named(task.support), "time": task.when, "product": rng.choice(PRODUCTS)}
        grid.append([f"{task_name} {n}" if counted else task_name, told(task, rng)])
        grid += [[names[c], cells[c]] for c in order]
    return written(grid, rng, 0), said


def stacked(tasks: Sequence[Task], rng: random.Random) -> Written:
    """A table that lost its grid: each cell on a line of its own."""
    order = rng.choice(
        (("number", "task", "lead", "support", "time"), ("number", "task", "time", "lead", "support"), ("number", "task", "lead", "time"))
    )
    said = [replace(t, support=t.support if "support" in order else (), when=t.when or "Năm 2026") for t in tabled(tasks, rng)]
    blank = "\n\n" if rng.random() < 0.3 else "\n"
    lines = [head(c, rng) for c in order]
    for n, task in enumerate(said, 1):
        cells = {"number": str(n), "task": told(task, rng), "lead": named(task.lead), "support": named(task.support), "time": task.when}
        lines += [cells[c] for c in order if cells[c]]
    return blank.join(lines), said


def labelled_times(tasks: Sequence[Task], rng: random.Random) -> Written:
    """Two times in one cell: «- Bắt đầu: tháng 3/2026 - Hoàn thành: tháng 9/2026»."""
    way = rng.choice(
        (
            "- Bắt đầu: {a}\n- Hoàn thành: {b}",
            "Bắt đầu: {a}; kết thúc: {b}",
            "{a}\n{b}",
            "Từ {a} đến {b}",
            "{a} - {b}",
            "Dự thảo: {a}\nBan hành: {b}",
        )
    )
    grid: Grid = [[head("number", rng), head("task", rng), head("lead", rng), head("support", rng), head("time", rng)]]
    said = []
    for n, task in enumerate(tabled(tasks, rng), 1):
        a, b = rng.choice((("tháng 3/2026", "tháng 9/2026"), ("15/4/2026", "30/10/2026"), ("tháng 02/2026", "tháng 11/2026")))
        when = way.format(a=a, b=b)
        grid.append([str(n), told(task, rng), named(task.lead), named(task.support), upper(when)])
        said.append(replace(task, when=when))
    return written(grid, rng), said


def two_tables(tasks: Sequence[Task], rng: random.Random) -> Written:
    """A table below each part of the plan, announced by a sentence."""
    said, parts = tabled(tasks, rng), []
    columns = ["number", "task", "lead", "support", "time"]
    opens = rng.choice(("Phân công cụ thể như sau:", "Các nhiệm vụ cụ thể tại bảng sau:", "", "(Chi tiết tại bảng dưới đây)"))
    for k, title in enumerate(rng.sample(GROUPS, 2)):
        grid: Grid = [[head(c, rng) for c in columns]]
        for n, task in enumerate(said[3 * k : 3 * k + 3], 1):
            grid.append([str(n), told(task, rng), named(task.lead), named(task.support), task.when])
        parts.append("\n".join(filter(None, [f"{k + 1}. {title}", opens, rng.choice((grids.pipes, grids.tabs))(grid, rng)])))
    return "\n".join(parts), said


def steered(tasks: Sequence[Task], rng: random.Random) -> Written:
    """Leaders answer for the task beside the body that does it."""
    said, way = tabled(tasks, rng), rng.randrange(3)
    over = rng.choice(
        (
            "Lãnh đạo UBND tỉnh phụ trách",
            "Đồng chí chỉ đạo",
            "Lãnh đạo phụ trách",
            "Chỉ đạo",
            "Người theo dõi",
            "Lãnh đạo chỉ đạo, theo dõi",
        )
    )
    heads = [head("number", rng), head("task", rng), head("lead", rng), over, head("support", rng), head("time", rng)]
    order = ((0, 1, 2, 3, 4, 5), (0, 1, 3, 2, 4, 5), (0, 1, 5, 2, 4, 3))[way]
    grid: Grid = [[heads[c] for c in order]]
    for n, task in enumerate(said, 1):
        row = [str(n), told(task, rng), named(task.lead), rng.choice(PEOPLE), named(task.support), task.when]
        grid.append([row[c] for c in order])
    return written(grid, rng), said


LAYOUTS: dict[str, Layout] = MEDIA | {
    f.__name__: f
    for f in (
        two_storeys, quarters, matrix, roles_in_cell, parts_in_cell, by_body, in_annex,
        in_markdown, sheets, stacked, labelled_times, two_tables, steered,
    )
}  # fmt: skip
OPEN: dict[str, str] = {}
"""Layouts not read rightly yet, and why: the test says when one of them is."""
