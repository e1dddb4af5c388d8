"""Whose report this is and for which year: title, statistics period, signature, file name."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath
from typing import NamedTuple

from assistant.patterns import regex
from assistant.readers.blocks import TextBlock
from assistant.text import fold

__all__ = ["Title", "find_title", "is_title", "signed_by", "title_parts", "unit_and_year"]

# 〔2021〕30号 is the number of a document, not a year of the report.
_YEAR = regex(r"(?<!\d)((?:19|20)\d{2})(?!\d|[〕\]】])年?度?")
_YEAR_ALONE = regex(_YEAR.pattern.replace("年?度?", r"(?!\s*年\s*\d{1,2}\s*月)"))  # a date is often of the next year
_CHINESE_YEAR = regex(r"[二一][〇○零oO0九][〇○零oO0一二三四五六七八九]{2}(?=年)")
_CHINESE_DIGITS = str.maketrans("〇○零oO一二三四五六七八九", "00000123456789")
_REPORT_WORDS = regex(
    r"政(?:府信息|务)公开(?:(?:19|20)\d{2}年?)?(?:工作)?(?:年度|情况)?的?(?:工作)?(?:年度)?(?:报告|年报)"
)
_PERIOD = regex(r"((?:19|20)\d{2})\s*年\s*1\s*月\s*1\s*日")
_ORGANS = (
    "政府|政府办公[厅室]|厅|局|委员会|管委会|委|办公室|办|部|署|院|中心|街道办事处|街道|乡|镇|州|市|县|区|旗|省|大队|支队|总队|"
    "公司|集团|大学|学院|学校|馆|站|所"
)
_ORGAN = regex(rf"^[\u4e00-\u9fff（）()·、]{{2,40}}(?:{_ORGANS})[）)]?$")
_LONGEST_TITLE = 60
_NO_TITLE = regex(r"[。；：:]|根据|编制")
_ATTACHED = regex(r"^(?:附件?\d*[：:.、]?|【[^】]*】)+")
# A report is sent round under the heading of a notice: 某局关于印发《某局2024年…报告》的通知.
_NOTICE = regex(r"^(?P<by>.*?)关于(?:发布|公布|印发|公开|报送|上报)?(?P<what>.*?)的?(?:通知|公告|通告|函)?$")
_BRACKETED = regex(r"\(([^()]*)\)")
_EMPTY_FORM = regex(r"格式|模板|样表|样式|范本|空白")
_NO_UNIT = regex(rf"报告|年报|文档|附件|{_EMPTY_FORM.pattern}")
_FIRST_LINES = 30  # a title stands above the first part; where no part was found, among the first lines


class Title(NamedTuple):
    """A report's title and the lines, by their index, that it is written over."""

    text: str
    lines: tuple[int, ...] = ()


def is_title(text: str) -> bool:
    """A line such as 某市2024年政府信息公开工作年度报告."""
    plain = _ATTACHED.sub("", _plain(text))
    return len(text) <= _LONGEST_TITLE and bool(_REPORT_WORDS.search(plain)) and not _NO_TITLE.search(plain)


def find_title(lines: Sequence[str]) -> Title:
    """The title among the lines above the first part: the report's own rather than that of a notice that carries it.

    The unit may stand in a line of its own above the title, the year above or below it.
    """
    lines = lines[:_FIRST_LINES]
    single = [index for index, line in enumerate(lines) if is_title(line)]
    if not single:
        pairs = [(at, at + 1) for at in range(len(lines) - 1) if is_title(lines[at] + lines[at + 1])]
        return Title("".join(lines[at] for at in pairs[0]), pairs[0]) if pairs else Title("")
    first = last = next((at for at in single if not re.search(r"通知|公告|通告|函$", lines[at])), single[0])
    while first and _adds(lines[first - 1], "".join(lines[first : last + 1])):
        first -= 1
    if last + 1 < len(lines) and _adds_year(lines[last + 1], "".join(lines[first : last + 1])):
        last += 1
    return Title("".join(line.strip() for line in lines[first : last + 1]), tuple(range(first, last + 1)))


def _adds(line: str, title: str) -> bool:
    """Whether a line above a title that names no unit (or no year) is the unit (or the year)."""
    return _adds_year(line, title) or (not title_parts(title)[0] and bool(_ORGAN.match(_plain(line))))


def _adds_year(line: str, title: str) -> bool:
    return title_parts(title)[1] is None and bool(_YEAR.fullmatch(_plain(line).strip("()")))


def title_parts(title: str) -> tuple[str, int | None]:
    """Unit and year that a title names."""
    plain = _ATTACHED.sub("", _plain(title))
    year = _YEAR.search(plain)
    notice = _NOTICE.match(plain)
    names = [_unit_in(part) for part in ((notice["what"], notice["by"]) if notice else (plain,))]
    return next(filter(None, names), ""), int(year[1]) if year else None


def _unit_in(text: str) -> str:
    bare = re.sub(r"[《》]|年度$|工作$|的$", "", _YEAR.sub("", _REPORT_WORDS.sub("", text)))
    bare = re.sub(r"\(\)|[A-Za-z]{2,}", "", bare)
    bracketed = _BRACKETED.fullmatch(bare)
    bare = bracketed[1] if bracketed else _BRACKETED.sub(lambda found: found[0] if _ORGAN.match(found[1]) else "", bare)
    unit = bare.strip("、,- —_·").replace("(", "（").replace(")", "）")
    return "" if _NO_UNIT.search(unit) else unit


def _plain(text: str) -> str:
    """A title in half width without blanks, its year in digits."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    return _CHINESE_YEAR.sub(lambda found: found[0].translate(_CHINESE_DIGITS), plain)


def signed_by(blocks: Sequence[TextBlock]) -> str:
    """The organ that signs at the end: a line of its own among the last four."""
    for block in reversed(blocks[-4:]):
        text = re.sub(r"\s+", "", block.text)
        if _ORGAN.match(text):
            return text
    return ""


def unit_and_year(file: str, title: str, texts: Sequence[TextBlock]) -> tuple[str, int | None]:
    """The fullest name of the unit that title, signature and file name agree on, and the year of the report.

    The title leads; a longer name that ends in it (淮安市洪泽区人民政府 for 洪泽区人民政府) completes it. A file name
    counts when it names an organ: 新建文档_2024 does not.
    """
    stem = PurePath(file).stem
    file_unit, file_year = ("", None) if _EMPTY_FORM.search(stem) else title_parts(stem)
    title_unit, title_year = title_parts(title)
    signature = signed_by(texts)
    candidates = [name for name in (title_unit, signature, file_unit if _ORGAN.match(file_unit) else "") if name]
    unit = candidates[0] if candidates else ""
    for other in candidates[1:]:
        if len(other) > len(unit) and fold(other).endswith(fold(unit)):
            unit = other
    period = next((int(found[1]) for block in texts if (found := _PERIOD.search(block.text))), None)
    return unit, title_year or period or file_year or _commonest_year(texts)


def _commonest_year(texts: Sequence[TextBlock]) -> int | None:
    years = Counter(int(found[1]) for block in texts for found in _YEAR_ALONE.finditer(block.text))
    return years.most_common(1)[0][0] if years else None
