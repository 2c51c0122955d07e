"""TCVN3, VNI and the syllable grammar. ``iconv`` (glibc's TCVN5712-1) is the independent oracle for TCVN3."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata

import pytest

from pipeline.ingest.legacy import best_decoding, decode_tcvn3, decode_vni, family_of_font, is_syllable, syllable_share

FONTS = [
    (".VnTime", "tcvn3"),
    (".VnTimeH", "tcvn3-caps"),
    (".VNTIMEH", "tcvn3-caps"),
    (".VnArial NarrowH", "tcvn3-caps"),
    ("ABCDEF+.VnTime,Bold", "tcvn3"),
    ("ABCDEF+.VnTimeH-BoldItalic", "tcvn3-caps"),
    ("VNI-Times", "vni"),
    ("VNI-Helve-Condense", "vni"),
    ("Times New Roman", None),
    ("Vnitimes", "vni"),
    ("UVnTime", None),
    ("", None),
]


@pytest.mark.parametrize("name, family", FONTS)
def test_family_of_font(name: str, family: str | None) -> None:
    assert family_of_font(name) == family


TCVN3 = [
    ("KÕ ho¹ch thùc hiÖn", False, "Kế hoạch thực hiện"),
    ("kÕ ho¹ch sè 12", True, "KẾ HOẠCH SỐ 12"),
    ("HO¹CH", False, "HOẠCH"),
    ("Bé NéI Vô", False, "BỘ NỘI VỤ"),
    ("Bé GD&§T", False, "Bộ GD&ĐT"),
    ("15-Q§/TW", False, "15-QĐ/TW"),
    ("n\u00adíc tr\u00ad¬ng", False, "nước trương"),
    ("\uf0abng", False, "ông"),
    ("Kế hoạch năm 2030", False, "Kế hoạch năm 2030"),
]


@pytest.mark.parametrize("stored, capitals, read", TCVN3)
def test_decode_tcvn3(stored: str, capitals: bool, read: str) -> None:
    assert decode_tcvn3(stored, capitals) == read


VNI = [
    ("Keá hoaïch thöïc hieän", "Kế hoạch thực hiện"),
    ("UÛY BAN NHAÂN DAÂN", "ỦY BAN NHÂN DÂN"),
    ("ñöôïc, quyeát ñònh, kyõ, kyø", "được, quyết định, kỹ, kỳ"),
    ("Ñaûng, Aên", "Đảng, Ăn"),
    ("naêm, naéng, nhaèm, ñaëc, thaúng, maãu", "năm, nắng, nhằm, đặc, thẳng, mẫu"),
    ("12-QÑ/TW", "12-QĐ/TW"),
    ("Kế hoạch", "Kế hoạch"),
]


@pytest.mark.parametrize("stored, read", VNI)
def test_decode_vni(stored: str, read: str) -> None:
    assert decode_vni(stored) == read


@pytest.mark.skipif(shutil.which("iconv") is None, reason="iconv is not installed")
def test_tcvn3_agrees_with_iconv() -> None:
    for code in range(0xA1, 0x100):
        done = subprocess.run(["iconv", "-f", "TCVN5712-1", "-t", "UTF-8"], input=bytes([0x61, code]), capture_output=True, check=True)
        oracle = unicodedata.normalize("NFC", done.stdout.decode("utf-8"))
        assert decode_tcvn3("a" + chr(code)) == oracle, hex(code)


SYLLABLES = [
    ("nghiêng", True), ("Hoạch", True), ("quyết", True), ("giếng", True), ("gì", True), ("UỶ", True), ("khuỷu", True),
    ("thuở", True), ("yêu", True), ("ho¹ch", False), ("strength", False), ("hoaïch", False), ("càt", False), ("cặp", True), ("xoong", True),
]  # fmt: skip


@pytest.mark.parametrize("word, valid", SYLLABLES)
def test_syllable_grammar(word: str, valid: bool) -> None:
    assert is_syllable(word) is valid
    assert is_syllable(unicodedata.normalize("NFD", word)) is valid


LONG = "Các đơn vị trực thuộc Sở căn cứ chức năng, nhiệm vụ được giao để xây dựng kế hoạch cụ thể trước ngày 15/9/2031."


def _as_tcvn3(text: str) -> str:
    table = {decode_tcvn3(chr(code)): chr(code) for code in range(0xFF, 0xA0, -1)}
    return "".join(table.get(sign, sign) for sign in text)


BEST = [
    (LONG, "unicode", LONG),
    (unicodedata.normalize("NFD", LONG), "unicode", LONG),
    (_as_tcvn3(LONG), "tcvn3", LONG),
    (LONG.encode().decode("latin-1"), "utf8-as-latin1", LONG),
    ("Caùc ñôn vò tröïc thuoäc Sôû caên cöù chöùc naêng ñöôïc giao", "vni", "Các đơn vị trực thuộc Sở căn cứ chức năng được giao"),
    ("Số: 15/KH-SNV", "unicode", "Số: 15/KH-SNV"),
    ("Keá hoaïch", "vni", "Kế hoạch"),
    ("Ban lãnh", "unicode", "Ban lãnh"),
    ("- UBND tØnh (b/c);", "tcvn3", "- UBND tỉnh (b/c);"),
    ("- Nôi nhaän:", "vni", "- Nơi nhận:"),
    ("tÃ¡c.", "utf8-as-latin1", "tác."),
    ("© 2031 Düsseldorf, 30 m²", "unicode", "© 2031 Düsseldorf, 30 m²"),
    ("café crème à la carte, garçon, où est la bibliothèque municipale", "unicode", None),
]


@pytest.mark.parametrize("text, name, read", BEST)
def test_best_decoding(text: str, name: str, read: str | None) -> None:
    found = best_decoding(text)
    assert found[0] == name
    assert found[1] == (text if read is None else read)


def test_syllable_share_separates() -> None:
    assert syllable_share(LONG) == 1.0
    assert syllable_share(_as_tcvn3(LONG)) < 0.6
    assert syllable_share("The quick brown fox jumps over every lazy dog without thinking") < 0.7
    assert syllable_share("") == 0.0
