"""Prose without a model: sentences chosen by what the figures say, around the office's own words.

The figures of the form are always told here, completely and the same way; a model may word the office's points, which
then come in as ``PartContents.points``. Every text still carries slots (``slots.fill``); nothing is claimed that the
workbook does not hold. Where the office gave nothing, 【待补：…】 stands, which check F115 keeps from being published.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from assistant.drafting.figure_names import counted
from assistant.drafting.form_sentences import disclosure_sentences, placeholder, requests_sentences
from assistant.drafting.frame import followed_up, frame_of
from assistant.drafting.office import FOLLOWED_UP, OPENING, PARTS, Voice
from assistant.drafting.own_figures import Told, as_sentence, joined, with_figures
from assistant.drafting.register import written_out
from assistant.drafting.slots import SLOT, Material, fill, is_fee
from assistant.drafting.within_notes import parts_of, with_whole
from assistant.figures.book import Figure
from assistant.form import EDITION_2021, SECTIONS
from assistant.language.numerals import write
from assistant.language.polarity import statements
from assistant.lexicon import phrase
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
_FEE_ASKED = "本年度信息处理费收取情况，未收取也要写明"
FOLLOWED_UP_OPENING = "上年报告所列事项的落实情况如下。"
# 条例第五十条: governments report these results.
_JUDGED = tuple((regex(entry["topic"]), regex(entry["result"])) for entry in load("aspects")["result"])


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
        return placeholder(next(part.asks for part in frame_of(self.material.data) if part.id == self.part))

    @cached_property
    def told(self) -> Told:
        return with_figures(self.part, self.points, self.material)

    @property
    def points_text(self) -> str:
        """The figure of the whole, and the points one after the other."""
        return self.told.whole + "".join(as_sentence(point) for point in self.told.points)

    @property
    def own_figures(self) -> str:
        return self.told.others


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
    points = tuple(map(written_out, material.points_of(part))) if worded is None else worded
    paragraphs = _PARTS.get(part, _told)(PartContents(material, part, points, worded is not None))
    return tuple(line for paragraph in paragraphs for line in paragraph.split("\n") if line)


def _numbered(sentences: tuple[str, ...]) -> tuple[str, ...]:
    """1. 2. 3., one a paragraph."""
    return tuple(f"{n}.{as_sentence(text)}" for n, text in enumerate(sentences, start=1))


def _in_turn(points: tuple[str, ...]) -> str:
    """一是…。二是…。 where several measures stand side by side; a single one, or one that counts itself, needs no
    number."""
    by_itself = any("一是" in point for point in points)
    numerals = "一二三四五六七八九十" if 1 < len(points) <= 10 and not by_itself else ""
    return "".join(
        f"{numeral}是{as_sentence(point)}" for numeral, point in zip(numerals, points, strict=False)
    ) or "".join(as_sentence(point) for point in points)


def _opening(contents: PartContents) -> tuple[str, ...]:
    """The office's own words, else one sentence that leads to the parts: their figures are told once, there, and
    nothing is praised that nobody noted."""
    if contents.points:
        return (contents.points_text + contents.own_figures,)
    data, we = contents.material.data, contents.voice.we
    aspects = [part.heading or part.id for part in frame_of(data) if part.number.startswith(f"{OPENING.number}（")]
    opening = (
        f"{we}依照《中华人民共和国政府信息公开条例》开展{data.year}年政府信息公开工作，主要情况如下。"
        if contents.odd_year
        else f"现从{'、'.join(aspects)}{write(len(aspects))}个方面，报告{we}{data.year}年政府信息公开工作的总体情况。"
    )
    return (opening + contents.own_figures,)


def _disclosed(contents: PartContents) -> tuple[str, ...]:
    return (
        disclosure_sentences(contents.material),
        contents.points_text + contents.own_figures or contents.placeholder,
    )


def _requested(contents: PartContents) -> tuple[str, ...]:
    return requests_sentences(contents.material), contents.points_text + contents.own_figures


def _managed(contents: PartContents) -> tuple[str, ...]:
    points = contents.points_text if contents.worded else contents.told.whole + _in_turn(contents.told.points)
    return (points + contents.own_figures or contents.placeholder,)


def _told(contents: PartContents) -> tuple[str, ...]:
    return (contents.points_text + contents.own_figures or contents.placeholder,)


def _supervised(contents: PartContents) -> tuple[str, ...]:
    """What was done before how it was judged; the order of a report that is rewritten without a workbook stays. Where
    the office told no result of 考核, 评议 or 追究, check F110 says so: nobody can publish a question."""
    told = contents.told
    if not told.others:
        return _told(contents)
    done, judged = list[str](), list[str]()
    last = done
    for point in told.points:
        if not phrase("drafts", "goes_on_from").match(point):
            last = judged if _is_judged(fill(point, contents.material.book)[0]) else done
        last.append(as_sentence(point))
    return ("".join((told.whole, *done, told.others, *judged)),)


def _is_judged(point: str) -> bool:
    """Whether it tells how the work was judged, not that it will be: 占考核分值的4% is none."""
    return any(topic.search(point) and result.search(point) for topic, result in _JUDGED)


def _problems(contents: PartContents) -> tuple[str, ...]:
    if not contents.points:
        return (contents.placeholder,)
    odd, even = (
        f"{contents.voice.we}的政府信息公开工作还有以下不足：",
        f"对照工作要求，{contents.voice.we}还存在以下问题：",
    )
    return odd if contents.odd_year else even, *_numbered(contents.told.points)


def _improvements(contents: PartContents) -> tuple[str, ...]:
    parts = (part.id for part in frame_of(contents.material.data) if part.number.startswith(OPENING.number))
    section_one = tuple(point for part in parts for point in contents.material.points_of(part))
    progress = followed_up(contents.material.points_of(FOLLOWED_UP), FOLLOWED_UP_OPENING, section_one)
    before = (progress,) if progress else ()
    if not contents.points:
        return *before, contents.placeholder
    # 上述问题 would be last year's, behind what became of them.
    problems, measures = (len(contents.material.points_of(part)) for part in ("问题", contents.part))
    each = "逐项" if 0 < problems <= measures else "加以"  # 逐项 promises a measure for each
    odd, even = "针对本年度存在的问题，下一步将采取以下措施：", f"下一步将对本年度存在的问题{each}改进，措施如下："
    opening = odd if contents.odd_year else even
    return *before, opening, *_numbered(contents.told.points)


def _other(contents: PartContents) -> tuple[str, ...]:
    """What was charged for handling requests, which 格式 wants even when it is nothing, in one paragraph; the rest."""
    fees = [
        (slot, figure)
        for slot, figure in contents.material.own_figures_of(contents.part)
        if is_fee(contents.part, figure)
    ]
    charged = next(((slot, figure) for slot, figure in fees if figure.unit != "件"), None)
    told = [charged is not None and _tells_fee(point, charged[1].value, contents.material) for point in contents.points]
    noted, others = list[str](), list[str]()
    for point, tells in zip(contents.points, told, strict=True):
        (noted if tells or _FEE in point else others).append(as_sentence(point))
    if charged and not any(told):
        more = [each for each in fees if each != charged]
        if noted:
            noted = _with_the_fee(noted, charged, more, contents.material)
        else:
            noted = [f"本年度，{contents.voice.all}{_charged(charged, more)}。"]
    return "".join(noted) or placeholder(_FEE_ASKED), contents.own_figures, *others


def _with_the_fee(
    noted: list[str], charged: tuple[str, Figure], others: list[tuple[str, Figure]], material: Material
) -> list[str]:
    """The notes on fees with what was charged: before the parts of it, where one tells them, else behind them."""
    slot, fee = charged
    clause = f"全年{_charged(charged, others, named=_FEE_RULES.strip('《》') in ''.join(noted))}"
    for n, note in enumerate(noted):
        parts = parts_of(fee.value, fee.unit, note, material.book)
        if parts and (text := with_whole(note, parts, slot, fee, clause)):
            return [*noted[:n], text, *noted[n + 1 :]]
    return [*noted[:-1], joined(noted[-1], clause)]


def _charged(fee: tuple[str, Figure], others: list[tuple[str, Figure]], *, named: bool = False) -> str:
    """A clause on what was charged, and for how many; the rules are not named twice."""
    slot, figure = fee
    if figure.value == 0:
        return "没有收取政府信息公开信息处理费"
    more = "".join(
        f"，涉及申请{{{{{other}}}}}" if each.unit == "件" else f"，{counted([(other, each)])}"
        for other, each in others
        if each.value
    )
    return f"{'' if named else f'依照{_FEE_RULES}'}收取信息处理费{{{{{slot}}}}}{more}"


def _tells_fee(point: str, charged: Decimal, material: Material) -> bool:
    """Whether a point of the office tells the fee that the workbook has: it is not told twice."""
    if charged in [material.book.value(slot) for slot in SLOT.findall(point)]:
        return _FEE in point
    said = statements(phrase("drafts", "no_bill").sub("", fill(point, material.book)[0]), "fee", material.data.year)
    return not charged and any(each.polarity == "none" for each in said)


_PARTS: dict[str, Callable[[PartContents], tuple[str, ...]]] = dict(
    zip(
        (OPENING.id, *(part.id for part in PARTS)),
        (_opening, _disclosed, _requested, _managed, _told, _supervised, _problems, _improvements, _other),
        strict=True,
    )
)
