"""Vietnamese 8-bit fonts (TCVN3, VNI) back to Unicode, and the syllable grammar that tells which reading is right.

Before Unicode, offices typed with fonts that drew Vietnamese letters on Western codes. Such a file stores `KÕ ho¹ch`; only the
font name (`.VnTime`, `VNI-Times`) or the shape of the syllables says that `Kế hoạch` is meant. Tables: TCVN 5712:1993 (VN3 and the
capitals of VN1 above 0xA0), VNI Windows. Decoding is by run: numbers and Latin words share the font.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

Family = Literal["tcvn3", "tcvn3-caps", "vni"]
Encoding = Literal["unicode", "tcvn3", "vni", "utf8-as-latin1"]

# TCVN 5712:1993 from 0xA1 on, one sign a code. 0xAD (ư) is Unicode's soft hyphen: decode before soft hyphens are dropped.
_TCVN3_HIGH = "ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
_TCVN3 = {0xA1 + i: sign for i, sign in enumerate(_TCVN3_HIGH)}

# VNI: a letter and a mark after it. The marks are Western capitals after a capital, small letters after a small one.
_VNI_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_MARKS = {
    "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309", "ã": "\u0302\u0303", "ä": "\u0302\u0323",
    "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309", "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_SINGLE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni_pairs() -> dict[str, str]:
    pairs: dict[str, str] = {}
    for base in "aeouyôö":
        letter = _VNI_SINGLE.get(base, base)
        marks = dict(_VNI_TONES)
        if base in "aeo":
            marks |= {mark: sign for mark, sign in _VNI_MARKS.items() if sign[0] == "\u0302" or base == "a"}
        for mark, signs in marks.items():
            pairs[base + mark] = unicodedata.normalize("NFC", letter + signs)
    for pair, letter in list(pairs.items()):
        pairs[pair.upper()] = letter.upper()
        pairs[pair[0].upper() + pair[1]] = letter.upper()
    return pairs | _VNI_SINGLE | {key.upper(): value.upper() for key, value in _VNI_SINGLE.items()}


_VNI = _vni_pairs()
_VNI_PATTERN = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
# Symbol-encoded fonts are stored in the private area U+F000 to U+F0FF: same codes, shifted.
_SYMBOL_AREA = {0xF000 + code: code for code in range(0x20, 0x100)}
# Letters that no 8-bit reading yields: where one stands, the text is Unicode already.
_UNICODE_ONLY = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9]")
_CAPITAL_WORD = re.compile(r"[^\W\d_]+")

_SUBSET_PREFIX = re.compile(r"^[A-Z]{6}\+")
_FONT_STYLE = re.compile(r"(?i)[\s,_-]*(?:bold|italic|oblique|regular|normal|(?<=[a-z])mt)$")


@lru_cache(maxsize=1_000)
def family_of_font(name: str) -> Family | None:
    """Which 8-bit family a font belongs to by its name; None for Unicode fonts.

    Takes names as Word and PDF write them (`.VnTimeH`, `ABCDEF+.VnTime,Bold`, `VNI-Times`). A final H marks the fonts that
    draw capitals on the codes of small letters.
    """
    bare = _SUBSET_PREFIX.sub("", name[:100].strip())
    while (shorter := _FONT_STYLE.sub("", bare)) != bare:
        bare = shorter
    if re.match(r"(?i)VNI[- _]?[A-Za-z]", bare):
        return "vni"
    if re.match(r"(?i)\.Vn[A-Za-z]", bare) or re.match(r"Vn(?:Time|Arial)", bare):
        mixed = bare != bare.lower() and bare != bare.upper()
        return "tcvn3-caps" if bare.endswith("H") or (not mixed and bare.endswith("h")) else "tcvn3"
    return None


def is_unicode_vietnamese(text: str) -> bool:
    """Whether the text holds a letter that only Unicode can have stored (ă đ ĩ ũ ơ ư, U+1EA0 to U+1EF9), in any normal form."""
    return _UNICODE_ONLY.search(unicodedata.normalize("NFC", text)) is not None


def decode_tcvn3(text: str, capitals: bool = False) -> str:
    """TCVN3 stored as Western characters → Unicode, NFC. ``capitals``: the font draws capitals (`.VnTimeH`).

    Text that is Unicode already comes back as it is: Word keeps the old font's name on letters typed later. VN3 has no codes
    for most accented capitals, so people mixed: `HO¹CH` is read HOẠCH, not HOạCH.
    """
    if is_unicode_vietnamese(text):
        decoded = unicodedata.normalize("NFC", text)
        return decoded.upper() if capitals else decoded
    plain = text.translate(_SYMBOL_AREA)
    decoded = unicodedata.normalize("NFC", plain.translate(_TCVN3))
    return decoded.upper() if capitals else _lift_capitals(decoded)


def _lift_capitals(text: str) -> str:
    def lift(match: re.Match[str]) -> str:
        word = match[0]
        if sum("A" <= c <= "Z" for c in word) >= 2 and not any("a" <= c <= "z" for c in word):
            return word.upper()
        return word

    lifted = _CAPITAL_WORD.sub(lift, text)
    # `Bé NéI Vô`: one lifted word in a line without plain small letters shows that the whole line is in capitals.
    return text.upper() if lifted != text and not re.search("[a-z]", text) else lifted


def decode_vni(text: str) -> str:
    """VNI stored as Western characters → Unicode, NFC. Text that is Unicode already comes back as it is."""
    if is_unicode_vietnamese(text):
        return unicodedata.normalize("NFC", text)
    plain = text.translate(_SYMBOL_AREA)
    return unicodedata.normalize("NFC", _VNI_PATTERN.sub(lambda m: _VNI[m[0]], plain))


def decode_family(text: str, family: Family) -> str:
    """Decode by the family that ``family_of_font`` named."""
    return decode_vni(text) if family == "vni" else decode_tcvn3(text, capitals=family == "tcvn3-caps")


# The syllable: onset, nucleus, coda. No dictionary: about 7,000 possible syllables against millions of letter strings.
_ONSET = "(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnprstvx])?"
_OPEN = (  # nuclei that end in a glide and take no coda
    "uya|uyu|oai|oay|oao|oeo|uây|uôi|ươi|ươu|iêu|yêu|uêu|ia|ya|ai|ao|au|ay|âu|ây|eo|êu|iu|oi|ôi|ơi|ua|ui|uơ|ưa|ưi|ưu"
)
_CODA_ONLY = "uyê|oă|oo|iê|yê|uâ|uô|ươ|ă|â"  # nuclei that never stand without a coda
_FREE = "oa|oe|uê|uy|[aeêioôơuưy]"
_SYLLABLE = re.compile(f"{_ONSET}(?:(?:{_OPEN})|(?:{_FREE})|(?:{_CODA_ONLY}|{_FREE})(?P<coda>ch|ng|nh|[cmnpt]))")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_TONE_OF = re.compile(f"[{_TONES}]")
_TOKEN = re.compile(r"[^\s\d.,;:!?()\[\]{}\"'“”‘’/\\\-\u2010-\u2015…*+=<>|&%_•@#$^~`\u200b\u00a0\ufeff]+")


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether a word could be a Vietnamese syllable, in any case and normal form. Tones of closed syllables are checked."""
    parts = unicodedata.normalize("NFD", word.lower())
    tones = _TONE_OF.findall(parts)
    if len(tones) > 1:
        return False
    match = _SYLLABLE.fullmatch(unicodedata.normalize("NFC", _TONE_OF.sub("", parts)))
    if match is None:
        return False
    return match["coda"] not in ("c", "ch", "p", "t") or not tones or tones[0] in "\u0301\u0323"


def syllable_share(text: str) -> float:
    """Share, 0 to 1, of words that are Vietnamese syllables; 0.0 without words.

    Abbreviations (capitals that make no syllable: KH, UBND, NĐ) say nothing and are not counted. About 0.98 on plans, below 0.7 on
    other languages, below 0.4 on 8-bit text read as Unicode.
    """
    words = [w for w in _TOKEN.findall(unicodedata.normalize("NFC", text)) if not _is_abbreviation(w)]
    return sum(map(is_syllable, words)) / len(words) if words else 0.0


def _is_abbreviation(word: str) -> bool:
    return len(word) > 1 and word.replace("Đ", "D").isascii() and word.isupper() and not is_syllable(word)


SHORT_TEXT = 40  # characters; below, the share of syllables alone is no proof (one Western name can tip it)


def best_decoding(text: str) -> tuple[Encoding, str]:
    """(name, decoded text) of the reading with the best share of syllables.

    Candidates: ``unicode`` (as it is, NFC), ``tcvn3``, ``vni``, ``utf8-as-latin1``. Decide on whole documents or fonts where you
    can: under 40 characters another reading than Unicode must make a syllable of every word that has a Western sign in it.
    """
    as_is = unicodedata.normalize("NFC", text)
    if as_is.translate(_SYMBOL_AREA).isascii() or is_unicode_vietnamese(as_is):
        return "unicode", as_is
    if (utf8 := _reread_utf8(text)) is not None and (is_unicode_vietnamese(utf8) or syllable_share(utf8) > syllable_share(as_is)):
        return "utf8-as-latin1", utf8  # a valid chain of lead and following bytes does not come about by chance
    readings: list[tuple[Encoding, str]] = [("vni", decode_vni(text)), ("tcvn3", decode_tcvn3(text))]
    name, decoded = max(readings, key=lambda reading: syllable_share(reading[1]))
    if len(text) < SHORT_TEXT:
        proved = _all_become_syllables(text, "vni" if name == "vni" else "tcvn3")
    else:
        proved = syllable_share(decoded) >= max(0.6, syllable_share(as_is) + 0.15)
    return (name, decoded) if proved else ("unicode", as_is)


def _all_become_syllables(text: str, family: Family) -> bool:
    words = [w for w in _TOKEN.findall(text) if not w.isascii() and re.search("[A-Za-z]", w)]
    read = [decode_family(w, family) for w in words]
    gained = any(is_syllable(after) and not is_syllable(before) for before, after in zip(words, read, strict=True))
    return gained and all(is_syllable(w) or _is_abbreviation(w) for w in read)


def decode_as(text: str, name: Encoding) -> str:
    """Read ``text`` as ``best_decoding`` judged the whole document; a piece that this reading does not fit stays as it is."""
    if name in ("tcvn3", "vni"):
        return decode_family(text, "vni" if name == "vni" else "tcvn3")
    reread = _reread_utf8(text) if name == "utf8-as-latin1" else None
    return unicodedata.normalize("NFC", text) if reread is None else reread


def _reread_utf8(text: str) -> str | None:
    """UTF-8 bytes that were shown as Latin-1 or Windows-1252, put right; None where they are no UTF-8."""
    raw = bytearray()
    for sign in text:
        try:
            raw += sign.encode("cp1252")
        except UnicodeEncodeError:
            if ord(sign) > 0xFF:
                return None
            raw.append(ord(sign))
    try:
        return unicodedata.normalize("NFC", raw.decode("utf-8"))
    except UnicodeDecodeError:
        return None
