"""Height of an issuer in the line of command (tuyến chỉ đạo), by its name, else by the symbol of its document."""

from __future__ import annotations

import re

from extractors.keys import normal_key
from extractors.rulebook import lexicon

_RANK = {"central": 60, "ministry": 50, "province": 40, "department": 30, "district": 20, "commune": 10, "base": 5}

_OFFICE = "văn phòng "

_LEVEL = {rank // 10: level for level, rank in _RANK.items()}


def level_of(rank: int) -> str:
    """The level of a rank: its tens; one that ends in 9 belongs to the tens above it (39 to the province, below its
    committee; 49 to the ministries)."""
    return _LEVEL.get(tier(rank), "central")


def tier(rank: int) -> int:
    """The tens of a rank, by which levels are compared."""
    return (rank + 1) // 10


def issuer_rank(issuer: str | None, key: str | None = None) -> int | None:
    """Height in the line of command, 60 central (65 the assembly above its government) to 5 base; None where neither name nor
    symbol tells. Tens are levels. A notice (thông báo) of an office tells what the head of its body concluded."""
    if issuer:
        low = " ".join(issuer.lower().replace("uỷ", "ủy").split())
        if low.startswith(_OFFICE) and key and normal_key(key).kind_abbr == "TB":
            low = low.removeprefix(_OFFICE)
        for row in lexicon("command_ranks"):
            if re.search(row["pattern"], low):
                return int(row["rank"])
    if key:
        parts = normal_key(key)
        for row in lexicon("symbols"):
            if row["symbol"] == parts.issuer_symbol:
                if row["level"] == "central" and (named := issuer_rank(row["names"].split("|")[0])):
                    return named
                return _RANK.get(row["level"]) or (40 if row["symbol"] in ("UBND", "HĐND") else None)
    return None
