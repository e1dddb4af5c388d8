"""What was not read is told and absent: never blank, never another column's figure."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from dossiers import printed, report

from assistant.form import EDITIONS, all_metrics
from assistant.readers import report_from_text
from assistant.report import Report

STYLES = ["pipe", "trailing", "markdown"]
SPECS = {"2021": {}, "2019": {"edition": "2019", "year": 2019}}


def distinct(edition: str) -> Report:
    """A report each of whose cells has a number of its own, so that no shift goes unseen."""
    figures = {metric: str(number) for number, metric in enumerate(EDITIONS[edition].metrics, start=11)}
    return report(figures=figures, **SPECS[edition])  # type: ignore[arg-type]


def rows_one_short(text: str, style: str) -> Iterator[tuple[str, str]]:
    """The text with one figure's cell taken out of its row, and that figure."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        inner = line.strip().removeprefix("|").removesuffix("|") if style == "markdown" else line
        cells = inner.split("|")
        for place, cell in enumerate(cells):
            left = cells[:place] + cells[place + 1 :]
            if "|" in line and cell.strip().isdigit() and len(left) > 1:
                short = "|".join(left)
                yield (
                    "\n".join([*lines[:number], f"|{short}|" if style == "markdown" else short, *lines[number + 1 :]]),
                    cell,
                )


@pytest.mark.parametrize("edition", SPECS)
@pytest.mark.parametrize("style", STYLES)
def test_a_row_one_cell_short_gives_no_figure(edition: str, style: str) -> None:
    """370 of 1,194 such rows gave their figures to the wrong columns, and nothing was told of them."""
    made = distinct(edition)
    metrics = {str(cell.value): metric for metric, cell in made.cells.items()}
    tried = 0
    for text, figure in rows_one_short(printed(made, style), style):
        read, metric = report_from_text(text), metrics[figure.strip()]
        row, table = metric.rpartition(".")[0], all_metrics()[metric].table.id
        wrong = {m: str(cell.value) for m, cell in read.cells.items() if cell.value != made.value(m)}
        assert wrong == {}, text
        gone = {m for m in made.cells if m not in read.cells}
        assert all(m.startswith(row) or table == "review" for m in gone)
        assert not gone or read.unread(table), metric
        tried += 1
    assert tried > 150


def test_a_row_is_told_with_how_many_cells_it_lacks() -> None:
    text = printed(report(), "markdown")
    line = next(line for line in text.split("\n") if "（七）总计" in line)
    (told,) = report_from_text(text.replace(line, line.replace(" 0 |", "", 1))).warnings
    assert (
        told.kind == "unread" and told.table == "requests" and "少1格" in told.message and "（七）总计" in told.message
    )
