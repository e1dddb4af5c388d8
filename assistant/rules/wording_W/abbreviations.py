"""W106: abbreviations that are explained twice, or used before they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from assistant.figures.dossier import Dossier
from assistant.language.prose import Prose
from assistant.lexicon import phrase
from assistant.patterns import regex
from assistant.rules.base import Hit, hit_at, hit_on, rule
from assistant.rules.wording_W.word_lists import everywhere

_TITLE = regex(r"《([^《》]+)》")
_GENERIC = frozenset(
    ["条例", "规定", "办法", "意见", "通知", "方案", "细则", "格式", "要点", "规范", "指引", "标准", "清单", "规划"]
)


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
    explained = [(paragraph, _explained(paragraph)) for paragraph in everywhere(dossier.report)]
    later = {found["short"] for _, shorts in explained for found in shorts.values()}
    for paragraph, shorts in explained:
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
    return {found.start("short"): found for found in phrase("titles", "short_name").finditer(paragraph.text)}


def _is_known(
    short: str, at: int, here: Mapping[int, re.Match[str]], defined: Mapping[str, Prose], paragraph: Prose
) -> bool:
    """Whether a name that is used at ``at`` was explained before."""
    if short not in defined:
        return False
    return defined[short] is not paragraph or any(
        place < at and found["short"] == short for place, found in here.items()
    )
