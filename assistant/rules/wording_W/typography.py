"""W106, W110: abbreviations, and punctuation and numbering of more than one style."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from assistant.figures.dossier import Dossier
from assistant.language.prose import Prose
from assistant.report import Mark
from assistant.rules.base import Hit, hit_at, hit_on, rule
from assistant.rules.wording_W.word_lists import everywhere

BASIS = "《标点符号用法》（GB/T 15834—2011），公文格式的通行要求"

_SHORT = re.compile(
    r"(?:以下|下文|下同)?[，,]?\s*(?:均|统一|合并|分别)?(?:简称|统称|(?<=以下)称)为?\s*[:：]?\s*"
    r"(?P<short>[“\"《〈](?P<bare>[^”\"》〉]{1,20})[”\"》〉]|[\u4e00-\u9fffA-Za-z]{2,8}(?=[）)]))"
)
_TITLE = re.compile(r"《([^《》]+)》")
_GENERIC = frozenset(
    ["条例", "规定", "办法", "意见", "通知", "方案", "细则", "格式", "要点", "规范", "指引", "标准", "清单", "规划"]
)


class _Style(NamedTuple):
    """A mark of punctuation that is written in two ways."""

    name: str
    full: str
    half: re.Pattern[str]


# A half-width mark counts where Chinese stands beside it: 3,521, 10:30 and English names are no slips.
_STYLES = (
    _Style("逗号", "，", re.compile(r"(?<=[\u4e00-\u9fff”》）)%]),|,(?=[\u4e00-\u9fff“《（])")),
    _Style("分号", "；", re.compile(r"(?<=[\u4e00-\u9fff\d”》）)%]);")),
    _Style("冒号", "：", re.compile(r"(?<=[\u4e00-\u9fff”》）)]):")),
    _Style("括号", "（", re.compile(r"\((?=[^()]*[\u4e00-\u9fff])")),
    _Style("问号", "？", re.compile(r"(?<=[\u4e00-\u9fff])\?")),
)
_WIDE_DIGIT, _DIGIT = re.compile(r"[０-９]+"), re.compile(r"[0-9]+")
_ORDINAL = re.compile(r"^\s*(\d{1,2})\s*([.．、])(?!\d)")
_BRACKETED = re.compile(r"^\s*[（(][一二三四五六七八九十]{1,3}[）)]\s*[、.．，,]")


@rule("W106", "简称重复定义、未定义先用", severity="info", basis="公文行文的通行要求")
def abbreviations_are_defined_once(dossier: Dossier) -> Iterator[Hit]:
    """简称应在第一次出现全称时说明，以后直接使用。同一个简称说明两次的，书名号内的简称（《条例》《办法》）在说明之前使用、
    或全文没有说明也没有出现过全称的，列出来。

    依据：公文行文的通行要求。
    违例：导语写“（以下简称《条例》）”，第一部分又写“（简称《条例》）”。
    正例：导语说明一次，以后都用《条例》。
    """
    defined: dict[str, Prose] = {}
    titles: set[str] = set()
    used: set[str] = set()
    told = [(paragraph, _explained(paragraph)) for paragraph in everywhere(dossier.report)]
    later = {found["short"] for _, shorts in told for found in shorts.values()}
    for paragraph, shorts in told:
        for found in shorts.values():
            short = found["short"]
            if short in defined:
                message = f"“{short}”在“{defined[short].where}”已经说明过"
                yield hit_at(found.start("short"), found.end("short"), paragraph, message, "只说明一次", short)
            defined.setdefault(short, paragraph)
        for title in _TITLE.finditer(paragraph.text):
            short, name = title.group(), title[1]
            if title.start() in shorts or name not in _GENERIC:
                titles.add(name)
            elif short not in used and not _is_known(short, title.start(), shorts, defined, paragraph):
                used.add(short)
                if short in later:
                    yield hit_on(title, paragraph, f"“{short}”在说明全称之前就已使用", "先说明全称")
                elif not any(full.endswith(name) for full in titles):
                    yield hit_on(title, paragraph, f"“{short}”没有说明全称", "先写全称")


def _explained(paragraph: Prose) -> dict[int, re.Match[str]]:
    """Where a paragraph explains an abbreviation, by its place."""
    if "称" not in paragraph.text:
        return {}
    return {found.start("short"): found for found in _SHORT.finditer(paragraph.text)}


def _is_known(
    short: str, at: int, here: Mapping[int, re.Match[str]], defined: Mapping[str, Prose], paragraph: Prose
) -> bool:
    """Whether a name that is used at ``at`` was explained before."""
    if short not in defined:
        return False
    return defined[short] is not paragraph or any(
        place < at and found["short"] == short for place, found in here.items()
    )


@rule("W110", "半全角、序号样式混用", severity="info", basis=BASIS)
def one_style_of_punctuation(dossier: Dossier) -> Iterator[Hit]:
    """同一种标点有的用全角、有的用半角，数字有的用全角、有的用半角，同级序号有的用“1.”、有的用“1、”，“（一）”后面又加标点。
    全文统一用一种的不报；英文、小数、网址、时间中的半角标点不算。

    依据：《标点符号用法》；公文格式。
    违例：多数地方用“，”，三处用“,”；前面用“1.”，后面用“1、”。
    正例：全文用“，”和“1.”。
    """
    told = list(everywhere(dossier.report))
    whole = "\n".join(paragraph.text for paragraph in told)
    for style in _STYLES:
        full = whole.count(style.full)
        if full and style.half.search(whole):
            half = [(paragraph, found) for paragraph in told for found in style.half.finditer(paragraph.text)]
            yield _mixed(
                half, f"{style.name}有{full}处用全角、{len(half)}处用半角", f"统一用“{style.full}”", style.name
            )
    if _WIDE_DIGIT.search(whole) and re.search(r"[0-9]", whole):
        wide = [(paragraph, found) for paragraph in told for found in _WIDE_DIGIT.finditer(paragraph.text)]
        yield _mixed(wide, f"数字有{len(wide)}处用全角，其余用半角", "统一用半角数字", "数字")
    yield from _numbering(told)


def _numbering(told: list[Prose]) -> Iterator[Hit]:
    heads = [(paragraph, found) for paragraph in told if (found := _ORDINAL.match(paragraph.text))]
    dots, commas = ([each for each in heads if (each[1][2] == "、") == kind] for kind in (False, True))
    if dots and commas:
        fewer = commas if len(commas) <= len(dots) else dots
        yield _mixed(fewer, f"序号有{len(dots)}处用“1.”、{len(commas)}处用“1、”", "统一用“1.”", "序号")
    bracketed = [(paragraph, found) for paragraph in told if (found := _BRACKETED.match(paragraph.text))]
    if bracketed:
        yield _mixed(bracketed, f"带括号的序号后面不加标点，有{len(bracketed)}处加了", "“（一）”后不加标点", "括号序号")


def _mixed(places: list[tuple[Prose, re.Match[str]]], message: str, expected: str, what: str) -> Hit:
    paragraph, first = places[0]
    marks = tuple(Mark("", where.paragraph, found.start(), found.end()) for where, found in places)
    return Hit(
        paragraph.where, message, expected, f"{len(places)}处", paragraph.sentence_at(first.start()), anchor=what, marks=marks,
    )  # fmt: skip
