"""W114, W115: how numbers of documents are written, and marks of punctuation that come in pairs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from assistant.figures.dossier import Dossier
from assistant.language.prose import Prose
from assistant.lexicon import phrase
from assistant.rules.base import Hit, hit_at, rule
from assistant.rules.wording_W.word_lists import everywhere

_RIGHT = ("〔〕", "﹝﹞")


@rule("W114", "发文字号写法", severity="warning", basis="《党政机关公文处理工作条例》，GB/T 9704—2012")
def document_numbers_are_written_rightly(dossier: Dossier) -> Iterator[Hit]:
    """发文字号的年份用六角括号〔〕括起，写四位数；顺序号不加“第”，不编虚位。案号、公告号、令号另有写法，不在此列。

    依据：《党政机关公文处理工作条例》；《党政机关公文格式》（GB/T 9704—2012）7.2.5。
    违例：国办函[2020]109号；国办函〔20〕109号；国办函〔2020〕第109号；江政办〔2020〕009号。
    正例：国办函〔2020〕109号。
    """
    for paragraph in everywhere(dossier.report):
        for found in phrase("cited", "number_written").finditer(paragraph.text) if "号" in paragraph.text else ():
            year, serial = found["year"], found["serial"]
            faults = [
                said
                for said, wrong in (
                    (f"年份应用六角括号〔〕，文中用“{found['open']}{found['close']}”", _is_unlike(found)),
                    ("年份应写四位数", len(year) == 2),
                    ("顺序号前不加“第”", bool(found["order"])),
                    ("顺序号不编虚位", serial.startswith("0")),
                )
                if wrong
            ]
            if faults:
                right = f"〔{year if len(year) == 4 else '20' + year}〕{serial.lstrip('0')}号"
                start, written = found.start("open"), paragraph.text[found.start("open") : found.end()]
                yield hit_at(start, found.end(), paragraph, f"“{written}”：{'，'.join(faults)}", right, written)


def _is_unlike(found: re.Match[str]) -> bool:
    return found["open"] + found["close"] not in _RIGHT


_PAIRS = {"“": "”", "（": "）", "(": ")", "《": "》", "〈": "〉", "【": "】", "〔": "〕"}
_OPENING = {closing: opening for opening, closing in _PAIRS.items()}
_NAMES = {"“": "引号", "（": "括号", "(": "括号", "《": "书名号", "〈": "书名号", "【": "方括号", "〔": "六角括号"}
_SAME = {"(": "（", ")": "）"}
_MOST = 10  # marks of a section that are told: where there are more, something else is wrong
_REACH = 6  # paragraphs over which a quotation may go on


class _Half(NamedTuple):
    """A mark without its other half."""

    paragraph: Prose
    number: int
    at: int
    mark: str


@rule("W115", "引号、括号、书名号不成对", severity="warning", basis="《标点符号用法》（GB/T 15834—2011）")
def marks_come_in_pairs(dossier: Dossier) -> Iterator[Hit]:
    """引号、括号、书名号应成对使用，缺了一半，读者不知道引文、注释到哪里为止。引文或括号内的文字分成几段的，几段合起来看；“1）”“一）”一类的序号不算。

    依据：《标点符号用法》（GB/T 15834—2011）。
    违例：咨询电话0799-6601234（工作日接听。
    正例：咨询电话0799-6601234（工作日接听）。
    """
    for _, group in groupby(everywhere(dossier.report), key=lambda each: each.where.partition("·")[0]):
        for half in _halves(list(group))[:_MOST]:
            opens = half.mark in _PAIRS
            other = _PAIRS[half.mark] if opens else _OPENING[half.mark]
            name = _NAMES[half.mark if opens else other]
            message = f"“{half.mark}”没有与它成对的“{other}”，{name}缺了{'后' if opens else '前'}一半"
            yield hit_at(half.at, half.at + 1, half.paragraph, message, f"{name}成对", half.mark)


def _halves(paragraphs: Sequence[Prose]) -> list[_Half]:
    """The marks of a section that have no other half, those of quotations over several paragraphs paired off."""
    left: list[_Half] = []
    waiting: dict[str, list[_Half]] = {}  # opening marks of earlier paragraphs, by what closes them
    for number, paragraph in enumerate(paragraphs):
        for half in _halves_of(paragraph, number):
            before = waiting.get(half.mark, [])
            if before and number - before[-1].number <= _REACH:
                before.pop()
            elif half.mark in _PAIRS:
                waiting.setdefault(_PAIRS[half.mark], []).append(half)
            else:
                left.append(half)
    left += (half for halves in waiting.values() for half in halves)
    # Each paragraph of a long quotation opens with the mark, only the last one closes it.
    return [half for half in sorted(left, key=lambda half: (half.number, half.at)) if not _goes_on(half, paragraphs)]


def _goes_on(half: _Half, paragraphs: Sequence[Prose]) -> bool:
    behind = paragraphs[half.number + 1 : half.number + 2]
    return half.mark == "“" and bool(behind) and behind[0].text.lstrip().startswith("“")


def _halves_of(paragraph: Prose, number: int) -> Iterator[_Half]:
    text = paragraph.text
    if not any(text.count(opening) != text.count(closing) for opening, closing in _PAIRS.items()):
        return  # nearly all paragraphs; marks that are in the wrong order come in equal numbers and are seldom
    numbers = {found.end() - 1 for found in phrase("numbering", "half_bracket").finditer(text)}
    opened: dict[str, list[int]] = {}
    for at, mark in enumerate(text):
        if mark in _PAIRS:
            opened.setdefault(_SAME.get(mark, mark), []).append(at)
        elif mark in _OPENING and at not in numbers:
            waiting = opened.get(_SAME.get(_OPENING[mark], _OPENING[mark]))
            if waiting:
                waiting.pop()
            else:
                yield _Half(paragraph, number, at, _SAME.get(mark, mark))
        elif mark in _OPENING and (waiting := opened.get("（")):
            waiting.pop()  # （见附件 1） is no point after all
    for mark, places in opened.items():
        yield from (_Half(paragraph, number, at, mark) for at in places)
