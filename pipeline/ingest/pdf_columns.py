"""Two columns without rulings: the heads of documents (issuer and number | motto, place and date) and signature blocks.

Found as runs of lines on both sides of one gutter. A reader that goes line by line interleaves them; content order alone breaks on
fallback fonts. Layouts: Decree 30/2020/NĐ-CP, annex I, part II; Party guide 36-HD/VPTW.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.rulebook import rules
from pipeline.ingest.pdf_lines import Line, is_label

GUTTER = 5.0  # points: the narrowest gap seen between the issuer and the motto is 11
REACH = 130.0  # points a column may skip: the room for stamp and signature
MAX_LINES = 400  # of a page; more are no page of a plan, and the search for columns grows with the square
NEAR = 12.0  # points a centred line may be off the middle of its column
RECIPIENTS = re.compile(r"(?i)nơi nhận\s*:?\s*$")
_DATE = re.compile(r"(?i)\bngày\b.{0,12}\btháng\b.{0,8}\bnăm\b")


@dataclass(slots=True, eq=False)
class Columns:
    """A run of two columns on one page."""

    page: int
    left: list[Line] = field(default_factory=list)
    right: list[Line] = field(default_factory=list)

    def widths(self, left: float, right: float) -> tuple[float, float]:
        """About how wide the two columns are between the margins: their lines are centred in them."""
        sides = []
        for lines, edge in ((self.left, left), (self.right, right)):
            centre = sorted(line.middle for line in lines)[len(lines) // 2]
            sides.append(max(2 * abs(edge - centre), *(line.x1 - line.x0 for line in lines)) + 1)
        return sides[0], sides[1]

    @property
    def top(self) -> float:
        return min(line.top for line in self.left + self.right if line.page == self.page)

    def rows(self) -> list[tuple[list[Line], list[Line]]]:
        """One row, or two where the right column has place and date under something else; the number beside goes with the date."""
        date = next((line for line in self.right[1:] if _DATE.search(line.text)), None)
        if date is None:
            return [(self.left, self.right)]
        cut = date.baseline - 0.6 * date.size
        upper = [x for x in self.left if x.baseline < cut], [x for x in self.right if x.baseline < cut]
        return [upper, ([x for x in self.left if x.baseline >= cut], [x for x in self.right if x.baseline >= cut])]


def merge_labels(lines: Sequence[Line]) -> list[Line]:
    """A label and its text with a tab between them are one line."""
    out: list[Line] = []
    for line in lines:
        last = out[-1] if out else None
        if last is not None and is_label(last.text) and _beside(last, line) and 0 <= line.x0 - last.x1 <= 6 * line.size:
            out[-1] = join_lines(last, line)
        else:
            out.append(line)
    return out


def join_lines(left: Line, right: Line) -> Line:
    """Two stretches of one printed line as one, a blank between them."""
    shift = len(left.text) + 1
    marks = left.marks + [(mark, at + shift) for mark, at in right.marks]
    main = right if right.count >= left.count else left
    return Line(
        left.page, left.x0, max(left.x1, right.x1), main.baseline, main.size, f"{left.text} {right.text}", main.bold, main.italic,
        left.first_word, right.x0 if is_label(left.text) else left.text_x, marks, left.jumps + right.jumps, left.count + right.count,
    )  # fmt: skip


def find_columns(lines: Sequence[Line], middle: float) -> tuple[list[Columns], list[Line]]:
    """(runs of two columns, the other lines with stretches of one printed line joined). ``middle``: x of the middle of the text."""
    if len(lines) > MAX_LINES:
        return [], join_stretches(lines)
    rest = merge_labels(sorted(lines, key=lambda line: (round(line.baseline / 2), line.x0)))
    rest.sort(key=lambda line: (line.baseline, line.x0))
    found: list[Columns] = []
    tried: set[int] = set()
    while (seed := _seed(rest, tried)) is not None:
        tried.add(id(seed[0]))
        region = _grow(seed, rest, middle)
        if region is None:
            continue
        found.append(region)
        gone = {id(line) for line in region.left + region.right}
        rest = [line for line in rest if id(line) not in gone]
    return found, join_stretches(rest)


def _beside(a: Line, b: Line) -> bool:
    return abs(a.baseline - b.baseline) <= 0.6 * max(a.size, b.size)


def _seed(lines: Sequence[Line], tried: set[int]) -> tuple[Line, Line] | None:
    for i, a in enumerate(lines):
        if id(a) in tried:
            continue
        for b in lines[i + 1 : i + 4]:
            left, right = (a, b) if a.x0 <= b.x0 else (b, a)
            if id(left) not in tried and _beside(a, b) and right.x0 - left.x1 >= GUTTER:
                return left, right
    return None


def _grow(seed: tuple[Line, Line], lines: Sequence[Line], middle: float) -> Columns | None:
    region = Columns(seed[0].page, [seed[0]], [seed[1]])
    low, high = seed[0].x1, seed[1].x0
    floor = max(line.baseline for line in seed)
    for line in lines:
        if line in seed or line.baseline < min(s.baseline for s in seed) - 1:
            continue
        side = _side(line, low, high)
        if side is None or line.baseline - floor > REACH or not _belongs(line, side, region, lines, middle):
            break
        if side == 0:
            low = max(low, line.x1)
        else:
            high = min(high, line.x0)
        (region.left, region.right)[side].append(line)
        floor = max(floor, line.baseline)
    _grow_up(region, lines, low, high, middle)
    count = len(region.left) + len(region.right)
    return region if (count >= 3 or RECIPIENTS.match(seed[0].text)) and _wide_enough(region) else None


def _side(line: Line, low: float, high: float) -> int | None:
    if line.x1 <= high - GUTTER and line.x0 < low:
        return 0
    if line.x0 >= low + GUTTER and line.x1 > high:
        return 1
    return None


def _belongs(line: Line, side: int, region: Columns, lines: Sequence[Line], middle: float) -> bool:
    """A line with a neighbour across the gutter belongs; alone it must stand as its column does, not in the middle of the page."""
    other = (region.right, region.left)[side]
    across = [x for x in lines if x is not line and _beside(x, line) and ((x.x0 > line.x1) if side == 0 else (x.x1 < line.x0))]
    if not across and rules("structure").pattern("kind_line").fullmatch(line.text.strip()):
        return False  # «KẾ HOẠCH» at the margin stands below the head, not in it
    if across or any(x.top < line.bottom and line.top < x.bottom for x in other):
        return True
    own = (region.left, region.right)[side]
    centre = sorted(x.middle for x in own)[len(own) // 2]
    off = abs(line.middle - middle)
    if abs(centre - middle) > 20 and (off <= 6 or off < min(2 * NEAR, abs(line.middle - centre))):
        return False
    low, high = min(x.x0 for x in own), max(x.x1 for x in own)
    return abs(line.middle - centre) <= NEAR or abs(line.x0 - low) <= 4 or (low - 2 <= line.x0 and line.x1 <= high + 2)


def _grow_up(region: Columns, lines: Sequence[Line], low: float, high: float, middle: float) -> None:
    """Lines above the first pair, centred over their column: bodies named over "Nơi nhận", a superior over the issuer."""
    for line in reversed(lines):
        top = min(x.baseline for x in region.left + region.right)
        if line.baseline >= top - 1 or line in region.left or line in region.right:
            continue
        side = _side(line, low, high)
        own = region.left if side == 0 else region.right
        if side is None or top - line.baseline > 2.2 * line.size or abs(line.middle - middle) <= 6:
            return
        centre = sorted(x.middle for x in own)[len(own) // 2]
        if abs(line.middle - centre) > 6 or (side == 0 and len({round(x.x0) for x in own}) == 1):
            return
        own.insert(0, line)


def _wide_enough(region: Columns) -> bool:
    return all(max(x.x1 - x.x0 for x in side) >= 30 for side in (region.left, region.right))


def carry_on(last: Columns, lines: list[Line], runs: list[Columns], middle: float) -> None:
    """Recipients and signature cut by a page break: what opens the next page below a dash, or in the middle of the right column, goes
    on in the columns of the page before. ``lines`` and ``runs`` are those of the next page; what is taken goes out of them. ``middle``: x
    of the middle of the text."""
    right = sorted(x.middle for x in last.right)[len(last.right) // 2]
    while lines or runs:
        if runs and runs[0].top < min((x.top for x in lines), default=math.inf):
            if not runs[0].left[0].text.startswith("-"):
                return
            last.left += runs[0].left
            last.right += runs.pop(0).right
        elif lines[0].text.startswith("-") and abs(lines[0].x0 - last.left[-1].x0) <= NEAR:
            last.left.append(lines.pop(0))
        elif abs(lines[0].middle - right) <= NEAR and lines[0].x0 > middle - NEAR:
            last.right.append(lines.pop(0))
        else:
            return


def join_stretches(lines: Sequence[Line]) -> list[Line]:
    """What stays side by side outside two columns (tabs, dotted forms) is one printed line each."""
    out: list[Line] = []
    for line in sorted(lines, key=lambda x: (round(x.baseline, 1), x.x0)):
        last = out[-1] if out else None
        if last is not None and abs(last.baseline - line.baseline) <= 0.2 * min(last.size, line.size) and line.x0 >= last.x1 - 1:
            out[-1] = join_lines(last, line)
        else:
            out.append(line)
    return out
