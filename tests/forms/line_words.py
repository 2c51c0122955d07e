"""Words of lines that tell who does a task and when: labelled, in a sentence, in many wordings."""

from __future__ import annotations

import random

from tests.forms.composed import Task, join, lower, upper

_LEAD = ("Đơn vị chủ trì", "Cơ quan chủ trì", "Chủ trì", "Cơ quan, đơn vị chủ trì", "Cơ quan thực hiện", "Đơn vị thực hiện")
_HELP = ("Đơn vị phối hợp", "Cơ quan phối hợp", "Phối hợp", "Cơ quan, đơn vị phối hợp", "Đơn vị phối hợp thực hiện", "Phối hợp thực hiện")
WHEN = ("Thời gian", "Thời gian thực hiện", "Thời hạn", "Thời gian hoàn thành", "Tiến độ", "Thời hạn hoàn thành")
_REPEATED = ("hằng", "thường xuyên")


def done(when: str, rng: random.Random) -> str:
    """The time with the words that go before it: «hoàn thành trước ngày 30/6», «thực hiện hằng năm», «xong trong tháng 9»."""
    if when.startswith(_REPEATED):
        return f"{rng.choice(('thực hiện', 'triển khai', 'tổ chức'))} {when}"
    if when.startswith(("trước", "chậm nhất", "trong")):
        return f"{rng.choice(('hoàn thành', 'hoàn thành', 'xong'))} {when}"
    low = lower(when)
    if when.startswith("từ"):
        return f"thực hiện {low}"
    if when.startswith("giai đoạn"):
        return f"thực hiện {rng.choice(('trong ', ''))}{low}"
    return f"{rng.choice(('hoàn thành trong', 'thực hiện trong', 'xong trong', 'hoàn thành'))} {low}"


def told_when(when: str, rng: random.Random) -> str:
    """The time as a clause of its own: «hoàn thành trước ngày 30/6», «thời gian: quý II/2026», «quý II/2026»."""
    label = rng.choice(("thời gian", "thời gian thực hiện", "thời hạn", "thời gian hoàn thành"))
    return rng.choice((done(when, rng), done(when, rng), f"{label}: {when}", f"{label} {lower(when)}"))


def prose(task: Task, rng: random.Random, *, labels: bool = True) -> str:
    """One of the ways in which a sentence says who leads, who helps and when, and no work; ``labels``: also «đơn vị chủ trì là …»."""
    lead, last = task.lead[0], rng.choice((" và ", ", "))
    leads = rng.choice(
        ("chủ trì", "chủ trì", "làm đầu mối", "là đơn vị chủ trì", "chủ trì thực hiện", "chịu trách nhiệm chính", "phụ trách")
    )
    if labels and rng.random() < 0.12:
        return _by_labels(task, rng)
    who = f"{lead} {leads}"
    if task.support:
        helps = join(task.support, last)
        with_them = f"phối hợp {rng.choice(('với', 'cùng', 'với', 'chặt chẽ với'))} {helps}{rng.choice((' thực hiện', '', ' tổ chức thực hiện', ' triển khai'))}"
        help_too = f"{helps} {rng.choice(('phối hợp', 'phối hợp thực hiện', 'cùng phối hợp', 'tham gia', 'phối hợp triển khai', 'phối hợp theo chức năng, nhiệm vụ được giao'))}"
        who += rng.choice((f", {with_them}", f"; {help_too}", f", {help_too}", f" và {with_them}", f". {upper(help_too)}"))
    elif leads in ("chủ trì", "phụ trách"):
        who = f"{lead} {rng.choice(('chủ trì thực hiện', 'chủ trì tổ chức thực hiện', 'thực hiện', 'chủ trì, theo dõi, đôn đốc', 'chịu trách nhiệm thực hiện', 'chủ trì'))}"
    if rng.random() < 0.3:
        who = f"{rng.choice(('Giao', 'Phân công', 'Do', 'Giao cho'))} {who}"
    if not task.when:
        return f"{upper(who)}."
    told = told_when(task.when, rng)
    if rng.random() < 0.15:
        return f"{upper(done(task.when, rng))}; {who}."
    mark = rng.choice(("; ", "; ", ". ", ", "))
    return f"{upper(who)}{mark}{upper(told) if mark == '. ' else told}."


def _by_labels(task: Task, rng: random.Random) -> str:
    """«Đơn vị chủ trì là Sở X; các đơn vị phối hợp gồm: Sở Y, Sở Z.»: labels inside a sentence."""
    kind, is_ = rng.choice(("đơn vị", "cơ quan")), rng.choice(("là ", "", "là "))
    parts = [f"{kind} chủ trì {is_ if task.lead[0][0].isupper() else 'là '}{task.lead[0]}"]
    if task.support:
        parts.append(f"{rng.choice((kind + ' phối hợp là', 'các ' + kind + ' phối hợp gồm:', kind + ' phối hợp gồm'))} {task.helpers}")
    if task.when:
        parts.append(done(task.when, rng))
    return f"{upper('; '.join(parts))}."


def labelled(task: Task, rng: random.Random, low: bool = False) -> list[str]:
    """Field lines of a task in an order of its own: «Đơn vị chủ trì: …», «Phối hợp: …», «Thời gian thực hiện: …»."""
    lead, helped, when = rng.choice(_LEAD), rng.choice(_HELP), rng.choice(WHEN)
    out = [f"{lead}: {task.lead[0]}"]
    if task.support:
        out.append(f"{helped}: {join(task.support, rng.choice((' và ', ', ', '; ')) if not low else ', ')}")
    if task.when:
        out.insert(rng.choice((len(out), len(out), 0)), f"{when}: {task.when}")
    return [lower(part) for part in out] if low else out
