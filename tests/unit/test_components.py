"""The pipeline as a researcher uses it: span groups, components that can be left out, a component of one's own."""

from __future__ import annotations

import gc
import random
from itertools import combinations

import pytest
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

import extractors
from extractors.collector import paused
from extractors.components import EXTRACTORS, PlanTokenizer
from extractors.normalize import from_text
from extractors.tokens import SyllableTokenizer, norm

TEXT = (
    "KẾ HOẠCH\n\nthực hiện Quy định số 77-QĐ/TW ngày 05/3/2025 của Bộ Chính trị\n\nThực hiện Quy định số 77-QĐ/TW ngày 05/3/2025 của Bộ Chính trị, "
    "Sở Y tế xây dựng kế hoạch như sau:\n\nI. NHIỆM VỤ\n\n1. Phòng Nghiệp vụ Y chủ trì, phối hợp với Văn phòng Sở rà soát quy trình trước ngày 30/6/2025.\n\n"
    "2. Văn phòng Sở hằng quý báo cáo Giám đốc Sở.\n"
)


@pytest.fixture(scope="module")
def nlp():
    return extractors.load()


def test_span_groups_are_named_after_the_lists_of_the_record(nlp):
    doc = nlp(TEXT)
    for _, _, group in EXTRACTORS:
        if group:
            assert len(doc.spans[group]) == sum(item.end > item.start for item in getattr(doc._.record, group))
    assert [s.text for s in doc.spans["duties"]] == [d.text for d in doc._.record.duties]
    assert doc.spans["citations"][0].label_ == "full"


def test_record_of_a_small_plan(nlp):
    record = nlp(TEXT)._.record
    first, second = record.duties
    assert first.lead == ("Phòng Nghiệp vụ Y",)
    assert first.support == ("Văn phòng Sở",)
    assert [d.due for d in record.deadlines if d.id in first.deadlines] == ["2025-06-30"]
    assert second.lead == ("Văn phòng Sở",)
    assert [link.target for link in record.links if link.parent] == ["77-QĐ/TW"]
    assert record.document.issuer == "Sở Y tế"


def test_components_can_be_left_out():
    short = extractors.load(disable=["findings", "duties"])
    assert "duties" not in short.pipe_names
    record = short(TEXT)._.record
    assert record.duties == ()
    assert record.citations


@pytest.mark.parametrize("off", [*combinations([n for n, _, _ in EXTRACTORS], 1), *combinations([n for n, _, _ in EXTRACTORS], 2)], ids="-".join)
def test_any_component_may_be_missing(off):
    """The rest still gives a record of what it can know, by the Doc and by the short way that a batch takes."""
    doc = extractors.load(disable=off)(TEXT)
    short = extractors.read_source(extractors.load(disable=off, spans=False), from_text(TEXT))
    assert doc._.record == short
    assert {group for name, _, group in EXTRACTORS if group and name not in off} == set(doc.spans)


def test_an_unknown_component_is_named():
    with pytest.raises(ValueError, match=r"nhiem_vu.*citations"):
        extractors.load(disable=["nhiem_vu"])


def test_a_doc_can_be_stored_and_sent_between_processes(nlp):
    """The record survives; the working paper of the extraction stays behind."""
    doc = nlp(TEXT)
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert again._.record == doc._.record
    bag = DocBin(store_user_data=True, docs=[doc, again])
    assert [d._.record for d in DocBin(store_user_data=True).from_bytes(bag.to_bytes()).get_docs(nlp.vocab)] == [doc._.record] * 2


def test_many_processes_give_the_same_records(nlp):
    texts = [TEXT, TEXT.replace("30/6/2025", "15/7/2025")]
    assert [d._.record for d in nlp.pipe(texts, n_process=2)] == [nlp(text)._.record for text in texts]


def test_words_fill_action_and_object():
    record = extractors.load(words=True)(TEXT)._.record
    assert record.duties[0].action
    assert record.duties[0].object


def test_a_component_of_ones_own():
    @Language.component("dem_nhiem_vu")
    def count(doc):
        doc.user_data["count"] = len(doc._.plan.duties)
        return doc

    own = extractors.load()
    own.add_pipe("dem_nhiem_vu", after="duties")
    assert own(TEXT).user_data["count"] == 2


def test_the_collector_would_find_nothing_after_a_record():
    bare, source = extractors.load(spans=False), from_text(TEXT)
    extractors.read_source(bare, source)  # rules and tables are made
    gc.collect()
    with paused():
        record = extractors.read_source(bare, source)
        assert not gc.isenabled()
        assert gc.collect() == 0
    assert gc.isenabled()
    assert record.duties


def test_tokens_keep_the_text_and_protect_numbers():
    tokenizer = SyllableTokenizer(Vocab())
    words = [t.text for t in tokenizer("Quy định số 131-QĐ/TW ngày 27/10/2023, Công văn 870/TTCP-C.IV, mục 4.3.1.")]
    assert {"131-QĐ/TW", "27/10/2023", "870/TTCP-C.IV", "4.3.1"} <= set(words)
    draw = random.Random(7)
    for _ in range(400):
        text = "".join(draw.choice(" \n\tab1-/.Đủ,\u00a0") for _ in range(40))
        assert tokenizer(text).text == text


@pytest.mark.parametrize(("one", "other"), [("Uỷ ban", "ủy ban"), ("HOÁ", "hóa"), ("thuỷ", "thủy"), ("khoẻ", "khỏe")])
def test_norm_folds_tone_placement(one, other):
    assert norm(one) == norm(other)


def test_norm_leaves_closed_syllables():
    assert norm("khoản") == "khoản"
    assert norm("quý") == "quý"


def test_tokenizer_survives_pickling():
    import pickle

    nlp = extractors.load()
    copy = pickle.loads(pickle.dumps(nlp.tokenizer))
    assert isinstance(copy, PlanTokenizer)
    assert copy(TEXT).text == nlp.tokenizer(TEXT).text
