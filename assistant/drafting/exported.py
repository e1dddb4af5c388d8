"""Figures of a statistics export that was pasted into the workbook, found by their labels as in any report."""

from __future__ import annotations

from pathlib import Path

from assistant.drafting.office import Entry
from assistant.drafting.sheets import EXPORT, total_formula
from assistant.errors import BadWorkbook, UnreadableReport
from assistant.readers import read_document
from assistant.readers.assemble import assemble
from assistant.readers.blocks import Document, Grid

__all__ = ["add_exported"]


def add_exported(path: Path, typed: dict[str, Entry], faults: list[str]) -> dict[str, Entry]:
    """``typed`` with the pasted figures in its blank cells; totals are the export's own.

    What was typed and pasted differently, and what cannot be placed, is a fault, by address.

    Raises:
        BadWorkbook: the workbook is larger than the readers allow.
    """
    try:
        blocks = read_document(path).blocks
    except UnreadableReport as error:
        raise BadWorkbook(error.what, where=str(path), help=error.help) from error
    grids = tuple(block for block in blocks if isinstance(block, Grid) and str(block.source).startswith(f"{EXPORT}!"))
    if not grids:
        return typed
    pasted = assemble(Document(grids), path.name)
    faults += [f"{warning.source}：{warning.message}" for warning in pasted.warnings]
    if not pasted.cells:
        faults.append(f"{grids[0].source}：没有认出表二、表三、表四，请连同行列标签一起粘贴")
    merged = dict(typed)
    for metric, cell in pasted.cells.items():
        if metric not in typed:
            faults.append(f"{cell.source}：现行格式的表中没有这一格，请按〔2021〕30号格式重新导出")
            continue
        mine = typed[metric]
        if total_formula(metric) or mine.value is None:
            merged[metric] = mine if cell.value is None else Entry(value=cell.value, address=str(cell.source))
        elif cell.value not in (None, mine.value):
            faults.append(f"{mine.address}与{cell.source}的数字不同（{mine.value}、{cell.value}），请留下正确的一个")
    return merged
