"""Names that go on in small letters with words no lexicon lists: «Ban Quản lý | hệ thống cây xanh», «Hiệp hội Doanh nghiệp | dịch vụ
logistics Việt Nam», «Ban Chỉ đạo | xây dựng nông thôn mới xã».

Nothing but what stands behind shows where such a name ends: its level or place, the predicate, the next body of the list. A name that
opens with an act («Hội đồng | xét tuyển viên chức») could be a clause: there the level, a word that nothing is in front of but a subject
(«chủ trì», «có trách nhiệm»), or the list it stands in must close it. Source: domain.md 6.2.
"""

from __future__ import annotations

from extractors.rulebook import word_class
from extractors.unit_acts import FRESH, LONE, half_end, peer_end, predicate_at
from extractors.unit_qualifiers import NOMINAL, Np, acts_surely, makes_paper
from extractors.unit_qualifiers import acts as acts_at
from extractors.unit_stands import blocked
from extractors.unit_tails import place_run
from extractors.unit_words import Words

_KINDS = {
    "steering-committee", "council", "board", "team", "division", "agency-unit", "institute", "mass-organisation", "enterprise",
    "market-control", "community", "press", "agency",
}  # fmt: skip
"""Kinds of bodies that are named after what they look after, at length."""
_TASKED = {"steering-committee", "council", "team", "board"}
"""Kinds whose name may open with an act."""
OPEN_HEADS = word_class("unit_grammar", "open-head")
"""Heads that hardly stand alone: what follows tells which body it is («Ban Quản lý | …»)."""
_TASKS, _ANCHORS, _GRAMMAR = (word_class("unit_grammar", kind) for kind in ("task", "anchor", "grammar"))
_OWN, _TOO = word_class("unit_grammar", "own-act"), word_class("unit_grammar", "task-too")
_WANTS = word_class("unit_grammar", "wants")
"""Nouns that an act describes («hệ thống | thanh toán»)."""
_LEVELS = word_class("unit_grammar", "own-level")
_NO_OWN = word_class("unit_grammar", "no-own-level")
"""Words before a level that make it where something is, not whose the body is («toàn | tỉnh»)."""
_OPENS = ("modal", "adverb", "adjunct", "link", "open", "determiner", "qualifier", "stop", "role")
_CLOSES = ("stop", "link", "open", "adjunct", "determiner", "modal")
_PASSED = word_class("unit_grammar", "passed")
"""Words that the task of a committee may hold («… tháo gỡ khó khăn | cho doanh nghiệp»)."""
_PAPERS = word_class("unit_grammar", "named-after")
"""Papers and funds that a committee is named after («Tổ công tác triển khai | Đề án 06»)."""
_REVIEWS = word_class("unit_grammar", "reviews")
_STANDING = word_class("unit_grammar", "standing-board")
_ABOUT = word_class("unit_grammar", "about")
_PAPER = word_class("unit_attributes", "paper")
_BEHIND = word_class("unit_grammar", "idle-before")
"""Words behind a name that nobody acts before («gửi về Ban Quản lý hệ thống cây xanh | để tổng hợp»)."""
_LONG = 17
"""Words that the second half of such a name may have at most."""
_JOINTS = (",", "và", ";", "cùng", "&", "/")


def far_end(words: Words, np: Np) -> int:
    """The end of the name that goes on at ``np.last``; ``np.last`` where it is at its end."""
    j = np.last
    if np.cls not in ("head", "name") or not words.adjacent(j) or words.cap(j) or not words.cap(np.first):
        return j
    if not (np.determiner or np.open or np.level) and (end := _bare_act(words, np, j)):
        return end
    zone = words.low[np.first : np.first + 3] == ["ban", "quản", "lý"]  # «Ban Quản lý Khu kinh tế | cửa khẩu Đồng Đăng»
    if np.kind not in _KINDS and not zone:
        return j
    whole = np.cls != "head" and np.row.get("level") in ("province", "central") and not zone
    told = np.inner and " ".join(words.low[np.first : np.first + 3]) in _STANDING
    if np.determiner or np.open or np.level or np.plural or np.traded or whole or told:
        return j  # «Ban Chấp hành Công đoàn Sở | vận động đoàn viên …»: whose board it is has been said
    if words.text[words.start(np.first) : words.end(j)].isupper():
        return j
    if (np.named or np.proper) and (end := half_end(words, j)) > j:
        return end
    if words.word(j) == "," and np.kind == "team" and (act := words.hit(j - 2, "verb")) and act[0] == j:
        return peer_end(words, j, act[1]["word"])  # «Tổ kiểm tra | , xử lý vi phạm đất đai»
    if words.word(j) == "và" and words.cap(j + 1) and np.kind in _TASKED and " ".join(words.low[j + 1 : j + 3]) in _PAPERS:
        return j + 3 + words.word(j + 3).isdigit()  # «Ban Chỉ đạo về chuyển đổi số | và Đề án 06»
    inside = any(words.cap(k) for k in range(np.first + 1, j))
    if not np.named and np.cls == "head" and np.row["word"] not in OPEN_HEADS and (not inside or np.kind == "team"):
        return j
    if (end := _of_level(words, j)) > j:
        return end
    mode = _mode(words, np, j)
    end = (_Walk(words, np, j, mode).end() or j) if mode else j
    reviews = end > j and " ".join(words.low[j : j + 2]) in _REVIEWS  # «Ban Chỉ đạo | sơ kết Đề án 06 trong quý III»
    return j if reviews and ("và" in words.low[j:end] or words.hit(end, "verb", "modal") is None) else end


_NAMING = word_class("unit_attributes", "field-act") | word_class("unit_attributes", "under-act") | word_class("unit_grammar", "names-too")


def _bare_act(words: Words, np: Np, j: int) -> int:
    """«Phòng Nghiệp vụ | thống kê | rà soát …», «Hợp tác xã Chăn nuôi và Dịch vụ | tổng hợp | chủ động …»: an act that nothing is done to,
    since the body's own predicate stands right behind it; 0 where none does."""
    act = words.hit(j, "verb")
    of_state = np.cls == "name" and np.row.get("level") in ("province", "central", "commune", "district")
    if act is None or act[1]["word"] not in _NAMING or of_state or words.cap(act[0]):
        return 0
    manner, verb = words.hit(act[0], "adverb", "modal"), words.hit(act[0], "verb")
    if manner is not None and manner[1]["word"] in _MANNERS:
        return act[0] if acts_at(words, manner[0]) else 0
    return act[0] if verb is not None and verb[1]["word"] in LONE else 0


def _of_level(words: Words, j: int) -> int:
    """«Trung tâm Bảo trợ xã hội | tổng hợp | tỉnh»: an act that nothing is done to, between a name and its level."""
    verb = words.hit(j, "verb")
    return verb[0] if verb is not None and _own_level(words, verb[0]) > 1 else j


_CALLED = word_class("unit_grammar", "form-of-address")
"""Words that call a person, who is no second half of a body's name."""


def _mode(words: Words, np: Np, j: int) -> str:
    """What opens the second half: ``noun``, ``act``, ``joint`` («Nước sạch | và vệ sinh môi trường»), ``weak`` (an act of which only the
    body's own predicate tells that it is in the name), or nothing that could."""
    first = j + (words.word(j) in ("và", ","))
    word, kinds = words.word(first), words.at(first)
    if not word.isalpha() or words.cap(first) or not words.adjacent(first) or (first > j and word in _CALLED):
        return ""  # «Phòng Kinh tế, | ông Lê Văn Hùng»
    if first > j:
        field = words.hit(first, "field", "pair")
        opens = "role" in kinds or (field is None and any(kind in kinds for kind in (*_OPENS, "head", "name", "level")))
        return "joint" if (np.named or np.proper) and not opens else ""
    if "verb" in kinds and not _field_longer(words, first):
        said = kinds["verb"][1]["word"]
        if np.kind not in _TASKED:
            return ""
        if said in _TASKS or (np.kind == "steering-committee" and said not in _OWN):
            return "act"
        if said in _REVIEWS and _paper_at(words, kinds["verb"][0]):
            return "act"  # «Ban Chỉ đạo | tổng kết Nghị quyết số 19-NQ/TW | họp …»
        return "weak" if np.kind != "board" and (said in _TOO or said not in _OWN) else ""
    if word == "về":
        return "act" if np.kind in _TASKED else ""
    if _wanting(words, first):
        return "noun"
    if word == "các" and words.low[j - 2 : j] == ["xây", "dựng"] and np.kind == "board":
        return "noun"  # «Ban Quản lý dự án đầu tư xây dựng | các công trình giao thông tỉnh»
    if any(kind in kinds for kind in _OPENS) or word in _GRAMMAR:
        return ""
    if "head" in kinds and "field" not in kinds:
        return ""
    return "noun"


def _paper_at(words: Words, j: int) -> bool:
    """A paper by its number stands at ``j``."""
    size = next((n for n in (2, 1) if " ".join(words.low[j : j + n]) in _PAPERS), 0)
    return size > 0 and (words.word(j + size) == "số" or words.word(j + size)[:1].isdigit())


def _wanting(words: Words, j: int) -> int:
    """The word behind a noun that wants a description («hệ thống | …», «khu | …») at ``j``, 0 where none stands there."""
    return next((j + n for n in (2, 1) if " ".join(words.low[j : j + n]) in _WANTS), 0)


def _field_longer(words: Words, j: int) -> bool:
    field, verb = words.hit(j, "field", "pair"), words.hit(j, "verb")
    return field is not None and verb is not None and field[0] > verb[0]


class _Walk:
    """The second half of a name that begins at ``j``, piece by piece, up to what closes it. One that opens with an act (``acts``) could be
    a clause and is closed by less than one that opens with a noun."""

    def __init__(self, words: Words, np: Np, j: int, mode: str) -> None:
        self.words, self.np, self.j, self.mode = words, np, j, mode
        self.known = np.cls == "name" or not (np.named or np.kind in ("board", "steering-committee", "council", "team"))
        self.m = self.first = j + (mode == "joint")
        act = words.hit(self.first, "verb")
        self.acts = mode in ("act", "weak") or (mode == "joint" and act is not None and not _begins(words, np))
        does = act if self.acts and np.kind in _TASKED else None
        # «Ban Quản lý dự án | xây dựng phương án»
        built = does is not None and does[1]["word"] == "xây dựng" and makes_paper(words, does[0])
        self.tasked = (does is not None and not built) or (self.acts and words.word(self.first) == "về")
        self.weak = mode == "weak" or (does is not None and does[1]["word"] in FRESH)
        self.done, self.whole = 0, 0  # where an act ended, a field
        self.named = False  # whether a capital was passed, behind which nothing is an object

    def end(self) -> int:
        """Where the name surely ends, 0 where nothing shows it."""
        while self.m < min(len(self.words), self.j + _LONG):
            end = self._closed() if self.m > self.first else None
            if end is None:
                end = self._capital() if self.words.cap(self.m) else self._piece()
            if end is not None:
                return end
        return self.m if self._is_whole() and self.m == len(self.words) else 0

    def _closed(self) -> int | None:
        """The end by what stands at ``m``: whose the body is, the next body of a list, a predicate; None where the name may go on."""
        words, m = self.words, self.m
        if not words.adjacent(m) or (self.mode == "weak" and words.cap(m)):
            return 0
        if self.mode != "weak":
            if level := _own_level(words, m):
                return m if not self.acts or (m - self.first > 1 and m != self.done and level > 1) else 0
            if words.word(m) in _JOINTS and _body_at(words, m + 1 + (words.word(m + 1) == "với")):
                return m if not self.acts or self.np.listed or self.named else 0
        if (end := self._told()) is not None:
            return end
        own = self.tasked and m - self.first > 1
        return m if own and (_own_predicate(words, m, whole=m == self.whole, weak=self.weak) or _alone(words, self.np, m)) else None

    def _told(self) -> int | None:
        """The end before a predicate that stands at ``m``."""
        words, m = self.words, self.m
        told = "" if words.cap(m) else _told(words, m, whole=m == self.whole or (self.named and words.cap(m - 1)))
        behind = words.word(m - 1) in _JOINTS
        listed = behind and not self.acts  # «Phòng Quản lý hộ tịch, | chứng thực | rà soát …»
        if told == "anchor" or (told and not listed and (self.named or not (self.acts or self.known))):
            return 0 if behind else m
        return 0 if told and not listed and not self.acts else None

    def _capital(self) -> int | None:
        """Goes over words with capitals, of which a place is the end and a body or person makes it no name."""
        words, m = self.words, self.m
        if (place := words.hit(m, "place")) is not None:
            return place[0]
        if m == self.first or words.hit(m, "head", "name", "role") is not None:
            return 0
        self.named = self.named or not self.acts or words.word(m) in _PAPERS or " ".join(words.low[m : m + 2]) in _PAPERS
        self.m = place_run(words, m)
        return None

    def _piece(self) -> int | None:
        """Goes over a quotation, a number or the next words in small letters; the end where none of these stands there."""
        words, m, word = self.words, self.m, self.words.word(self.m)
        if word == "“" and (close := _quoted(words, m)):
            self.m, self.named = close, True
            return None
        if (self.named and (word.isdigit() or word in ("-", "/", "số"))) or (word.isdigit() and words.word(m - 1) == "năm"):
            self.m += 1
            return None
        after = _step(words, m, acts=self.acts, opens=m == self.first)
        if after == 0:
            return self._stopped()
        act, field = words.hit(m, "verb"), words.hit(m, "field")
        self.whole = after if field and field[0] == after else 0
        self.m, self.done = after, after if act and act[0] == after else 0
        return None

    def _stopped(self) -> int:
        """The end before a word that is in no name."""
        word = self.words.word(self.m)
        if not word.isalpha() and self.m > self.first and self.mode == "noun" and _wanting(self.words, self.j):
            return self.m  # «(…, Ban Quản lý hệ thống thanh toán | )»: a thing to look after, no predicate
        loose = self.named or not (self.acts or self.known)
        return self.m if self.m > self.first and loose and word in _BEHIND else 0

    def _is_whole(self) -> bool:
        """Whether what was passed is a name where nothing follows («3. Hội đồng | giám định y khoa»)."""
        heads = self.np.kind in _TASKED and self.np.cls == "head"
        thing = self.mode == "noun" and (_wanting(self.words, self.j) or (heads and _begins(self.words, self.np)))
        return bool(self.named or thing or (self.tasked and self.m - self.first > 1 and _alone(self.words, self.np, self.m)))


def _step(words: Words, m: int, *, acts: bool, opens: bool) -> int:
    """The word behind the piece of a name that stands at ``m``, 0 where what stands there is in no name."""
    word, kinds = words.word(m), words.at(m)
    if word in ("và", ",") and words.adjacent(m + 1) and not words.cap(m + 1) and words.word(m + 1).isalpha():
        return m + 1
    whole, verb = words.hit(m, "field", "pair"), kinds.get("verb")
    if whole is not None and (verb is None or verb[0] < whole[0]):
        return whole[0]
    if noun := _wanting(words, m):
        return noun
    head = kinds.get("head")
    if head is not None and head[0] - m > 1 and not any(words.low[k] in ("chủ", "phối") for k in range(m, head[0])):
        return head[0]  # «sắp xếp | đơn vị sự nghiệp công lập | tỉnh»
    passed = (acts and (word in _PASSED or (verb is not None and "open" in kinds))) or (word == "các" and opens)
    if not word.isalpha() or (not passed and (word in _GRAMMAR or word in _ABOUT or any(kind in kinds for kind in _CLOSES))):
        return 0
    return verb[0] if verb else m + 1


def _begins(words: Words, np: Np) -> bool:
    """The name begins its sentence or item: no predicate follows it behind «và»."""
    before = words.text[max(0, words.start(np.first) - 4) : words.start(np.first)].rstrip(' \t*_“"')
    return not before or before[-1] in "\n.;:)-–+•"


def _quoted(words: Words, m: int) -> int:
    """The word behind the quotation that begins at ``m``, 0 where it is not closed near by."""
    return next((k + 1 for k in range(m + 1, min(len(words), m + _LONG)) if words.word(k) == "”"), 0)


def _told(words: Words, m: int, *, whole: bool) -> str:
    """«anchor» where a predicate begins that has nothing but its subject in front, «act» where another sure one does. ``whole``: a field
    of work ends here, so that an act of two syllables describes nothing («cây xanh | lắp đặt …»)."""
    for cls in ("verb", "modal"):
        hit = words.hit(m, cls)
        if hit is not None and hit[1]["word"] in _ANCHORS:
            return "anchor"
    before = words.low[m - 1] in _WANTS or " ".join(words.low[m - 2 : m]) in _WANTS
    verb = words.hit(m, "verb")
    if verb is not None and (before or _field_longer(words, m)):
        return ""  # «hệ thống | thanh toán», «chuyển đổi số»
    return "act" if predicate_at(words, m) or (whole and (acts_surely(words, m) or (verb is not None and words.cap(m - 1)))) else ""


_ANNOUNCE = word_class("unit_grammar", "announces")
"""Last words before a colon that announce what is to be done («triển khai các nhiệm vụ: …»)."""


def _alone(words: Words, np: Np, m: int) -> bool:
    """The name fills its brackets («(Tổ tư vấn giải quyết tranh chấp lao động)») or labels its line («- Tổ …: Tuyên truyền …»)."""
    before = words.text[max(0, words.start(np.first) - 4) : words.start(np.first)].rstrip(' \t*_“"')
    behind = words.text[words.end(m) : words.end(m) + 3].lstrip("*_ ")[:1]
    if behind == ")":
        return before.endswith("(")
    return behind == ":" and words.low[m - 1] not in _ANNOUNCE and _begins(words, np)


_AGAIN = word_class("unit_grammar", "again")
_WHOM = word_class("unit_grammar", "whom")
_MANNERS = word_class("unit_grammar", "own-manner")


def _own_predicate(words: Words, m: int, *, whole: bool, weak: bool) -> bool:
    """Whether the predicate of the body itself begins at ``m``, behind the act that it is named after and its object: an adverb with its
    verb, an act that goes on with no other, or any behind a ``whole`` field. Behind a body, a person or a paper it may be theirs («đôn
    đốc các xã | chủ động …»). ``weak``: only what goes on with no other act at all."""
    for k in range(m - 1, max(0, m - 4), -1):
        noun, field = words.hit(k, "head", "role", "level"), words.hit(k, "field")
        if noun is not None and noun[0] == m and (field is None or field[0] < m or words.low[k - 1] in _WHOM):
            return False
    if words.word(m - 1) in _JOINTS or (not whole and words.low[m - 1] in _PAPER | NOMINAL | {"quả"}):
        return False
    manner, verb = words.hit(m, "adverb", "modal"), words.hit(m, "verb")
    if manner is not None and manner[1]["word"] in (_AGAIN if weak else _MANNERS):
        return acts_at(words, manner[0])
    if verb is None or not words.word(verb[0]).isalpha() or words.word(verb[0]) in _GRAMMAR:
        return False  # «Hội đồng xét duyệt hồ sơ | công khai, minh bạch»
    said = verb[1]["word"]
    return said in (LONE if weak else FRESH) or (whole and not weak and acts_surely(words, m))


def _own_level(words: Words, m: int) -> int:
    """«Hội Bảo vệ quyền lợi người tiêu dùng | tỉnh»: whose the body is. 2 where the predicate or the next body follows, 1 where the
    sentence ends there, 3 where the line does; 0 where no such level stands there."""
    level = words.hit(m, "level")
    if words.word(m - 1) in _JOINTS:
        return 0  # «kiểm tra các xã, | phường»
    if level is None or words.cap(m) or level[1]["word"] not in _LEVELS or words.low[m - 1] in _NO_OWN or blocked(words, m, level[0]):
        return 0
    j = level[0]
    if words.adjacent(j) and words.cap(j):
        j = place_run(words, j)
    word = words.word(j)
    if word in _JOINTS:
        return 2 if _body_at(words, j + 1 + (words.word(j + 1) == "với")) else 1
    if word in ("", ":", ")") or not words.adjacent(j):
        return 3
    if not word.isalpha():
        return 1
    return 2 if any(kind in words.at(j) for kind in ("verb", "modal", "adverb", "adjunct", "stop")) else 0


def _body_at(words: Words, j: int) -> bool:
    """A body or an office with a capital, several with a determiner, or somebody by his job stands at ``j``."""
    j += words.word(j) == "và"
    det = words.hit(j, "determiner")
    if det is not None:
        return words.hit(det[0], "head", "role", "level") is not None
    field, role = words.hit(j, "field", "pair"), words.hit(j, "role")
    staff = role is not None and (field is None or field[0] < role[0])  # «…, giáo viên chủ nhiệm»
    return staff or (words.cap(j) and words.hit(j, "head", "name", "role") is not None)
