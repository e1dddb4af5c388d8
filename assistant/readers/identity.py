"""Whose report this is and for which year: title, statistics period, signature, file name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

from assistant.readers.blocks import TextBlock
from assistant.text import fold

__all__ = ["is_title", "signed_by", "title_parts", "unit_and_year"]

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年?度?")
_REPORT_WORDS = re.compile(r"政府信息公开(?:工作)?(?:年度)?(?:工作)?(?:年度)?(?:报告|年报)")
_PERIOD = re.compile(r"((?:19|20)\d{2})\s*年\s*1\s*月\s*1\s*日")
_ORGAN = re.compile(
    r"^[\u4e00-\u9fff（）()·]{2,40}(?:政府|政府办公[厅室]|厅|局|委员会|委|办公室|办|部|署|院|中心|街道办事处|街道|乡|镇|州|市|县|区|旗|省)$"
)
_FILE_NAME = re.compile(r"^(?P<unit>[\u4e00-\u9fff（）()]{2,40})[_\-－ ]?(?P<year>(?:19|20)\d{2})")


def is_title(text: str) -> bool:
    """A line such as 某市2024年政府信息公开工作年度报告."""
    return len(text) <= 60 and bool(_REPORT_WORDS.search(text)) and not re.search(r"[。；：:]|根据|编制", text)


def title_parts(title: str) -> tuple[str, int | None]:
    """Unit and year that a title names."""
    year = _YEAR.search(title)
    unit = _REPORT_WORDS.sub("", _YEAR.sub("", title))
    unit = re.sub(r"^关于|[《》\s]|年度?$|工作$|的$", "", unit)
    return unit.strip("（）()、，- —_"), int(year[1]) if year else None


def signed_by(blocks: Sequence[TextBlock]) -> str:
    """The organ that signs at the end: a line of its own among the last four."""
    for block in reversed(blocks[-4:]):
        text = re.sub(r"\s+", "", block.text)
        if _ORGAN.match(text):
            return text
    return ""


def unit_and_year(file: str, title: str, texts: Sequence[TextBlock]) -> tuple[str, int | None]:
    """The fullest name of the unit that title, signature and file name agree on, and the year of the report.

    The title leads; a longer name that ends in it (淮安市洪泽区人民政府 for 洪泽区人民政府) completes it.
    """
    named = _FILE_NAME.match(PurePath(file).stem)
    title_unit, title_year = title_parts(title)
    candidates = [name for name in (title_unit, signed_by(texts), named["unit"] if named else "") if name]
    unit = candidates[0] if candidates else ""
    for other in candidates[1:]:
        if len(other) > len(unit) and fold(other).endswith(fold(unit)):
            unit = other
    period = next((int(found[1]) for block in texts if (found := _PERIOD.search(block.text))), None)
    years = Counter(int(found[1]) for block in texts for found in _YEAR.finditer(block.text))
    commonest = years.most_common(1)[0][0] if years else None
    return unit, title_year or period or (int(named["year"]) if named else None) or commonest
