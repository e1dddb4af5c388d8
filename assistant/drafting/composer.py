"""Prose without a model: sentences chosen by what the figures say, around the office's own words.

The figures of the form are always told here, completely and the same way; a model may word the office's points, which
then come in as ``PartContents.points``. Every text still carries slots (``slots.fill``); nothing is claimed that the
workbook does not hold. Where the office gave nothing, 【待补：…】 stands, which check F115 keeps from being published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from assistant.drafting.form_sentences import disclosure_sentences, placeholder, requests_sentences
from assistant.drafting.office import FOLLOWED_UP, PARTS, Voice
from assistant.drafting.slots import Material, is_fee
from assistant.figures.book import Figure
from assistant.form import EDITION_2021, SECTIONS
from assistant.language.organs import is_government
from assistant.lexicon.data import load
from assistant.patterns import regex

__all__ = ["FOLLOWED_UP_OPENING", "compose", "preamble", "title"]

_REGULATION = "《中华人民共和国政府信息公开条例》（国务院令第711号）"
_NOTICE = (
    "《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》"
    f"（{EDITION_2021.basis}）"
)
_FEE_RULES = "《政府信息公开信息处理费管理办法》"
_FEE = "信息处理费"
FOLLOWED_UP_OPENING = "上年报告所列问题和改进措施的进展如下。"
# 条例第五十条: governments report these results, and check F110 asks for them.
_RESULTS = tuple((regex(entry["topic"]), f"{entry['name']}结果") for entry in load("aspects")["result"])

# What is done with a thing that is counted, where its name does not say so itself.
_VERBS = {
    **dict.fromkeys(("发布会", "座谈会"), "召开"),
    **dict.fromkeys(("解读", "问答", "信息"), "发布"),
    **dict.fromkeys(("培训", "培训班", "开放日", "开放日活动"), "举办"),
    **dict.fromkeys(("公开指南", "目录"), "编制"),
    **dict.fromkeys(("中心", "专区", "查阅点"), "设有"),
    "公报": "编发",
    "访谈": "组织",
    "检查": "开展",
    "账号": "现有",
}
_FURTHER_VERBS = [
    "新增",
    "开设",
    "关停",
    "注销",
    "清理",
    "整合",
    "印发",
    "推送",
    "转载",
    "归集",
    "更新",
    "处理",
    "整改",
    "参加",
]
_ANY_VERB = regex("|".join((*dict.fromkeys(_VERBS.values()), *_FURTHER_VERBS)))
_DISCLOSING = regex(f"公开|{_ANY_VERB.pattern}")  # 主动公开政府信息, but not 政府信息公开培训
_ATTENDED = regex(r"(?P<what>.+)(?P<act>参[加训会与])")  # 培训参加 → 参加培训
_SHARED_OPENING = 4  # characters that two names must share for the second to drop them: 社会评议有效问卷、满意问卷


@dataclass(frozen=True)
class PartContents:
    """What one part has to tell: the office's points, in its own words or ``worded`` by a model."""

    material: Material
    part: str
    points: tuple[str, ...]
    worded: bool = False

    @property
    def voice(self) -> Voice:
        return self.material.data.voice

    @property
    def odd_year(self) -> bool:
        """Two years running are worded differently, as in ``form_sentences``."""
        return self.material.data.year % 2 == 1

    @property
    def placeholder(self) -> str:
        """【待补：…】 with what 格式 asks of this part."""
        return placeholder(next(part.asks for part in PARTS if part.id == self.part))

    @cached_property
    def points_text(self) -> str:
        """The points one after the other."""
        return "".join(_sentence(point) for point in self.points)

    def own_figures(self, opening: str = "") -> str:
        """One sentence with the office's own figures for this part."""
        figures = self.material.own_figures_of(self.part)
        clauses = _counted((slot, figure) for slot, figure in figures if not is_fee(self.part, figure))
        return f"{opening}{clauses}。" if clauses else ""


def title(material: Material) -> str:
    return f"{material.data.unit}{material.data.year}年政府信息公开工作年度报告"


def preamble(material: Material) -> str:
    """Basis, contents, statistics period, and where to ask."""
    data = material.data
    titles = "、".join(section.title for section in SECTIONS)
    text = (
        f"根据{_REGULATION}和{_NOTICE}要求，现公布{title(material)}。报告包括{titles}六个部分，"
        f"数据的统计期限为{data.year}年1月1日至{data.year}年12月31日。"
    )
    if data.website:
        text += f"报告电子版可在{data.website}查阅。"
    if data.phone:
        text += f"对报告内容有疑问的，请与{data.unit}联系，电话：{data.phone}。"
    return text


def compose(part: str, material: Material, worded: tuple[str, ...] | None = None) -> tuple[str, ...]:
    """The paragraphs of one part, with slots; ``worded`` are a model's sentences in place of the office's points."""
    points = material.points_of(part) if worded is None else worded
    paragraphs = _PARTS[part](PartContents(material, part, points, worded is not None))
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
    """一是…。二是…。 where several measures stand side by side; a single one, or one that counts itself, needs no
    number."""
    by_itself = any("一是" in point for point in points)
    numerals = "一二三四五六七八九十" if 1 < len(points) <= 10 and not by_itself else ""
    return "".join(
        f"{numeral}是{_sentence(point)}" for numeral, point in zip(numerals, points, strict=False)
    ) or "".join(_sentence(point) for point in points)


def _disclosed(contents: PartContents) -> tuple[str, ...]:
    return disclosure_sentences(
        contents.material
    ), contents.own_figures() + contents.points_text or contents.placeholder


def _requested(contents: PartContents) -> tuple[str, ...]:
    return requests_sentences(contents.material) + contents.own_figures("办理过程中，"), contents.points_text


def _managed(contents: PartContents) -> tuple[str, ...]:
    points = contents.points_text if contents.worded else _in_turn(contents.points)
    return (points + contents.own_figures("全年") or contents.placeholder,)


def _platforms(contents: PartContents) -> tuple[str, ...]:
    return (contents.own_figures() + contents.points_text or contents.placeholder,)


def _supervised(contents: PartContents) -> tuple[str, ...]:
    text = contents.own_figures("一年来，") + contents.points_text
    if not text:
        return (contents.placeholder,)
    wanted = _RESULTS if is_government(contents.material.data.unit) else ()
    return text, *(placeholder(what) for topic, what in wanted if not topic.search(text))


def _problems(contents: PartContents) -> tuple[str, ...]:
    if not contents.points:
        return (contents.placeholder,)
    odd, even = (
        f"{contents.voice.we}的政府信息公开工作还有以下不足：",
        f"对照工作要求，{contents.voice.we}还存在以下问题：",
    )
    return odd if contents.odd_year else even, *_numbered(contents.points)


def _improvements(contents: PartContents) -> tuple[str, ...]:
    progress = "".join(_sentence(point) for point in contents.material.points_of(FOLLOWED_UP))
    before = (f"{FOLLOWED_UP_OPENING}{progress}",) if progress else ()
    if not contents.points:
        return *before, contents.placeholder
    opening = "针对上述问题，采取以下改进措施：" if contents.odd_year else "对以上问题逐项改进，措施如下："
    return *before, opening, *_numbered(contents.points)


def _other(contents: PartContents) -> tuple[str, ...]:
    return _fees(contents), contents.own_figures("此外，"), *(_sentence(point) for point in contents.points)


def _fees(contents: PartContents) -> str:
    """What was charged for handling requests, which 格式 wants contents even when it is nothing, and for how many."""
    fees = [
        (slot, figure)
        for slot, figure in contents.material.own_figures_of(contents.part)
        if is_fee(contents.part, figure)
    ]
    charged = next(((slot, figure) for slot, figure in fees if figure.unit != "件"), None)
    if charged is None:
        return "" if _FEE in contents.points_text else placeholder("本年度信息处理费收取情况，未收取也要写明")
    slot, figure = charged
    if figure.value == 0:
        return f"本年度，{contents.voice.all}没有收取政府信息公开信息处理费。"
    others = ((other, each) for other, each in fees if other != slot and each.value)
    more = "".join(
        f"，涉及申请{{{{{other}}}}}" if each.unit == "件" else f"，{_counted([(other, each)])}"
        for other, each in others
    )
    return f"本年度，{contents.voice.all}依照{_FEE_RULES}收取信息处理费{{{{{slot}}}}}{more}。"


def _counted(figures: Iterable[tuple[str, Figure]]) -> str:
    """Clauses on figures given with their slots, without a stop at the end; empty for none."""
    text, name, done = "", "", ""
    for slot, figure in figures:
        verb, phrase = _phrase(slot, figure, name)
        again = bool(verb) and verb == done  # what is done stands once
        text += f"{'、' if again else '，' if text else ''}{'' if again else verb}{phrase}"
        name, done = figure.label, verb
    return text


def _phrase(slot: str, figure: Figure, before: str) -> tuple[str, str]:
    """What was done, empty where the name says so itself, and how much of it; ``before`` is the name told just
    before."""
    name = figure.label
    shared = next((n for n in range(min(len(name), len(before)), 0, -1) if name[:n] == before[:n]), 0)
    if _SHARED_OPENING <= shared < len(name):
        name = name[shared:]
    if len(figure.unit) > 1 and name.endswith(figure.unit) and len(name) > len(figure.unit):
        # 培训参加人次305人次 → 参加培训305人次; the 件 of 政策文件 is no unit.
        stem = _ATTENDED.sub(r"\g<act>\g<what>", name.removesuffix(figure.unit))
        return "", f"{stem}{{{{{slot}}}}}"
    word, verb = next(((word, verb) for word, verb in _VERBS.items() if name.endswith(word)), ("", ""))
    if (_DISCLOSING if word == "信息" else _ANY_VERB).search(name.removesuffix(word)):
        verb = ""  # 举办新闻发布会 says it itself
    return (f"没有{verb}", name) if verb and not figure.value else (verb, f"{name}{{{{{slot}}}}}")


_PARTS: dict[str, Callable[[PartContents], tuple[str, ...]]] = dict(
    zip(
        (part.id for part in PARTS),
        (_disclosed, _requested, _managed, _platforms, _supervised, _problems, _improvements, _other),
        strict=True,
    )
)
