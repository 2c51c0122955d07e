"""Ways of lines in the static picture: a curve, or a way between the columns, on tracks that lines to other targets do not use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

BOX_W, BOX_H, GAP_X, GAP_Y = 196, 78, 18, 46
LINE_GAP = 26
"""Between two lines of boxes in one row: room for tracks."""

_PORT = 12.0  # between the starts of two lines that leave one box
_IN_GUTTER = (0.0, 4.0, -4.0, 7.5, -7.5)
_UNDER_PARENT = (12.0, 16.0, 20.0, 24.0)  # from the box: free of the arrows' heads
_OVER_CHILD = (6.0, 10.0, 14.0, 18.0, 22.0)
_APART = 2.5
_TOUCH = 6.0  # lines that end so near to each other look joined
_HEAD = (-5.0, 0.0, 5.0)  # an arrow's head is wider than its line
_STUB = 26.0  # of a line, before its box: kept free of lines to other targets


@dataclass(frozen=True, slots=True)
class Spot:
    """Place of a document: its row (level, step within the level), lane, and box."""

    node: str
    row: tuple[int, int]
    lane: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Track:
    """A straight piece of a line: ``at`` is its x where it stands, its y where it lies."""

    upright: bool
    at: float
    start: float
    end: float

    def meets(self, other: Track) -> bool:
        """Whether the two look like one line."""
        if self.upright != other.upright or abs(self.at - other.at) >= _APART:
            return False
        first = max(min(self.start, self.end), min(other.start, other.end))
        return min(max(self.start, self.end), max(other.start, other.end)) > first - _TOUCH


class Router:
    """Draws lines one after another and remembers whose tracks are taken: lines may run together only to the same target."""

    def __init__(self, spots: Mapping[str, Spot]) -> None:
        self.spots = spots
        self.taken: list[tuple[str, Track]] = []

    def routes(self, edges: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
        """Path data by (source, target). Lines to different targets leave a box at different places, in the targets' order."""
        targets: dict[str, list[str]] = {}
        for source, target in sorted(set(edges)):
            targets.setdefault(source, []).append(target)
        ports: dict[tuple[str, str], float] = {}
        for source, above in sorted(targets.items()):
            above.sort(key=lambda t: (self.spots[t].x, t))
            ports.update({(source, target): (i - (len(above) - 1) / 2) * _PORT for i, target in enumerate(above)})
        for (source, target), port in ports.items():
            a, b = self.spots[source], self.spots[target]
            self.taken.append((target, Track(True, a.x + BOX_W / 2 + port, a.y - _STUB, a.y)))
            middle, under = b.x + BOX_W / 2, b.y + BOX_H
            self.taken += [(target, Track(True, middle + d, under, under + _STUB)) for d in _HEAD]
        return {edge: self.way(*edge, port) for edge, port in ports.items()}

    def way(self, source: str, target: str, port: float = 0.0) -> str:
        """A curve; where a box of another document would hide it, a way between the columns."""
        a, b = self.spots[source], self.spots[target]
        others = [s for s in self.spots.values() if s not in (a, b)]
        x1, y1, x2, y2 = a.x + BOX_W / 2 + port, a.y, b.x + BOX_W / 2, b.y + BOX_H
        bend = (y1 - y2) / 2
        if y1 < y2:  # not below its parent: a bow under both, so that no box hides the line
            y1, y2, bend = a.y + BOX_H, b.y + BOX_H, -GAP_Y
            return f"M{x1:g} {y1:g}C{x1:g} {y1 - bend:g} {x2:g} {y2 + abs(bend):g} {x2:g} {y2 + 4:g}"
        ends = (y1, y1 - bend, y2 + bend, y2)
        points = [(_bezier(n / 12, (x1, x1, x2, x2)), _bezier(n / 12, ends)) for n in range(1, 12)]
        if any(_inside(x, y, s) for x, y in points for s in others):
            gutter = self._gutter(a, b, others, x1)
            if gutter is not None:
                low = self._lying(target, [y1 - d for d in _OVER_CHILD], x1, gutter)
                high = self._lying(target, [y2 + d for d in _UNDER_PARENT], gutter, x2)
                pieces = ((True, x1, y1, low), (False, low, x1, gutter), (True, gutter, low, high), (False, high, gutter, x2))
                self.taken += [(target, Track(*piece)) for piece in pieces]
                return f"M{x1:g} {y1:g}V{low:g}H{gutter:g}V{high:g}H{x2:g}V{y2 + 4:g}"
        if abs(x1 - x2) < _APART:
            self.taken.append((target, Track(True, x1, y1, y2)))
        return f"M{x1:g} {y1:g}C{x1:g} {y1 - bend:g} {x2:g} {y2 + bend:g} {x2:g} {y2 + 4:g}"

    def _gutter(self, a: Spot, b: Spot, others: list[Spot], x1: float) -> float | None:
        """The nearest free track between columns; one that is used where all are; None where boxes stand everywhere."""
        target, low, high, x2 = b.node, a.y, b.y + BOX_H, b.x + BOX_W / 2
        beside = {x for s in self.spots.values() for x in (s.x - GAP_X / 2, s.x + BOX_W + GAP_X / 2)}
        middles = sorted(beside, key=lambda x: (abs(x - x1) + abs(x - x2), x))
        tracks = [m + d for m in middles for d in _IN_GUTTER]
        free = [x for x in tracks if not any(s.x < x < s.x + BOX_W and high - BOX_H < s.y < low for s in others)]
        return next((x for x in free if self._is_free(target, Track(True, x, low, high))), free[0] if free else None)

    def _lying(self, target: str, heights: list[float], start: float, end: float) -> float:
        return next((y for y in heights if self._is_free(target, Track(False, y, start, end))), heights[0])

    def _is_free(self, target: str, track: Track) -> bool:
        return not any(owner != target and track.meets(other) for owner, other in self.taken)


def _bezier(t: float, points: tuple[float, float, float, float]) -> float:
    p, q, r, s = points
    return (1 - t) ** 3 * p + 3 * (1 - t) ** 2 * t * q + 3 * (1 - t) * t**2 * r + t**3 * s


def _inside(x: float, y: float, spot: Spot) -> bool:
    return spot.x < x < spot.x + BOX_W and spot.y < y < spot.y + BOX_H
