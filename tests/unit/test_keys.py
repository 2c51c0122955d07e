"""Normal form of numbers and the comparison key."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.keys import fold, normal_key
from extractors.rulebook import lexicon

# raw, key, number, kind, year, regime, issuer symbol
KEYS = [
    ("131-QĐ/TW", "131-QĐ/TW", "131", "QĐ", None, "party", "TW"),
    ("131 - QĐ / TW", "131-QĐ/TW", "131", "QĐ", None, "party", "TW"),
    ("131\u2013QĐ/TW", "131-QĐ/TW", "131", "QĐ", None, "party", "TW"),
    ("131\u2011QĐ/TW", "131-QĐ/TW", "131", "QĐ", None, "party", "TW"),
    ("131-Q\u00d0/TW", "131-QĐ/TW", "131", "QĐ", None, "party", "TW"),
    ("131-Q\u0189/TW", "131-QĐ/TW", "131", "QĐ", None, "party", "TW"),
    ("131-QD/TW", "131-QĐ/TW", "131", "QĐ", None, "party", "TW"),
    ("131-qđ/tw", "131-QĐ/TW", "131", "QĐ", None, "party", "TW"),
    ("131-QĐ/TƯ", "131-QĐ/TW", "131", "QĐ", None, "party", "TW"),
    ("131-QĐ/T.Ư", "131-QĐ/TW", "131", "QĐ", None, "party", "TW"),
    ("131-QĐ/Tw", "131-QĐ/TW", "131", "QĐ", None, "party", "TW"),
    ("Số 84 -KH/ĐU", "84-KH/ĐU", "84", "KH", None, "party", "ĐU"),
    ("số: 84-KH/DU", "84-KH/ĐU", "84", "KH", None, "party", "ĐU"),
    ("12 KH/TU", "12-KH/TU", "12", "KH", None, "party", "TU"),
    ("8011-CV/BTCTW", "8011-CV/BTCTW", "8011", "CV", None, "party", "BTCTW"),
    ("282/KH-\nUBND", "282/KH-UBND", "282", "KH", None, "state", "UBND"),
    ("282/kh-ubnd", "282/KH-UBND", "282", "KH", None, "state", "UBND"),
    ("282/QĐUBND", "282/QĐ-UBND", "282", "QĐ", None, "state", "UBND"),
    ("29/QĐ-TTG", "29/QĐ-TTg", "29", "QĐ", None, "state", "TTg"),
    ("12/CTR-UBND", "12/CTr-UBND", "12", "CTr", None, "state", "UBND"),
    ("9/QYĐ-UBND", "9/QyĐ-UBND", "9", "QyĐ", None, "state", "UBND"),
    ("7/QCh-UBND", "7/QC-UBND", "7", "QC", None, "state", "UBND"),
    ("30c/NQ-CP", "30c/NQ-CP", "30c", "NQ", None, "state", "CP"),
    ("18/BCTĐ-STP", "18/BCTĐ-STP", "18", "BCTĐ", None, "state", "STP"),
    ("870/TTCP-C.IV", "870/TTCP-C.IV", "870", None, None, "state", "TTCP"),
    ("2231/SNV-CCHC&PC", "2231/SNV-CCHC&PC", "2231", None, None, "state", "SNV"),
    ("59/2019/NĐ-CP", "59/2019/NĐ-CP", "59", "NĐ", 2019, "state", "CP"),
    ("59/2019/nd-cp", "59/2019/NĐ-CP", "59", "NĐ", 2019, "state", "CP"),
    ("59/2019/NĐCP", "59/2019/NĐ-CP", "59", "NĐ", 2019, "state", "CP"),
    ("66.25/2026/NQ-CP", "66.25/2026/NQ-CP", "66.25", "NQ", 2026, "state", "CP"),
    ("36/2018/qh14", "36/2018/QH14", "36", None, 2018, "state", "QH"),
    ("02/2020/UBTVQH14", "02/2020/UBTVQH14", "02", None, 2020, "state", "UBTVQH"),
    ("01/2017/TTLT-VKSNDTC-TANDTC", "01/2017/TTLT-VKSNDTC-TANDTC", "01", "TTLT", 2017, "state", "VKSNDTC"),
    ("145/KH-LĐLĐ", "145/KH-LĐLĐ", "145", "KH", None, "union", "LĐLĐ"),
    ("30/KH-MTTQ-BTT", "30/KH-MTTQ-BTT", "30", "KH", None, "front", "MTTQ"),
    ("367 - QĐ/TWĐTN", "367-QĐ/TWĐTN", "367", "QĐ", None, "union", "TWĐTN"),
    ("05", "05", "05", None, None, None, ""),
    ("Luật Dược 2016", "LuậtDược2016", "", None, None, None, ""),
]


@pytest.mark.parametrize("row", KEYS, ids=[repr(r[0]) for r in KEYS])
def test_normal_key(row):
    raw, key, number, kind, year, regime, issuer = row
    found = normal_key(raw)
    facts = (found.key, found.number, found.kind_abbr, found.year, found.regime, found.issuer_symbol)
    assert facts == (key, number, kind, year, regime, issuer)
    assert normal_key(unicodedata.normalize("NFD", raw)) == found
    assert normal_key(found.key) == found


def test_every_symbol_and_kind_of_the_lexicons_keeps_its_letters():
    for row in lexicon("symbols"):
        assert normal_key(f"7/KH-{row['symbol']}").issuer_symbol == row["symbol"]
    for row in lexicon("kinds"):
        if row["abbr"]:
            assert normal_key(f"7/{row['abbr']}-UBND").kind_abbr == row["abbr"]


@given(st.text(max_size=40))
def test_any_text_has_a_key_that_is_stable(text):
    assert normal_key(normal_key(text).key).key == normal_key(text).key


ALIKE = [
    ("hoà bình", "hòa bình"), ("Uỷ ban", "ủy ban"), ("thuỷ lợi", "thủy lợi"), ("hằng năm", "hàng năm"), ("kỷ luật", "kỉ luật"),
    ("đảm bảo", "bảo đảm"), ("phòng, chống", "phòng chống"), ("KHOẢN 2", "khoản 2"), ("quy định", "qui định"), ("Nhà  nước", "nhà nước"),
    ("a – b", "a - b"), ("của", "cuả"),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right"), ALIKE)
def test_fold_brings_spellings_together(left, right):
    assert fold(left) == fold(right) == fold(unicodedata.normalize("NFD", left))


APART = [("ban", "bàn"), ("tính", "tinh"), ("đoàn", "đoan"), ("sở", "sơ"), ("quy", "quỹ"), ("ma", "mà")]


@pytest.mark.parametrize(("left", "right"), APART)
def test_fold_keeps_words_apart(left, right):
    assert fold(left) != fold(right)
