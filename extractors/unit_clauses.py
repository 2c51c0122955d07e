"""Clauses between a common noun and its predicate: «Tổ | vận hành hồ chứa | phải …», «Học sinh | khối 12 | rà soát …».

What no lexicon holds may still be told to belong to the noun, since a modal or a sure verb follows. ``Np`` is the conjunct under
construction. Source: domain.md 4.4, 6.2.
"""

from __future__ import annotations

from collections.abc import Callable

from extractors.rulebook import word_class
from extractors.unit_binding import binding_word, binds, in_one_line, tells_others
from extractors.unit_qualifiers import CLAUSE, NOMINAL, Np, acts, acts_surely
from extractors.unit_trades import TRADERS
from extractors.unit_words import Words

_DOERS = TRADERS | {"staff", "member", "team"}
_PLAIN = word_class("unit_attributes", "plain")


def opens_list(words: Words, np: Np) -> bool:
    """The clause begins with ``np``, or with a list of bare nouns whose last it is («Tổ, | đội vận hành hồ chứa phải …»)."""
    if np.first == 0:
        return True
    if np.first > CLAUSE or words.word(np.first - 1) not in (",", "và") or words.hit(0, "head", "role", "determiner") is None:
        return False
    return not any(words.hit(i, "modal", "adverb", "adjunct") for i in range(np.first))


def bound_clause(words: Words, np: Np) -> bool:
    """«Tổ | vận hành hồ chứa | phải …», «Hộ | được hỗ trợ con giống | có trách nhiệm …»: a verb between a common noun and its modal
    describes the noun, unless it tells somebody else what to do («Chủ hộ | nhắc trẻ em phải …»)."""
    k = np.last
    if words.word(k) == "được" and _passive(words, np):
        return True
    if not np.bare or np.closed or np.title or np.proper:
        return False
    if _described(words, np):
        return True
    if np.kind not in _DOERS or not opens_list(words, np):
        return False
    if any(words.cap(m) for m in range(np.first + 1, k)) and not np.determiner:
        return False  # «Trung tâm Phát triển quỹ đất | lập danh sách hộ dân phải …»: one body, what it does
    first = words.hit(k, "modal", "adverb", "adjunct", "stop", "level", "determiner", "head", "role", "name")
    if not words.word(k).isalpha() or (first and first[1].get("word") not in ("được", "không")):
        return False
    for j in range(k + 1, min(len(words), k + CLAUSE)):
        if not (words.word(j).isalpha() and words.adjacent(j)):
            return False
        if (words.low[j - 1] != "không" and binds(words, j)) or words.low[j : j + 2] == ["được", "quyền"]:
            told = 2 if words.word(j) == "có" else 3  # «Học sinh đi học | phải …» says when, not who
            if j - k < told or tells_others(words, k, j + 1):
                return False
            np.describe(j)
            return True
    return False


def _passive(words: Words, np: Np) -> bool:
    """«Các chủ đầu tư | được bố trí vốn | phải …»: what several bodies or persons were given or found to be, up to the word that binds
    them; what they have a right to («được quyền …», «được thu học phí») is bound by nothing."""
    verb = words.hit(np.last + 1, "verb")
    several = np.determiner or np.plural or np.cls == "role" or np.row.get("word") in _ANY_AGENCY
    if verb is None or np.open or np.title or np.proper or not several or not opens_list(words, np):
        return False
    since = verb[0]
    bound = binding_word(words, since, CLAUSE, lambda j: in_one_line(words, j) and words.word(j) != "không")
    if not bound or words.word(bound) == "không" or (bound > since and tells_others(words, since, bound + 1)):
        return False
    np.describe(bound)
    return True


_ANY_AGENCY = word_class("unit_attributes", "office")
_GIVEN, _CHARGE = word_class("unit_grammar", "given"), word_class("unit_grammar", "charge")


def given_clause(words: Words, np: Np) -> bool:
    """«Các đơn vị | được giao chủ trì soạn thảo văn bản | có trách nhiệm …»: what bodies were given, with all the acts and objects of it,
    up to the word that binds them; a comma stands only between two acts («thẩm định, phê duyệt dự toán | phải …»)."""
    hit = words.hit(np.last, "open")
    if hit is not None and not np.open and _in_charge(words, np, hit[0] if hit[1]["word"] in _GIVEN else np.last):
        return True
    if hit is None or hit[1]["word"] not in _GIVEN or np.open:
        return False
    if np.cls == "role" and np.kind == "staff" and _appointed(words, hit[0]):
        np.last, np.bare, np.closed = hit[0], False, True
        return True
    if not (np.determiner or np.cls == "head"):
        return False
    told = since = hit[0]
    for j in range(since, min(len(words), since + CLAUSE)):
        word = words.word(j)
        verb = words.hit(j, "verb")
        told = verb[0] if verb and j == told else told
        if word in (",", "và") and j == told and words.hit(j + 1, "verb") and j > since:
            told = j + 1
            continue
        if j > since + 1 and binds(words, j):
            if tells_others(words, since, j + 1, _GROUNDS if told == since else ()):
                return False  # «được giao lập danh sách hộ phải di dời», against «được giao mỏ | theo cơ chế đặc thù | phải …»
            np.describe(j)
            return True
        if not in_one_line(words, j):
            return False
    return False


def _in_charge(words: Words, np: Np, since: int) -> bool:
    """«Các đơn vị được giao | quản lý nhà, đất | rà soát …», «Cán bộ | phụ trách thôn, bản | phải …»: several things in their charge, with
    commas between them, up to the word that binds or a sure verb."""
    charge = words.hit(since, "verb", "open")
    if charge is None or charge[1]["word"] not in _IN_CHARGE or np.proper:
        return False
    j = charge[0]
    second = words.hit(j + 1, "verb") if words.word(j) in (",", "và") else None  # «quản lý, sử dụng nhà, đất»
    begin = second[0] if second else j
    listed = False
    for k in range(begin, min(len(words), since + CLAUSE)):
        after_comma = words.word(k - 1) == ","
        if words.word(k) == ",":
            if k == begin or after_comma:
                return False
            listed = True
            continue
        if not words.word(k).isalnum() or words.hit(k, "adjunct") or (after_comma and (words.cap(k) or words.hit(k, "role", "determiner"))):
            return False
        if k > begin and _predicate_at(words, k):
            if listed and not after_comma:
                np.describe(k)
            return listed and not after_comma
    return False


_IN_CHARGE = (_CHARGE - word_class("unit_grammar", "charge-helps")) | {"chủ trì"}


def _predicate_at(words: Words, k: int) -> bool:
    """A modal that binds, a verb that is no noun and has none behind it, or an adverb with its verb stands at word ``k``."""
    verb, manner = words.hit(k, "verb"), words.hit(k, "adverb")
    if binds(words, k):
        return True
    if verb is not None and binds(words, verb[0]):
        return False  # «lĩnh vực đất đai, | xây dựng | phải …»
    chained = verb is not None and verb[0] - k > 1 and words.hit(verb[0], "verb") is not None  # «tổ chức | tuần tra»
    return chained or acts_surely(words, k) or bool(manner and words.hit(manner[0], "verb"))


_GROUNDS = ("theo", "trong")
"""Words that open on what ground or where something was given."""


def _appointed(words: Words, k: int) -> bool:
    """«Chuyên viên được phân công | : …», «công chức được phân công | lập danh sách»: nothing of what they are in charge of follows."""
    if not words.adjacent(k):
        return True
    verb = words.hit(k, "verb")
    return verb is not None and verb[1]["word"] not in _CHARGE


_DESCRIBES = 6
"""Words that a description of persons in words no lexicon holds may have at most («học sinh | khối 12», «chủ đầu tư | các dự án»)."""
_NO_DESCRIPTION = frozenset(
    {"verb", "modal", "adverb", "adjunct", "stop", "role", "level", "name", "not", "open", "link", "qualifier", "trade"}
)
"""Classes of words with which no such description begins."""
_NO_CLAUSE = frozenset({"modal", "adverb", "adjunct", "stop"})
"""Classes of words that never stand between it and the predicate."""


def _described(words: Words, np: Np) -> bool:
    """«Học sinh | khối 12 | rà soát», «Hội viên | nông dân | phối hợp»: words that are no verb stand between a common noun that opens
    the clause and a verb of two syllables, a modal or an adverb with its verb."""
    k = np.last
    doer = np.kind in _DOERS - {"team"} and "v" not in np.row["traits"]
    several = np.determiner and np.cls == "head" and "c" not in np.row["traits"]  # «… giao các câu lạc bộ | thể thao | rà soát»
    alone = words.cap(0) and doer and opens_list(words, np)
    if not (several or alone) or not _NO_DESCRIPTION.isdisjoint(words.at(k)):
        return False
    for j in range(k, min(len(words), k + _DESCRIBES + 1)):
        word, kinds = words.word(j), words.at(j)
        if not words.adjacent(j) or not word.isalnum() or words.cap(j) or word in _NO_NOUN:
            return False
        manner = kinds.get("adverb")
        plain = " ".join(words.low[j : j + 2]) in _PLAIN or (word in _PLAIN and "verb" in kinds)
        sure = (plain or acts_surely(words, j)) and words.low[j - 1] not in NOMINAL
        if j > k and (sure or binds(words, j) or (manner and acts(words, manner[0]))):
            np.describe(j)
            return True
        if j > k and not _NO_CLAUSE.isdisjoint(kinds):
            return False
    return False


_NO_NOUN = word_class("unit_grammar", "no-noun")
"""Words that stand in no such description."""


_SUBORDINATION = 10
"""Words between «chịu sự» and «của» at most («sự quản lý nhà nước chuyên ngành | của»)."""


def answers_to(words: Words, np: Np, parse_one: Callable[..., Np | None]) -> bool:
    """«Các Sở Xây dựng | chịu sự quản lý của Bộ và sự điều hành của UBND tỉnh | phát huy …»: whom bodies of one kind answer to, before
    their predicate; of common nouns («đơn vị») it tells which are meant. ``parse_one`` reads a name."""
    if np.cls not in ("head", "name") or "g" in np.row.get("traits", "") or words.word(np.last + 1) != "sự":
        return False
    j = np.last
    while True:
        of = next((m for m in range(j, min(len(words), j + _SUBORDINATION)) if words.word(m) == "của"), 0)
        whom = parse_one(words, of + 1, inside=True) if of else None
        if whom is None or not all(words.word(m).isalpha() and words.adjacent(m) for m in range(j + 1, whom.last)):
            return False
        j = whom.last
        while words.word(j) in ("và", ",") and ((level := words.hit(j + 1, "level")) or words.cap(j + 1)):
            more = None if level else parse_one(words, j + 1, inside=True)
            if level is None and more is None:
                break
            j = level[0] if level else more.last if more else j
        if words.word(j) not in ("và", ","):
            break
        j += 1
    if not words.adjacent(j) or words.hit(j, "verb", "modal", "adverb") is None:
        return False
    np.aside, np.last, np.bare, np.closed = np.last, j, False, True
    return True
