"""Who does it, told by headings of offices, persons and small bodies, in the mixed forms of one document."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from tests.forms.composed import BODIES, Layout, Task, Written, join, lower, upper, without
from tests.forms.layouts_heads import FIELDS, QUARTERS, _helped, _runs, below, topics, until

OFFICES = (
    "Giám đốc Sở Y tế", "Thủ trưởng các cơ quan, đơn vị", "Chủ tịch UBND các xã, phường", "Trưởng phòng Kinh tế", "Chánh Văn phòng UBND tỉnh",
    "Hiệu trưởng các trường học", "Trưởng các thôn, tổ dân phố", "Người đứng đầu cấp ủy, chính quyền các xã", "Giám đốc các bệnh viện",
    "Bí thư Đảng ủy các xã, phường", "Trưởng Công an xã", "Tổ trưởng tổ công nghệ số cộng đồng", "Lãnh đạo các phòng, ban",
    "Chỉ huy trưởng Ban Chỉ huy Quân sự xã", "Chủ đầu tư các dự án", "Giáo viên chủ nhiệm",
)  # fmt: skip
SMALL = (
    "Công an xã", "Ban Chỉ huy Quân sự xã", "Trạm Y tế", "Văn phòng HĐND và UBND xã", "Phòng Văn hóa - Xã hội", "Trung tâm Phục vụ hành chính công",
    "Ủy ban MTTQ Việt Nam xã", "Đoàn Thanh niên", "Hội Liên hiệp Phụ nữ xã", "Hội Cựu chiến binh", "Các trường học trên địa bàn", "Các thôn, tổ dân phố",
    "Các hợp tác xã", "Ban Giám hiệu", "Tổ chuyên môn", "Chi bộ các thôn", "Ban Công tác Mặt trận các thôn", "Công đoàn cơ sở", "Khoa Dược",
    "Tổ bảo vệ an ninh, trật tự ở cơ sở", "Các cơ sở kinh doanh", "Hộ gia đình, cá nhân", "Kế toán", "Ban Chỉ đạo", "Tổ giúp việc Ban Chỉ đạo",
)  # fmt: skip
NAMES = ("Trần Văn Bình", "Lê Thị Mai", "Phạm Quang Huy", "Đỗ Thu Hà", "Vũ Đức Long", "Hoàng Minh Tâm", "Nguyễn Hữu Thọ", "Bùi Thị Ngọc Ánh")
POSTS = ("Phó Chủ tịch UBND xã", "Trưởng phòng Kinh tế", "Chánh Văn phòng", "Phó Trưởng ban", "Bí thư Đoàn xã", "Hiệu trưởng Trường THCS An Hòa")


def _heads(tasks: Sequence[Task], names: Sequence[str], rng: random.Random) -> list[list[Task]]:
    """Runs of tasks, each with a lead of its own out of ``names``."""
    leads = iter(rng.sample(names, len(tasks)))
    return [[replace(t, lead=(lead,)) for t in run] for run, lead in zip(_runs(tasks, rng), leads, strict=False)]


def _told(run: Sequence[Task], rng: random.Random) -> list[str]:
    return below(run, rng, lambda t: f"{_helped(t, rng)}{until(t.when, rng)}")


def _plan(heads: list[list[Task]], title: list[str], rng: random.Random) -> Written:
    lines = [line for head, run in zip(title, heads, strict=True) for line in (head, *_told(run, rng))]
    return "\n".join(lines), [task for run in heads for task in run]


def office_headings(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«1. Thủ trưởng các cơ quan, đơn vị:» over what they see to."""
    heads, end = _heads(tasks, OFFICES, rng), rng.choice(("", ":", " có trách nhiệm:"))
    return _plan(heads, [f"{n}. {run[0].lead[0]}{end}" for n, run in enumerate(heads, 1)], rng)


def small_bodies(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«1. Trạm Y tế», «2. Các thôn, tổ dân phố»: the bodies of a commune, a school, a hospital."""
    heads, said = _heads(tasks, SMALL, rng), rng.choice(("{}", "{}:", "Đối với {}:", "Trách nhiệm của {}", "{} có trách nhiệm:"))
    said = "{}" if said == "{}" else said
    return _plan(heads, [f"{n}. {upper(said.format(run[0].lead[0]))}" for n, run in enumerate(heads, 1)], rng)


def mixed_headings(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«1. Sở X», «2. Giao Sở Y:», «3. Đề nghị Hội Z», «4. Các sở, ban, ngành có trách nhiệm:» in one document."""
    forms = ("{}", "{}:", "Giao {}:", "Đối với {}:", "{} có trách nhiệm:", "{} chủ trì thực hiện:", "Trách nhiệm của {}", "Phân công {}:")
    heads = _heads(tasks, BODIES, rng)
    return _plan(heads, [f"{n}. {upper(rng.choice(forms).format(run[0].lead[0]))}" for n, run in enumerate(heads, 1)], rng)


def plain_paragraphs(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«1. Sở X» over paragraphs without bullets, with blank lines or without."""
    heads, gap, end = _heads(tasks, BODIES, rng), rng.choice(("", "\n")), rng.choice(("", ":"))
    lines: list[str] = []
    for number, run in enumerate(heads, 1):
        lines += [f"{number}. {upper(run[0].lead[0])}{end}{gap}", *(f"{_helped(t, rng)}{until(t.when, rng)}.{gap}" for t in run)]
    return "\n".join(lines), [task for run in heads for task in run]


def parts_of_bodies(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«1. Phòng A (chủ trì), Phòng B (phối hợp)», «Phòng A chủ trì; Phòng B, Phòng C phối hợp:», «Phòng A cùng Phòng B:»"""
    form = rng.choice(("{} (chủ trì), {} (phối hợp)", "{} chủ trì; {} phối hợp:", "{} cùng {}:", "{} chủ trì, phối hợp với {}:", "{} chủ trì, {} phối hợp:"))
    lines: list[str] = []
    kept: list[Task] = []
    for number, task in enumerate(tasks, 1):
        others = task.support or tuple(b for b in rng.sample(BODIES, 2) if b not in task.lead)[:1]
        others = others[:1] if "cùng" in form else others
        mine = replace(task, support=others)
        lines += [f"{number}. {form.format(upper(mine.lead[0]), join(others))}", f"- {mine.act}{until(mine.when, rng)}."]
        kept += [mine]
    return "\n".join(lines), kept


def topics_by_whom(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«1. Công tác tuyên truyền: do Phòng A phụ trách», «2. Chuyển đổi số do Sở B chủ trì, phối hợp với Sở C»"""
    form = rng.choice(("{}: do {} chủ trì{}", "{} do {} chủ trì{} thực hiện", "{}: {} chủ trì{}", "{}: giao {} chủ trì{}"))
    fields = rng.sample(FIELDS, len(FIELDS))
    by = ", phối hợp với "
    return topics(tasks, rng, lambda number, lead, helpers: form.format(fields[number], lead, helpers and by + helpers))


def persons_together(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«1. Đồng chí A, đồng chí B:», «Đ/c A - Phó Chủ tịch UBND xã: …», «Ông A (Trưởng phòng Kinh tế)»"""
    called, joint = rng.choice((("Đồng chí", "đồng chí"), ("Đ/c", "đ/c"), ("Ông", "bà"))), rng.choice((", ", " và "))
    people, posts = iter(rng.sample(NAMES, len(NAMES))), iter(rng.sample(POSTS, len(POSTS)))
    form = rng.choice(("{} {} - {}", "{} {}, {}", "{} {} ({})"))
    inline = rng.random() < 0.5
    lines: list[str] = []
    kept: list[Task] = []
    for number, task in enumerate(without(tasks[:4], support=()), 1):
        lead: tuple[str, ...] = (form.format(called[0], next(people), next(posts)),)
        if number % 2 == 0:
            lead = (f"{called[0]} {next(people)}", f"{called[1]} {next(people)}")
        mine = replace(task, lead=lead)
        head, told = f"{number}. {joint.join(lead)}:", f"{mine.act}{until(mine.when, rng)}."
        lines += [f"{head} {told}"] if inline else [head, f"- {told}"]
        kept += [mine]
    return "\n".join(lines), kept


def times_of_bodies(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«1. Sở X, trong quý I/2026:», «2. Sở Y (hoàn thành trước ngày 30/6/2026)», «3. Sở Z thực hiện trong năm 2026:»"""
    forms = ("{}, {}:", "{} - hoàn thành {}:", "{} (hoàn thành {})", "{} (thời gian: {}):", "{} thực hiện {}:", "{}: hoàn thành {}")
    lines: list[str] = []
    kept: list[Task] = []
    for number, run in enumerate(_runs(without(tasks, support=()), rng), 1):
        when = next((t.when for t in run if t.when and not t.when.startswith(("giai", "từ", "hằng")) and t.when != "thường xuyên"), "")
        said = when if when.startswith(("trước", "chậm", "trong")) else f"trong {when}"
        said = said if "hằng" not in said else ""
        head = rng.choice(forms).format(run[0].lead[0], said) if when and said else f"{run[0].lead[0]}:"
        lines += [f"{number}. {upper(head)}"]
        same = [replace(t, when=when if said and when else "") for t in run]
        lines += below(same, rng, lambda t: t.act)
        kept += same
    return "\n".join(lines), kept


def nested_times(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«1. Quý I/2026» | «a) Sở X» | «- …», or «1. Sở X» | «a) Quý I/2026» | «- …»: who and when from two headings."""
    quarters, outer = rng.sample(QUARTERS, 3), rng.random() < 0.5
    inner, bullet, end = rng.choice(("a", "1.1")), rng.choice(("- ", "+ ")), rng.choice(("", ":"))
    bodies = rng.sample(BODIES, 3)
    lines: list[str] = []
    kept: list[Task] = []
    for number, first in enumerate(range(0, len(tasks), 2), 1):
        lines += [f"{number}. {quarters[number - 1] if outer else upper(bodies[number - 1])}{end}"]
        for place, task in enumerate(tasks[first : first + 2]):
            lead, when = (task.lead[0], quarters[number - 1]) if outer else (bodies[number - 1], quarters[place])
            mine = replace(task, lead=(lead,), when=when, support=tuple(s for s in task.support if s != lead))
            label = f"{'ab'[place]}) " if inner == "a" else f"{number}.{place + 1}. "
            lines += [f"{label}{upper(lead) if outer else when}{end}", f"{bullet}{_helped(mine, rng)}."]
            kept += [mine]
    return "\n".join(lines), kept


def fields_below(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«1. Sở X» | «- …» | «+ Thời gian hoàn thành: quý II/2026» | «+ Đơn vị phối hợp: Sở Y»: the heading leads, lines below each task tell the rest."""
    mark, end = rng.choice(("+ ", "", "* ")), rng.choice(("", ":"))
    time, helpers = rng.choice(("Thời gian hoàn thành", "Thời gian thực hiện", "Thời hạn")), rng.choice(("Đơn vị phối hợp", "Cơ quan phối hợp", "Phối hợp"))
    lines: list[str] = []
    kept: list[Task] = []
    for number, run in enumerate(_runs(tasks, rng), 1):
        lines += [f"{number}. {upper(run[0].lead[0])}{end}"]
        for task in run:
            lines += [f"- {task.act}."]
            lines += [f"{mark}{helpers}: {join(task.support)}."] if task.support else []
            lines += [f"{mark}{time}: {task.when}."] if task.when else []
        kept += run
    return "\n".join(lines), kept


def field_then_body(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«1. Chuyển đổi số» | «a) Sở X» | «- …»; «1.1. Sở X chủ trì:»"""
    label, end = rng.choice((lambda n, p: f"{'abcd'[p]}) ", lambda n, p: f"{n}.{p + 1}. ", lambda n, p: "* ")), rng.choice((":", " chủ trì:", " có trách nhiệm:"))
    fields = rng.sample(FIELDS, len(FIELDS))
    lines: list[str] = []
    kept: list[Task] = []
    for number, first in enumerate(range(0, len(tasks), 3), 1):
        lines += [f"{number}. {fields[number]}"]
        for place, task in enumerate(tasks[first : first + 3]):
            lines += [f"{label(number, place)}{upper(task.lead[0])}{end}", f"- {_helped(task, rng)}{until(task.when, rng)}."]
            kept += [task]
    return "\n".join(lines), kept


def issuer_orders(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«1. Giao Sở X …», «Yêu cầu các sở …», «Đề nghị Hội Y …» as the items themselves, under one topic."""
    asks = rng.choice((("Giao", "Giao"), ("Giao", "Yêu cầu"), ("Phân công", "Giao")))
    mark = rng.choice(("- ", "a", "+ "))
    lines = ["1. Phân công thực hiện"]
    kept = list(tasks)
    for number, task in enumerate(tasks):
        label = f"{'abcdđe'[number]}) " if mark == "a" else mark
        helped = f"chủ trì, phối hợp với {join(task.support, ' và ')} " if task.support else ""
        lines += [f"{label}{rng.choice(asks)} {task.lead[0]} {helped}{lower(task.act)}{until(task.when, rng)}."]
    return "\n".join(lines), kept


LAYOUTS: dict[str, Layout] = {
    f.__name__: f
    for f in (
        office_headings, small_bodies, mixed_headings, plain_paragraphs, parts_of_bodies, topics_by_whom, persons_together, times_of_bodies,
        nested_times, fields_below, field_then_body, issuer_orders,
    )
}  # fmt: skip
OPEN: dict[str, str] = {}
"""Layouts not read rightly yet, and why: the test says when one of them is."""
