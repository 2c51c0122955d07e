"""Who does it and when, told at the end of a task or on lines of its own."""

from __future__ import annotations

import random
import textwrap
from collections.abc import Sequence
from dataclasses import replace

from tests.forms.composed import Layout, Task, Written, join
from tests.forms.line_words import WHEN, done, labelled, prose, upper


def _each(tasks: Sequence[Task], rng: random.Random, below: Sequence[str]) -> Written:
    """Numbered tasks, each with what stands below it."""
    blank = rng.choice(("\n", "\n", "\n\n"))
    return blank.join(f"{n}. {t.act}.\n{b}" for n, (t, b) in enumerate(zip(tasks, below, strict=True), 1)), tasks


def bracket(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«1. … (Sở X chủ trì; Sở Y phối hợp; quý II/2026).»"""
    lines = []
    for number, task in enumerate(tasks, 1):
        parts = [f"{task.lead[0]} chủ trì", f"{task.helpers} phối hợp" if task.support else "", task.when]
        lines.append(f"{number}. {task.act} ({'; '.join(p for p in parts if p)}).")
    return "\n".join(lines), tasks


def bracket_prose(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«1. … (Sở X chủ trì, phối hợp với Sở Y; hoàn thành trong quý II/2026).», the brackets before or behind the stop."""
    lines = []
    for number, task in enumerate(tasks, 1):
        inside = prose(task, rng).rstrip(".")
        lines.append(f"{number}. {task.act}{rng.choice((f' ({inside}).', f'. ({inside})', f' ({inside});'))}")
    return "\n".join(lines), tasks


def bracket_labels(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«1. … (Chủ trì: Sở X; phối hợp: Sở Y; thời gian: quý II/2026).»"""
    lines = []
    for number, task in enumerate(tasks, 1):
        low = rng.random() < 0.7
        marks = ("; ", "; ", ", ") if low and "," not in task.lead[0] else ("; ", ". ") if not low else ("; ",)
        inside = upper(rng.choice(marks).join(labelled(task, rng, low)))
        lines.append(f"{number}. {task.act}{rng.choice((' ', '. '))}({inside}){rng.choice(('.', ';', ''))}")
    return "\n".join(lines), tasks


def bracket_names(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«1. … (Sở X; quý II/2026).»: a name alone is who does it."""
    tasks = [replace(t, support=()) for t in tasks]
    lines = []
    for number, task in enumerate(tasks, 1):
        parts = [task.lead[0], rng.choice((task.when, done(task.when, rng)) if task.when else ("",))]
        lines.append(f"{number}. {task.act} ({rng.choice(('; ', ', ')).join(p for p in parts if p)}).")
    return "\n".join(lines), tasks


def bracket_below(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«(Sở X chủ trì, phối hợp với Sở Y; hoàn thành trong quý II/2026)» on the next line, in italics in print."""
    star = rng.choice(("", "", "*", "_"))
    return _each(tasks, rng, [f"{star}({prose(t, rng).rstrip('.')}){rng.choice(('', '.'))}{star}" for t in tasks])


def sentence_below(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«Sở X chủ trì, phối hợp với Sở Y và Sở Z thực hiện; thời gian: quý II/2026.» on the next line."""
    lines = []
    for number, task in enumerate(tasks, 1):
        helped = f", phối hợp với {join(task.support, ' và ')}" if task.support else ""
        time = f"; thời gian: {task.when}" if task.when else ""
        lines += [f"{number}. {task.act}.", f"{task.lead[0]} chủ trì{helped} thực hiện{time}."]
    return "\n".join(lines), tasks


def prose_below(tasks: Sequence[Task], rng: random.Random) -> Written:
    """The same in many wordings, another below each task."""
    return _each(tasks, rng, [prose(t, rng) for t in tasks])


def prose_behind(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«1. Rà soát …. Sở X chủ trì, phối hợp với Sở Y; hoàn thành trong quý II.»: the last sentence of the task."""
    return "\n".join(f"{n}. {t.act}. {prose(t, rng)}" for n, t in enumerate(tasks, 1)), tasks


def prose_marked(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«=> Sở X chủ trì …», «+ Sở X chủ trì …» below a dash: a line of a lower mark."""
    mark = rng.choice(("=> ", "→ ", "+ ", "• "))
    return "\n".join(f"- {t.act};\n{mark}{prose(t, rng)}" for t in tasks), tasks


def labelled_lines(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«- Đơn vị chủ trì: …», «- Thời gian: …» below a numbered task, in one order and with one mark."""
    mark, stop = rng.choice(("- ", "+ ", "• ", "* ", "", "– ")), rng.choice((".", ";", ""))
    return _each(tasks, rng, ["\n".join(f"{mark}{part}{stop}" for part in labelled(t, rng)) for t in tasks])


def labelled_numbers(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«a) Cơ quan chủ trì: …», «b) Cơ quan phối hợp: …»; «1.1. Cơ quan chủ trì: …»."""
    style = rng.choice(("letter", "dotted", "letter"))
    below = []
    for number, task in enumerate(tasks, 1):
        marks = [f"{'abc'[i]})" if style == "letter" else f"{number}.{i + 1}." for i in range(3)]
        below.append("\n".join(f"{m} {part}." for m, part in zip(marks, labelled(task, rng), strict=False)))
    return _each(tasks, rng, below)


def labels_on_a_line(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«Chủ trì: Sở X; phối hợp: Sở Y; thời gian: quý II.», «Chủ trì: Sở X. Phối hợp: Sở Y. Thời gian: quý II.»"""
    below = []
    mark = rng.choice(("", "- ", "+ "))
    for task in tasks:
        low = rng.random() < 0.5
        join_by = rng.choice(("; ", "; ", ". ") if not low else ("; ",))
        below.append(f"{mark}{upper(join_by.join(labelled(task, rng, low)))}.")
    return _each(tasks, rng, below)


def labels_behind(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«1. Rà soát …. Đơn vị chủ trì: Sở X; đơn vị phối hợp: Sở Y; thời gian: quý II.»"""
    lines = []
    for number, task in enumerate(tasks, 1):
        low = rng.random() < 0.5
        join_by = rng.choice(("; ", ". ") if not low else ("; ",))
        lines.append(f"{number}. {task.act}{rng.choice(('. ', '. ', ' - '))}{upper(join_by.join(labelled(task, rng, low)))}.")
    return "\n".join(lines), tasks


def label_then_prose(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«Thực hiện: Sở X chủ trì; Sở Y phối hợp.» and «Thời gian: quý II.» behind it or on the next line."""
    below = []
    mark = rng.choice(("", "- "))
    for task in tasks:
        who = prose(replace(task, when=""), rng, labels=False).rstrip(".")
        for opening in ("Giao cho ", "Giao ", "Phân công ", "Do "):
            who = who.removeprefix(opening)
        parts = [f"{rng.choice(('Thực hiện', 'Phân công', 'Phân công thực hiện', 'Tổ chức thực hiện', 'Đơn vị thực hiện'))}: {who}"]
        if task.when:
            parts.append(f"{rng.choice(WHEN)}: {task.when}")
        below.append(f"{mark}{'. '.join(parts)}." if rng.random() < 0.5 else "\n".join(f"{mark}{part}." for part in parts))
    return _each(tasks, rng, below)


def time_apart(tasks: Sequence[Task], rng: random.Random) -> Written:
    """Who does it at the end of the task, when on the next line: «1. … (Sở X chủ trì).» | «Hoàn thành trước ngày 30/6.»"""
    tasks = [replace(t, support=()) for t in tasks]
    lines = []
    for number, task in enumerate(tasks, 1):
        told = (
            rng.choice((f"{upper(done(task.when, rng))}.", f"Thời gian: {task.when}.", f"({upper(done(task.when, rng))})"))
            if task.when
            else ""
        )
        lines += [f"{number}. {task.act} ({task.lead[0]} chủ trì).", *([told] if told else [])]
    return "\n".join(lines), tasks


def dash_behind(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«1. Rà soát … - Sở X chủ trì; quý II/2026.», «1. Rà soát … → Sở X.»"""
    tasks = [replace(t, support=()) for t in tasks]
    lines = []
    for number, task in enumerate(tasks, 1):
        who = f"{task.lead[0]}{rng.choice((' chủ trì', ' thực hiện', ''))}"
        when = f"; {rng.choice((task.when, done(task.when, rng)))}" if task.when else ""
        lines.append(f"{number}. {task.act} {rng.choice(('-', '–', '→'))} {who}{when}.")
    return "\n".join(lines), tasks


def group_closed(tasks: Sequence[Task], rng: random.Random) -> Written:
    """Two tasks as dashes and below them who does both: «- …; | - …. | * Đơn vị chủ trì: … | * Thời gian: …»"""
    lines: list[str] = []
    out: list[Task] = []
    mark = rng.choice(("* ", "+ "))
    for number, (one, two) in enumerate(zip(tasks[::2], tasks[1::2], strict=True), 1):
        two = replace(one, act=two.act)
        lines += [f"{number}. Nhóm nhiệm vụ thứ {number}", f"- {one.act};", f"- {two.act}."]
        lines += [f"{mark}{part}." for part in labelled(one, rng)]
        out += [one, two]
    return "\n".join(lines), out


def group_prose(tasks: Sequence[Task], rng: random.Random) -> Written:
    """Two tasks as dashes and below them a sentence for both: «Sở X chủ trì, phối hợp với Sở Y thực hiện các nhiệm vụ trên; …»"""
    lines: list[str] = []
    out: list[Task] = []
    for number, (one, two) in enumerate(zip(tasks[::2], tasks[1::2], strict=True), 1):
        two = replace(one, act=two.act)
        helped = f", phối hợp với {join(one.support, ' và ')}" if one.support else ""
        above = rng.choice(("các nhiệm vụ trên", "các nội dung trên", "các nhiệm vụ nêu trên"))
        said = rng.choice(
            (f"Giao {one.lead[0]} chủ trì{helped} thực hiện {above}", f"{upper(above)} do {one.lead[0]} chủ trì{helped} thực hiện")
        )
        time = f"; {done(one.when, rng)}" if one.when else ""
        lines += [f"{number}. Nhóm nhiệm vụ thứ {number}", f"- {one.act};", f"- {two.act}.", f"{said}{time}."]
        out += [one, two]
    return "\n".join(lines), out


def wrapped(tasks: Sequence[Task], rng: random.Random) -> Written:
    """Field lines and sentences in a text broken at the margin."""
    lines: list[str] = []
    for number, task in enumerate(tasks, 1):
        said = labelled(task, rng) if rng.random() < 0.5 else [prose(task, rng).rstrip(".")]
        mark = "- " if len(said) > 1 else ""
        for line in (f"{number}. {task.act}.", *(f"{mark}{part}." for part in said)):
            lines += textwrap.wrap(line, 72, break_on_hyphens=False)
    return "\n".join(lines), tasks


def two_leads_below(tasks: Sequence[Task], rng: random.Random) -> Written:
    """Two bodies lead: «Sở X, Sở Y chủ trì; …», «Chủ trì: Sở X và Sở Y»."""
    tasks = [replace(t, lead=(t.lead[0], *t.support[:1]), support=t.support[1:]) for t in tasks]
    below = []
    for task in tasks:
        both = replace(task, lead=(join(task.lead, rng.choice((" và ", ", "))),))
        below.append(prose(both, rng) if rng.random() < 0.5 else "\n".join(f"- {part}." for part in labelled(both, rng)))
    return _each(tasks, rng, below)


_PERSONS = ("Đồng chí Nguyễn Văn Bình", "đồng chí Trần Thị Hoa", "Ông Lê Quang Minh", "Bà Phạm Thị Lan", "đ/c Vũ Đình Nam")
_OFFICES = (
    "Giám đốc Sở Y tế",
    "Chánh Văn phòng UBND tỉnh",
    "Chủ tịch UBND các xã, phường",
    "Hiệu trưởng các trường học",
    "Trưởng phòng Kinh tế",
)


def persons_lead(tasks: Sequence[Task], rng: random.Random) -> Written:
    """Persons and holders of offices are told as bodies are: «Đồng chí A phụ trách; …», «(Giám đốc Sở Y tế chủ trì; …)»."""
    tasks = [replace(t, lead=(rng.choice((*_PERSONS, *_OFFICES)),)) for t in tasks]
    lines = []
    for number, task in enumerate(tasks, 1):
        said = prose(task, rng, labels=False)
        lines.append(
            f"{number}. {task.act}{rng.choice((f'. {said}', f' ({said[:-1]}).', f'.{chr(10)}{said}', f'.{chr(10)}- Phụ trách: {task.lead[0]}.'))}"
        )
        if lines[-1].endswith(f"- Phụ trách: {task.lead[0]}."):
            tasks[number - 1] = replace(task, support=(), when="")
    return "\n".join(lines), tasks


_EVENTS = (
    "ngay sau khi Kế hoạch được ban hành",
    "khi có hướng dẫn của cấp trên",
    "trong 10 ngày kể từ ngày ký",
    "sau khi có kết quả rà soát",
)


def events(tasks: Sequence[Task], rng: random.Random) -> Written:
    """Times that hang on an event: «Sở X chủ trì; hoàn thành ngay sau khi …», «- Thời gian: khi có …»."""
    tasks = [replace(t, when=rng.choice(_EVENTS)) for t in tasks]
    below = []
    for task in tasks:
        who = prose(replace(task, when=""), rng).rstrip(".")
        told = rng.choice((f"hoàn thành {task.when}", f"thực hiện {task.when}", f"thời gian: {task.when}"))
        below.append(
            f"{who}; {told}." if rng.random() < 0.6 else f"- Chủ trì: {task.lead[0]}.\n- Thời gian thực hiện: {upper(task.when)}."
        )
        if below[-1].startswith("- Chủ trì"):
            tasks = [replace(t, support=()) if t is task else t for t in tasks]
    return _each(tasks, rng, below)


def roles_in_brackets(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«- Thực hiện: Sở X (chủ trì), Sở Y, Sở Z (phối hợp).» and the time on a line of its own."""
    below = []
    for task in tasks:
        helped = f"{rng.choice((', ', '; '))}{task.helpers} (phối hợp)" if task.support else ""
        time = f"\n- Thời gian: {task.when}." if task.when else ""
        below.append(f"- {rng.choice(('Thực hiện', 'Đơn vị thực hiện', 'Phân công'))}: {task.lead[0]} (chủ trì){helped}.{time}")
    return _each(tasks, rng, below)


def labels_in_print(tasks: Sequence[Task], rng: random.Random) -> Written:
    """Labels in bold, in capitals, with the product or the money between them."""
    dress = rng.choice((lambda s: f"**{s}:**", lambda s: f"{s.upper()}:", lambda s: f"{s} :", lambda s: f"{s}:"))
    below = []
    for task in tasks:
        parts = [part.partition(": ") for part in labelled(task, rng)]
        parts.insert(rng.randrange(len(parts) + 1), rng.choice((("Sản phẩm", "", "Báo cáo kết quả"), ("Kinh phí", "", "Ngân sách tỉnh"))))
        below.append("\n".join(f"- {dress(label)} {value}." for label, _, value in parts))
    return _each(tasks, rng, below)


def fields_beside(tasks: Sequence[Task], rng: random.Random) -> Written:
    """Fields on a line with dashes or wide blanks between: «Chủ trì: Sở X - Phối hợp: Sở Y - Thời gian: quý II»."""
    mark = rng.choice((" - ", " – ", "    ", "\t"))
    return _each(tasks, rng, [mark.join(labelled(t, rng)).replace("; ", ", ") for t in tasks])


def below_letters(tasks: Sequence[Task], rng: random.Random) -> Written:
    """Tasks as letters under a title, sentences or field lines without a mark below each."""
    lines = ["1. Nhiệm vụ trọng tâm"]
    told = rng.random() < 0.5
    for letter, task in zip("abcdeg", tasks, strict=False):
        said = [prose(task, rng)] if told else [f"{p}." for p in labelled(task, rng)]
        lines += [f"{letter}) {task.act}{rng.choice(('.', ';'))}", *said]
    return "\n".join(lines), tasks


def below_dashes(tasks: Sequence[Task], rng: random.Random) -> Written:
    """Tasks as dashes, a sentence without a mark or field lines of a lower mark below each."""
    lines = ["1. Nhiệm vụ trọng tâm"]
    told = rng.random() < 0.5
    for task in tasks:
        said = [prose(task, rng)] if told else [f"+ {p}." for p in labelled(task, rng)]
        lines += [f"- {task.act}.", *said]
    return "\n".join(lines), tasks


def asked(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«Đề nghị Hội X chủ trì, phối hợp với Sở Y; hoàn thành trong quý II.» below a task."""
    below = []
    for task in tasks:
        said = prose(task, rng)
        for opening in ("Giao cho ", "Giao ", "Phân công ", "Do "):
            said = said.removeprefix(opening)
        below.append(f"{rng.choice(('Đề nghị ', 'Yêu cầu '))}{said}" if said.startswith(task.lead[0]) else said)
    return _each(tasks, rng, below)


LAYOUTS: dict[str, Layout] = {
    f.__name__: f
    for f in (
        bracket, bracket_prose, bracket_labels, bracket_names, bracket_below, sentence_below, prose_below, prose_behind, prose_marked,
        labelled_lines, labelled_numbers, labels_on_a_line, labels_behind, label_then_prose, time_apart, dash_behind, group_closed,
        group_prose, wrapped, two_leads_below, persons_lead, events, roles_in_brackets, labels_in_print, fields_beside, below_letters,
        below_dashes, asked,
    )
}  # fmt: skip
OPEN: dict[str, str] = {}
"""Layouts not read rightly yet, and why: the test says when one of them is."""
