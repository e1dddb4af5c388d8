"""Two reports side by side."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from small_report import report

from assistant.cli import run
from assistant.comparing import compare_reports
from assistant.errors import AssistantError
from assistant.form import EDITION_2021
from assistant.readers import read, report_from_text


@pytest.fixture
def files(tmp_path) -> list[str]:
    paths = [tmp_path / f"{year}.md" for year in (2023, 2024)]
    paths[0].write_text(report(2023, 12), encoding="utf-8")
    paths[1].write_text(report(2024, 15).replace("\n无。", "\n=1+1<b>费用</b>另行说明。\n"), encoding="utf-8")
    return [str(path) for path in paths]


def test_figures_stand_side_by_side(files):
    compared = compare_reports(*map(read, files))
    received = next(figure for figure in compared.figures if figure.metric == "requests.received.total")
    assert (received.old, received.new, received.change, received.rate) == (12, 15, 3, Decimal("25.00"))
    blank = next(figure for figure in compared.figures if figure.metric == "requests.carried_in.total")
    assert (blank.old, blank.change, blank.rate) == (None, None, None)
    assert {figure.metric for figure in compared.changed_figures} == {
        "requests.received.natural_person", "requests.received.total",
    }  # fmt: skip


def test_figures_come_in_the_order_of_the_form(corpus):
    compared = compare_reports(read(corpus / "清源区_2023.md"), read(corpus / "清源区_2024.md"))
    assert [figure.metric for figure in compared.figures] == list(EDITION_2021.metrics)


def test_two_names_of_one_unit_are_one(files):
    old, new = map(read, files)
    assert compare_reports(old, new.model_copy(update={"unit": f"{new.unit}人民政府"})).notes == ()


def test_paragraphs_of_the_same_matter_stand_side_by_side(files):
    overview = next(part for part in compare_reports(*map(read, files)).sections if part.title == "一、总体情况")
    assert [pair.kind for pair in overview.pairs] == ["changed"]
    assert overview.alike == 1.0, "numbers do not count, as in R102"


def test_nothing_of_either_text_is_lost(corpus):
    old, new = read(corpus / "清源区_2023.md"), read(corpus / "清源区_2024.md")
    parts = compare_reports(old, new).sections
    for side, told in (("old", old), ("new", new)):
        written = [p.text for p in told.preamble] + [p.text for section in told.sections for p in section.paragraphs]
        shown = [getattr(pair, side) for part in parts for pair in part.pairs]
        assert sorted(filter(None, shown)) == sorted(written)


def test_added_and_removed_paragraphs():
    base = report()
    added = base.replace("群众比较满意。", "群众比较满意。\n\n另外新建了三个查阅点，方便老年人就近查询纸质文件。")
    pairs = [pair for part in compare_reports(*map(report_from_text, (base, added))).sections for pair in part.pairs]
    assert [pair.kind for pair in pairs] == ["same", "added", "same"]
    pairs = [pair for part in compare_reports(*map(report_from_text, (added, base))).sections for pair in part.pairs]
    assert [pair.kind for pair in pairs] == ["same", "removed", "same"]


def test_what_makes_reports_hard_to_compare_is_said(files):
    new, old = map(read, files)
    other = report_from_text(report().replace("甲区", "乙区"))
    assert "前一份是2024年度的" in compare_reports(old, new).notes[0]
    assert "单位不同" in compare_reports(new, other).notes[0]


def test_on_the_command_line(files, capsys):
    assert run(["compare", *files]) == 0
    told = capsys.readouterr().out
    assert "某市甲区2023年 → 某市甲区2024年" in told
    assert "+25.00%" in told
    assert run(["compare", *files, "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert set(made) == {"old", "new", "notes", "figures", "sections"}
    received = next(figure for figure in made["figures"] if figure["metric"] == "requests.received.total")
    assert (received["old"], received["new"], received["rate"]) == ("12", "15", "25.00")


def test_as_a_spreadsheet(files, tmp_path):
    out = tmp_path / "对照.xlsx"
    assert run(["compare", *files, "-o", str(out)]) == 0
    book = load_workbook(out)
    rows = {row[1]: row[2:] for row in book["数字"].iter_rows(values_only=True)}
    assert rows["本年新收申请（总计）"] == (12, 15, 3, "+25.00%")
    assert rows["上年结转申请（总计）"][:2] == (None, None), "blank is not zero"
    last = [row for row in book["文字"].iter_rows() if row[3].value and "另行说明" in row[3].value]
    assert [(cell.data_type, cell.quotePrefix) for cell in last[0][3:]] == [("s", True)]


def test_as_a_page(files, tmp_path):
    out = tmp_path / "对照.html"
    assert run(["compare", *files, "-o", str(out)]) == 0
    page = out.read_text(encoding="utf-8")
    assert "<ins>15</ins>" in page
    assert "&lt;b&gt;费用" in page
    assert "<script" not in page


def test_nothing_is_overwritten_unless_asked(files, tmp_path):
    out = tmp_path / "对照.html"
    out.write_text("别人的", encoding="utf-8")
    with pytest.raises(AssistantError, match="已经存在"):
        run(["compare", *files, "-o", str(out)])
    assert out.read_text(encoding="utf-8") == "别人的"
    assert run(["compare", *files, "-o", str(out), "--overwrite"]) == 0
    with pytest.raises(AssistantError, match="不能写成"):
        run(["compare", *files, "-o", str(tmp_path / "对照.pdf")])
