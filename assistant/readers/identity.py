"""Whose report this is and for which year: title, statistics period, signature, file name."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import NamedTuple

from rapidfuzz import fuzz

from assistant.lexicon import phrase
from assistant.patterns import regex
from assistant.readers.blocks import TextBlock
from assistant.text import fold

__all__ = [
    "Title",
    "disagreements",
    "find_title",
    "is_title",
    "names_the_report",
    "signed_by",
    "title_parts",
    "unit_and_year",
]

_CHINESE_DIGITS = str.maketrans("〇○零oO一二三四五六七八九", "00000123456789")
_ALIKE_NAMES = 75  # a name with a few characters more or less, 洪泽区人民政府 and 淮安市洪泽区政府办公室
_LONGEST_TITLE = 60
_BRACKETED = regex(r"\(([^()]*)\)")
_FIRST_LINES = 30  # a title stands above the first part; where no part was found, among the first lines


class Title(NamedTuple):
    """A report's title and the lines, by their index, that it is written over."""

    text: str
    lines: tuple[int, ...] = ()


def unit_in_preamble(texts: Sequence[TextBlock]) -> str:
    """The unit that a report without title and signature names where it says by whom it was made."""
    for block in texts[:_FIRST_LINES]:
        of_it = phrase("titles", "of_the_report").search(block.text)
        found = phrase("titles", "made_by").search(_plain(block.text)) if of_it else None
        unit = phrase("titles", "office_of").sub("", found[1] or found[2]) if found else ""
        if unit and phrase("titles", "organ").match(unit) and not phrase("titles", "no_name").match(unit):
            return unit
    return ""


def names_the_report(text: str) -> bool:
    """Whether a line of the preamble says that this is the report: 本报告根据《政府信息公开条例》编制."""
    return bool(phrase("titles", "says_report").search(_plain(text)))


def disagreements(file: str, title: str, texts: Sequence[TextBlock]) -> Iterator[str]:
    """Where title, statistics period, signature and file name name another unit or year."""
    unit, year = title_parts(title)
    stem = PurePath(file).stem
    file_unit, file_year = ("", None) if phrase("titles", "empty_form").search(stem) else title_parts(stem)
    others = {"统计期限": _first_year(texts, "whole_year"), "文件名": file_year}
    for name, other in others.items():
        if year and other and other != year:
            yield f"题名是{year}年，{name}是{other}年，按题名读作{year}年的报告，请核对"
    if not phrase("titles", "organ").match(file_unit):
        file_unit = ""
    for name, named in {"落款": signed_by(texts), "文件名": file_unit}.items():
        if unit and named and not _may_be_same(unit, named):
            yield f"题名的单位是“{unit}”，{name}是“{named}”，按题名读，请核对"


def _may_be_same(unit: str, other: str) -> bool:
    """Whether two names may be of one unit: one holds the other, or an office signs for its government."""
    short, long = sorted((fold(unit), fold(other)), key=len)
    return short in long or fuzz.partial_ratio(phrase("titles", "stem_end").sub("", short), long) >= _ALIKE_NAMES


def is_title(text: str) -> bool:
    """A line such as 某市2024年政府信息公开工作年度报告."""
    plain = phrase("titles", "attached").sub("", _plain(text))
    short = len(text) <= _LONGEST_TITLE and not phrase("titles", "no_title").search(plain)
    return short and bool(phrase("titles", "report").search(plain))


def find_title(lines: Sequence[str]) -> Title:
    """The title among the lines above the first part: the report's own rather than that of a notice that carries it.

    The unit may stand in a line of its own above the title, the year above or below it.
    """
    lines = lines[:_FIRST_LINES]
    single = [index for index, line in enumerate(lines) if is_title(line)]
    if not single:
        pairs = [(at, at + 1) for at in range(len(lines) - 1) if is_title(lines[at] + lines[at + 1])]
        return Title("".join(lines[at] for at in pairs[0]), pairs[0]) if pairs else Title("")
    first = last = next((at for at in single if not phrase("titles", "called_notice").search(lines[at])), single[0])
    while first and _adds(lines[first - 1], "".join(lines[first : last + 1])):
        first -= 1
    if last + 1 < len(lines) and _adds_year(lines[last + 1], "".join(lines[first : last + 1])):
        last += 1
    return Title("".join(line.strip() for line in lines[first : last + 1]), tuple(range(first, last + 1)))


def _adds(line: str, title: str) -> bool:
    """Whether a line above a title that names no unit (or no year) is the unit (or the year)."""
    if title_parts(title)[0]:
        return _adds_year(line, title)
    unit, year = title_parts(line)  # 甲县人民政府2024年 above 政府信息公开工作年度报告
    both = (
        year is not None
        and title_parts(title)[1] is None
        and bool(phrase("calendar", "report_year").search(_plain(line)[-6:]))
    )
    return _adds_year(line, title) or bool(phrase("titles", "organ").match(unit if both else _plain(line)))


def _adds_year(line: str, title: str) -> bool:
    return title_parts(title)[1] is None and bool(phrase("calendar", "report_year").fullmatch(_plain(line).strip("()")))


def title_parts(title: str) -> tuple[str, int | None]:
    """Unit and year that a title names."""
    plain = phrase("titles", "attached").sub("", _plain(title))
    year = phrase("calendar", "report_year").search(plain)
    notice = phrase("titles", "notice").match(plain)
    names = [_unit_in(part) for part in ((notice["what"], notice["by"]) if notice else (plain,))]
    return next(filter(None, names), ""), int(year[1]) if year else None


def _unit_in(text: str) -> str:
    text = phrase("titles", "school_year").sub("", text)
    bare = phrase("calendar", "report_year").sub("", phrase("titles", "report").sub("", text))
    bare = phrase("titles", "around_unit").sub("", bare)
    bare = re.sub(r"\(\)|[A-Za-z]{2,}", "", bare)
    bracketed = _BRACKETED.fullmatch(bare)
    bare = (
        bracketed[1]
        if bracketed
        else _BRACKETED.sub(lambda found: found[0] if phrase("titles", "organ").match(found[1]) else "", bare)
    )
    unit = bare.strip("、,- —_·").replace("(", "（").replace(")", "）")
    if unit.endswith("人民"):  # 甲市人民政府信息公开年度报告: 政府 stands once for both
        unit += "政府"
    return "" if phrase("titles", "no_unit").search(unit) else unit


def _plain(text: str) -> str:
    """A title in half width without blanks, its year in digits."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    return phrase("calendar", "year_in_words").sub(lambda found: found[0].translate(_CHINESE_DIGITS), plain)


def signed_by(blocks: Sequence[TextBlock]) -> str:
    """The organ that signs at the end: a line of its own among the last four."""
    for block in reversed(blocks[-4:]):
        text = re.sub(r"\s+", "", block.text)
        if phrase("titles", "organ").match(text):
            return text
    return ""


def unit_and_year(file: str, title: str, texts: Sequence[TextBlock]) -> tuple[str, int | None]:
    """The fullest name of the unit that title, signature and file name agree on, and the year of the report.

    The title leads; a longer name that ends in it (淮安市洪泽区人民政府 for 洪泽区人民政府) completes it. A file name
    counts when it names an organ: 新建文档_2024 does not.
    """
    stem = PurePath(file).stem
    file_unit, file_year = ("", None) if phrase("titles", "empty_form").search(stem) else title_parts(stem)
    title_unit, title_year = title_parts(title)
    signature = signed_by(texts)
    by_file = file_unit if phrase("titles", "organ").match(file_unit) else ""
    candidates = [name for name in (title_unit, signature, by_file) if name]
    unit = candidates[0] if candidates else unit_in_preamble(texts)
    for other in candidates[1:]:
        if len(other) > len(unit) and fold(other).endswith(fold(unit)):
            unit = other
    period = _first_year(texts, "first_day")
    return unit, title_year or period or file_year or _commonest_year(texts)


def _first_year(texts: Sequence[TextBlock], told_by: str) -> int | None:
    years = (phrase("calendar", told_by).search(block.text) for block in texts)
    return next((int(found[1]) for found in years if found), None)


def _commonest_year(texts: Sequence[TextBlock]) -> int | None:
    years = Counter(int(found[1]) for block in texts for found in phrase("calendar", "year_alone").finditer(block.text))
    return years.most_common(1)[0][0] if years else None
