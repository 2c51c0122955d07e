"""Proper names of unknown words: where «Phòng Kinh tế, Hạ tầng và Đô thị», «Trung tâm Kiểm soát bệnh tật» come to an end.

A Vietnamese proper name capitalises the first syllable of each word; the other syllables are lower case, like the predicate that
may follow. Known verbs, qualifiers and level words end the run; « - », «và» and a comma carry it on before a capital.
Source: domain.md 6.2 (name grammar).
"""

from __future__ import annotations

from extractors.rulebook import rules, word_class
from extractors.unit_words import Words


def other_role(words: Words, k: int) -> bool:
    """A role opens a new name, but «Bộ phận | Văn thư» is a division named after a job."""
    role = words.hit(k, "role")
    capitals = words.cap(k) and words.cap(k + 1) and not words.text[words.start(k) : words.end(k + 2)].isupper()
    if role is not None and role[0] - k == 2 and capitals:
        return False  # «Nhà xuất bản | Thanh Niên»: a name of its own
    return role is not None and role[1]["kind"] != "staff"


def second_office(words: Words, k: int) -> bool:
    """«Trưởng phòng Kinh tế - | Phó Trưởng ban»: what one person is besides, and no field of work («Tổ chức - | Cán bộ»)."""
    role = words.hit(k, "role") if words.cap(k) else None
    return role is not None and role[1]["kind"] in ("title", "team-head", "member")


def capital_run(words: Words, k: int, *, listed: bool = False) -> int:
    """End of a proper name of unknown words that begins at ``k``; ``listed``: a comma may stand between its fields of work."""
    first = words.hit(k, "pair", "field")
    return run_on(words, first[0], 1, listed=listed) if first else run_on(words, k + 1, int(initials(words, k)), listed=listed)


def initials(words: Words, k: int) -> bool:
    """A letter or initials («Phòng | A», «Nông nghiệp và | PTNT»), after which no second syllable is to be awaited."""
    written = words.text[words.start(k) : words.end(k + 1)]
    before = words.text[words.start(k - 1) : words.end(k)] if k else ""
    return written.replace("&", "").isalpha() and written.isupper() and not (len(before) > 1 and before.isupper())


_OTHER_SCHOOL = word_class("unit_grammar", "no-school")
"""First syllables of words that end in «trường» and are no school."""


def run_on(words: Words, j: int, lower: int, *, listed: bool = False) -> int:
    """How far a proper name goes on at ``j``: capitals, the lower-case syllables after them, « - », «và» and «,» before a capital.

    ``lower``: 0 right after the first syllable of a word, which always takes its second («Trợ giúp», «Đào tạo»), though that
    second syllable may be a verb of its own.
    """
    while j < len(words) and words.adjacent(j):
        word = words.word(j)
        if words.hit(j, "verb") and words.text[words.start(j) : words.end(j + 1)].isupper():
            break  # a heading in capitals: the capital tells nothing
        pair = words.hit(j, "pair", "field")
        if pair and not _verb_longer(words, j, pair[0]):
            j, lower = pair[0], 1
            continue
        if word == "-" and second_office(words, j + 1):
            break
        if word in ("-", "và", ",", "&") and words.cap(j + 1) and words.adjacent(j + 1):
            body = word != "-" and (words.hit(j + 1, "head", "name") is not None or other_role(words, j + 1))
            if body and not _field_longer(words, j + 1) and not (word == "," and inspects(words, j + 1)):
                break
            goes_on = _closes_with_and(words, j + 1) or "&" in words.word(j + 1) or _field_behind_comma(words, j + 1, listed=listed)
            if word == "," and not goes_on:
                break  # «Trung tâm XTĐT, | TM&DL tỉnh» goes on: «&» closes the list of its fields
            j, lower = j + 1, 0
        elif words.cap(j) and _owner_begins(words, j):
            break
        elif word == "trường" and words.cap(j) and not words.cap(j + 1) and _one_school(words, j):
            j += 1  # «Hội đồng Khoa học và Đào tạo Trường | họp …»: the school it belongs to
            break
        elif words.cap(j) and not (other_role(words, j) or words.hit(j, "name")):
            # «An Hòa»: each syllable has its capital, none in lower case follows
            j, lower = j + 1, 1 if words.cap(j - 1) or initials(words, j) else 0
        elif lower == 1 and words.cap(j - 1) and words.cap(j - 2) and predicates(words, j + 1) and "pair" not in words.at(j):
            break  # «Trường THCS Phan Bội Châu | chọn …»: a place or a person, each syllable with its capital
        elif word.isalpha() and word != "và" and (lower < 1 or _run_goes_on(words, j)) and not _ends_run(words, j, lower):
            j, lower = j + 1, lower + 1
        else:
            break
    return j


def _one_school(words: Words, j: int) -> bool:
    """Whether «Trường» is the school that a body belongs to: in «Ban Thanh thiếu nhi | Trường học Tỉnh đoàn» schools are the field of work,
    in «Thị trường» no school is meant."""
    many = words.word(j + 1) == "học" and words.word(j + 2) not in ("tập", "hỏi")
    return words.word(j - 1) not in _OTHER_SCHOOL and not many


OWNERS = {"people-council", "people-committee", "assembly", "party-committee", "front", "police", "military"}


def _owner_begins(words: Words, j: int) -> bool:
    """«Ban Kinh tế - Ngân sách | Hội đồng nhân dân tỉnh»: a body of its own after the name of its part."""
    head = words.hit(j, "head")
    return head is not None and head[0] - j >= 2 and head[1]["kind"] in OWNERS


def _verb_longer(words: Words, j: int, last: int) -> bool:
    verb = words.hit(j, "verb", "modal", "adverb", "adjunct", "level")
    return verb is not None and verb[0] >= last and not words.cap(j)


def _run_goes_on(words: Words, j: int) -> bool:
    """Most words have two syllables. Up to three more lower-case syllables belong to the name if it then surely ends: at a level, a
    known predicate, a mark, the end («Hoạt động thanh thiếu nhi | tỉnh», «Tổ chức cán bộ | chủ trì»)."""
    for m in range(j, min(len(words), j + 4)):
        if words.word(m) in ("và", "cho", "của"):
            return words.word(m) == "và" and (words.cap(m + 1) or (m > j and _group_behind(words, m + 1)))
        if words.hit(m, "level", "name", "pair") or words.word(m) == "-" or (m > j and words.cap(m)):
            return True
        if not words.word(m).isalpha() or _ends_run(words, m):
            return m > j and (words.word(m) in (",", ";", ".", ":", ")") or predicates(words, m))
    return j + 4 > len(words)


def _group_behind(words: Words, m: int) -> bool:
    """«Phòng Tín dụng | chính sách và các đơn vị …»: the next bodies of a list end a name."""
    after = words.hit(m, "determiner")
    return after is not None and words.hit(after[0], "head", "role") is not None


def _field_behind_comma(words: Words, k: int, *, listed: bool) -> bool:
    """«Trung tâm Thông tin, | Xúc tiến du lịch»: an act with a capital in mid-sentence is a field of work and no predicate; a field that
    is no act («Khoa Y tế công cộng, | Dinh dưỡng») goes on only with the kinds of bodies that are ``listed`` by their fields."""
    if words.text[words.start(k) : words.end(k + 1)].isupper() or words.hit(k, "head", "name", "role", "tail") is not None:
        return False
    if words.hit(k, "verb", "activity") is not None:
        return True
    return listed and (words.hit(k, "field", "pair") is not None or _one_capital(words, k))


def _one_capital(words: Words, k: int) -> bool:
    """«Phòng Khoa giáo, | Văn xã»: a word of two syllables with one capital is neither a place nor a person."""
    second = words.word(k + 1)
    if words.cap(k + 1) or not words.adjacent(k + 1) or not second.isalpha() or second in _GRAMMAR:
        return False
    return words.hit(k, "level", "determiner", "place", "adverb", "modal", "adjunct") is None


_ANCHORS = word_class("unit_grammar", "anchor")
"""Predicates that stand in no name and have no object in front of them."""
_ANCHORED = 8
"""Words that a name may go on with in small letters up to its anchor."""
_NO_NAME = ("modal", "adverb", "adjunct", "stop", "determiner", "head", "role", "name", "open")


_TASKS = word_class("unit_grammar", "task")
"""Acts with which the task of a steering committee or a council may begin."""


def _tells_others(words: Words, j: int) -> bool:
    """What begins at ``j`` is no task that gives a body its name: «Ban Chỉ đạo | giao Công an xã chủ trì …»."""
    verb = words.hit(j, "verb")
    return verb is not None and verb[1]["word"] not in _TASKS


def anchored(words: Words, j: int, *, tasks: bool = False) -> int:
    """The end of a name that goes on with a word which is an act elsewhere («Viện Nghiên cứu | nuôi trồng thủy sản II | chủ trì»): nothing
    but a name stands between a body and «chủ trì». ``tasks``: «các» and commas belong to the name as well («Ban Chỉ đạo | các chương
    trình mục tiêu quốc gia»). ``j`` where no such predicate follows."""
    first = words.word(j)
    if not words.adjacent(j) or not first.isalpha() or words.cap(j) or (first in _GRAMMAR and not tasks):
        return j
    if tasks and _tells_others(words, j):
        return j
    barring = _NO_NAME[:4] if tasks else _NO_NAME
    for m in range(j, min(len(words), j + _ANCHORED + 1)):
        kinds = words.at(m)
        for cls in ("verb", "modal"):
            if m > j and cls in kinds and kinds[cls][1]["word"] in _ANCHORS:
                return j if words.word(m - 1) in ("và", ",") else m
        word = words.word(m)
        if word in ("và", ",") and words.cap(m + 1) and words.hit(m + 1, "head", "name", "role") is not None:
            return j  # «Ban Chỉ đạo hè xã | và Trường Chính trị tỉnh có trách nhiệm …»: the next of a list
        joint = word in ("và", ",") and (words.cap(m + 1) or tasks) and word != words.word(m + 1)
        joint = joint or (tasks and word in ("các", "về", "tại", "ở"))
        if not (words.adjacent(m) and (word.isalpha() or joint)) or (word in _GRAMMAR and not joint):
            return j
        if any(kind in kinds for kind in barring):
            return j
    return j


def inspects(words: Words, k: int) -> bool:
    """«Phòng Tổ chức cán bộ, | Thanh tra và Pháp chế»: «và» with a field of work makes a field of the inspectorate as well."""
    if words.low[k : k + 3] != ["thanh", "tra", "và"] or not words.cap(k + 3) or not words.word(k + 4).isalpha() or words.cap(k + 4):
        return False
    return words.hit(k + 3, "head", "name", "role", "level", "determiner") is None


def predicates(words: Words, m: int) -> bool:
    return words.hit(m, "verb", "modal", "adverb", "adjunct", "link") is not None


def _field_longer(words: Words, j: int) -> bool:
    """«Thủy lợi và | Phòng, chống thiên tai»: a field of work that begins like a body."""
    field, head = words.hit(j, "field", "pair"), words.hit(j, "head", "name", "role")
    return field is not None and (head is None or field[0] > head[0])


def _closes_with_and(words: Words, j: int) -> bool:
    """«Kinh tế, Hạ tầng và Đô thị»: after the comma a capital that is no head, later «và» + capital that is no head."""
    for m in range(j, min(len(words) - 1, j + 6)):
        if words.word(m) in (",", ";", ".", ":"):
            return False
        if words.word(m) == "và":
            return words.cap(m + 1) and words.hit(m + 1, "head", "name", "role") is None
    return False


_HALVES = word_class("unit_attributes", "half")
"""Words before «trình» in one noun («chương | trình»)."""


_WHOLE_SYLLABLES = word_class("unit_grammar", "whole-syllable")


def _ends_run(words: Words, j: int, lower: int = 1) -> bool:
    kinds = words.at(j)
    if words.word(j) == "trình" and words.word(j - 1) in _HALVES:
        return False
    if lower == 0 and "verb" in kinds and max(hit[0] for hit in kinds.values()) == j + 1:
        return words.word(j - 1) in _WHOLE_SYLLABLES  # «Tổ Toán - Tin | trồng …»
    if any(c in kinds for c in ("modal", "adverb", "adjunct", "qualifier", "link", "open", "stop", "level", "determiner", "verb")):
        return True
    if "role" in kinds and kinds["role"][1]["kind"] != "public":
        return True
    return "head" in kinds and kinds["head"][0] - j > 0 and "c" not in kinds["head"][1]["traits"]


def place_run(words: Words, k: int) -> int:
    """End of a place name: a known province, else the capitalised words in a row."""
    known = words.hit(k, "place")
    j = known[0] if known else k + 1
    while known is None and j < len(words) and words.adjacent(j) and words.cap(j) and (j == k + 1 or not _opens_body(words, j)):
        if j == k + 1 and _opens_body(words, j) and not _second(words, j):
            break
        j += 1
    return j


def _opens_body(words: Words, j: int) -> bool:
    return words.hit(j, "head", "name", "role") is not None


def _second(words: Words, j: int) -> bool:
    """«Vân | Đồn», «Phú | Hội»: one syllable that opens bodies too, and nothing behind it that such a body would be called by."""
    hit = words.hit(j, "head", "name", "role")
    return hit is not None and hit[0] == j + 1 and not (words.adjacent(j + 1) and words.cap(j + 1))


def whole_name(words: Words, first: int, last: int, kind: str) -> bool:
    """«Ban Tổ chức | tham mưu», «Phòng Thanh tra | kiểm tra»: a capital inside shows that the name ends before the act."""
    return words.cap(first + 1) and (kind in ("party-office", "division") or words.word(last) in ("chủ", "phối"))


def sends(words: Words, j: int) -> bool:
    """«các cơ quan có | văn bản gửi Sở A»: with a letter that is sent, «có» is the predicate and no description."""
    return j < len(words) and rules("units").pattern("has_letter").match(words.text, words.start(j)) is not None


_HAMLETS = word_class("unit_grammar", "hamlet")
"""Last words of levels that are told apart by numbers."""
COUNTED = word_class("unit_grammar", "counted") | {"-", "/", "%"}
"""What a number counts, so that it names no place or body («thôn | 5 hộ»)."""


def hamlet(words: Words, k: int) -> bool:
    """«ấp | 5», «khóm | 3»: a number of at most two digits that nothing is counted with."""
    if k == 0 or words.low[k - 1] not in _HAMLETS or not words.adjacent(k):
        return False
    number = words.word(k)
    return number.isdigit() and len(number) <= 2 and words.word(k + 1) not in COUNTED and not words.word(k + 1).isdigit()


def roman(words: Words, k: int) -> bool:
    """«Phòng Nghiệp vụ | II»: a Roman number that tells like bodies apart, behind a word in small letters or with one capital."""
    if k >= len(words) or not words.adjacent(k) or k == 0 or words.text.isupper():
        return False
    written = words.text[words.start(k) : words.end(k + 1)]
    return len(written) < 5 and set(written) <= set("IVX") and not words.text[words.start(k - 1) : words.end(k)].isupper()


# A name in small letters after its proper piece stays below this many words («… về trật tự xã hội» has seven).
_LONG = 7
_GRAMMAR = word_class("unit_grammar", "grammar")
_COMES_AFTER = ("modal", "adverb", "adjunct", "verb", "stop", "link", "open", "determiner", "qualifier", "head", "role", "activity")


def fields_run(words: Words, j: int, *, named: bool = False) -> int:
    """How far listed fields of work go on in small letters at ``j``: «Phòng Quản lý | vận tải, phương tiện và người lái». ``named``: the
    name may end here, and a field that is a verb too goes on with it only where another predicate follows."""
    end, about = j, "về" in words.low[max(0, j - 3) : j]
    while (k := _after_joint(words, end, about=about)) is not None:
        field = words.hit(k, "field", "pair")
        verb = words.hit(k, "verb", "adjunct")
        if field is None or words.cap(k) or (verb and verb[0] > field[0]):
            break
        if named and k == end and verb and verb[0] == field[0] and not _predicate_behind(words, field[0]):
            break  # «Phòng Vật tư - Thiết bị y tế | kiểm định máy thở»
        about = about or words.word(k - 1) == "về"
        if words.word(k - 1) == "," and not about and not _list_closes(words, field[0]):
            break
        end = field[0]
    return end


def _predicate_behind(words: Words, j: int) -> bool:
    return words.word(j) in ("", ".", ":", ";", "và") or words.hit(j, "verb", "modal", "adverb", "level", "adjunct", "field") is not None


def _after_joint(words: Words, at: int, *, about: bool) -> int | None:
    """The word where the next field may begin: at ``at`` itself, or after «và», «,», «về»; None where a body of its own begins."""
    word = words.word(at)
    if not words.adjacent(at):
        return None
    if word not in ("và", ",", "về", "-"):
        return at
    k = at + 1
    if not words.adjacent(k) or (not about and words.hit(k, "head", "role", "name", "determiner")):
        return None
    return k


def _list_closes(words: Words, j: int) -> bool:
    """«…, phương tiện | và người lái», «…, giải phóng mặt bằng | và UBND phường», «tài nguyên, môi trường | rà soát»: «và» + field or the
    next body, or the predicate, ends a list inside a name."""
    if words.word(j) == "và" and (words.hit(j + 1, "field") or (words.cap(j + 1) and words.hit(j + 1, "head", "name", "role"))):
        return True
    if words.word(j) == "," and (more := words.hit(j + 1, "field", "pair")):
        return _list_closes(words, more[0])
    return words.hit(j, "verb", "modal", "adverb", "level") is not None


def small_run(words: Words, j: int) -> int:
    """How far an open name goes on at ``j`` in words no lexicon holds: up to the predicate, if one surely follows close by."""
    first = words.at(j)
    if not words.adjacent(j) or words.cap(j) or words.word(j) in _GRAMMAR or any(kind in first for kind in (*_COMES_AFTER, "level")):
        return j
    m = j
    while m < len(words) and m - j <= _LONG and words.adjacent(m) and not words.cap(m):
        if field := words.hit(m, "field"):
            m = field[0]
            continue
        kinds = words.at(m)
        if m > j and any(kind in kinds for kind in ("modal", "adverb", "adjunct", "verb", "level")):
            return m
        if m > j + 1 and words.word(m) == "và" and words.cap(m + 1) and words.hit(m + 1, "head", "name"):
            return m  # «Viện Kiểm định | quốc gia vắc xin | và Sở Y tế»
        if any(kind in kinds for kind in _COMES_AFTER) or not (words.word(m).isalpha() or words.word(m) == "và"):
            return j
        m += 1
    return j


_RANKS = word_class("unit_grammar", "committee-rank")
_SHORT = word_class("unit_grammar", "short-level")
_LONGER = word_class("unit_grammar", "level-goes-on")
"""What makes another word of a level in short («các huyện, thành | phố», «…, thị | xã», «…, thành | lập đoàn»)."""


_ENTRUSTS = word_class("unit_grammar", "entrusts")
"""Words with which «ủy» is an act («UBND các xã, phường | ủy quyền …»)."""


def committees(words: Words, j: int) -> int:
    """End of «, thành, thị ủy» behind «các huyện», «, thành ủy» behind «các huyện ủy»: committees whose last word is written once; and of
    «, thành, thị» alone, the levels in short; ``j`` where no such list goes on."""
    if words.low[j - 1] not in _RANKS and words.low[j - 1] != "ủy":
        return j
    end = k = j
    while words.word(k) in (",", "và") and words.word(k + 1) in _RANKS:
        k += 2
        end = k if words.word(k - 1) in _SHORT and words.word(k) not in _LONGER else end
        if words.word(k) == "ủy" and words.word(k + 1) not in _ENTRUSTS:
            k += 1
            end = k
    return end


def inside_name(words: Words, k: int, kind: str) -> bool:
    """A capital word that begins like a head and only goes on with the name: «Cục | Khoa học, Công nghệ và Thông tin», «Phòng | Cảnh sát
    hình sự», «Tạp chí | Tổ chức nhà nước» (``kind`` of the name)."""
    field, head = words.hit(k, "field"), words.hit(k, "head", "level", "determiner")
    if words.hit(k, "pair"):
        return True
    if words.low[k] in ("phòng", "các") and not words.cap(k + 1) and words.adjacent(k + 1):
        return words.hit(k + 1, "head", "role", "level", "verb") is None and words.word(k + 1).isalpha()  # «Cục | Phòng vệ thương mại»
    longer = head is not None and (words.low[k] == "cảnh" or (field is not None and field[0] > head[0]))
    act = kind in ("press", "school", "institute") and head is not None and "v" in head[1].get("traits", "")
    staff = kind in ("division", "agency-unit", "team") and words.low[k : k + 2] == ["tổ", "chức"]  # «Phòng | Tổ chức chủ trì»
    return longer or act or (staff and not words.cap(k + 1))
