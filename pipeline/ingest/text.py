"""Plain text and Markdown (.txt, .md): one loose line a block; ``extractors.normalize`` decides what belongs together.

A line is what ends in LF, CR LF or CR; form feeds stay in the line, they mark a page break of the printed original.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from extractors.loose_lines import BAR
from extractors.rulebook import rules
from pipeline.ingest.decode import decode
from pipeline.ingest.html import read_html, read_mhtml
from pipeline.ingest.layout import is_letterhead
from pipeline.ingest.sniff import HTML, MARKDOWN, MHTML, sniff
from schemas.document import Piece, RawBlock, RawCell, RawDocument
from schemas.errors import EmptyFile, NotFound, ReadError, TooLarge
from schemas.text import LineAnchor

MAX_BYTES = 16 * 1024 * 1024  # the longest plan with all annexes seen is under 1 MB of text
MAX_LINES = 200_000

_NEWLINE = re.compile(r"\r\n|\n|\r")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(?P<words>.*?)(?:[ \t]+#+)?[ \t]*")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|={3,}[ \t]*|`{3,}.*|~{3,}.*)")
_CELL_EDGE = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<br\s*/?>", re.I)
_EMPHASIS = re.compile(r"(?<![\w*\\])\*(?=[^\s*])([^*]+?)(?<=\S)\*(?![\w*])|(?<![\w_\\])_(?=[^\s_])([^_]+?)(?<=[^\s_])_(?![\w_])")
_OPENS_ITALICS = re.compile(r"\s{0,3}\*(?=[^\s*])")
_STRONG = re.compile(r"(?<!\\)\*\*+|(?<![\w\\])__(?=[^\s_])|(?<=[^\s_])__(?!\w)")
_LINK = re.compile(r"!?\[([^\]\[]*)\]\([^()\s]*\)")
_INLINE_TAG = re.compile(r"</?(?:b|i|u|strong|em|sup|sub|span|font|br|p|div|center)\b[^<>]*>", re.I)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")
_WHOLE_BOLD = re.compile(r"\s*(?:[-*+]\s+)?(\*\*|__)(?P<inside>.+?)\1\s*")


def read_text(path: Path) -> RawDocument:
    """Read .txt, .md, .html or .mht, told apart by content.

    Raises ``NotFound``, ``EmptyFile``, ``WrongType`` (binary), ``BadEncoding`` (no reading gives Vietnamese), ``TooLarge``.
    """
    media_type = sniff(path)
    data = _load(path)
    try:
        if media_type == HTML:
            return read_html(data, path.name)
        if media_type == MHTML:
            return read_mhtml(data, path.name)
        return _read_lines(data, path.name, media_type)
    except ReadError as error:
        error.path = error.path or str(path)
        raise


def _load(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise TooLarge(f"Tệp chữ {size // 1_048_576} MB, vượt giới hạn {MAX_BYTES // 1_048_576} MB.", path=str(path))
        return path.read_bytes()
    except FileNotFoundError as error:
        raise NotFound("Không có tệp này.", path=str(path)) from error


def _read_lines(data: bytes, name: str, media_type: str) -> RawDocument:
    decoded = decode(data)
    lines = _NEWLINE.split(decoded.text.rstrip("\x1a"))
    if lines and not lines[-1]:
        lines.pop()
    if not any(line.strip() for line in lines):
        raise EmptyFile("Tệp chỉ có khoảng trắng.")
    if len(lines) > MAX_LINES:
        raise TooLarge(f"Tệp có {len(lines)} dòng, vượt giới hạn {MAX_LINES}.")
    blocks = markdown_blocks(lines) if media_type == MARKDOWN else tuple(line_block(line, n) for n, line in enumerate(lines, 1))
    digest = hashlib.sha256(data).hexdigest()
    return RawDocument(name, digest, media_type, blocks, encoding=decoded.encoding, warnings=decoded.warnings)


def line_block(line: str, number: int) -> RawBlock:
    """A line of plain text; ``number`` counts from 1."""
    return RawBlock("paragraph", (Piece(line, LineAnchor(number)),), style="line" if line.strip() else "blank")


def markdown_blocks(lines: list[str]) -> tuple[RawBlock, ...]:
    """Lines of Markdown without their markup: headings are paragraphs of their own, pipe tables are tables, the rest loose lines."""
    blocks: list[RawBlock] = []
    at = 0
    stars = _stars_over_lines(lines)
    while at < len(lines):
        rows = _table_rows(lines, at)
        if rows:
            blocks.append(_table(lines, at, rows))
            at += rows
        else:
            blocks.append(_markdown_line(lines[at], at + 1, stars.get(at)))
            at += 1
    return tuple(blocks)


_SPAN = 4
"""Lines that words in italics may run over."""


def _stars_over_lines(lines: list[str]) -> dict[int, str]:
    """Lines without the star that opens or closes italics over several of them («*b) Phòng chống bệnh» | «đường ruột*»): a star with a
    blank behind it is a bullet."""
    out: dict[int, str] = {}
    for at, line in enumerate(lines):
        if not _OPENS_ITALICS.match(line) or line.replace("**", "").count("*") % 2 == 0:
            continue
        for last in range(at + 1, min(len(lines), at + 1 + _SPAN)):
            words = lines[last].rstrip()
            if not words or words.startswith(("*", "-", "#", "|")):
                break
            if words.endswith("*") and not words.endswith("**"):
                out[at], out[last] = line.replace("*", "", 1), words[:-1]
                break
    return out


def _markdown_line(said: str, number: int, unstarred: str | None = None) -> RawBlock:
    anchor, line = LineAnchor(number), said if unstarred is None else unstarred
    if not line.strip() or _RULE.fullmatch(line):
        return RawBlock("paragraph", (Piece("", anchor, raw=line or None),), style="blank")
    heading = _HEADING.fullmatch(line)
    source = heading["words"] if heading else line.lstrip("> ") if line.startswith(">") else line
    text = _plain(source)
    if not text.strip():
        return RawBlock("paragraph", (Piece("", anchor, raw=line),), style="blank")
    whole = _WHOLE_BOLD.fullmatch(source)
    bold = heading is not None or (whole is not None and whole[1] not in whole["inside"])
    piece = Piece(text, anchor, bold=bold, raw=said if text != said else None)
    return RawBlock("paragraph", (piece,), style="heading" if heading and not _run_together(text) else "line")


def _run_together(text: str) -> bool:
    """A heading that holds parts of a letterhead («BỘ Y TẾ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM»): loose words, to be set apart."""
    motto = rules("header").pattern("motto").search(text)
    return motto is not None and motto.group() != text.strip()


def _plain(text: str) -> str:
    """Markup out, words kept. A row of underscores to be filled in by hand is no markup and stays."""
    text = _INLINE_TAG.sub("", _LINK.sub(r"\1", text))
    text = _STRONG.sub("", text)
    text = _EMPHASIS.sub(lambda m: m[1] or m[2], text)
    if text.endswith("\\"):  # hard line break
        text = text[:-1]
    return _ESCAPE.sub(r"\1", text)


def _table_rows(lines: list[str], at: int) -> int:
    """Number of lines of the pipe table that begins at ``at``; 0 where none does."""
    if at + 1 >= len(lines) or "|" not in lines[at] or "|" not in lines[at + 1] or not BAR.fullmatch(lines[at + 1]):
        return 0
    end = at + 2
    while end < len(lines) and "|" in lines[end] and lines[end].strip():
        end += 1
    return end - at


def _table(lines: list[str], at: int, count: int) -> RawBlock:
    cells: list[RawCell] = []
    numbers = [at, *range(at + 2, at + count)]
    for row, index in enumerate(numbers):
        inside = lines[index].strip().removeprefix("|")
        inside = inside[:-1] if inside.endswith("|") and not inside.endswith("\\|") else inside
        for column, content in enumerate(_CELL_EDGE.split(inside)):
            parts = [_plain(part).strip() for part in _BREAK.split(content)]
            paragraphs = tuple(RawBlock("paragraph", (Piece(part, LineAnchor(index + 1)),)) for part in parts if part)
            cells.append(RawCell(row, column, paragraphs, header=row == 0))
    return RawBlock("table", cells=tuple(cells), layout=is_letterhead(cells))
