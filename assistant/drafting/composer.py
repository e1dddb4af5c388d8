"""Prose without a model: sentences chosen by what the figures say, around the office's own words.

The figures of the form are always told here, completely and the same way; a model may word the office's points, which then
come in as ``Telling.points``. Every text still carries slots (``slots.fill``); nothing is claimed that the workbook does not
hold. Where the office gave nothing, 【待补：…】 stands, which check F115 keeps from being published.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from assistant.drafting.composer_figures import counted, disclosure_sentences, pending, requests_sentences
from assistant.drafting.office import FOLLOWED_UP, PARTS, Voice
from assistant.drafting.slots import Material, is_fee
from assistant.form import EDITION_2021, SECTIONS
from assistant.language.organs import is_government
from assistant.lexicon.data import load

__all__ = ["FOLLOWED_UP_OPENING", "compose", "preamble", "title"]

_REGULATION = "《中华人民共和国政府信息公开条例》（国务院令第711号）"
_NOTICE = f"《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》（{EDITION_2021.basis}）"
_FEE_RULES = "《政府信息公开信息处理费管理办法》"
_FEE = "信息处理费"
FOLLOWED_UP_OPENING = "上年报告所列问题和改进措施的进展如下。"
# 条例第五十条: governments report these results, and check F110 asks for them.
_RESULTS = tuple((re.compile(entry["topic"]), f"{entry['name']}结果") for entry in load("aspects")["result"])


@dataclass(frozen=True)
class Telling:
    """What one part has to tell: the office's points, in its own words or ``worded`` by a model."""

    given: Material
    part: str
    points: tuple[str, ...]
    worded: bool = False

    @property
    def voice(self) -> Voice:
        return self.given.data.voice

    @property
    def odd_year(self) -> bool:
        """Two years running are worded differently, as in ``phrases_of``."""
        return self.given.data.year % 2 == 1

    @property
    def asked(self) -> str:
        """【待补：…】 with what 格式 asks of this part."""
        return pending(next(part.asks for part in PARTS if part.id == self.part))

    @cached_property
    def plain(self) -> str:
        """The points one after the other."""
        return "".join(_sentence(point) for point in self.points)

    def own(self, opening: str = "") -> str:
        """One sentence with the office's own figures for this part."""
        told = counted((slot, figure) for slot, figure in self.given.own_of(self.part) if not is_fee(self.part, figure))
        return f"{opening}{told}。" if told else ""


def title(given: Material) -> str:
    return f"{given.data.unit}{given.data.year}年政府信息公开工作年度报告"


def preamble(given: Material) -> str:
    """Basis, contents, statistics period, and where to ask."""
    data = given.data
    contents = "、".join(section.title for section in SECTIONS)
    text = (
        f"根据{_REGULATION}和{_NOTICE}要求，现公布{title(given)}。报告包括{contents}六个部分，"
        f"数据的统计期限为{data.year}年1月1日至{data.year}年12月31日。"
    )
    if data.website:
        text += f"报告电子版可在{data.website}查阅。"
    if data.phone:
        text += f"对报告内容有疑问的，请与{data.unit}联系，电话：{data.phone}。"
    return text


def compose(part: str, given: Material, worded: tuple[str, ...] | None = None) -> tuple[str, ...]:
    """The paragraphs of one part, with slots; ``worded`` are a model's sentences in place of the office's points."""
    points = given.points_of(part) if worded is None else worded
    paragraphs = _PARTS[part](Telling(given, part, points, worded is not None))
    return tuple(line for paragraph in paragraphs for line in paragraph.split("\n") if line)


def _sentence(text: str) -> str:
    """A point as a sentence: one full stop at its end. A line break behind it parts paragraphs."""
    apart = "\n" if text.endswith("\n") else ""
    text = text.strip().rstrip("；;，,、")
    return f"{text if text.endswith(('。', '！', '？', '】')) else f'{text}。'}{apart}"


def _numbered(sentences: tuple[str, ...]) -> tuple[str, ...]:
    """1. 2. 3., one a paragraph."""
    return tuple(f"{n}.{_sentence(text)}" for n, text in enumerate(sentences, start=1))


def _in_turn(points: tuple[str, ...]) -> str:
    """一是…。二是…。 where several measures stand side by side; a single one, or one that counts itself, needs no number."""
    by_itself = any("一是" in point for point in points)
    numerals = "一二三四五六七八九十" if 1 < len(points) <= 10 and not by_itself else ""
    return "".join(
        f"{numeral}是{_sentence(point)}" for numeral, point in zip(numerals, points, strict=False)
    ) or "".join(_sentence(point) for point in points)


def _disclosed(told: Telling) -> tuple[str, ...]:
    return disclosure_sentences(told.given), told.own() + told.plain or told.asked


def _requested(told: Telling) -> tuple[str, ...]:
    return requests_sentences(told.given) + told.own("办理过程中，"), told.plain


def _managed(told: Telling) -> tuple[str, ...]:
    points = told.plain if told.worded else _in_turn(told.points)
    return (points + told.own("全年") or told.asked,)


def _platforms(told: Telling) -> tuple[str, ...]:
    return (told.own() + told.plain or told.asked,)


def _supervised(told: Telling) -> tuple[str, ...]:
    text = told.own("一年来，") + told.plain
    if not text:
        return (told.asked,)
    wanted = _RESULTS if is_government(told.given.data.unit) else ()
    return text, *(pending(what) for topic, what in wanted if not topic.search(text))


def _problems(told: Telling) -> tuple[str, ...]:
    if not told.points:
        return (told.asked,)
    odd, even = f"{told.voice.we}的政府信息公开工作还有以下不足：", f"对照工作要求，{told.voice.we}还存在以下问题："
    return odd if told.odd_year else even, *_numbered(told.points)


def _improvements(told: Telling) -> tuple[str, ...]:
    became = "".join(_sentence(point) for point in told.given.points_of(FOLLOWED_UP))
    before = (f"{FOLLOWED_UP_OPENING}{became}",) if became else ()
    if not told.points:
        return *before, told.asked
    opening = "针对上述问题，采取以下改进措施：" if told.odd_year else "对以上问题逐项改进，措施如下："
    return *before, opening, *_numbered(told.points)


def _other(told: Telling) -> tuple[str, ...]:
    return _fees(told), told.own("此外，"), *(_sentence(point) for point in told.points)


def _fees(told: Telling) -> str:
    """What was charged for handling requests, which 格式 wants told even when it is nothing, and for how many."""
    fees = [(slot, figure) for slot, figure in told.given.own_of(told.part) if is_fee(told.part, figure)]
    charged = next(((slot, figure) for slot, figure in fees if figure.unit != "件"), None)
    if charged is None:
        return "" if _FEE in told.plain else pending("本年度信息处理费收取情况，未收取也要写明")
    slot, figure = charged
    if figure.value == 0:
        return f"本年度，{told.voice.all}没有收取政府信息公开信息处理费。"
    others = ((other, each) for other, each in fees if other != slot and each.value)
    more = "".join(
        f"，涉及申请{{{{{other}}}}}" if each.unit == "件" else f"，{counted([(other, each)])}" for other, each in others
    )
    return f"本年度，{told.voice.all}依照{_FEE_RULES}收取信息处理费{{{{{slot}}}}}{more}。"


_PARTS: dict[str, Callable[[Telling], tuple[str, ...]]] = dict(
    zip(
        (part.id for part in PARTS),
        (_disclosed, _requested, _managed, _platforms, _supervised, _problems, _improvements, _other),
        strict=True,
    )
)
