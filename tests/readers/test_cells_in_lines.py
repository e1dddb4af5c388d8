"""Tables saved with one cell a line, in all the ways pages are saved, with broken and annotated labels."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from dossiers import printed, report

from assistant.check import check
from assistant.figures.dossier import Dossier
from assistant.form import EDITION_2021
from assistant.readers import report_from_text
from assistant.report import Report

MADE = report(figures={metric: str(number) for number, metric in enumerate(EDITION_2021.metrics, start=11)})


def in_lines(made: Report, one: Callable[[str], str]) -> str:
    """The report with every cell of its tables on lines of their own."""
    lines: list[str] = []
    for line in printed(made).split("\n"):
        cells = [cell.strip() for cell in line.split("|") if cell.strip()] if "|" in line else []
        lines += [one(cell) for cell in cells] or [line]
    return "\n".join(lines)


def tabbed(made: Report) -> str:
    lines: list[str] = []
    table: list[str] = []
    for line in [*printed(made).split("\n"), ""]:
        if "|" in line:
            table += [cell.strip() for cell in line.split("|") if cell.strip()]
            continue
        lines += ["\t".join(table)] if table else []
        table = []
        lines.append(line)
    return "\n".join(lines)


def bar_of(cell: str) -> str:
    return f"{cell} |"


SAVED = {
    "a bar behind each cell": in_lines(MADE, bar_of),
    "a bar below each cell": in_lines(MADE, lambda cell: f"{cell}\n|"),
    "bars around each cell": in_lines(MADE, lambda cell: f"| {cell} |"),
    "rows filled up": in_lines(MADE, bar_of).replace("第二十条第（一）项 |", "第二十条第（一）项 |\n|||").replace("自然人 |", "||||||||\n自然人 |"),
    "a table a line": tabbed(MADE),
    "broken headers": in_lines(MADE, str).replace("商业企业", "商业\n企业").replace("社会公益组织", "社会公\n益组织").replace("本年制发件数", "本年制\n发件数"),
    "broken row labels": in_lines(MADE, str).replace("要求提供公开出版物", "要求提供\n公开出版物"),
    "annotated labels": in_lines(MADE, str).replace("行政规范性文件", "规范性文件(行政机关制定发布的文件)").replace("规章", "规章（设区的市以上填写）"),
}  # fmt: skip


@pytest.mark.parametrize("text", SAVED.values(), ids=SAVED)
def test_every_cell_is_read(text: str) -> None:
    back = report_from_text(text)
    assert {metric: cell.raw for metric, cell in back.cells.items()} == {m: c.raw for m, c in MADE.cells.items()}
    assert back.warnings == () and [section.id for section in back.sections] == [s.id for s in MADE.sections]


def test_blank_cells_are_bars_by_themselves() -> None:
    blank = "requests.received.research", "requests.received.total", "review.pending"
    made = report(figures=dict.fromkeys(blank, ""))
    text = "\n".join(
        "\n".join(f"{cell.strip()} |" if cell.strip() else "|" for cell in line.split("|"))
        if line.count("|") > 1
        else line
        for line in printed(made).split("\n")
    )
    back = report_from_text(text)
    assert {metric for metric, cell in back.cells.items() if cell.value is None} == set(blank)
    assert len(back.cells) == 200


@pytest.mark.parametrize("label", ["行政规范性文件", "规章", "3.危及“三安全一稳定”"])
def test_notes_in_brackets_are_no_part_of_a_label(label: str) -> None:
    back = report_from_text(printed(MADE).replace(label, f"{label}（以本机关名义的）"))
    assert len(back.cells) == 200 and back.warnings == ()


def test_an_unmatched_row_is_not_read_and_not_missing() -> None:
    """Its figures are nobody's: F119 tells it, and no rule calls the row of the form missing or blank."""
    back = report_from_text(printed(report()).replace("3.要求提供公开出版物", "3.其他出版物类事项处理"))
    assert "requests.not_processed.publication.total" not in back.cells
    findings = check(Dossier(back)).findings
    assert any(finding.code == "F119" and "公开出版物" in finding.message for finding in findings)
    assert not [f for f in findings if f.code in ("F105", "T302", "T305")]
