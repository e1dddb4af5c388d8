"""Saying which unit or year is not there, and the nearest that is; and what a year was reckoned from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.asking.asker import Asker
from assistant.asking.questions.question import Question
from assistant.asking.questions.units import nearest_units

__all__ = ["nearest_year", "no_such_unit", "of_kind", "reckoned_from", "which_unit"]

_MOST_NAMED = 8
_KIND = re.compile(r"(?:哪[个家一些几两三]*|各|每个|所有|[两三四五六七八九十几\d]个)(区|市|县|镇|乡|街道|局|厅)")


def no_such_unit(name: str, held: Iterable[str]) -> str:
    """That a unit is not in the library, with those whose names are most like it."""
    near = nearest_units(name, held)
    return f"资料库中没有“{name}”的报告。" + (f"名称相近的有{'、'.join(near)}。" if near else "")


def which_unit(candidates: Sequence[str]) -> str:
    """That a name may mean several units, and which."""
    more = f"等{len(candidates)}个单位" if len(candidates) > _MOST_NAMED else ""
    return f"题中的单位可能指{'、'.join(candidates[:_MOST_NAMED])}{more}，请写明全称。"


def of_kind(question: Question, held: Iterable[str]) -> tuple[str, ...]:
    """The units held that 哪个区, 各街道 mean; all of them when the question names no kind, or none is of it."""
    found = _KIND.search(question.text)
    fitting = tuple(unit for unit in held if found and re.sub("(?:人民政府|办事处)$", "", unit).endswith(found[1]))
    return fitting or tuple(held)


def nearest_year(held: Sequence[int], wanted: Sequence[int]) -> str:
    """The year held that is nearest to those asked for; the newer one of two."""
    if not held or not wanted:
        return ""
    near = min(held, key=lambda year: (min(abs(year - one) for one in wanted), -year))
    return f"最接近的是{near}年。"


def reckoned_from(asker: Asker) -> str:
    """What 去年 was taken to be, and from which day; what 近三年 was taken to end with."""
    period = asker.question.period
    told = "、".join(f"“{word}”为{year}年" for word, year in period.relative)
    day = asker.question.today
    return f"（按{day.year}年{day.month}月{day.day}日推算，{told}。）" if told else ""
