"""Where a finding says that it stands: as a person finds it in the file that he has open."""

from __future__ import annotations

import pytest
from dossiers import dossier, report

from assistant.check import check
from assistant.figures.dossier import Dossier
from assistant.language.prose import prose
from assistant.places import Places
from assistant.report import Paragraph, Section, Source, place_names


def test_a_paragraph_is_told_by_its_number_and_its_page() -> None:
    two = (Paragraph(text="甲", source=Source(line=40, page=2)), Paragraph(text="乙", source=Source(line=41, page=3)))
    section = Section(id="overview", number="一", title="总体情况", paragraphs=two)
    assert section.label == "一、总体情况"
    assert section.places == ("一、总体情况·第1段，第2页", "一、总体情况·第2段，第3页")
    assert place_names("六、其他", two[:1]) == ("六、其他·第2页",)
    assert place_names("六、其他", (Paragraph(text="甲", source=Source(line=7)),)) == ("六、其他",)


def test_a_heading_without_a_number_is_told_by_its_title() -> None:
    assert Section(id=None, number="", title="附则").label == "附则"


@pytest.mark.parametrize("page", [None, 4])
def test_the_place_is_found_again_and_is_no_part_of_the_fingerprint(page: int | None) -> None:
    made = report(add={"overview": "全年办结申请22件。"})
    overview = made.sections[0]
    moved = tuple(
        p.model_copy(update={"source": Source(page=page)}) for p in (Paragraph(text="另起一段。"), *overview.paragraphs)
    )
    other = made.model_copy(
        update={"sections": (overview.model_copy(update={"paragraphs": moved}), *made.sections[1:])}
    )
    (before,), (after,) = (
        [finding for finding in check(Dossier(each)).findings if finding.code == "N104"] for each in (made, other)
    )
    assert before.where != after.where and before.fingerprint == after.fingerprint
    index, _ = Places(other).of(after.marks, after.where)
    assert (paragraph := Places(other).items[index].paragraph) and "22件" in paragraph.text


def test_every_paragraph_is_told_in_one_way() -> None:
    """Rules, claims and the numbers not checked name the same place by the same words."""
    made = dossier({"add": {"overview": "网站发布信息1950条。"}, "preamble": "第一段。\n第二段收到申请1件。"})
    wheres = {id(each.paragraph): each.where for each in prose(made.report)}
    assert list(wheres.values())[:2] == ["导语·第1段", "导语·第2段"]
    assert all(claim.spot.where == wheres[id(claim.spot.paragraph)] for claim in (*made.claims, *made.denials))
    assert all(each.where == wheres[id(each.mark.paragraph)] for each in check(made).unchecked)
