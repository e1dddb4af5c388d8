"""Figures reckoned from others, written as expressions of metric ids: sums ``a+b``, differences ``a-b``, shares
``a/b``.

A sum binds closer than the difference or the share it stands in: ``a+b/c`` is the share that a and b have of c.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from assistant.figures.book import PERCENT_STEP, Book, Figure, label_of
from assistant.language.numerals import plain, rounded

__all__ = [
    "Sides",
    "cells_in",
    "divided",
    "evaluate",
    "is_closed",
    "label",
    "may_be_added",
    "sides",
    "spoken",
    "whole_of",
]

Sides = tuple[str, str, str]
_OUTSIDE = ("carried_in", "carried_out")


# A ranking of thousands of reports takes the same few expressions apart for each of them.
_remembered = lru_cache(maxsize=4096)


@_remembered
def sides(expression: str) -> Sides | None:
    """(left, ``-`` or ``/``, right) of a difference or a share; ``None`` for a cell or a sum."""
    found = re.fullmatch(r"([^-/]+)([-/])([^-/]+)", expression)
    return (found[1], found[2], found[3]) if found else None


@_remembered
def cells_in(expression: str) -> tuple[str, ...]:
    """The metric ids of an expression, in its order."""
    return tuple(re.split(r"[-+/]", expression))


def evaluate(expression: str, book: Book) -> Figure | None:
    """The figure that an expression comes to; ``None`` when a part of it is blank or not there, or a whole is zero."""
    cells = cells_in(expression)
    if len(cells) == 1:
        return book.get(expression)
    if pair := sides(expression):
        left, right = evaluate(pair[0], book), evaluate(pair[2], book)
        if left is None or right is None or (pair[1] == "/" and (right.value == 0 or left.value > right.value)):
            return None  # a share over 100 % is none
        if pair[1] == "-":
            return Figure(expression, left.value - right.value, left.unit, label(expression), "")
        share = plain(rounded(left.value * 100 / right.value, PERCENT_STEP))
        return Figure(expression, share, "%", label(expression), "")
    if re.search("[-/]", expression):
        return None  # a share of a difference: nothing that a person would recognise
    held = [figure for metric in cells if (figure := evaluate(metric, book))]
    if len(held) < len(cells):
        return None
    return Figure(expression, sum((figure.value for figure in held), Decimal(0)), held[0].unit, label(expression), "")


@_remembered
def label(expression: str) -> str:
    """What a sentence calls a figure; a total needs no column, the year no 本年: 不予公开, 新收申请,
    不予公开＋无法提供, 新收申请（商业企业、科研机构）."""
    if pair := sides(expression):
        left, right = label(pair[0]), label(pair[2])
        if is_closed(expression):
            return f"{left}已审结"
        return f"{left}占{right}的比例" if pair[1] == "/" else f"{left}与{right}之差"
    names = [_cell_label(metric) for metric in cells_in(expression)]
    rows, _, columns = zip(*(name.removesuffix("）").partition("（") for name in names), strict=True)
    if len(set(rows)) == 1 and all(columns) and len(names) > 1:  # kinds of applicants in one row
        return f"{rows[0]}（{'、'.join(columns)}）"
    return "＋".join(names)


def _cell_label(metric: str) -> str:
    name = label_of(metric).removesuffix("（总计）").replace("办理结果总计", "办结总数").replace("本年", "")
    return name.removesuffix("总计").removesuffix("（单位：万元）") or name


def is_closed(expression: str) -> bool:
    """Whether a difference is all cases without the pending ones: 审结."""
    pair = sides(expression)
    return bool(pair) and pair is not None and pair[1] == "-" and pair[2] == pair[0].replace(".total", ".pending")


def whole_of(expression: str) -> str:
    """What a figure is a share of when the question does not say: a kind of applicant of its row, an outcome of all
    that was concluded, a case of its kind; empty when there is no such whole."""
    metric = cells_in(expression)[0]
    family, _, rest = metric.partition(".")
    row, _, column = rest.rpartition(".")
    if family == "requests":
        if column != "total":
            return f"requests.{row}.total"
        inflow = row in ("received", "concluded", *_OUTSIDE)
        return "requests.workload.total" if inflow else "requests.concluded.total"
    if metric in ("litigation.direct.total", "litigation.after_review.total"):
        return "litigation.total"
    kind = metric.rpartition(".")[0]
    return f"{kind}.total" if family in ("review", "litigation") and column != "total" else ""


def divided(metric: str) -> str:
    """What ``metric`` is one part of, where it has no parts itself: of 结果维持 all cases, of 行政执法案卷 all that
    was not disclosed."""
    family, _, rest = metric.partition(".")
    row, _, column = rest.rpartition(".")
    return f"requests.{row.partition('.')[0]}.{column}" if family == "requests" else whole_of(metric) or metric


def may_be_added(metrics: tuple[str, ...]) -> bool:
    """Whether figures count things of one kind, none of them twice: rows of one column of table 3, columns of one of
    its rows, cases, decisions of table 2."""
    tables = {re.sub("^(?:review|litigation)", "cases", metric).partition(".")[0] for metric in metrics}
    if len(metrics) < 2 or len(tables) > 1:
        return False
    if tables == {"disclosure"}:
        return len({metric.rpartition(".")[2] for metric in metrics}) == 1 and "fees" not in str(metrics)
    if tables == {"cases"}:
        return not _one_in_another([metric.rpartition(".")[0] for metric in metrics], metrics)
    rows = [metric.removeprefix("requests.").rpartition(".")[0] for metric in metrics]
    columns = {metric.rpartition(".")[2] for metric in metrics}
    if len(columns) > 1:
        return len(set(rows)) == 1 and not columns & {"total"} and not {"legal_person", "business"} <= columns
    inflow = {"received", "carried_in"}
    return not _one_in_another(rows, metrics) and (
        set(rows) in (inflow, {"concluded", "carried_out"})  # both sides of the table's balance
        or not set(rows) & (inflow | {"concluded", "workload"})
    )


def _one_in_another(groups: list[str], metrics: tuple[str, ...]) -> bool:
    """Whether one of them counts what another counts too: 无法提供 and 不掌握, 行政诉讼 and 直接起诉, 总计 and 纠正."""
    pairs = [(a, b) for a in range(len(groups)) for b in range(len(groups)) if a != b]
    return any(
        groups[b].startswith(f"{groups[a]}.") or (groups[a] == groups[b] and metrics[a].endswith(".total"))
        for a, b in pairs
    )


# Figures in words that a question may use, so that it is understood as these very figures.

# Where the printed label is no word for it: a question knows the sum of 新收 and 上年结转 as 收办.
_SAID = (("新收＋上年结转", "收办申请"), ("（其他）", "（其他组织）"), ("（总计）", ""), ("增/减", "本年增减"))


def spoken(expressions: tuple[str, ...], operation: str) -> str:
    """不予公开（自然人）和无法提供 of metric ids or expressions; what is added up is asked for as 一共."""
    told = "和".join(_one(expression) for expression in expressions)
    return f"{told}一共" if any("+" in one for one in expressions) and operation == "value" else told


def _one(expression: str) -> str:
    pair = sides(expression)
    if pair and pair[1] == "/":
        return _one(pair[0])  # a share is asked for by its own words
    return "和".join(_cell(metric) for metric in cells_in(expression)) if "-" not in expression else label(expression)


def _cell(metric: str) -> str:
    told = label(metric)
    for printed, said in _SAID:
        told = told.replace(printed, said)
    return re.sub(r"(^.*)（(.+)）$", r"\2\1", told)
