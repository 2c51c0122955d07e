"""Legacy 8-bit fonts over a whole Word document: what no single run can tell."""

from __future__ import annotations

from dataclasses import replace

from pipeline.ingest.legacy import Encoding, best_decoding, decode_as, family_of_font, is_unicode_vietnamese, syllable_share
from pipeline.ingest.word_package import Element, w
from pipeline.ingest.word_styles import Styles
from pipeline.ingest.word_tables import all_pieces
from schemas.document import RawBlock

UNREADABLE = 0.8  # share of syllables below which text counts as not read; plans have 0.98, legacy letters under 0.4


def mixes_unicode_and_legacy(styles: Styles, body: Element) -> bool:
    """Whether a document that names a legacy font also holds letters that only Unicode has."""
    places = [body, *styles.elements.values()]
    named = {name for place in places for fonts in place.iter(w("rFonts")) for name in fonts.attrib.values()}
    return any(map(family_of_font, named)) and any(is_unicode_vietnamese(t.text or "") for t in body.iter(w("t")))


def redecode(blocks: list[RawBlock], warnings: list[str]) -> list[RawBlock]:
    """Legacy letters whose font name is lost (copied, converted): judged on the whole document, never line by line."""
    decoded = sorted({p.repair for block in blocks for p in all_pieces(block) if p.repair})
    if decoded:
        names = {"font-tcvn3": "TCVN3", "font-tcvn3-caps": "TCVN3", "font-vni": "VNI"}
        used = " và ".join(dict.fromkeys(names[name] for name in decoded))
        warnings.append(f"Văn bản dùng phông chữ cũ {used}: đã chuyển sang Unicode theo tên phông.")
        return blocks
    text = "\n".join(piece.text for block in blocks for piece in all_pieces(block))
    if text.isascii() or is_unicode_vietnamese(text) or syllable_share(text) >= UNREADABLE:
        return blocks
    name, _ = best_decoding(text)
    if name == "unicode":
        return blocks
    warnings.append(f"Chữ trong văn bản không phải Unicode ({name}): đã chuyển mã theo cấu trúc âm tiết, cần xem lại.")
    return [_decoded_block(block, name) for block in blocks]


def _decoded_block(block: RawBlock, name: Encoding) -> RawBlock:
    found = tuple(replace(p, text=decode_as(p.text, name), raw=p.raw or p.text, repair=f"text-{name}") for p in block.pieces)
    cells = tuple(replace(c, paragraphs=tuple(_decoded_block(b, name) for b in c.paragraphs)) for c in block.cells)
    return replace(block, pieces=found, cells=cells)
