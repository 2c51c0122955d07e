"""Plain text and Markdown renderings: hard-wrapped as copied from a PDF, or one paragraph a line."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from markup import Block, Source

SUPERSCRIPT = str.maketrans("123456789", "¹²³⁴⁵⁶⁷⁸⁹")
WIDTH = 84


def final(text: str) -> str:
    """Accept tracked changes, print footnote marks as superscripts."""
    text = re.sub(r"⟪-.+?⟫", "", text)
    text = re.sub(r"⟪\+(.+?)⟫", r"\1", text)
    return re.sub(r"\[\^(\d)\]", lambda m: m[1].translate(SUPERSCRIPT), text)


def words(block: Block) -> str:
    prefix = {"bullet": "- ", "plus": "+ ", "dot": "• "}.get(block.kind, "")
    if block.kind == "heading":
        prefix = block.label + " "
    if block.kind == "note":
        prefix = block.label.translate(SUPERSCRIPT) + " "
    return prefix + final(block.text)


def body(source: Source, *, annex: bool) -> list[Block]:
    """The blocks before the signature, or those of the annex after it."""
    cut = next((i for i, b in enumerate(source.blocks) if b.kind == "annex"), len(source.blocks))
    return source.blocks[cut:] if annex else source.blocks[:cut]


def closing(source: Source) -> Iterator[str]:
    head = source.head
    if head["recipients"]:
        yield "Nơi nhận:"
    yield from head["recipients"]
    yield from head["signature"]
    if head.get("signer"):
        yield head["signer"]


def paragraphs(source: Source) -> Iterator[str]:
    """Every printed line that is a paragraph of its own, header left column first."""
    head = source.head
    yield from (line for line in [*head["left"], *head["right"]] if line)
    yield head["heading"]
    yield final(source.title)
    for part in (False, True):
        for block in body(source, annex=part):
            if block.kind == "table":
                yield from ("\t".join(final(c) for c in row.cells if c) for row in block.rows)
            else:
                yield words(block)
        if not part:
            yield from closing(source)


def lined(source: Source) -> str:
    return "\n".join(paragraphs(source)) + "\n"


def wrapped(source: Source) -> str:
    """Hard-wrapped lines with an empty line after each, header columns side by side."""
    head = source.head
    rows = max(len(head["left"]), len(head["right"]))
    left, right = (column + [""] * (rows - len(column)) for column in (head["left"], head["right"]))
    lines = [f"{a:<40}{b}".rstrip() for a, b in zip(left, right, strict=True)]
    skip = sum(1 for line in [*head["left"], *head["right"]] if line)
    for text in list(paragraphs(source))[skip:]:
        lines += textwrap.wrap(text, WIDTH, break_long_words=False) or [""]
    return "\n\n".join(lines) + "\n"


def markdown(source: Source) -> str:
    """Bold headings and trailer labels, pipe tables, one paragraph a line."""
    head = source.head
    lines = [*(f"**{line}**" for line in [*head["left"], *head["right"]] if line), f"# {head['heading']}", f"**{final(source.title)}**"]
    for part in (False, True):
        for block in body(source, annex=part):
            if block.kind == "table":
                lines.append("\n".join(_pipe(block)))
            elif (block.kind == "heading" and not block.item) or block.kind == "annex":
                lines.append(f"**{words(block)}**")
            elif block.kind == "trailer":
                lines.append(re.sub(r"^(- )?([^:]+:)", r"\1**\2**", words(block)))
            else:
                lines.append(words(block))
        if not part:
            lines += list(closing(source))
    return "\n\n".join(lines) + "\n"


def _pipe(block: Block) -> Iterator[str]:
    width = len(block.widths)
    for row in block.rows:
        cells = [final(c) if c != '"' else "" for c in row.cells] + [""] * (width - len(row.cells))
        yield "| " + " | ".join(cells) + " |"
        if row.kind == "header":
            yield "|" + " --- |" * width
