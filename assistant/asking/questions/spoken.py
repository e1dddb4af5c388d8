"""Figures in words that a question may use, so that it is understood as these very figures."""

from __future__ import annotations

import re

from assistant.asking.questions.expressions import cells_in, label, sides

__all__ = ["spoken"]

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
