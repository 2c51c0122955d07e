"""Which items, paragraphs and table rows of a plan command (nhiệm vụ), and which only introduce, tell or refer."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractors import labels, trailers
from extractors.actions import begins_with_act
from extractors.casing import is_caps
from extractors.doer_headings import names_doer
from extractors.duty_facts import funded_by, is_fact
from extractors.duty_lead_ins import commands_itself, only_introduces
from extractors.duty_names import lists_names, over_names
from extractors.duty_prose import is_statement, is_thing, only_refers, title_end
from extractors.duty_reading import SENTENCE, Draft, Reading, span_of
from extractors.duty_remarks import acts, noted, over_remarks
from extractors.duty_rows import row_draft
from extractors.duty_views import in_review, only_views
from extractors.modality import spares
from extractors.plan import Node, Plan, Zone
from extractors.rulebook import rules
from extractors.signs import search
from extractors.tables import task_tables
from extractors.unit_roles import assignment_of
from extractors.unit_subjects import subject_of

_ENDS_OPEN = re.compile(r":\s*$")
SHORT_TEXT = 25
"""Characters below which an unlabelled paragraph must begin with a verb to be a duty («Quét dọn sân.»)."""
LABEL = 80
"""Characters of the longest label before a colon («b) Trách nhiệm: Sở Tài chính …»)."""
ACT_WORDS = 3
"""Words at least that say what a body does before «tại Phụ lục kèm theo»: a verb and its object."""


def candidates(plan: Reading) -> Iterable[Draft]:
    """Items that command, in reading order, before splitting."""
    tables = list(task_tables(plan))
    rows = {row.index: row for table in tables for row in table.rows}
    counted: dict[int, int] = {}
    reviewed = in_review(plan)
    for node in plan.nodes:
        zone = plan.zones[node.index]
        if zone not in {"body", "annex", "footnote"}:
            continue
        if node.role == "row":
            if node.index in rows:
                table = plan.paragraphs[node.index].table
                counted[table] = counted.get(table, 0) + 1
                draft = row_draft(plan, node, rows[node.index], counted[table])
                task = plan.text[draft.start : draft.end]
                introduces = _ENDS_OPEN.search(task) and not commands_itself(task)  # «Kiểm kê kho:» in a row
                if not introduces and not rules("duties").pattern("pause").match(task):
                    yield draft
            continue
        if node.role not in {"item", "text", "heading"}:
            continue
        start, end = span_of(plan, node)
        if closing := rules("structure").pattern("closing_behind").search(plan.text, start, end):
            end = closing.start()
        words = plan.text[start:end]
        if not words.strip() or plan.paragraphs[node.index].kind == "row":
            continue
        if not _banned(plan, node, words) and (_only_states(words) or only_refers(plan.text, start, end, plan.citations)):
            continue
        if _under_no_duties(plan, node) or node.index in reviewed or only_views(plan, words):
            continue
        if _commands(plan, node, words, zone):
            stage = rules("duties").pattern("stage_label").match(words)
            at = start + stage.end() if stage else title_end(plan.text, start, end)
            yield Draft(node.index, at, end, node.section, title=(start, at))


def _only_states(words: str) -> bool:
    """A statement of money, place, people or effect, in which no body is told to act: neither behind its colon («Kinh phí: Phòng X
    lập …») nor in a sentence after it («… từ ngân sách. Các phòng lập dự toán …»). A last sentence may turn to the list below («… còn bất
    cập. Vì vậy, cần tập trung vào các việc sau:»)."""
    first, *others = SENTENCE.split(words)
    if others and rules("duties").pattern("turns_to_list").match(others[-1]):
        words = words[: words.rindex(others.pop())].rstrip()
    if funded_by(words):
        return False
    if others and all(map(is_statement, (first, *others))):
        return True
    if not (is_statement(words) or is_fact(first)) or rules("structure").pattern("assigning_detail").match(words):
        return False
    return not any((subject_of(said) or begins_with_act(said)) and not is_statement(said) for said in others)


def _banned(plan: Reading, node: Node, words: str) -> bool:
    """«Nghiêm cấm … thực hiện các hành vi sau: | a) Các hành vi được quy định tại Điều 4 …»: what a ban lists is forbidden, though
    the words of the item alone only tell where more is said of it."""
    up = node.parent
    if up is None or not plan.nodes[up].lead_in or not rules("duties").pattern("acts_named").match(words):
        return False
    lent, forbids = plan.force_above(up)
    return forbids or (lent is not None and lent[0] == "prohibition")


_LONG = "duties.long_lead_in"


def _over_dotted(plan: Reading, node: Node) -> bool:
    """«2. Hoàn thiện quy định …; tăng cường … theo quy định.» over «2.1. …»: the numbers below count on in its own, so that it is their
    title, however long."""
    own = labels.parse(plan.paragraphs[node.index].label) if plan.paragraphs[node.index].label else None
    below = next((p.label for p in plan.paragraphs[node.index + 1 :] if p.label), "")
    first = labels.parse(below) if below else None
    return bool(own and first and own.style == "number" and first.style == "dotted" and first.path[:-1] == own.path[-1:])


def _commands(plan: Reading, node: Node, words: str, zone: Zone) -> bool:
    """Whether a heading, item or paragraph is a duty of its own."""
    if rules("structure").pattern("bare_heading").match(words):
        return False
    if node.index in plan.with_fields and rules("structure").pattern("detail_heading").match(words) and not words.endswith("."):
        return False
    if _done_by_article(plan, node, words) or node.index in plan.in_conditions:
        return False
    if zone == "footnote" and not _note_commands(words):
        return False
    if over_names(plan, node, words):
        return True
    if node.role == "heading":
        if is_caps(words) and not words.endswith(":") and node.index not in plan.with_fields:
            return False  # «XÂY DỰNG THƯ VIỆN SỐ; BỒI DƯỠNG CÁN BỘ»
        if rules("structure").pattern("detail_heading").match(words) and not words.endswith("."):
            return False
        if rules("structure").pattern("programme").match(words):
            return False  # «CHƯƠNG TRÌNH HỘI NGHỊ» over its time and place
        if noted(plan, node, words) or over_remarks(plan, node, words):
            return True
        title = not plan.paragraphs[node.index].label and not node.lead_in and len(words) < 200 and not words.endswith((".", ";"))
        told = None if title else commands_itself(words)
        if told == _LONG and _over_dotted(plan, node) and not assignment_of(words).lead:
            told = None
        return told is not None or _has_own_fields(plan, node)
    if rules("duties").pattern("stage_title").match(words) or _listed_thing(plan, node, words) or _of_programme(plan, node, words):
        return False
    if _bare_title(plan, node, words) or _theme(plan, node, words):
        return False
    if _before_table(plan, node, words) and not SENTENCE.search(words):
        return False
    if _in_details(plan, node) and not assignment_of(plan.text, *span_of(plan, node)).lead_names:
        return False
    if node.lead_in and only_introduces(words) and not commands_itself(words):
        return False
    if node.index not in plan.with_fields and lists_names(words):
        return False
    if zone == "annex":
        return _annex_item_commands(plan, node)
    return node.role != "text" or _text_commands(plan, node, words)


def _note_commands(words: str) -> bool:
    """Whether a footnote tells somebody to act; most only tell («Nay được sửa đổi bởi …», «Gồm: …», «Theo số liệu của …»)."""
    said = [words, *SENTENCE.split(words)[1:]]
    modal = rules("duties").pattern("modal")
    return any(begins_with_act(one) or subject_of(one) or assignment_of(one).lead or modal.search(one) for one in said)


def _done_by_article(plan: Plan, node: Node, words: str) -> bool:
    """«Điều 1. Phê duyệt Phương án …» of a decision: the document itself does it."""
    label = plan.paragraphs[node.index].label
    if not label or plan.document.kind not in {"Quyết định", "Nghị quyết"} or not rules("duties").pattern("article_act").match(words):
        return False
    read = labels.parse(label)
    return read.style == "article" and read.path[-1:] == ("1",)


def _has_own_fields(plan: Reading, node: Node) -> bool:
    """Field lines follow the item itself, before anything else that hangs on it; one that only describes («Mục tiêu: …») tells nothing
    where items follow it."""
    after = node.index + 1
    if after >= len(plan.nodes) or plan.nodes[after].role != "trailer" or plan.nodes[after].parent != node.index:
        return False
    given = trailers.parse(plan.text, *span_of(plan, plan.nodes[after]))
    described = bool(given) and all(part.field == "other" for part in given)
    return not (described and node.index in plan.with_below) and not _told_below(plan, node)


def _told_below(plan: Reading, node: Node) -> bool:
    """The work is told by the items below the field lines («1. Công tác thông tin | Đơn vị chủ trì: … | - Treo băng rôn. | - Phát tờ
    rơi.»): the title has none of its own and they have its fields. Items that name who does each leave the title its fields."""
    if node.index in plan.with_work:
        return True
    below = plan.below(node.index)
    said = [plan.text[slice(*span_of(plan, plan.nodes[i]))] for i in below]
    if labels.parse(plan.paragraphs[node.index].label).style in _SECTIONS and _only_when(plan, node.index):
        return len(below) > 0 and 2 * sum(map(acts, said)) >= len(below)
    told = [words for words in said if begins_with_act(words)]
    title = plan.text[slice(*span_of(plan, node))]
    least = 1 if title.lower().startswith(("về ", "công tác ")) else 2
    each = begins_with_act(title) and any(assignment_of(words).lead for words in told)
    return len(told) >= least and 2 * len(told) > len(below) and not each


_SECTIONS = {"part", "chapter", "roman", "upper"}


def _only_when(plan: Reading, owner: int) -> bool:
    """«I. Khai mạc | Thời gian: từ … đến …. Địa điểm: … | 1. Tổ A xếp lịch.»: the lines below the title say when and where, not who."""
    for node in plan.nodes[owner + 1 :]:
        if node.role != "trailer" or node.parent != owner:
            return plan.paragraphs[node.index].label.strip()[:1].isalnum()
        given = trailers.parse(plan.text, *span_of(plan, node))
        if any(part.field not in ("time", "other") for part in given):
            return False
    return False


def _listed_thing(plan: Reading, node: Node, words: str) -> bool:
    """A thing in a list that a lead-in («… đối với:», «… gồm:»), a heading («Thành phần hội nghị») or a field line («- Thành phần:»)
    opens, and a place or kind under «…, trong đó tập trung:»."""
    above = plan.words(plan.paragraphs[node.parent]).strip() if node.parent is not None and plan.nodes[node.parent].lead_in else ""
    if spares(above):
        return False  # «… được miễn, giảm trách nhiệm trong các trường hợp sau: | - Đã từ chức trước khi bị phát hiện.»
    if node.parent in plan.lists or node.index in plan.of_fields:
        return is_thing(words)
    book = rules("duties")
    chosen = above.endswith(":") and book.pattern("chosen_place").match(words) and book.pattern("among_which").search(above)
    return bool(chosen) and is_thing(words)


def _of_programme(plan: Reading, node: Node, words: str) -> bool:
    """A point in the programme of an event («Khai mạc (10 phút).», «Chào cờ.»), unless it names who does it."""
    inside = node.index in plan.in_programme or bool(rules("duties").pattern("lasts").search(words[-40:]))
    return inside and not assignment_of(plan.text, *span_of(plan, node)).lead_names


def _before_table(plan: Plan, node: Node, words: str) -> bool:
    """Announces a table: it says so, or ends in a colon right before one. The rows are the duties."""
    after = node.index + 1
    leads = words.rstrip().endswith(":") and after < len(plan.paragraphs) and plan.paragraphs[after].kind == "row"
    told = None if leads else search(rules("duties")["introduces_table"], words)
    return leads or (told is not None and not _kept_in_annex(words, told.start()))


def _kept_in_annex(words: str, at: int) -> bool:
    """«Các phòng thực hiện nhiệm vụ được phân công | tại Phụ lục kèm theo.»: a body is told to act, and only what it does in full stands
    elsewhere; who gives out the work there («Sở A phân công …») tells of it, and «bảng sau» leads on to rows."""
    subject = subject_of(words) if rules("duties").pattern("annex_elsewhere").match(words, at) else None
    act = words[subject[1] : at] if subject else ""
    if rules("duties").pattern("gives_out").match(act):
        return False
    return len(act.split()) >= ACT_WORDS and ":" not in act  # «Đơn vị thực hiện: | tại Phụ lục», «Các sở có tên | trong Phụ lục»


def _in_details(plan: Plan, node: Node) -> bool:
    """Directly under a heading of details (thời gian, thành phần, kinh phí …), where only a sentence with a subject commands, and
    under one of means and reports an act («Nguồn lực: a) Bố trí …»)."""
    if node.parent is None:
        return False
    title, book = plan.words(plan.paragraphs[node.parent]), rules("structure")
    if book.pattern("funds_listed").match(title):
        return True
    if not book.pattern("detail_heading").match(title):
        return False
    words = plan.text[slice(*span_of(plan, node))]
    if book.pattern("time_frame").match(title) and begins_with_act(words) and not rules("duties").pattern("term_stage").match(words):
        return False  # «Khung thời gian năm học | - Hoàn thành xét tốt nghiệp trước ngày 30/6»
    if any(subject_of(said) for said in SENTENCE.split(words)[1:]):
        return False
    label, colon, told = words.partition(": ")
    funds = colon and len(label) <= LABEL and book.pattern("means_heading").match(title)
    if funds and subject_of(told) and not is_statement(told) and not is_fact(told):
        return False  # «b) Trách nhiệm: Sở Tài chính cân đối …»
    if rules("duties").pattern("source_noun").match(words):
        return True
    means = book.pattern("means_heading").match(title) and ": " not in words[:LABEL] and begins_with_act(words)
    return not means or (node.role == "text" and bool(rules("duties").pattern("only_source").match(words)))


def _bare_title(plan: Plan, node: Node, words: str) -> bool:
    """A part, chapter, article or section number with a short title and nothing below it."""
    style = labels.parse(plan.paragraphs[node.index].label).style
    return style in {"part", "chapter", "article", "roman", "upper", "subsection"} and len(words) < 90 and not words.endswith((".", ";"))


def _theme(plan: Reading, node: Node, words: str) -> bool:
    """An unnumbered title of what stands below it, unless it says who does it or by when."""
    if node.index not in plan.themes or node.index in plan.with_fields:
        return False
    span = span_of(plan, node)
    return not plan.deadline_places.inside(*span) and not assignment_of(plan.text, *span).lead_names and not subject_of(words)


def _under_no_duties(plan: Plan, node: Node) -> bool:
    """Inside a bulleted or numbered part that holds goals or conditions only (zone purpose reaches sections alone)."""
    up = node.parent
    while up is not None:
        if plan.zones[up] == "purpose":
            return True
        up = plan.nodes[up].parent
    return False


def _annex_item_commands(plan: Reading, node: Node) -> bool:
    """Annexes hold forms and lists; outside task tables an item counts when somebody is told to act, a field line follows, or it goes
    on with what a lead-in tells a body to do («Ban quản lý các chợ thực hiện các việc sau: | - Rà soát …»)."""
    start, end = span_of(plan, node)
    has_fields = node.index in plan.with_fields or node.parent in plan.with_fields
    book, words = rules("duties"), plan.text[start:end]
    if words.startswith("(") and words.rstrip(" .").endswith(")") and node.index not in plan.with_fields:
        return False  # «(Lịch làm việc có thể thay đổi)»: a note
    if has_fields or bool(assignment_of(plan.text, start, end).rule) or bool(subject_of(plan.text, start, end)):
        return True
    label, colon, rest = words.partition(": ")
    if colon and len(label) <= LABEL and (subject_of(rest) or book.pattern("hands_over").match(rest)):
        return True
    if book.pattern("bound_person").match(words):
        return True
    return node.index in plan.told_in_annex and (begins_with_act(words) or book.pattern("spared_group").match(words) is not None)


def _text_commands(plan: Reading, node: Node, words: str) -> bool:
    """An unlabelled paragraph of the body is a duty unless it is a caption or a fragment without any verb phrase."""
    if words.strip().startswith(("(", "*")):
        return False
    if node.parent is not None and not plan.deadline_places.inside(*span_of(plan, node)):
        up = plan.nodes[node.parent]
        if up.role == "heading" and over_remarks(plan, up, plan.text[slice(*span_of(plan, up))]):
            return False
    above = plan.paragraphs[node.parent] if node.parent is not None else None
    if above is not None and begins_with_act(words) and names_doer(plan, above) and not is_caps(plan.words(above)):
        return True
    if len(words) < SHORT_TEXT:
        return words.rstrip().endswith(".") and acts(words)
    if rules("units").pattern("assign").match(words):
        return True
    if not words.rstrip().endswith((".", ";", ":", "…")) and not acts(words):
        return False  # a fragment
    if plan.launched.lead and begins_with_act(words):
        return True  # between the items of a directive without numbers
    return node.section != "" or bool(subject_of(plan.text, *span_of(plan, node))) or bool(rules("duties").pattern("modal").search(words))
