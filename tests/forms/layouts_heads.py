"""Who does it, told by the heading above the tasks."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from tests.forms.composed import BODIES, Layout, Task, Written, join, lower, upper, without

FIELDS = ("Về cải cách hành chính", "Công tác tuyên truyền", "Lĩnh vực kinh tế", "Chuyển đổi số", "Văn hóa - xã hội", "Bảo vệ môi trường")
DIVISIONS = (
    "Văn phòng Sở", "Thanh tra Sở", "Phòng Kế hoạch - Tài chính", "Phòng Tổ chức cán bộ", "Phòng Quản lý đô thị", "Phòng Nghiệp vụ Y",
    "Trung tâm Kiểm soát bệnh tật", "Chi cục Thủy lợi", "Phòng Giáo dục Mầm non",
)  # fmt: skip
PERSONS = (
    "Đồng chí Trần Văn Bình, Phó Chủ tịch UBND tỉnh", "Đồng chí Lê Thị Mai - Phó Giám đốc Sở", "Ông Phạm Quang Huy, Chánh Văn phòng",
    "Bà Đỗ Thu Hà - Trưởng phòng Tổ chức cán bộ", "Đồng chí Vũ Đức Long, Phó Trưởng ban Thường trực", "Đồng chí Hoàng Minh Tâm",
)  # fmt: skip
QUARTERS = ("Quý I/2026", "Quý II/2026", "Quý III năm 2026", "Tháng 9/2026", "6 tháng đầu năm 2026", "Tháng 12 năm 2026")


def until(when: str, rng: random.Random) -> str:
    """The time with the words that lead to it, as it ends a task: «; hoàn thành trong quý II/2026»."""
    if not when:
        return ""
    if when in ("hằng năm", "hằng quý", "thường xuyên") or when.startswith("từ "):
        said = f"thực hiện {when}"
    elif when.startswith(("trước", "chậm", "trong")):
        said = f"{rng.choice(('hoàn thành', 'xong'))} {when}"
    else:
        said = f"{rng.choice(('hoàn thành', 'thực hiện', 'xong'))} trong {when}"
    return f"{rng.choice((', ', '; '))}{said}"


def _helped(task: Task, rng: random.Random) -> str:
    """The task in the words of its doer: «Chủ trì, phối hợp với Sở Y rà soát …»."""
    if not task.support:
        return task.act
    opens = rng.choice(("Chủ trì, phối hợp với", "Phối hợp với", "Chủ trì, phối hợp với"))
    return f"{opens} {join(task.support, ' và ')} {lower(task.act)}"


def _runs(tasks: Sequence[Task], rng: random.Random) -> Iterator[list[Task]]:
    """Tasks in runs of one to three that share a lead."""
    left = list(tasks)
    while left:
        count = rng.choice((1, 2, 2, 3))
        lead = left[0].lead
        yield [replace(t, lead=lead, support=tuple(s for s in t.support if s not in lead)) for t in left[:count]]
        left = left[count:]


def below(run: Sequence[Task], rng: random.Random, said: Callable[[Task], str], *, letters: bool = True) -> list[str]:
    """The tasks of one heading as bullets or letters, ended as offices end them."""
    marks = rng.choice(("- ", "- ", "+ ", "a) ", "• ") if letters else ("- ", "- ", "+ "))
    ends = rng.choice((".", ".", ";"))
    out = []
    for place, task in enumerate(run):
        mark = f"{'abcdđ'[place]}) " if marks == "a) " else marks
        out.append(f"{mark}{said(task)}{'.' if place == len(run) - 1 else ends}")
    return out


def _under(
    title: Callable[[Sequence[Task], int], str], tasks: Sequence[Task], rng: random.Random, *, letters: bool = True
) -> Written:
    """Runs of tasks, each under what ``title`` makes of them and their place."""
    lines: list[str] = []
    kept: list[Task] = []
    for number, run in enumerate(_runs(tasks, rng), 1):
        lines += [title(run, number), *below(run, rng, lambda t: f"{_helped(t, rng)}{until(t.when, rng)}", letters=letters)]
        kept += run
    return "\n".join(lines), kept


def body_headings(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«1. Sở X» and below it the tasks of that body, each with its helpers and its time: «- … trong quý II/2026.»"""
    end = rng.choice(("", ":", "."))
    return _under(lambda run, n: f"{n}. {upper(run[0].lead[0])}{end}", tasks, rng)


def for_headings(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«1. Đối với Sở X», «* Đối với Sở X:»"""
    end, mark = rng.choice(("", ":")), rng.choice(("{}. ", "* ", "2.{}. ", ""))
    mark = mark if mark or end else "{}. "
    return _under(lambda run, n: f"{mark.format(n)}Đối với {run[0].lead[0]}{end}", tasks, rng, letters=mark == "{}. ")


def given_headings(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«1. Giao Sở X:», «Giao Sở X thực hiện các nhiệm vụ sau:»"""
    asks, end = rng.choice(("Giao", "Giao", "Yêu cầu")), rng.choice((":", " thực hiện các nhiệm vụ sau:", " có trách nhiệm:", " chủ trì:"))
    mark = rng.choice(("{}. ", "{}. ", ""))
    return _under(lambda run, n: f"{mark.format(n)}{asks} {run[0].lead[0]}{end}", tasks, rng)


def responsibilities(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«1. Trách nhiệm của Sở X», «1. Sở X có trách nhiệm:»"""
    said = rng.choice(
        ("Trách nhiệm của {}", "Nhiệm vụ của {}:", "{} có trách nhiệm:", "{} chịu trách nhiệm:", "{} có nhiệm vụ:", "Trách nhiệm của {}:")
    )
    return _under(lambda run, n: f"{n}. {upper(said.format(run[0].lead[0]))}", tasks, rng)


def led_headings(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«1. Sở X chủ trì, phối hợp với Sở Y, Sở Z:» over tasks that name nobody."""
    lines: list[str] = []
    kept: list[Task] = []
    end = rng.choice((":", " thực hiện:", " thực hiện các nhiệm vụ sau:", " triển khai các nội dung:"))
    for number, run in enumerate(_runs(tasks, rng), 1):
        support = tuple(s for s in run[0].support if s not in run[0].lead)
        same = [replace(t, support=support) for t in run]
        helped = f", phối hợp với {join(support, rng.choice((', ', ' và ')))}" if support else ""
        lines += [f"{number}. {upper(run[0].lead[0])} chủ trì{helped}{end}"]
        lines += below(same, rng, lambda t: f"{t.act}{until(t.when, rng)}")
        kept += same
    return "\n".join(lines), kept


def several_bodies(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«1. Sở X, Sở Y và Sở Z» as equals over their tasks."""
    last, opens, end = rng.choice((", ", " và ", "; ")), rng.choice(("", "", "Đối với ", "Giao ")), rng.choice(("", ":"))
    end = ":" if opens == "Giao " else end
    lines: list[str] = []
    kept: list[Task] = []
    for number, run in enumerate(_runs(without(tasks, support=()), rng), 1):
        others = [b for b in rng.sample(BODIES, 3) if b not in run[0].lead]
        lead = (*run[0].lead, *others[: rng.choice((1, 2))])
        named = "; ".join(lead) if last == "; " else join(lead, last)
        lines += [f"{number}. {upper(opens + named)}{end}"]
        same = [replace(t, lead=lead) for t in run]
        lines += below(same, rng, lambda t: f"{t.act}{until(t.when, rng)}")
        kept += same
    return "\n".join(lines), kept


GROUPS = (
    ("Các sở", ("Sở Tài chính", "Sở Nội vụ", "Sở Y tế"), ("Tài chính", "Nội vụ", "Y tế")),
    ("Các sở, ngành", ("Sở Xây dựng", "Công an tỉnh", "Thuế tỉnh"), ()),
    ("Các phòng chuyên môn", ("Phòng Kinh tế", "Phòng Văn hóa - Xã hội", "Văn phòng HĐND và UBND xã"), ()),
    ("Các đơn vị trực thuộc", ("Trung tâm Văn hóa", "Thư viện tỉnh", "Bảo tàng tỉnh"), ()),
    ("Các đơn vị sự nghiệp", ("Trạm Y tế", "Trung tâm Dịch vụ tổng hợp"), ()),
    ("Các đoàn thể", ("Hội Nông dân xã", "Hội Cựu chiến binh xã", "Đoàn Thanh niên xã"), ()),
    ("Các cơ quan, đơn vị", ("Công an xã", "Ban Chỉ huy Quân sự xã", "Trạm Y tế"), ()),
    ("Các đơn vị khác trên địa bàn", ("Trạm Y tế", "các trường học", "chợ Đông Bình"), ()),
)


def listed_behind_colon(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«1. Các phòng chuyên môn: Phòng A, Phòng B» over what each of them does."""
    groups = iter(rng.sample(GROUPS, len(GROUPS)))
    last, end = rng.choice((", ", "; ", " và ")), rng.choice(("", ":", ""))
    lines: list[str] = []
    kept: list[Task] = []
    for number, run in enumerate(_runs(without(tasks, support=()), rng), 1):
        group, lead, short = next(groups)
        named = short if short and rng.random() < 0.5 else lead
        lines += [f"{number}. {group}: {'; '.join(named) if last == '; ' else join(named, last)}{end}"]
        same = [replace(t, lead=lead) for t in run]
        lines += below(same, rng, lambda t: f"{t.act}{until(t.when, rng)}")
        kept += same
    return "\n".join(lines), kept


def timed_headings(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«1. Sở X: hoàn thành trong quý I/2026 các việc sau:»"""
    lines: list[str] = []
    kept: list[Task] = []
    for number, run in enumerate(_runs(tasks, rng), 1):
        when = next((t.when for t in run if t.when and t.when not in ("thường xuyên", "hằng năm", "hằng quý")), "")
        when = "" if when.startswith(("từ ", "giai đoạn")) or "hằng" in when else when
        time = f"{'' if when.startswith(('trước', 'chậm', 'trong')) else 'trong '}{when}"
        said = rng.choice((": hoàn thành {} các việc sau:", " hoàn thành các nhiệm vụ sau {}:", " (hoàn thành {}):", " hoàn thành {}:"))
        lines += [f"{number}. {upper(run[0].lead[0])}{said.format(time) if when else ':'}"]
        same = [replace(t, when=when, support=()) for t in run]
        lines += below(same, rng, lambda t: t.act)
        kept += same
    return "\n".join(lines), kept


def capitals(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«1. SỞ TÀI CHÍNH», «ĐỐI VỚI SỞ TÀI CHÍNH»"""
    said = rng.choice(("{}. {}", "{}. {}:", "{}. ĐỐI VỚI {}", "{}. TRÁCH NHIỆM CỦA {}", "2.{}. {}", "{}) {}"))
    return _under(lambda run, n: said.format(n, run[0].lead[0].upper()), tasks, rng, letters=")" not in said)


def nested_numbers(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«1. Phân công nhiệm vụ» | «1.1. Sở X» | «- …»; «a) Sở X»"""
    title, end = rng.choice(("1. Phân công nhiệm vụ", "1. Phân công thực hiện", "1. Tổ chức thực hiện")), rng.choice(("", ":"))
    label = rng.choice((lambda n: f"1.{n}. ", lambda n: f"{'abcdđe'[n - 1]}) ", lambda n: f"({n}) "))
    text, kept = _under(lambda run, n: f"{label(n)}{upper(run[0].lead[0])}{end}", tasks, rng, letters=False)
    return f"{title}\n{text}", kept


def articles(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«Điều 3. Trách nhiệm của Sở X», «Điều 4. Sở X»"""
    said = rng.choice(("Trách nhiệm của {}", "{}", "Nhiệm vụ của {}"))
    return _under(lambda run, n: f"Điều {n}. {upper(said.format(run[0].lead[0]))}", tasks, rng)


def roman(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«III. SỞ X», «Phần thứ hai» above: bodies as the top level of a plan."""
    mark = rng.choice(("{}. ", "{}- ", "{}/ "))
    return _under(lambda run, n: f"{mark.format(('III', 'IV', 'V', 'VI', 'VII', 'VIII')[n - 1])}{run[0].lead[0].upper()}", tasks, rng)


def numbered_below(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«1. Sở X» | «1.1. …» | «1.2. …»; «a) Sở X» | «(1) …»"""
    lines: list[str] = []
    kept: list[Task] = []
    inner, end = rng.choice(("{}.{}. ", "({1}) ", "{1}) ")), rng.choice(("", ":"))
    for number, run in enumerate(_runs(tasks, rng), 1):
        lines += [f"{number}. {upper(run[0].lead[0])}{end}"]
        lines += [f"{inner.format(number, n)}{_helped(t, rng)}{until(t.when, rng)}." for n, t in enumerate(run, 1)]
        kept += run
    return "\n".join(lines), kept


def plain_lines(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«Sở X» alone on a line, without a number, over bullets."""
    end = rng.choice(("", ":"))
    lines: list[str] = []
    kept: list[Task] = []
    for run in _runs(tasks, rng):
        lines += [f"{upper(run[0].lead[0])}{end}"]
        lines += [f"- {_helped(t, rng)}{until(t.when, rng)}." for t in run]
        kept += run
    return "\n".join(lines), kept


def bulleted_bodies(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«- Sở X:» | «+ …»; «* Sở X» | «- …»"""
    outer, inner = rng.choice((("- ", "+ "), ("* ", "- "), ("- ", "• "), ("• ", "- ")))
    end = rng.choice((":", "")) if outer == "* " else ":"
    lines = ["1. Phân công thực hiện"]
    kept: list[Task] = []
    for run in _runs(tasks, rng):
        lines += [f"{outer}{upper(run[0].lead[0])}{end}", *(f"{inner}{_helped(t, rng)}{until(t.when, rng)}." for t in run)]
        kept += run
    return "\n".join(lines), kept


def times_above(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«1. Quý I/2026» | «- Sở X chủ trì, phối hợp với Sở Y …»: when is told by the heading, who by the task."""
    lines: list[str] = []
    kept: list[Task] = []
    quarters, end = iter(rng.sample(QUARTERS, len(QUARTERS))), rng.choice(("", ":", ""))
    opens, mark = rng.choice(("", "", "Trong ", "Các nhiệm vụ hoàn thành trong ")), rng.choice(("{}. ", "{}. ", "a", "* "))
    left = list(tasks)
    number = 0
    while left:
        number, when, run = number + 1, next(quarters), [replace(t, when="") for t in left[:2]]
        label = f"{'abcdđe'[number - 1]}) " if mark == "a" else mark.format(number)
        lines += [f"{label}{upper(opens + (lower(when) if opens else when))}{end}"]
        for task in run:
            helped = f"phối hợp với {join(task.support, ' và ')} " if task.support else ""
            lines += [f"- {upper(task.lead[0])} chủ trì{', ' if helped else ' '}{helped}{lower(task.act)}."]
            kept += [replace(task, when=when)]
        left = left[2:]
    return "\n".join(lines), kept


def closed_lists(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«1. Công tác tuyên truyền» | «- …» | «- …» | «Giao Sở X chủ trì, phối hợp với Sở Y thực hiện các nội dung trên.»"""
    lines: list[str] = []
    kept: list[Task] = []
    fields = iter(rng.sample(FIELDS, len(FIELDS)))
    said = rng.choice(
        (
            "Đơn vị chủ trì: {}{}.",
            "Các nhiệm vụ trên do {} chủ trì{} thực hiện.",
            "Các nội dung trên giao {} chủ trì{} thực hiện.",
            "Cơ quan chủ trì thực hiện các nhiệm vụ trên: {}{}.",
        )
    )
    for number, first in enumerate(range(0, len(tasks), 3), 1):
        run = [replace(t, lead=tasks[first].lead, support=tasks[first].support) for t in tasks[first : first + 3]]
        helped = f"{'; đơn vị phối hợp: ' if ': ' in said else ', phối hợp với '}{join(run[0].support)}" if run[0].support else ""
        if not helped and "chủ trì{}" in said:
            helped = ""
        lines += [f"{number}. {next(fields)}", *below(run, rng, lambda t: f"{t.act}{until(t.when, rng)}")]
        lines += [said.format(run[0].lead[0], helped)]
        kept += run
    return "\n".join(lines), kept


def person_headings(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«1. Đồng chí Trần Văn Bình, Phó Chủ tịch UBND tỉnh:» over what that person looks after, or before it on one line."""
    people = iter(rng.sample(PERSONS, len(PERSONS)))
    inline, mark, end = rng.random() < 0.4, rng.choice(("{}. ", "- ")), rng.choice((":", ""))
    lines: list[str] = []
    kept: list[Task] = []
    for number, run in enumerate(_runs(without(tasks, support=()), rng), 1):
        lead = (next(people),)
        if inline:
            task = replace(run[0], lead=lead)
            lines += [f"{mark.format(number)}{lead[0]}: {upper(task.act)}{until(task.when, rng)}."]
            kept += [task]
            continue
        same = [replace(t, lead=lead) for t in run]
        lines += [f"{number}. {lead[0]}{end}", *below(same, rng, lambda t: f"{t.act}{until(t.when, rng)}")]
        kept += same
    return "\n".join(lines), kept


def divisions_below(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«1. Sở X» | «a) Phòng A» | «- …»: the division does it."""
    divisions = iter(rng.sample(DIVISIONS, len(DIVISIONS)))
    sectors, inner, end = iter(rng.sample(BODIES[:9], 3)), rng.choice(("a", "1.1")), rng.choice(("", ":"))
    lines: list[str] = []
    kept: list[Task] = []
    for number, first in enumerate(range(0, len(tasks), 2), 1):
        lines += [f"{number}. {next(sectors)}"]
        for place, task in enumerate(tasks[first : first + 2]):
            mine = replace(task, lead=(next(divisions),), support=())
            label = f"{'ab'[place]}) " if inner == "a" else f"{number}.{place + 1}. "
            lines += [f"{label}{mine.lead[0]}{end}", f"- {mine.act}{until(mine.when, rng)}."]
            kept += [mine]
    return "\n".join(lines), kept


def behind_colon(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«1. Sở X: Chủ trì, phối hợp với Sở Y rà soát …; hoàn thành trong quý II/2026.»"""
    mark = rng.choice(("{}. ", "- ", "{}) ", "* "))
    small = rng.random() < 0.4
    lines = []
    for number, task in enumerate(tasks, 1):
        said = _helped(task, rng)
        lines += [f"{mark.format(number)}{upper(task.lead[0])}: {lower(said) if small else said}{until(task.when, rng)}."]
    return "\n".join(lines), tasks


def own_subjects(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«1. Sở X» over tasks of which some name another body that does them."""
    lines: list[str] = []
    kept: list[Task] = []
    heads = iter(rng.sample(BODIES[:9], 3))
    for number, first in enumerate(range(0, len(tasks), 2), 1):
        above = next(heads)
        lines += [f"{number}. {above}"]
        for place, task in enumerate(tasks[first : first + 2]):
            if place:
                lines += [f"- {upper(task.lead[0])} {rng.choice(('chủ trì', 'có trách nhiệm'))} {lower(task.act)}{until(task.when, rng)}."]
                kept += [replace(task, support=())]
            else:
                mine = replace(task, lead=(above,), support=tuple(s for s in task.support if s != above))
                lines += [f"- {_helped(mine, rng)}{until(mine.when, rng)}."]
                kept += [mine]
    return "\n".join(lines), kept


def marked_headings(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«1. Chuyển đổi số (Sở X chủ trì, phối hợp với Sở Y)» over tasks that name nobody."""
    fields = rng.sample(FIELDS, len(FIELDS))
    form = rng.choice((" ({} chủ trì{})", " - {} chủ trì{}", " (Chủ trì: {}{})", " (giao {} chủ trì{})"))
    by = "; phối hợp: " if ":" in form else ", phối hợp với "
    return topics(tasks, rng, lambda number, lead, helpers: fields[number - 1] + form.format(lead, helpers and by + helpers))


def topics(tasks: Sequence[Task], rng: random.Random, title: Callable[[int, str, str], str]) -> Written:
    """Topics of two tasks each; ``title(number, lead, helpers)`` says who does what stands below it."""
    lines: list[str] = []
    kept: list[Task] = []
    for number, first in enumerate(range(0, len(tasks), 2), 1):
        run = [replace(t, lead=tasks[first].lead, support=tasks[first].support) for t in tasks[first : first + 2]]
        lines += [f"{number}. {title(number, run[0].lead[0], join(run[0].support))}"]
        lines += below(run, rng, lambda t: f"{t.act}{until(t.when, rng)}")
        kept += run
    return "\n".join(lines), kept


LAYOUTS: dict[str, Layout] = {
    f.__name__: f
    for f in (
        body_headings, for_headings, given_headings, responsibilities, led_headings, several_bodies, listed_behind_colon, timed_headings,
        capitals, nested_numbers, articles, roman, numbered_below, plain_lines, bulleted_bodies, times_above, closed_lists,
        person_headings, divisions_below, behind_colon, own_subjects, marked_headings,
    )
}  # fmt: skip
OPEN: dict[str, str] = {}
"""Layouts not read rightly yet, and why: the test says when one of them is."""
