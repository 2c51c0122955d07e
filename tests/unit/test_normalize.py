"""Canonical text of loose lines: what invisible signs may not change."""

from __future__ import annotations

import pytest

from extractors.normalize import from_text


@pytest.mark.parametrize("sign", ["\u200b", "\ufeff", "\u00ad", "\u2060"])
def test_invisible_signs_change_no_outline(sign):
    lines = ["KẾ HOẠCH", "Trồng cây", "I. NHIỆM VỤ", "1. Các thôn trồng cây.", "- Đoàn xã giúp.", "a) Trạm y tế trực."]
    plain = from_text("\n".join(lines))
    strewn = from_text("\n".join(line.replace(" ", f"{sign} ", 1) for line in lines))
    assert (strewn.text, strewn.paragraphs) == (plain.text, plain.paragraphs)
    assert any(sign in (segment.raw or "") for segment in strewn.map.segments)
