"""One conjunct of a name: where it begins, how far it runs, what it is.

``Np`` is ``[các] head [tail] [level] [qualifier] [of another body]``, read word by word against the lexicons. The traps are
nouns that are also verbs (tổ chức, thanh tra, lãnh đạo), names that contain commas and «và», and predicates that begin with a
word which could still be part of the name. Source: domain.md 6.2.
"""

from __future__ import annotations

from extractors.rulebook import word_class
from extractors.unit_acts import acts_run, known_office, known_tail, listed_run, named_run, offices_run
from extractors.unit_asides import named_by_work
from extractors.unit_attributes import attribute, verb_tail, whoever
from extractors.unit_binding import commits
from extractors.unit_bound import bound_person, bound_whoever
from extractors.unit_clauses import answers_to, bound_clause, given_clause
from extractors.unit_dwelling import behind_where
from extractors.unit_far import OPEN_HEADS, far_end
from extractors.unit_groups import (
    charged,
    classes,
    flawed,
    head_of_board,
    made_up,
    managed,
    over_field,
    own_school,
    owner_at,
    researches,
    school_levels,
    sector,
    subject_taught,
)  # fmt: skip
from extractors.unit_having import wanting
from extractors.unit_initials import acronym, code, listed_name
from extractors.unit_numbers import numbered
from extractors.unit_open import open_clause
from extractors.unit_openers import opening
from extractors.unit_own import own_end
from extractors.unit_owned import owned_work
from extractors.unit_places import committee_list, counted, place, place_or_level, regions
from extractors.unit_qualifiers import CLAUSE, Np, activity, is_verb, joined, qualifier
from extractors.unit_referred import REFERS, also_called, also_is, described_at, referred
from extractors.unit_restrictions import OPENS_RESTRICTION, fields_end, restricted, whose_end
from extractors.unit_sections import SECTIONS, section_of
from extractors.unit_stands import (
    SET_UP,
    among_inspectorates,
    blocked,
    ends_in_level,
    holds_event,
    in_sentence,
    last_of_branches,
    nestable,
    role_may_nest,
    stands,
    verb_in_name,
)
from extractors.unit_tails import OWNERS, anchored, capital_run, fields_run, inside_name, other_role, place_run, run_on, small_run
from extractors.unit_told import OPENS_TOLD, told_apart
from extractors.unit_trades import trade
from extractors.unit_until import task_named
from extractors.unit_when import work_before_when
from extractors.unit_words import Words

# Kinds whose capitalised common noun names one body by itself («Tòa án nhân dân», «Mặt trận Tổ quốc»).
_NAMED_KINDS = {
    "court", "procuracy", "enforcement", "inspectorate", "police", "military", "front", "audit", "tax", "treasury", "bank",
    "mass-organisation", "social-insurance", "customs", "government", "assembly",
}  # fmt: skip
# Kinds of bodies that are named after their field of work, at length and in small letters.
_FIELDED = {
    "board", "division", "agency-unit", "agency", "team", "institute", "steering-committee", "council", "market-control", "tax", "customs",
    "forest-control", "police",
}  # fmt: skip
# Bodies that are named after their task, which may hold a verb and «các» («Ban Chỉ đạo | thực hiện các chương trình mục tiêu»).
_TASKED = {"steering-committee", "council"}
# Parts of a body, after whose own name the body may follow.
_PARTS = {"division", "office", "agency-unit", "team", "agency", "board", "institute", "party-office", "council"}
# Staff who are told apart by their field of work in small letters.
_STAFF = word_class("unit_grammar", "staff")
# Kinds after whose head «các …» may follow («Công an | các đơn vị, địa phương»).
_HOLDERS = ("party", "team", "front", "people", "police", "military")
# Persons after whom their organisation is named.
_MEMBERS = {"public", "staff", "person", "member"}
# Organs that every body of a kind has («Hội đồng thành viên | các tổng công ty»).
_GOVERNING = word_class("unit_grammar", "governing")
# Whom a school trains who are told apart by their field in small letters.
_CADRES = ["cán", "bộ"]
# How deep bodies may nest inside a name («Trưởng các phòng | thuộc Ban | của Sở»); real names stay below this.
_DEPTH = 5
# Classes of words with which a body inside a name begins.
_BODIES = frozenset({"head", "name", "role"})
_OFFICES = word_class("unit_grammar", "office-unit")
# Heads whose tails the registry lists (Bộ Tài chính, Sở Y tế, Phòng Nội vụ), and those of them that have no others.
_TAILED = word_class("unit_grammar", "tailed")
_FIXED = word_class("unit_grammar", "fixed-tail")


def parse_one(words: Words, i: int, *, inside: bool = False) -> Np | None:
    """The conjunct that begins at word ``i``, None where no unit begins there.

    ``inside`` is set within a list, where heads that need a complement («ban», «ngành») may stand bare.
    """
    if words.depth >= _DEPTH:
        return None
    words.depth += 1
    np = _parse(words, i, inside)
    words.depth -= 1
    return np


def _parse(words: Words, i: int, inside: bool) -> Np | None:
    opened = opening(words, i)
    if words.word(opened[1] if opened else i) == "người" and (who := _whoever(words, i, opened)) is not None:
        return who
    if opened is None:
        return code(words, i, inside=inside) or (acronym(words, i) if inside else None)
    several, k = opened
    np = Np(i, i, determiner=several, listed=inside)
    if not _head(words, np, k):
        return acronym(words, k) if inside and not np.determiner else None
    _complements(words, np)
    return np if stands(words, np, k, inside) else None


_OWNED = SET_UP | {"staff", "division"}
"""Kinds that are told by their work and owner."""
_ANYONE = {"word": "người", "kind": "person", "regime": "", "traits": "g"}
"""What a lexicon would say of «người», who stands there with what he does."""


def _whoever(words: Words, i: int, opened: tuple[bool, int] | None) -> Np | None:
    """«Người phát hiện sự cố | báo ngay …», «Những người được ủy quyền | phải …» at the head of a clause or in its list of doers."""
    several, k = opened or (False, i)
    alone = i == 0 or words.word(i - 1) in (",", "và")
    end = (fields_end(words, k) or whose_end(words, k) or bound_whoever(words, k) or whoever(words, k)) if alone else 0
    if not end or (i and (i > CLAUSE or words.hit(0, "head", "role", "determiner") is None)):
        return None
    return Np(i, end, several, "person", "role", _ANYONE, bare=False, closed=True, open=True)


def _head(words: Words, np: Np, k: int) -> bool:
    kinds = words.at(k)
    if not kinds:
        return False
    name, head, cls = listed_name(words, k) if "name" in kinds else None, kinds.get("head"), "head"
    for other in ("role", "level"):
        if other in kinds and (head is None or kinds[other][0] > head[0]):
            head, cls = kinds[other], other
    name = None if name and "head" in name[1] and not known_office(words, k, name) else name
    if name and words.cap(k) and (head is None or name[0] >= head[0]) and not verb_in_name(words, k, name[0]):
        np.last, np.cls, np.row, np.proper, np.bare, np.named = name[0], "name", name[1], True, False, "head" in name[1]
        if words.low[np.last - 1] in _FIXED and words.cap(np.last) and (field := words.hit(np.last, "tail")):
            np.last = field[0] if field[1]["kind"] in ("department", "ministry") else np.last  # «Văn phòng Sở | Nông nghiệp và Môi trường»
        np.last = offices_run(words, np.last) if np.row["kind"] in ("division", "agency-unit") else np.last
        np.last = listed_run(words, k, np.last, "mass-organisation") if np.row["kind"] == "mass-organisation" else np.last
        if np.row["kind"] in _FIELDED:
            np.last = named_run(words, k, np.last)
        np.level = name[1]["level"] in ("province", "central", "commune", "district") and ends_in_level(words, name[0])
    elif head:
        if words.low[k : k + 3] == ["ban", "tổ", "chức"] and not words.cap(k + 1) and cls == "head" and holds_event(words, k + 3):
            head = (k + 1, {**head[1], "word": "ban"})  # «Ban | tổ chức đối thoại với doanh nghiệp»
        np.cls, (np.last, np.row) = cls, head_of_board(words, head) if cls == "role" else head
        np.title = np.cls == "role" and "t" in head[1]["traits"]
        np.proper = np.cls == "head" and head[1]["kind"] in _NAMED_KINDS and words.cap(k) and not np.determiner
        np.proper = np.proper and "v" not in head[1]["traits"] and words.low[k] != "cơ"
        np.bare = "x" not in head[1]["traits"] and not np.proper
        if cls == "head" and (more := listed_run(words, k, np.last, head[1]["kind"])) > np.last:
            np.last, np.bare, np.closed, np.proper = more, False, True, True
    else:
        return False
    np.kind = np.row["kind"]
    return not blocked(words, k, np.last)


def _complements(words: Words, np: Np) -> None:
    """Extends ``np`` over tail, level, nested body, qualifiers; stops at the predicate."""
    if np.cls == "role" and np.title:
        _charge(words, np)
    _over(words, np)
    if np.kind in _TASKED and np.cls == "head" and not (np.determiner or np.open or np.inner or np.level) and words.cap(np.first):
        last = anchored(words, np.last, tasks=True)
        np.last, np.bare, np.closed = last, np.bare and last == np.last, np.closed or last > np.last
    if (last := far_end(words, np)) > np.last:
        np.last, np.bare, np.closed, np.proper, np.named = last, False, True, True, True
        _over(words, np)


def _charge(words: Words, np: Np) -> None:
    """«Tổ trưởng Tổ công tác | Đề án 06», «Trưởng Ban Chỉ đạo | xây dựng nông thôn mới xã»: the body that the title ends in is named."""
    for k in range(max(np.first + 1, np.last - 3), np.last):
        head = words.hit(k, "head")
        if head is not None and head[0] >= np.last and head[1]["word"] in OPEN_HEADS and words.cap(k):
            inner = parse_one(words, k, inside=True)
            if inner is not None and inner.last > np.last and (inner.proper or head[0] > np.last):
                np.last, np.bare, np.inner, np.level, np.closed = inner.last, False, True, inner.level, inner.closed
            return
        if head is not None and not words.cap(np.last) and any(words.cap(j) for j in range(np.last, head[0])):
            np.last, np.bare, np.inner = head[0], False, True  # «Phó Trưởng ban | xây dựng Đảng»: a capital shows the rest of the name
            return


def _over(words: Words, np: Np) -> None:
    while words.adjacent(np.last) and not np.open:
        if not _complement(words, np):
            break


def _complement(words: Words, np: Np) -> bool:
    """One step of the extension. What can follow shows in the classes of the next word: most readings need not be tried."""
    k = np.last
    kinds, cap, word = words.at(k), words.cap(k), words.word(k)
    if commits(words, k):
        return False  # «Nghiêm cấm công chức | có hành vi …»
    acts = "verb" in kinds and kinds["verb"][0] == max(hit[0] for hit in kinds.values())  # «ngành | cấp tỉnh» is no act
    if (word == "mỗi" and np.cls != "role") or (acts and not cap and last_of_branches(words, np)):
        return False  # «Sở Xây dựng, Sở Y tế | mỗi sở tổ chức …»
    if np.kind in SET_UP and named_by_work(words, np):
        return True
    if np.kind in _OWNED and owned_work(words, np, parse_one):
        return True
    if word in OPENS_TOLD and told_apart(words, np):
        return True
    if word == "nơi" and words.adjacent(k) and not np.open and (end := behind_where(words, k + 1)):
        np.describe(end)
        return True
    if np.cls == "role" and "verb" in kinds and work_before_when(words, np):
        return True
    if (word in OPENS_RESTRICTION and restricted(words, np)) or (np.cls == "role" and bound_person(words, np)):
        return True
    if (word in REFERS and referred(words, np)) or (word == "đồng" and also_is(words, np, parse_one)):
        return True
    if (np.kind == "school" or np.inner) and school_levels(words, np):
        return True
    if np.kind == "staff" and (classes(words, np) or subject_taught(words, np)):
        return True
    if word == "chịu" and answers_to(words, np, parse_one):
        return True
    if np.row.get("word") in SECTIONS and section_of(words, np, parse_one):
        return True
    if (word == "nghiên" and researches(words, np)) or (word == "nhà" and own_school(words, np)):
        return True
    if "verb" in kinds and not cap and task_named(words, np):
        return True
    if (word in ("do", "gồm") and _headed(words, np)) or (word in ("chủ", "phối") and charged(words, np)):
        return True
    many = word == "các" and (managed(words, np) or regions(words, np))
    if many or (word == "có" and flawed(words, np)) or (word == "về" and over_field(words, np)):
        return True
    if np.row.get("word") == "ngành" and sector(words, np):
        return True
    if not kinds and not cap and word not in ("(", ",", "số", "về"):
        number = numbered(words, np) or (word.isdigit() and place(words, np, k))
        return number or trade(words, np) or counted(words, np) or joined(words, np) or bound_clause(words, np)
    if word == "có" and "qualifier" in kinds and wanting(words, np, kinds["qualifier"]):
        return True
    if "stop" in kinds:
        best = words.hit(k, "qualifier", "link", "open", "activity")
        if best is None or kinds["stop"][0] >= best[0]:
            return False
    level = "level" in kinds or "determiner" in kinds
    if word == "(":
        return _parenthesis(words, np)
    return (
        (word == "," and committee_list(words, np))
        or numbered(words, np)
        or (cap and _tail(words, np))
        or _field(words, np)
        or ((cap or level) and place_or_level(words, np))
        or ((level or not _BODIES.isdisjoint(kinds)) and _nested(words, np))
        or ("qualifier" in kinds and _qualified(words, np))
        or trade(words, np)
        or (np.first < CLAUSE and ("verb" in kinds or word == "trực") and attribute(words, np))
        or (("activity" in kinds or word == ",") and activity(words, np))
        or ("open" in kinds and (given_clause(words, np) or open_clause(words, np)))
        or ("link" in kinds and _link(words, np))
        or bound_clause(words, np)
    )


_PARTS_OF_TEAM = word_class("unit_grammar", "part-in-team")
"""What a body is in a team that it makes up («do Phòng 1 làm | nòng cốt»)."""


def _headed(words: Words, np: Np) -> bool:
    """«Tổ biên tập | do Phó Chánh Văn phòng làm Tổ trưởng | hoàn thiện …»: who heads a team, or makes it up («gồm …»)."""
    if np.cls != "head" or np.kind not in ("team", "steering-committee", "council", "board"):
        return False
    if words.word(np.last) == "gồm":
        return made_up(words, np, parse_one)
    who = parse_one(words, np.last + 1)
    if who is None or words.word(who.last) != "làm":
        return False
    if " ".join(words.low[who.last + 1 : who.last + 3]) in _PARTS_OF_TEAM and words.hit(who.last + 3, "verb", "modal", "adverb"):
        np.last, np.bare, np.closed = who.last + 3, False, True  # «Tổ công tác do Phòng 1 làm nòng cốt | rà soát …»
        return True
    if who.cls != "role" or (post := words.hit(who.last + 1, "role")) is None:
        return False
    if words.hit(post[0], "verb", "modal", "adverb") is None:
        return False  # «Tổ biên tập do Phó Chánh Văn phòng làm Tổ trưởng.» says only who heads it
    np.last, np.bare, np.closed, np.aside = post[0], False, True, np.last
    return True


def _parenthesis(words: Words, np: Np) -> bool:
    """A parenthesis inside a name is passed over only where a qualifier follows it; trailing ones are left out."""
    if also_called(words, np):
        return True
    for j in range(np.last + 1, min(len(words), np.last + 12)):
        if words.word(j) == ")":
            after = words.hit(j + 1, "qualifier", "link")
            stop = words.hit(j + 1, "stop")
            if after is None or not words.adjacent(j + 1) or (stop is not None and stop[0] > after[0]):
                return False  # «Sở Tài chính (cơ quan đăng ký đầu tư) | trong việc …»
            np.last = after[0]
            np.bare = False
            return True
    return False


def _tail(words: Words, np: Np) -> bool:
    """Capitalised words that complete a head (Sở | Tài chính; Trường THPT | Nguyễn Huệ)."""
    k = np.last
    if np.closed or not words.cap(k):
        return False
    if np.cls == "role":
        return _office_tail(words, np)
    if np.cls not in ("head", "name"):
        return False
    if np.cls == "head" and "t" not in np.row.get("traits", ""):
        return False
    if np.cls == "name" and (np.level or is_verb(words, k)) and words.hit(k, "place") is None:
        return False
    if np.cls == "head" and np.kind == "mass-organisation" and (members := words.hit(k, "role")) and members[1]["kind"] in _MEMBERS:
        np.last, np.bare, np.proper, np.closed, np.named = members[0], False, True, True, True  # «Chi đoàn | Thanh niên»
        free = words.adjacent(np.last) and words.cap(np.last) and words.hit(np.last, "head", "name", "role", "level") is None
        np.last = place_run(words, np.last) if free else np.last  # «Hội Điều dưỡng | Việt Nam»
        return True
    known = known_tail(words, k) if np.row["word" if np.cls == "head" else "name"] in _TAILED else None
    if known and np.cls == "head":
        np.last, np.tail, more = known[0], k, known[0]
        if np.row["word"] not in _FIXED and not np.determiner and words.word(more) in ("và", "-") and words.cap(more + 1):
            np.last = run_on(words, more, 1)  # «Phòng Cải cách hành chính và Văn thư»: the known name is only its beginning
    elif (
        (words.hit(k, "head", "level", "determiner") and not inside_name(words, k, np.kind))
        or other_role(words, k)
        or (words.hit(k, "name") and not known)
    ):
        return False
    elif np.cls == "head":
        np.last = capital_run(words, k, listed=np.kind in ("agency-unit", "institute", "division") or np.row["word"] == "khoa")
    else:
        np.last = place_run(words, k)
    if np.cls == "head" and np.kind in _FIELDED and not words.text[words.start(k) : words.end(np.last)].isupper():
        np.last = fields_run(words, np.last, named=True)
        np.last = np.last if known else small_run(words, np.last)
    if np.kind == "school" and words.low[k : k + 2] == _CADRES:
        act = words.hit(k + 2, "activity")
        np.last = fields_run(words, act[0] if act else k + 2, named=True)  # «Trường Cán bộ | quản lý giao thông vận tải»
    if np.cls == "head":
        np.last = verb_tail(words, k, np.last, known=known is not None)
        np.last = np.last if known and np.row["word"] in _FIXED else acts_run(words, k, np.last)
        np.last = own_end(words, np.first, np.last if known else anchored(words, np.last))
    np.bare, np.proper, np.closed, np.named = False, True, True, True
    return True


def _field(words: Words, np: Np) -> bool:
    """A field of work in small letters right after a head («Ban Quản lý | cảng cá», «các trung tâm | dịch vụ việc làm»)."""
    if np.cls == "role" and np.bare and np.row["word"] in _STAFF:
        known = words.hit(np.last, "tail")
        last = max(fields_run(words, np.last), known[0] if known else 0)  # «cán bộ | thú y», «công chức | Tư pháp»
        last += last > np.last and words.word(last) in ("xã", "phường", "tỉnh") and not words.cap(last)  # «cán bộ thú y | xã»
        np.closed, np.bare, np.last = np.closed or last > np.last, last == np.last, last
        return np.closed
    if np.closed or np.cls != "head" or "t" not in np.row["traits"]:
        return False
    if small_tail := _small_tail(words, np):
        np.last, np.bare, np.closed = small_tail, False, True
        return True
    if np.kind not in _FIELDED:
        return False
    several = np.determiner or (np.first > 0 and words.hit(np.first - 1, "determiner") is not None)  # «Giám đốc các | trung tâm y tế»
    if not (several or words.cap(np.first) or np.kind == "police") or (last := fields_run(words, np.last)) == np.last:
        return False
    free = _BODIES.isdisjoint(words.at(last)) and not is_verb(words, last)
    if free and not np.determiner and words.adjacent(last) and words.cap(last):
        last = capital_run(words, last)  # «Ban Quản lý dự án đầu tư xây dựng công trình | Dân dụng và Công nghiệp»
    np.last, np.bare, np.closed, np.proper = last, False, True, np.proper or not np.determiner
    return True


def _small_tail(words: Words, np: Np) -> int:
    """The end of a known tail in small letters («các sở | giáo dục và đào tạo»); 0 where none stands there alone, or it is an act («các
    sở | xây dựng kế hoạch»)."""
    k = np.last
    known = words.hit(k, "tail") if np.determiner and np.row["word"] in _TAILED and not words.cap(k) else None
    if known is None or known[0] - k < 2 or (words.word(known[0]) == "," and words.hit(known[0] + 1, "tail") is not None):
        return 0
    act = words.hit(k, "verb")
    return known[0] if act is None or act[0] < known[0] else 0


def _office_tail(words: Words, np: Np) -> bool:
    """«Trưởng phòng | Tổ chức cán bộ»: the office is named after its unit."""
    k = np.last
    known = words.hit(k, "tail")
    other = words.hit(k, "head", "level", "name", "determiner") is not None or other_role(words, k)
    other = other or (words.hit(k, "verb") is not None and words.text[words.start(k) : words.end(k + 1)].isupper())  # «TRƯỞNG KHOA CHỈ ĐẠO»
    if words.low[k - 1] not in _OFFICES or (other and known is None):
        return False
    np.last = run_on(words, known[0], 1) if known else acts_run(words, k, fields_run(words, capital_run(words, k), named=True))
    np.last = own_end(words, k - 1, np.last)
    if (at := owner_at(words, k + 1, np.last)) and (owner := parse_one(words, at, inside=True)):
        np.last = owner.last  # «Trưởng phòng Tổ chức cán bộ | Sở Nội vụ»
    np.bare, np.closed = False, True
    return True


def _nested(words: Words, np: Np) -> bool:
    """A body inside the name: «Thanh tra | Sở», «người đứng đầu | cơ quan», «Lãnh đạo | các phòng»."""
    k = np.last
    det = words.hit(k, "determiner")
    j = det[0] if det else k
    if np.named and not det and words.cap(k) and not words.text[words.start(np.first) : words.end(k + 1)].isupper():
        return _owner(words, np)
    if np.cls != "role" and (np.closed or (det and np.level)):
        return False
    listed = np.kind == "inspectorate" and words.cap(np.first) and (np.first > 0 or in_sentence(words, np.first))  # «Thanh tra | các sở»
    listed = listed or np.row.get("word") in _GOVERNING or among_inspectorates(words, np.first)
    if np.closed or (det and np.cls == "head" and not listed and not np.row["kind"].startswith(_HOLDERS)):
        return False
    hit = words.hit(j, "head", "level")
    name = words.hit(j, "name")
    if name and not words.cap(j):
        name = None
    if hit is None and name is None and not (np.cls == "role" and words.hit(j, "role") and role_may_nest(words, np, j)):
        return False
    if not nestable(words, np, j, det is not None):
        return False
    inner = parse_one(words, j, inside=True)
    if inner is None or (inner.open and np.cls != "role"):
        return False
    np.last, np.bare, np.closed, np.open = inner.last, inner.bare, inner.closed, inner.open
    np.level = np.level or inner.level
    shared = det is not None and inner.bare and np.kind in ("police", "military")  # «Công an | các đơn vị, địa phương»
    np.proper = (np.proper and not shared) or (inner.proper and np.cls != "role") or (words.cap(j) and det is None)
    np.bare = np.bare and not np.proper
    np.plural = np.plural or inner.plural or det is not None
    np.inner = True
    return True


def _owner(words: Words, np: Np) -> bool:
    """The body that a named part belongs to: «Phòng Tham mưu | Công an tỉnh», «Văn phòng Đăng ký đất đai | Sở Nông nghiệp …»."""
    if np.level or np.kind not in _PARTS or words.hit(np.last, "head", "name") is None:
        return False
    inner = parse_one(words, np.last, inside=True)
    if inner is None or inner.cls not in ("head", "name") or not (inner.proper or inner.kind in OWNERS) or inner.open:
        return False
    np.last, np.level, np.inner, np.named = inner.last, inner.level, True, False
    return True


def _link(words: Words, np: Np) -> bool:
    """«thuộc», «trực thuộc», «của» + another body; «trực thuộc» may stand alone."""
    hit = words.hit(np.last, "link")
    if hit is None:
        return False
    j = hit[0]
    inner = parse_one(words, j, inside=True) if words.adjacent(j) else None
    act = words.hit(j, "verb") if hit[1]["members"] == "own-units" and not words.cap(j) else None
    if act and inner and act[0] - j > 1 and act[0] >= inner.last:
        inner = None  # «Các đơn vị trực thuộc | tổ chức lớp học»
    if hit[1]["word"] == "là" and not (np.cls == "role" and np.kind == "staff" and inner and inner.cls == "role"):
        return False  # «đảng viên là cán bộ lãnh đạo» describes, «Sở Y tế là cơ quan thường trực» is a predicate
    given = next((m for m in range(j + 1, inner.last) if described_at(words, m)), 0) if inner and inner.open else 0
    if given and (np.cls == "role" or not np.proper):
        np.last = given  # «Các đơn vị thuộc Sở | được giao chủ trì … chịu trách nhiệm»: who is charged are the units
    elif inner and not inner.open:
        np.last = inner.last
        while words.word(np.last) == "," and inner.bare:
            more = parse_one(words, np.last + 1, inside=True)
            place = more is not None and inner.cls == "level" and more.kind == "community"  # «ở thôn, | tổ dân phố»
            if more is None or more.determiner or more.proper or not more.bare or (more.cls != inner.cls and not place):
                break
            np.last = more.last
    elif not act and ((words.cap(j) and words.hit(j, "place")) or words.hit(j, "qualifier")):
        found = words.hit(j, "place", "qualifier")
        np.last = found[0] if found else j
    elif hit[1]["members"] == "own-units":
        np.last = j
    else:
        return False
    np.bare, np.closed = False, True
    return True


_ORGANS = (["của", "đảng"], ["nhà", "nước"])
"""How «các cơ quan của Đảng» begins and goes on."""


def _qualified(words: Words, np: Np) -> bool:
    """A qualifier; behind «các cơ quan của Đảng» the organs that are listed («, Quốc hội, Mặt trận Tổ quốc») share the head."""
    if not qualifier(words, np):
        return False
    if np.cls == "role" and words.low[np.last - 2 : np.last] == ["địa", "bàn"] and (level := words.hit(np.last, "level")):
        np.last = level[0] if words.hit(level[0], "verb", "modal", "adverb") else np.last  # «Chủ tàu cá trên địa bàn | xã | trang bị …»
    j = np.last
    of_party = np.determiner and words.low[j - 2 : j] in _ORGANS and "của" in words.low[np.first : j]
    while of_party and words.word(j) in (",", "và") and words.cap(j + 1):
        if words.low[j + 1 : j + 3] in _ORGANS:
            j += 3  # «các cơ quan của Đảng, Nhà nước | , Mặt trận Tổ quốc»
            continue
        more = parse_one(words, j + 1, inside=True)
        if more is None or more.determiner or not more.proper or more.cls not in ("head", "name"):
            break
        j = more.last
    np.last = j
    return True
