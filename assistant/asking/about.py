"""Questions that no report answers: what the library holds, what can be asked, and what another command does."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Literal

from assistant.asking.inquiry import Inquiry, years_text
from assistant.asking.result import Answer, AnswerFigure
from assistant.lexicon import phrase, said

__all__ = ["about_answer"]

_HELP = (
    "可以问年度报告里的数字、做法和问题，以及条例的规定，例如：\n"
    "　{unit}{year}年新收多少件申请，比上年增长多少？\n"
    "　{year}年哪个单位不予公开的比例最高？\n"
    "　{unit}{year}年报告里写的主要问题有哪些？\n"
    "　收到申请后多少个工作日内要答复？2026年3月2日收到的申请哪天到期？\n"
    "查一份报告、起草一份，网页上点“查”“写”；命令行用 assistant check、assistant template 和 assistant draft，"
    "全部命令见 assistant --help。"
)
_COMMANDS = {
    "about.draft": "起草在网页的“写”里做：填好三张表和要点，点“起草”。命令行是：assistant template 生成数据工作簿，"
    "填好后 assistant draft --data 数据.xlsx；只写一部分用 --section。",
    "about.check": "核查在网页的“查”里做：把报告拖进去。命令行是：assistant check 报告文件 --previous 上年报告文件。",
    "about.chart": "画图：网页上问几年的数，答案下面点“历年的图”；"
    "命令行是：assistant trend 指标 --unit 单位 -o 图.svg。",
}


_MOST_UNITS = 30


def about_answer(inquiry: Inquiry) -> Answer | None:
    """What the library holds, how to ask, or which command does it; ``None`` for any other question."""
    text = inquiry.question.text
    if re.fullmatch(rf"(?:{said('questions', 'about.greeting')})+[，,。!！~～]*", text):
        return _answer(inquiry, f"您好。{_help(inquiry)}", route="help")
    if phrase("questions", "about.help").search(text):
        return _answer(inquiry, _help(inquiry), route="help")
    for id, told in _COMMANDS.items():
        if phrase("questions", id).search(text) and not (
            inquiry.question.wants_figure or phrase("passages", "asks_on_matter").search(text)
        ):
            return _answer(inquiry, told, route="help")
    if phrase("questions", "about.opinion").search(text) and not inquiry.question.wants_figure:
        return inquiry.abstain("这里只回答报告和条例里写着的内容，不作评价，也不作预测。", "passages")
    # Without the names of units, which the words of the asking stand around: 宿迁你有几年的, 你有宿迁的年报吗.
    return _holdings(inquiry) if phrase("questions", "about.holdings").search(inquiry.question.named.rest) else None


def _holdings(inquiry: Inquiry) -> Answer | None:
    held = {unit: inquiry.held[unit] for unit in inquiry.units} if inquiry.units else inquiry.held
    if inquiry.question.named.unknown or (inquiry.units and inquiry.years and not _meant(inquiry, held)):
        return None  # 你有武汉的年报吗: it is said what there is instead
    count = _meant(inquiry, held)
    if inquiry.units or inquiry.years:
        # Each year of one unit by itself: 这几年, asked next, points at them.
        each = {unit: "、".join(f"{year}年" for year in years) for unit, years in held.items() if years}
        have = "；".join(each.values() if len(each) == 1 else (f"{unit}：{years}" for unit, years in each.items()))
        of = f"{'、'.join(f'{year}年' for year in inquiry.years)}的"
        told = f"资料库里{'、'.join(inquiry.units)}{of if inquiry.years else ''}报告有{count}份（{have}）。"
    else:
        have = "；".join(f"{unit}：{years_text(years)}" for unit, years in list(held.items())[:_MOST_UNITS])
        more = "；等等" if len(held) > _MOST_UNITS else ""
        told = f"资料库里有{count}份报告，{len(held)}个单位（{have}{more}）。"
    answer = _answer(inquiry, told, route="library")
    figures = [AnswerFigure(text=f"{count}份", value=Decimal(count), metric="reports", unit="", year=None)]
    if not (inquiry.units or inquiry.years):
        figures.append(
            AnswerFigure(text=f"{len(held)}个", value=Decimal(len(held)), metric="units", unit="", year=None)
        )
    return answer.model_copy(update={"answer": told, "figures": tuple(figures)})


def _meant(inquiry: Inquiry, held: Mapping[str, Sequence[int]]) -> int:
    """How many reports there are of the years asked about, or at all."""
    return sum(len([year for year in years if year in inquiry.years or not inquiry.years]) for years in held.values())


def _help(inquiry: Inquiry) -> str:
    unit = max(inquiry.held, key=lambda one: max(inquiry.held[one], default=0), default="清源区")
    return _HELP.format(unit=unit, year=max(inquiry.held.get(unit, [2024])))


def _answer(inquiry: Inquiry, told: str, route: Literal["library", "help"]) -> Answer:
    # What it says of the program and the library stands in no passage.
    empty = Answer(question=inquiry.question.text, answer="", route=route)
    return empty.model_copy(update={"answer": told})
