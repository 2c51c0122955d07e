"""Every sentence of the audit exists in both languages, and an English audit says none of its own in Vietnamese."""

from __future__ import annotations

import string

import pytest

from extractors.addressee import applies
from extractors.reasons import Said, said, shown, templates
from extractors.rulebook import lexicon
from pipeline.audit.coverage import audit
from schemas.record import Document, Duty, Record, Source

VIETNAMESE = set("ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ")


POOLS = "Lắp phao cứu sinh tại các bến đò ngang."
LAMPS = "Thay bóng đèn chiếu sáng trên tuyến phố đi bộ."


def plan(key: str, issuer: str, lead: str, *texts: str) -> Record:
    text, duties = "", []
    for n, duty in enumerate(texts, 1):
        duties.append(
            Duty(id=f"II#{n}", start=len(text), end=len(text) + len(duty), text=duty, rule="duties.item", section="II",
                 modality="obligation", lead=(lead,))
        )  # fmt: skip
        text += duty + "\n"
    document = Document(key=key, kind="Kế hoạch", regime="state", issuer=issuer)
    return Record(source=Source(name=key, sha256=key, media_type="text/plain"), text=text, document=document, duties=tuple(duties))


def places(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("key", sorted(templates()))
def test_both_forms_have_the_same_places(key: str) -> None:
    vi, en = templates()[key]
    assert vi
    assert en
    assert places(vi) == places(en)
    assert not VIETNAMESE & set(en.lower())


def test_keys_are_unique_and_reasons_of_the_table_have_both() -> None:
    assert len(templates()) == len(lexicon("audit_reasons"))
    rows = lexicon("applicability")
    assert all(row["reason_en"] and not VIETNAMESE & set(row["reason_en"].lower()) for row in rows)
    pairs = {(row["reason"], row["reason_en"]) for row in rows}
    assert len(pairs) == len({vi for vi, _ in pairs})


def test_a_sentence_within_a_sentence() -> None:
    inner = said("is_issuer", name="Sở Y tế")
    whole = said("not_taken_up", applies=inner)
    assert whole.startswith("“Sở Y tế” là cơ quan ban hành.")
    assert shown(whole, "en") == "“Sở Y tế” is the issuer. The lower plan says nothing of the kind."
    assert (shown(whole), type(shown(whole))) == (str(whole), str)
    assert shown("chữ khác", "en") == "chữ khác"


@pytest.mark.parametrize(
    "name", ["các sở, ban, ngành", "Sở Y tế", "Ủy ban Kiểm tra Tỉnh ủy", "Xyz", "Trường THPT Nguyễn Huệ", "các cấp ủy"]
)
def test_applicability_is_said_in_both(name: str) -> None:
    found = applies(name, "Sở Y tế")
    assert isinstance(found.words, Said)
    own = found.words.en.replace(name, "").replace("Sở Y tế", "")
    assert not VIETNAMESE & set(own.lower()) or "“" in own


def test_an_english_audit() -> None:
    parent = plan("1/KH-UBND", "Ủy ban nhân dân tỉnh", "các sở, ban, ngành", POOLS, LAMPS)
    child = plan("2/KH-SXD", "Sở Xây dựng", "Văn phòng", POOLS, "Cắt tỉa cành cây mục gãy trước mùa mưa bão.")
    vi, en = audit(parent, child), audit(parent, child, language="en")
    assert [r.verdict for r in vi.rows] == [r.verdict for r in en.rows]
    assert [r.stamp for r in vi.rows] == [r.stamp for r in en.rows]
    assert vi.rows[0].reason == "Mọi vế của nhiệm vụ đều có trong kế hoạch con."
    assert en.rows[0].reason == "Every clause of the duty stands in the lower plan."
    assert en.rows[1].reason.startswith("No passage") or en.rows[1].reason.startswith("Not found")
    assert en.rows[1].text == LAMPS
    assert all(not VIETNAMESE & set(e.why.lower()) for e in en.extra)
    assert all(not VIETNAMESE & set(n.why.lower()) for n in en.not_checked)
