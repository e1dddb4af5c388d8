"""The sound reports of ``assistant.cases``, and such a report as a text file."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.cases import UNIT, YEAR, cells, dossier, report, sound_figures
from assistant.form import EDITIONS, GROUPS
from assistant.report import Report, TableRead

__all__ = ["UNIT", "YEAR", "cells", "dossier", "printed", "report", "sound_figures"]

GridRow = list[str | None]
"""One full row of a table; ``None`` is a cell that is merged into another."""


def printed(made: Report, style: str = "pipe") -> str:
    """A report as a text file. ``pipe`` drops merged cells, ``trailing`` does so and fills the rows up on the right,
    ``markdown`` draws all cells of the grid, merged ones empty."""
    mark = {"markdown": ("# ", "## ")}.get(style, ("", ""))
    lines = [mark[0] + made.title, *(part.text for part in made.preamble)]
    for section in made.sections:
        heading = section.label
        lines += ["", mark[1] + heading, *(part.text for part in section.paragraphs), ""]
        for table in made.tables:
            if table.section == section.id:
                lines += [_line(row, style) for row in _grid(made, table)]
    return "\n".join([*lines, "", *(part.text for part in made.closing)]) + "\n"


def _line(row: GridRow, style: str) -> str:
    if style == "markdown":
        return f"| {' | '.join(cell or '' for cell in row)} |"
    kept = [cell for cell in row if cell is not None]
    # A row of one cell still ends in a bar: it is the table's, not prose.
    return " | ".join(kept + [""] * (len(row) - len(kept) if style == "trailing" else len(kept) == 1))


def _grid(made: Report, table: TableRead) -> Iterator[GridRow]:
    form = EDITIONS[made.edition].table(table.id)
    if table.id == "disclosure":
        for block in form.blocks:
            width = max(len(other.columns) for other in form.blocks)
            yield [block.heading, *[None] * width]
            yield ["信息内容", *(column.label for column in block.columns), *[None] * (width - len(block.columns))]
            for row in block.rows:
                figures = [made.cells[f"disclosure.{row.id}.{column.id}"].raw for column in block.columns]
                yield [row.label, *figures, *[None] * (width - len(figures))]
    elif table.id == "requests":
        yield from _requests_grid(made, table)
    else:
        cases = [column.label for column in form.blocks[0].columns]
        yield ["行政复议", *[None] * 4, "行政诉讼", *[None] * 9]
        yield [*cases, "未经复议直接起诉", *[None] * 4, "复议后起诉", *[None] * 4]
        yield [*[None] * 5, *cases, *cases]
        yield [made.cells[metric.id].raw for metric in EDITIONS[made.edition].metrics_of("review")]


def _requests_grid(made: Report, table: TableRead) -> Iterator[GridRow]:
    columns = EDITIONS["2021"].table("requests").blocks[0].columns
    yield [
        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
        None,
        None,
        "申请人情况",
        *[None] * 6,
    ]
    yield [None, None, None, "自然人", "法人或其他组织", *[None] * 4, "总计"]
    yield [None, None, None, None, *(column.label for column in columns[1:6]), None]
    opened: set[str] = set()
    for row, label in table.rows.items():
        group = next((group for group in GROUPS if row.startswith(f"{group.id}.")), None)
        outermost = "三、本年度办理结果" if row == "granted" else None
        if row in ("received", "carried_in", "carried_out"):
            labels: GridRow = [label, None, None]
        elif group:
            labels = [outermost, None if group.id in opened else group.label, label]
            opened.add(group.id)
        else:
            labels = [outermost, label, None]
        yield [*labels, *(made.cells[f"requests.{row}.{column.id}"].raw for column in columns)]
