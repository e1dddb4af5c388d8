"""Cells that a person read again: what a scan or an odd table made of them is set right by hand, and that is said."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.errors import UnknownName
from assistant.figures.book import place_of
from assistant.form import all_metrics
from assistant.readers.form_tables.labels import is_figure, parse_cell
from assistant.report import Cell, ReadingWarning, Report

__all__ = ["corrected"]

_LONGEST = 40  # characters of a cell: a figure and a short note


def corrected(report: Report, cells: Mapping[str, str]) -> Report:
    """The report with these cells as they are printed in the original, by metric; an empty text is a blank. Every
    change is among the notes of the reading.

    Raises:
        UnknownName: no such cell in this form, or the text is no figure.
    """
    known = all_metrics()
    made = dict(report.cells)
    notes = []
    for metric, text in cells.items():
        raw = text.strip()
        if metric not in known or report.table(known[metric].table.id) is None:
            raise UnknownName("报告里没有这一格", where=metric, help="请在报告的表格里点要改的那一格。")
        if len(raw) > _LONGEST or not is_figure(raw):
            raise UnknownName(
                f"“{raw[:_LONGEST]}”不是一格的数", where=place_of(metric), help="请照原件填写数字；空白的格留空。"
            )
        before = report.cells.get(metric, Cell(raw="", value=None))
        made[metric] = parse_cell(raw, before.source).model_copy(update={"confidence": 1.0})
        told = f"{place_of(metric)}由“{before.raw}”改为“{raw}”，是人工更正，不是文件里读到的"
        notes.append(ReadingWarning(message=told, source=before.source))
    return report.model_copy(update={"cells": made, "warnings": (*report.warnings, *notes)})
