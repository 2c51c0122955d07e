"""Who does it, told by the heading above the tasks."""

from __future__ import annotations

import random
from collections.abc import Sequence

from tests.forms.composed import Layout, Task, Written, join


def body_headings(tasks: Sequence[Task], rng: random.Random) -> Written:
    """«1. Sở X» and below it the tasks of that body, each with its time: «- … trong quý II/2026.»"""
    lines = []
    for number, task in enumerate(tasks, 1):
        helped = f"Chủ trì, phối hợp với {join(task.support, ' và ')} " if task.support else ""
        act = task.act[0].lower() + task.act[1:] if helped else task.act
        lines += [f"{number}. {task.lead[0]}", f"- {helped}{act}{f'; hoàn thành {task.when}' if task.when else ''}."]
    return "\n".join(lines), tasks


LAYOUTS: dict[str, Layout] = {f.__name__: f for f in (body_headings,)}
OPEN: dict[str, str] = {}
"""Layouts not read rightly yet, and why: the test says when one of them is."""
