"""One placement of tone marks: «uỷ», «hoà» as «ủy», «hòa». Source: domain.md 1.7."""

from __future__ import annotations

import re

OLD_TONES = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa", "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
"""Open oa, oe, uy with the mark on the last vowel → with the mark on the first."""
_OLD = re.compile("(?:" + "|".join(OLD_TONES) + r")(?!\w)(?<!q..)")  # letters first: a search skips to where one stands


def new_tones(low: str) -> str:
    """A text in lower case (NFC) with the tone mark on the first vowel of an open oa, oe, uy; as long as ``low``."""
    return _OLD.sub(lambda found: OLD_TONES[found.group()], low)


__all__ = ["OLD_TONES", "new_tones"]
