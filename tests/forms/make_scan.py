"""Small scans for tests, drawn with Pillow: pages of printed text, rulings, stamps, handwriting, skew and specks.

Places are in points from the top left, as a reader delivers them. A font with Vietnamese letters must be on the machine
(``font_path``); the tests skip without one.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

A4 = (595.0, 842.0)
_FONTS = (
    ("/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf", "/usr/share/fonts/truetype/liberation/LiberationSerif-Bold.ttf"),
    ("/usr/share/fonts/truetype/noto/NotoSerif-Regular.ttf", "/usr/share/fonts/truetype/noto/NotoSerif-Bold.ttf"),
    ("/usr/share/texmf/fonts/opentype/public/tex-gyre/texgyretermes-regular.otf",
     "/usr/share/texmf/fonts/opentype/public/tex-gyre/texgyretermes-bold.otf"),
    ("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf", "/usr/share/fonts/truetype/dejavu/DejaVuSerif-Bold.ttf"),
)  # fmt: skip


@cache
def font_path(bold: bool = False) -> str | None:
    """A serif font with Vietnamese letters; None where the machine has none of those known."""
    return next((pair[bold] for pair in _FONTS if all(Path(path).exists() for path in pair)), None)


@dataclass
class Paper:
    """One page to be drawn on."""

    size: tuple[float, float] = A4
    dpi: int = 200
    image: Image.Image = field(init=False)

    def __post_init__(self) -> None:
        self.image = Image.new("RGB", (self._px(self.size[0]), self._px(self.size[1])), "white")

    def _px(self, points: float) -> int:
        return round(points * self.dpi / 72)

    def text(self, x: float, y: float, text: str, size: float = 14, *, bold: bool = False, ink: str = "black") -> float:
        """One line with its baseline at ``y``; its right end in points."""
        path = font_path(bold)
        if path is None:
            raise RuntimeError("no serif font with Vietnamese letters")
        font = ImageFont.truetype(path, size * self.dpi / 72)
        ImageDraw.Draw(self.image).text((x * self.dpi / 72, y * self.dpi / 72), text, fill=ink, font=font, anchor="ls")
        return x + font.getlength(text) * 72 / self.dpi

    def centred(self, middle: float, y: float, text: str, size: float = 14, *, bold: bool = False) -> None:
        path = font_path(bold)
        wide = ImageFont.truetype(path, size * self.dpi / 72).getlength(text) * 72 / self.dpi if path else 0
        self.text(middle - wide / 2, y, text, size, bold=bold)

    def paragraphs(self, y: float, texts: Sequence[str], left: float = 85, right: float = 540, size: float = 14) -> float:
        """Justified paragraphs with a first-line indent of 36 points; the baseline after the last."""
        for text in texts:
            start, line = left + 36, list[str]()
            for word in text.split():
                if line and start + self.width(" ".join((*line, word)), size) > right:
                    self._spread(start, y, line, right, size)
                    start, line, y = left, [], y + 1.5 * size
                line.append(word)
            self.text(start, y, " ".join(line), size)
            y += 2 * size
        return y

    def _spread(self, x: float, y: float, words: Sequence[str], right: float, size: float) -> None:
        gap = (right - x - sum(self.width(word, size) for word in words)) / max(1, len(words) - 1)
        for word in words:
            self.text(x, y, word, size)
            x += self.width(word, size) + gap

    def width(self, text: str, size: float = 14) -> float:
        path = font_path()
        return ImageFont.truetype(path, size * self.dpi / 72).getlength(text) * 72 / self.dpi if path else 0.0

    def line(self, x0: float, y0: float, x1: float, y1: float, wide: float = 0.7, ink: str = "black") -> None:
        points = [(x0 * self.dpi / 72, y0 * self.dpi / 72), (x1 * self.dpi / 72, y1 * self.dpi / 72)]
        ImageDraw.Draw(self.image).line(points, fill=ink, width=max(1, self._px(wide)))

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        """Rulings of a table."""
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        for y in ys:
            self.line(xs[0], y, xs[-1], y)

    def stamp(self, x: float, y: float, radius: float = 45) -> None:
        """A round red stamp over what stands there."""
        box = [(v) * self.dpi / 72 for v in (x - radius, y - radius, x + radius, y + radius)]
        draw = ImageDraw.Draw(self.image)
        draw.ellipse(box, outline=(225, 40, 50), width=self._px(2))
        inner = [(v) * self.dpi / 72 for v in (x - radius * 0.7, y - radius * 0.7, x + radius * 0.7, y + radius * 0.7)]
        draw.ellipse(inner, outline=(225, 40, 50), width=self._px(1))

    def hand(self, x: float, y: float) -> None:
        """A number written by hand: thick, too high, slanting."""
        for x0, y0, x1, y1 in ((0, 4, 8, -14), (8, -14, 9, 3), (12, -13, 20, -15), (20, -15, 14, 5), (14, -5, 21, -6)):
            self.line(x + x0, y + y0, x + x1, y + y1, 2.6, "navy")

    def specks(self, share: float = 0.01, seed: int = 7) -> None:
        """Salt and pepper on that share of the pixels."""
        dice, pixels = random.Random(seed), self.image.load()
        wide, high = self.image.size
        for _ in range(int(share * wide * high)):
            shade = dice.choice((20, 235))
            pixels[dice.randrange(wide), dice.randrange(high)] = (shade, shade, shade)  # type: ignore[index]

    def turned(self, degrees: float) -> Paper:
        """The page after turning against the clock, on paper of the same size for small angles."""
        copy = Paper(self.size, self.dpi)
        expand = abs(degrees) >= 45
        copy.image = self.image.rotate(degrees, Image.Resampling.BICUBIC, expand=expand, fillcolor="white")
        if expand and round(degrees / 90) % 2:
            copy.size = (self.size[1], self.size[0])
        return copy


def write(path: Path, *pages: Paper) -> Path:
    """Save as PDF, TIFF (all pages), PNG or JPEG (the first) by suffix."""
    first, rest = pages[0].image, [page.image for page in pages[1:]]
    dpi = pages[0].dpi
    if path.suffix == ".pdf":
        first.save(path, save_all=True, append_images=rest, resolution=dpi)
    elif path.suffix in (".tif", ".tiff"):
        first.save(path, save_all=True, append_images=rest, dpi=(dpi, dpi), compression="tiff_lzw")
    else:
        first.save(path, dpi=(dpi, dpi))
    return path
