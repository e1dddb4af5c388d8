"""New figures in a report that people have edited: every cell and marked figure right, no word of theirs lost."""

from __future__ import annotations

import random
import re
import sys
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings, strategies
from offices import sound_figures

from assistant.__main__ import main
from assistant.drafting import draft, revise, write_docx
from assistant.drafting.manuscript import Manuscript
from assistant.drafting.office import Entry
from assistant.drafting.refresh.marks import figures_by_key, marks_in
from assistant.drafting.refresh.turning import Turning
from assistant.drafting.saving import save_refreshed, save_revision
from assistant.drafting.slots import gather
from assistant.drafting.workbook.write import write_workbook
from assistant.errors import AssistantError, BadWorkbook
from assistant.figures.book import Book
from assistant.form import EDITION_2021
from assistant.readers import read
from assistant.render.word_runs import characters_in

_RUN, _TEXT = qn("w:r"), qn("w:t")
_INSERTED = "新写的话手工加在这里请勿改动，"


def with_figures(data, changes: dict[str, int]):
    cells = dict(data.cells)
    for metric, by in changes.items():
        entry = cells[metric]
        cells[metric] = Entry(value=entry.value + by, address=entry.address)
    return data.model_copy(update={"cells": MappingProxyType(cells)})


def sound_totals(**rows: int) -> dict[str, Decimal]:
    """All cells nought but the totals of the rows of table three, and licences."""
    cells = {metric: Decimal(0) for metric in EDITION_2021.metrics}
    cells["disclosure.licensing.decisions"] = Decimal(rows.pop("licensing"))
    return cells | {f"requests.{row}.total": Decimal(value) for row, value in rows.items()}


NEW = dict.fromkeys(
    (
        f"requests.{row}.{column}"
        for row in ("received", "granted", "concluded")
        for column in ("natural_person", "total")
    ),
    -20,
)


@pytest.fixture
def drafted(qingyuan, qingyuan_2024, tmp_path) -> Path:
    write_docx(draft(qingyuan, previous=qingyuan_2024), tmp_path / "报告.docx")
    return tmp_path / "报告.docx"


def edited(path: Path, old: str, new: str) -> None:
    """Words of one run replaced, as a person does."""
    word = Document(str(path))
    runs = [run for paragraph in word.paragraphs for run in paragraph.runs if old in run.text]
    assert runs, old
    runs[0].text = runs[0].text.replace(old, new, 1)
    word.save(str(path))


def without_marks(path: Path) -> None:
    word = Document(str(path))
    for name in ("w:bookmarkStart", "w:bookmarkEnd"):
        for element in list(word.element.body.iter(qn(name))):
            element.getparent().remove(element)
    word.save(str(path))


def prose(path: Path) -> str:
    return "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)


def test_marked_figures_and_cells_are_new_and_words_stay(drafted, qingyuan, qingyuan_2024, tmp_path):
    edited(drafted, "全区各级行政机关全年新收", "全区各级机关新收（经核对）")
    data = with_figures(qingyuan, NEW)
    done = save_refreshed(drafted, data, tmp_path / "新.docx", previous=qingyuan_2024)
    report = read(tmp_path / "新.docx")
    assert all(report.value(metric) == entry.value for metric, entry in data.cells.items())
    told = prose(tmp_path / "新.docx")
    assert "全区各级机关新收（经核对）政府信息公开申请153件，同比下降3.16%；按申请人分，自然人132件" in told
    assert len(done.changed) == 11
    assert done.unplaced == ()
    assert any("同比增长9.49%改为同比下降3.16%" in line for line in done.turned)
    assert not [finding for finding in done.findings if finding.severity == "error"]


def test_it_can_be_done_again(drafted, qingyuan, qingyuan_2024, tmp_path):
    save_refreshed(drafted, with_figures(qingyuan, NEW), tmp_path / "一.docx", previous=qingyuan_2024)
    done = save_refreshed(tmp_path / "一.docx", qingyuan, tmp_path / "二.docx", previous=qingyuan_2024)
    assert prose(tmp_path / "二.docx") == prose(drafted)
    assert len(done.changed) == 11


def test_the_same_data_change_nothing(drafted, qingyuan, qingyuan_2024, tmp_path):
    done = save_refreshed(drafted, qingyuan, tmp_path / "新.docx", previous=qingyuan_2024)
    assert (done.changed, done.turned, done.unplaced) == ((), (), ())
    assert prose(tmp_path / "新.docx") == prose(drafted)


def test_a_figure_changed_by_hand_stays_and_is_told(drafted, qingyuan, qingyuan_2024, tmp_path):
    edited(drafted, "152件", "一百五十二件")
    done = save_refreshed(drafted, with_figures(qingyuan, NEW), tmp_path / "新.docx", previous=qingyuan_2024)
    assert "自然人一百五十二件" in prose(tmp_path / "新.docx")
    (line,) = done.unplaced
    assert "“一百五十二件”是人工改过的数字，没有改；工作簿是132件" in line


def test_words_written_beside_a_figure_inside_its_mark_stay(drafted, qingyuan, qingyuan_2024, tmp_path):
    edited(drafted, "152件", "（含网上）152件")
    done = save_refreshed(drafted, with_figures(qingyuan, NEW), tmp_path / "新.docx", previous=qingyuan_2024)
    assert "自然人（含网上）132件" in prose(tmp_path / "新.docx")
    assert done.unplaced == ()


def test_without_marks_figures_are_found_by_what_they_claim(drafted, qingyuan, qingyuan_2024, tmp_path):
    without_marks(drafted)
    edited(drafted, "173件", " 173 件（复议备案134件另计）")
    done = save_refreshed(drafted, with_figures(qingyuan, NEW), tmp_path / "新.docx", previous=qingyuan_2024)
    told = prose(tmp_path / "新.docx")
    told_anew = "新收政府信息公开申请 153 件（复议备案134件另计），同比增长9.49%；按申请人分，自然人132件"
    assert told_anew in told
    assert any("9.49%由增变为减，没有改" in line for line in done.turned)
    assert any(finding.code == "Y103" for finding in done.findings), "what was left is found by the checks"


def test_rates_keep_their_places_and_large_numbers_their_commas(drafted, qingyuan, qingyuan_2024, tmp_path):
    without_marks(drafted)
    edited(drafted, "21064件", "21,064件")
    data = with_figures(qingyuan, {"disclosure.licensing.decisions": 1000})
    save_refreshed(drafted, data, tmp_path / "新.docx", previous=qingyuan_2024)
    assert "行政许可22,064件" in prose(tmp_path / "新.docx")


def test_a_deleted_figure_and_a_number_nobody_can_read_are_told(drafted, qingyuan, qingyuan_2024, tmp_path):
    edited(drafted, "152件", "")
    edited(drafted, "登记当日电话核对需求", "登记当日电话核对需求173次")
    done = save_refreshed(drafted, with_figures(qingyuan, NEW), tmp_path / "新.docx", previous=qingyuan_2024)
    assert any("本年新收申请（自然人）”的数字已被删去" in line for line in done.unplaced)
    assert any("173次没有认出说的是哪一格" in line for line in done.unplaced)
    assert "需求173次" in prose(tmp_path / "新.docx")


def test_a_cell_keeps_what_people_wrote_beside_its_number(drafted, qingyuan, qingyuan_2024, tmp_path):
    word = Document(str(drafted))
    (cell,) = {id(c._tc): c for row in word.tables[1].rows for c in row.cells if c.text == "152"}.values()
    cell.paragraphs[0].runs[0].text = "152（其中网上80件）"
    word.save(str(drafted))
    save_refreshed(drafted, with_figures(qingyuan, NEW), tmp_path / "新.docx", previous=qingyuan_2024)
    texts = [c.text for row in Document(str(tmp_path / "新.docx")).tables[1].rows for c in row.cells]
    assert "132（其中网上80件）" in texts


def test_comparisons_that_may_turn_are_told(drafted, qingyuan, qingyuan_2024, tmp_path):
    metric = next((m for m in qingyuan.cells if m.endswith(".total") and qingyuan.cells[m].value == 31), "")
    person = metric.replace(".total", ".natural_person")
    data = with_figures(
        qingyuan,
        {metric: -20, person: -20, "requests.granted.total": 20, "requests.granted.natural_person": 20},
    )
    done = save_refreshed(drafted, data, tmp_path / "新.docx", previous=qingyuan_2024)
    assert any("居多" in line and "有比较" in line for line in done.turned)


LAST, BEFORE, AFTER = (
    sound_totals(received=received, concluded=received, granted=granted, licensing=licensing)
    for received, granted, licensing in ((100, 40, 500), (140, 55, 510), (90, 30, 300))
)


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("申请量明显上升。", "增减变了：本年新收申请（总计）由140改为90"),
        ("（二）申请数量持续攀升", "增减变了"),
        ("面对申请量激增的形势，区政府办加强会商。", "增减变了"),
        ("办结量同比增加。", "增减变了：办理结果总计（总计）"),
        ("行政许可办理量与上年基本持平。", "增减变了"),
        ("行政许可办理量略有上升。", "增减变了"),
        ("申请数量位居全市前列。", "有比较"),
        ("予以公开的居多。", "有比较"),
        ("公开内容更加丰富，答复质量提高。", ""),  # no figure goes up
        ("提升申请办理能力。", ""),
        ("网站访问量比上年大幅增长。", ""),  # of no table
        ("行政处罚数量有所上升。", ""),  # which did not change
        ("申请数量有所下降。", ""),  # was wrong, and is right now
    ],
)
def test_directions_without_a_figure_that_turn_are_told(sentence, why):
    told = "".join(Turning(Book(BEFORE, LAST), Book(AFTER, LAST)).in_words(sentence))
    assert told.startswith(why) if why else not told


def test_how_much_and_nothing_to_compare_with_are_told():
    grown = {**BEFORE, "requests.received.total": Decimal(103)}
    assert "幅度" in "".join(Turning(Book(BEFORE, LAST), Book(grown, LAST)).in_words("申请量大幅上升。"))
    assert "没有上年的数" in "".join(Turning(Book(BEFORE), Book(AFTER)).in_words("申请量有所上升。"))
    goes_on = Turning(Book(BEFORE, LAST), Book(AFTER, LAST)).in_words("较上年有所上升。", "全年办理政府信息公开申请。")
    assert "办理结果总计" in "".join(goes_on)


def test_words_and_headings_of_a_report_are_reread(drafted, qingyuan, qingyuan_2024, tmp_path):
    edited(drafted, "登记当日电话核对需求", "面对申请量明显上升的形势，登记当日电话核对需求")
    edited(drafted, "依申请公开", "依申请公开数量再创新高")
    done = save_refreshed(drafted, with_figures(qingyuan, NEW), tmp_path / "新.docx", previous=qingyuan_2024)
    assert any("面对申请量明显上升的形势" in line and "增减变了" in line for line in done.turned)
    assert any("依申请公开数量再创新高" in line and "有比较" in line for line in done.turned)
    assert "面对申请量明显上升的形势，登记当日" in prose(tmp_path / "新.docx")


def test_own_figures_and_figures_of_notes_follow_their_names(qingyuan, qingyuan_2024, tmp_path):
    path = tmp_path / "报告.docx"
    write_docx(draft(qingyuan, previous=qingyuan_2024), path)
    own = list(qingyuan.own)
    at = next(n for n, figure in enumerate(own) if figure.name == "业务培训")
    own[at] = own[at].model_copy(update={"value": Decimal(9)})
    own = [*own[at:], *own[:at]]  # rows change places
    done = save_refreshed(
        path, qingyuan.model_copy(update={"own": tuple(own)}), tmp_path / "新.docx", previous=qingyuan_2024
    )
    assert "举办业务培训9期" in prose(tmp_path / "新.docx")
    assert [(one.before, one.after) for one in done.changed] == [("3期", "9期")]


def test_an_own_figure_that_nobody_finds_is_told(drafted, qingyuan, qingyuan_2024, tmp_path):
    without_marks(drafted)
    own = [each.model_copy(update={"value": Decimal(9)}) if each.name == "业务培训" else each for each in qingyuan.own]
    data = qingyuan.model_copy(update={"own": tuple(own)})
    done = save_refreshed(drafted, data, tmp_path / "新.docx", previous=qingyuan_2024)
    (line,) = done.unplaced
    assert "“业务培训”9期：报告里没有找到写这个数的地方" in line
    assert "业务培训3期" in prose(tmp_path / "新.docx")


def test_another_reports_data_are_refused(drafted, qingyuan, tmp_path):
    with pytest.raises(BadWorkbook, match="2026年度"):
        save_refreshed(drafted, qingyuan.model_copy(update={"year": 2026}), tmp_path / "新.docx")
    (tmp_path / "报告.md").write_text("# 某市2025年政府信息公开工作年度报告", encoding="utf-8")
    with pytest.raises(AssistantError, match="只能更新 Word"):
        save_refreshed(tmp_path / "报告.md", qingyuan, tmp_path / "新.docx")


def test_a_report_without_a_title_is_the_workbooks(drafted, qingyuan, qingyuan_2024, tmp_path):
    word = Document(str(drafted))
    for paragraph in word.paragraphs[:1]:
        paragraph._element.getparent().remove(paragraph._element)
    word.save(str(tmp_path / "稿.docx"))
    done = save_refreshed(
        tmp_path / "稿.docx", with_figures(qingyuan, NEW), tmp_path / "新.docx", previous=qingyuan_2024
    )
    assert len(done.changed) == 11


def test_on_the_command_line(drafted, qingyuan, tmp_path, monkeypatch, capsys):
    write_workbook(tmp_path / "新数据.xlsx", with_figures(qingyuan, NEW), None)
    given_ = ["draft", "--refresh", "--from", str(drafted), "-o", str(tmp_path / "新.docx")]
    assert run(monkeypatch, [*given_, "--data", str(tmp_path / "新数据.xlsx")]) == 0
    shown = capsys.readouterr().out
    assert "手改的文字未动" in shown
    assert "173件 → 153件" in shown
    assert run(monkeypatch, given_) == 2
    assert "新数据和改过的报告" in capsys.readouterr().err
    assert run(monkeypatch, [*given_, "--data", str(tmp_path / "新数据.xlsx"), "--comments"]) == 2
    assert "只更新数字" in capsys.readouterr().err


def run(monkeypatch, arguments: list[str]) -> int:
    monkeypatch.setattr(sys, "argv", ["assistant", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


# Random edits and random figures.


def hand_edits(word, dice: random.Random, times: int) -> None:
    """What people do to a text: words put in and taken out anywhere (also inside figures), runs set bold, paragraphs
    added, cut in two and deleted."""
    for _ in range(times):
        body = [p for p in word.paragraphs if p.runs and not p.style.name.startswith("Heading")][1:]
        if not body:
            return
        paragraph = dice.choice(body)
        run = dice.choice([r for r in paragraph.runs if r.text] or paragraph.runs)
        at = dice.randint(0, len(run.text))
        what = dice.random()
        if what < 0.5:
            run.text = run.text[:at] + dice.choice((_INSERTED, "，", "另有3处", "（注）")) + run.text[at:]
        elif what < 0.75:
            run.text = run.text[:at] + run.text[at + dice.randint(1, 12) :]
        elif what < 0.85:
            run.bold = True
        elif what < 0.95:
            paragraph.insert_paragraph_before(f"{_INSERTED}共2次。")
        else:
            paragraph._element.getparent().remove(paragraph._element)


def masked(path: Path, intact: set[str]) -> str:
    """All text outside the tables, figures under the intact marks as □ and other digits gone: what nobody may change."""
    body = Document(str(path)).element.body
    told = {}
    for found in marks_in(body):
        if found.element.get(qn("w:id")) in intact:
            told |= {(each.element, each.at): "□" if n == 0 else "" for n, each in enumerate(found.characters)}
    text = "\n".join(
        "".join(told.get((each.element, each.at), each.text) for each in characters_in(paragraph))
        for paragraph in body.iterchildren(qn("w:p"))
    )
    return re.sub(r"[\d,.]", "", text)


@given(edits=strategies.integers(0, 10**6), old=strategies.integers(0, 10**6), new=strategies.integers(0, 10**6))
@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_no_hand_written_character_is_lost(tmp_path_factory, office, edits, old, new):
    folder = tmp_path_factory.mktemp("refresh")
    before, after = office(sound_figures(old)), office(sound_figures(new))
    dice = random.Random(edits)
    moved = set(dice.sample(sorted(m for m in EDITION_2021.metrics), 20))
    cells = {m: (after if m in moved else before).cells[m] for m in EDITION_2021.metrics}
    data = after if dice.random() < 0.5 else before.model_copy(update={"cells": MappingProxyType(cells)})
    write_docx(draft(before, force=True), folder / "报告.docx")
    word = Document(str(folder / "报告.docx"))
    hand_edits(word, dice, 50)
    word.save(str(folder / "改.docx"))
    done = save_refreshed(folder / "改.docx", data, folder / "新.docx")
    report = read(folder / "新.docx")
    assert {m: report.value(m) for m in data.cells} == {m: entry.value for m, entry in data.cells.items()}
    was = list(marks_in(Document(str(folder / "改.docx")).element.body))
    now = list(marks_in(Document(str(folder / "新.docx")).element.body))
    figures = figures_by_key(gather(data, None))
    intact = {found.element.get(qn("w:id")) for found in was if found.untouched}
    assert masked(folder / "改.docx", intact) == masked(folder / "新.docx", intact)
    for one, other in zip(was, now, strict=True):
        figure = figures.get(one.key)
        if one.untouched and figure is not None:
            assert other.text == figure.text, "a marked figure is the new one"
        elif one.text != other.text:
            assert figure is not None
            assert figure.text in other.text
        elif figure is None or figure.text not in one.text:
            assert any(f"“{one.text}”" in line or "已被删去" in line for line in done.unplaced), "what stays is told"


def test_a_sound_report_stays_sound(office, tmp_path):
    before, after = office(sound_figures(3)), office(sound_figures(3, most=41))
    finished: Manuscript = draft(before)
    write_docx(finished, tmp_path / "报告.docx")
    edited(tmp_path / "报告.docx", "登记当日", "收到申请的当天")
    cells = {m: Entry(value=e.value * 2, address=e.address) for m, e in before.cells.items()}
    done = save_refreshed(
        tmp_path / "报告.docx",
        after.model_copy(update={"cells": MappingProxyType(cells)}),
        tmp_path / "新.docx",
    )
    assert done.changed
    assert [f.message for f in done.findings if f.severity == "error"] == [
        f.message for f in finished.findings if f.severity == "error"
    ]


def test_figures_of_a_part_told_anew_are_found_again(drafted, qingyuan, qingyuan_2024, tmp_path):
    """What ``draft --section`` writes has marks as a whole draft has: every number its own."""
    second = tmp_path / "改写.docx"
    revision = revise(read(drafted), "一（二）", ["设意见箱2处。"], previous=qingyuan_2024)
    save_revision(revision, drafted, second, previous=qingyuan_2024)
    body = Document(str(second)).element.body
    numbers = [start.get(qn("w:id")) for start in body.iter(qn("w:bookmarkStart"))]
    assert len(numbers) == len(set(numbers)) and all(found.untouched for found in marks_in(body))
    part = "".join(paragraph.text for paragraph in Document(str(second)).paragraphs if "意见箱2处" in paragraph.text)
    assert "2处" in part and "2处" in [found.text for found in marks_in(body)]
    new = with_figures(qingyuan, NEW)
    save_refreshed(second, new, tmp_path / "新.docx", previous=qingyuan_2024)
    received = new.cells["requests.received.total"].value
    text = "".join(paragraph.text for paragraph in Document(str(tmp_path / "新.docx")).paragraphs)
    assert f"{received}件" in text and f"{received + 20}件" not in text and "意见箱2处" in text
