"""R101–R106: what repeats last year's report, another office's or itself, and paragraphs that say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assistant.figures.dossier import Dossier
from assistant.language.likeness import (
    ALIKE,
    NEARLY_THE_SAME,
    SHORTEST,
    SHORTEST_SENTENCE,
    likeness,
    masked,
    own_names,
    telling,
    telling_paragraphs,
)
from assistant.language.prose import Prose, prose
from assistant.lexicon import phrase
from assistant.patterns import regex
from assistant.report import Report
from assistant.rules.base import Hit, Severity, mark_in, rule
from assistant.text import enumerator

BASIS = "防止照抄，各级考核评估的通行指标"
SHORTEST_SECTION = 100
_COMPARED = ("overview", "problems", "other")
_SHOWN, _PAIRS_SHOWN = 160, 3
_SENTENCE = regex(r"[^。！？；\n]+[。！？；]?")
_DIGITS = regex(r"\d+(?:[.,]\d+)*")
_FEWEST_PARAGRAPHS, _SHORTEST_PARAGRAPH = 4, 30


@rule("R101", "去掉数字后，整段（40字以上）与上年相同", severity="warning", basis=BASIS, needs=("previous",))
def paragraphs_are_not_last_years(dossier: Dossier) -> Iterator[Hit]:
    """一段话除了数字一字不改，多半是照抄上年。导语、信息处理费、“未发生”一类按格式必须写的句子不算。

    依据：报告应当反映本年度的情况（《条例》第五十条）。
    违例：整段只把“2023年”改成“2024年”、把“57场”改成“61场”。
    正例：同一项工作，本年写了新的做法和结果。
    """
    assert dossier.previous is not None
    before = {telling(paragraph.text): paragraph for paragraph in _narrative(dossier.previous)}
    for paragraph in _narrative(dossier.report):
        key = telling(paragraph.text)
        old = before.get(key) if len(key) >= SHORTEST else None
        if old:
            yield Hit(
                paragraph.where,
                f"除数字外与上年“{old.where}”的一段完全相同。上年：“{_shown(old.text)}”",
                "本年的情况",
                "与上年相同",
                _shown(paragraph.text),
                anchor=key[:SHORTEST],
                marks=(mark_in(paragraph),),
            )


@rule("R102", "章的相似度", severity="warning", basis=BASIS, needs=("previous", "sections"))
def sections_are_not_last_years(dossier: Dossier) -> Iterator[Hit]:
    """一章与上年同一章的相似度（0 到 1），0.60 以上作警告，0.85 以上作错误。数字、标点不计，按格式必须写的句子不算；取全章比对与逐段比对
    （每段取上年最像的一段，按字数加权）中较高的一个，都是两段文字最长公共子序列的两倍与总字数之比。不足100字的章不单独比；三章都不足的短报告，合起来按
    整份比。

    依据：报告应当反映本年度的情况（《条例》第五十条）。
    违例：第五章的问题和措施与上年相似度 0.9。
    正例：相似度在 0.6 以下。
    """
    assert dossier.previous is not None
    compared = [(name, *_texts(dossier, name)) for name in _COMPARED]
    long = [(name, now, before) for name, now, before in compared if _are_long(now, before)]
    if not long:  # a short report is compared as a whole: each of its sections may be alike by chance
        now, before = _texts(dossier, *_COMPARED)
        long = [("whole", now, before)] if _are_long(now, before) else []
    for section_id, now, before in long:
        keys, old_keys = ([telling(each.text) for each in side] for side in (now, before))
        value, closest = likeness(keys, old_keys)
        if value >= ALIKE:
            severity: Severity = "error" if value >= NEARLY_THE_SAME else "warning"
            pairs = [
                (now[n], before[place], score)
                for n, (score, place) in enumerate(closest)
                if len(keys[n]) >= SHORTEST and score >= ALIKE
            ]
            shown = "；".join(
                f"“{_shown(mine.text, 60)}”与上年“{_shown(old.text, 60)}”（{score:.2f}）"
                for mine, old, score in sorted(pairs, key=lambda pair: -pair[2])[:_PAIRS_SHOWN]
            )
            whole = section_id == "whole"
            yield Hit(
                "全文" if whole else now[0].where.partition("·")[0],
                f"{'整份报告的文字' if whole else ''}与上年{'' if whole else '同一章'}的相似度为{value:.2f}"
                + (f"，最像的是：{shown}" if shown else ""),
                f"低于{ALIKE:.2f}",
                f"{value:.2f}",
                severity=severity,
                anchor=section_id,
                marks=tuple(mark_in(mine) for mine, _, _ in pairs) or (mark_in(now[0]),),
            )


def _texts(dossier: Dossier, *sections: str) -> tuple[list[Prose], list[Prose]]:
    """This year's and last year's paragraphs of sections."""
    assert dossier.previous is not None
    return _of(dossier.report, *sections), _of(dossier.previous, *sections)


def _are_long(now: Sequence[Prose], before: Sequence[Prose]) -> bool:
    return min(sum(len(telling(each.text)) for each in side) for side in (now, before)) >= SHORTEST_SECTION


@rule("R103", "只换了数字的句子一览", severity="info", basis=BASIS, needs=("previous",))
def sentences_with_only_new_numbers(dossier: Dossier) -> Iterator[Hit]:
    """逐句列出与上年只差数字（含年份）的句子，请确认数字都已更新、说法仍然符合本年情况。整段相同的由 R101 报，按格式必须写的句子不列。

    依据：报告应当反映本年度的情况（《条例》第五十条）。
    违例：（不是错误，只是列出。）两年都写“开展培训N期，参训N人次”，只换了数字。
    正例：句子换了写法，或者数字与上年一样。
    """
    assert dossier.previous is not None
    paragraphs = {telling(paragraph.text) for paragraph in _narrative(dossier.previous)}
    before = {each.key: each for paragraph in _narrative(dossier.previous) for each in _sentences(paragraph)}
    for paragraph in _narrative(dossier.report):
        key = telling(paragraph.text)
        if len(key) >= SHORTEST and key in paragraphs:
            continue
        for each in _sentences(paragraph):
            old = before.get(each.key)
            if old and old.numbers != each.numbers:
                message = f"与上年只差数字。上年：“{_shown(old.text)}”"
                marks = (mark_in(paragraph, each.start, each.start + len(each.text)),)
                yield Hit(paragraph.where, message, "", "只换了数字", _shown(each.text), anchor=each.key, marks=marks)


@rule("R104", "与报告集中其他单位雷同", severity="warning", basis=BASIS, needs=("others",))
def paragraphs_are_not_other_units(dossier: Dossier) -> Iterator[Hit]:
    """与同批检查的其他单位比对：去掉数字和单位自己的名称以后，整段（40字以上）相同的，列出是哪些单位。没有相同的，列出只改了少数字词的，即相似度
    （最长公共子序列的两倍与总字数之比）在 0.85 以上的。各段都不足40字的短报告，合起来按整份比。按格式必须写的句子、几乎只列数字的句子不算。

    依据：报告应当反映本单位的情况（《条例》第四十九条、第五十条）。
    违例：两个局的“政府信息管理”一段除单位名称外一字不差；或者只把“专区”改成“专柜”。
    正例：各单位写自己的做法；都写“没有收取信息处理费”。
    """
    assert dossier.others is not None
    mine = {id(each.paragraph): each for each in _narrative(dossier.report)}
    for each in telling_paragraphs(dossier.report) if dossier.others.alike else ():
        alike = dossier.others.with_paragraph(each.key)
        if alike:
            paragraph = mine[id(each.paragraph)]
            units = "、".join(alike.units)
            units += f"等{alike.total}个单位" if alike.total > len(alike.units) else ""
            how = "相同" if alike.likeness == 1 else f"只差少数字词（相似度{alike.likeness:.2f}）"
            yield Hit(
                paragraph.where,
                f"除数字和单位名称外与{units}的{'一段' if len(paragraph.text) >= SHORTEST else '整份文字'}{how}。"
                f"{alike.units[0]}：“{_shown(alike.words)}”",
                "本单位的情况",
                f"与{units}{how}",
                _shown(paragraph.text),
                anchor=each.key[:SHORTEST],
                marks=(mark_in(paragraph),),
            )


@rule("R105", "空话率：没有数字、没有专名的段落过半", severity="info", basis=BASIS, needs=("sections",))
def paragraphs_tell_something(dossier: Dossier) -> Iterator[Hit]:
    """第一部分各段（30字以上）中，既没有数字（年份不算），也没有文件、机构、地方名称的超过一半，读者看不出本年做了什么。

    依据：《条例》第五十条要求报告主动公开、依申请公开等工作的情况。
    违例：五段中有四段只有“提高认识、加强领导、完善机制”。
    正例：多数段落写明了做了什么、做了多少。
    """
    long = [each for each in _of(dossier.report, "overview") if len(each.text) >= _SHORTEST_PARAGRAPH]
    names = own_names(dossier.report.unit)
    empty = [paragraph for paragraph in long if not _is_concrete(paragraph.text, names)]
    if len(long) >= _FEWEST_PARAGRAPHS and len(empty) * 2 > len(long):
        yield Hit(
            long[0].where.partition("·")[0],
            f"{len(long)}段中有{len(empty)}段既没有数字，也没有文件、机构、地方名称",
            "不过半",
            f"{len(empty)}段（共{len(long)}段）",
            _shown(empty[0].text, 60),
            anchor="overview",
            marks=tuple(map(mark_in, empty)),
        )


_SHORTEST_AT_ONCE = 8  # right behind the first
_SHORTEST_REPEATED = 20  # characters; 未收到此类申请。may stand under several headings
_TABLE_ROW = "　"  # between the cells of a table of the office's own, which is read as prose


@rule("R106", "同一报告内段落、句子重复", severity="warning", basis="行文规范")
def nothing_is_said_twice(dossier: Dossier) -> Iterator[Hit]:
    """同一段、同一句话（20字以上，数字也相同；前后紧接的8字以上）在一份报告里出现两遍，多半是粘贴时重复。按格式必须写的句子（信息处理费、“未发生”一类）不算；概述与专门一章
    分别说到同一个数、写法不同的不算。

    依据：行文规范。
    违例：“（一）主动公开”的一段在“（四）平台建设”下又出现一次。
    正例：两处说的是不同的事。
    """
    met: dict[str, Prose] = {}
    for paragraph in _narrative(dossier.report):
        if _TABLE_ROW in paragraph.text:
            continue
        repeated = []
        for found in _SENTENCE.finditer(paragraph.text):
            key = _words_of(found.group())
            at_once = paragraph.text.startswith(found.group(), found.end())  # 出席2场。出席2场。
            if len(key) >= (_SHORTEST_AT_ONCE if at_once else _SHORTEST_REPEATED) and telling(found.group()):
                before = met.setdefault(key, paragraph)
                if before is not paragraph or paragraph.text.count(found.group().strip()) > 1:
                    repeated.append((found, before))
        if repeated:
            yield _repeated(paragraph, repeated)


def _words_of(sentence: str) -> str:
    return re.sub(r"[\s\W_]+", "", sentence.removeprefix(enumerator(sentence)))


def _repeated(paragraph: Prose, found: list[tuple[re.Match[str], Prose]]) -> Hit:
    """One hit for all that a paragraph repeats."""
    first, before = found[0]
    shown = _shown(first.group().strip(), 60)
    what = f"{len(found)}句话重复，如“{shown}”" if len(found) > 1 else f"“{shown}”重复"
    where = "本段" if before is paragraph else f"“{before.where}”"
    marks = tuple(mark_in(paragraph, *each.span()) for each, _ in found)
    return Hit(paragraph.where, f"{what}，前文见{where}", "只说一遍", "两遍", shown, anchor=shown, marks=marks)


def _is_concrete(text: str, names: Sequence[str]) -> bool:
    """Whether a paragraph has a number other than years, or a name of a document, an organ or its own place."""
    told = phrase("calendar", "any_date").sub("", text.removeprefix(enumerator(text)))
    return any(name in text for name in names) or bool(phrase("units", "proper").search(told))


class _Sentence(NamedTuple):
    text: str
    start: int
    key: str
    numbers: list[str]


def _sentences(paragraph: Prose) -> Iterator[_Sentence]:
    """The sentences of a paragraph that have numbers and are long enough to be compared."""
    for found in _SENTENCE.finditer(paragraph.text):
        text = found.group()
        numbers = _DIGITS.findall(text)
        if numbers and len(text) >= SHORTEST_SENTENCE:
            key = telling(text)
            if len(key) >= SHORTEST_SENTENCE:
                yield _Sentence(text.strip(), found.end() - len(text.lstrip()), key, numbers)


def _narrative(report: Report) -> Iterator[Prose]:
    return (each for each in prose(report) if each.section != "preamble" and not each.paragraph.heading)


def _of(report: Report, *sections: str) -> list[Prose]:
    """Paragraphs of sections that have words: where ``telling``, which is known by now, leaves any, there are."""
    return [
        each
        for each in prose(report, *sections)
        if not each.paragraph.heading and (telling(each.text) or masked(each.text))
    ]


def _shown(text: str, most: int = _SHOWN) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most]}…"
