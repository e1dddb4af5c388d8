"""Questions for the problems or the improvements of one report: section five tells them point by point, or in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.asking.asker import Asker
from assistant.asking.passages.written import citation_of
from assistant.asking.result import Answer
from assistant.library import Passage
from assistant.library.passages import sentences
from assistant.report import Report
from assistant.rules.numbering import IMPROVEMENTS, PROBLEMS
from assistant.rules.plans import items_of

__all__ = ["listed_answer"]

_PROBLEMS = re.compile(r"问题|不足|短板|差距|薄弱")
_IMPROVEMENTS = re.compile(r"改进|整改|下一?步|打算|怎么改|措施|计划")
# What a question for all of them consists of; anything else asks for one of them.
_NOTHING_ELSE = re.compile(
    r"(?:问题|不足|短板|差距|薄弱(?:环节|之处)?|改进|整改|下一?步|明年|来年|打算|准备|计划|安排|措施|举措|情况|方向|政府信息公开|信息公开|政务公开|公开|工作|方面|"
    r"报告|年?报|第五部分|自己|自身|目前|当前|存在|主要|哪些|哪几|几|哪里|什么|怎么样?|如何|提出|提到|指出|承认|列出|列举|列|说|写|弄|搞|做|改|查找|自查|"
    r"有|没有|的|是|还|仍|呢|吗|了|上|里|中|在|都|和|与|及|个|条|项|点|请问|一下|[\s　：:、“”])*"
)
_CLAUSE = re.compile(r"[，,。；;？?！!]")
_ASKS = re.compile(r"什么|哪|怎|如何|多少|几|吗|[有是能要]没?不?[有是能要]")
_LONGEST_ITEM = 200
_SECTION = "problems"
_TURNS = re.compile(r"针对|下一?步|今后|接下来|改进|整改|将(?:切实|着力|重点|进一步|继续|认真|围绕|从)")


def listed_answer(asker: Asker) -> Answer | None:
    """The points of section five, each with the passage it stands in; ``None`` where something else is asked or the report
    has no such list."""
    sides = _sides_asked(asker.question.period.rest)
    if len(asker.units) != 1 or not sides:
        return None
    unit = asker.units[0]
    held = asker.library.units().get(unit, [])
    # 2024年报里写的明年打算: the year that follows has no report yet, and is none that is asked about.
    years = tuple(year for year in asker.years if year in held) if asker.years else tuple(held[-1:])
    report = asker.library.report(unit, years[0]) if len(years) == 1 else None
    entry = asker.library.entry(unit, years[0]) if report else None
    if report is None or entry is None:
        return None
    passages = asker.library.catalog.passages_of(entry.id)
    cited: dict[int, Passage] = {}
    lines: list[str] = []
    for side in sides:
        # 主要是研判能力不足、政策解读不够丰富等。 has no points.
        items = _items(report, side) or _sentences(report, side)
        found = [(item, _standing(item, passages)) for item in items]
        if not found or any(passage is None for _, passage in found):
            return None  # half of what was asked, or what cannot be cited, is not told
        lines.append(f"{unit}{years[0]}年报告第五部分列出的{'改进' if side == IMPROVEMENTS else '问题'}：")
        lines += (f"{place}. “{_shown(item)}”" for place, (item, _) in enumerate(found, start=1))
        cited |= {passage.id: passage for _, passage in found if passage}
    citations = tuple(citation_of(passage, passage.text) for passage in cited.values())
    return Answer(question=asker.question.text, answer="\n".join(lines), citations=citations, route="passages")


def _sides_asked(rest: str) -> list[str]:
    """Problems, improvements or both, where a question asks for all of them; a remark beside it (我想参考写法) asks nothing."""
    sides: dict[str, None] = {}
    for clause in filter(str.strip, _CLAUSE.split(rest)):
        named = {PROBLEMS: _PROBLEMS.search(clause), IMPROVEMENTS: _IMPROVEMENTS.search(clause)}
        if any(named.values()) and _NOTHING_ELSE.fullmatch(clause):
            sides |= dict.fromkeys(side for side, said in named.items() if said)
        elif any(named.values()) or _ASKS.search(clause):
            return []
    return list(sides)


def _items(report: Report, side: str) -> list[str]:
    return [item.text.strip("，,；;、 ") for item in items_of(report, side)]


def _sentences(report: Report, side: str) -> list[str]:
    """What section five says of a side in running text: from the sentence that names it to the one that turns to the other."""
    names, turns = (_PROBLEMS, _TURNS) if side == PROBLEMS else (_TURNS, _PROBLEMS)
    section = next((one for one in report.sections if one.id == _SECTION), None)
    told = [one for paragraph in section.paragraphs for one in sentences(paragraph.text)] if section else []
    start = next((place for place, one in enumerate(told) if names.search(one) and not _only_turns(one, side)), None)
    if start is None:
        return []
    end = next((place for place in range(start + 1, len(told)) if turns.search(told[place])), len(told))
    return told[start:end]


def _only_turns(sentence: str, side: str) -> bool:
    """针对上述问题，下一步…: names the problems, and tells of the improvements."""
    return side == PROBLEMS and bool(_TURNS.search(sentence))


def _standing(item: str, passages: Sequence[Passage]) -> Passage | None:
    return next((passage for passage in passages if item[:_LONGEST_ITEM] in passage.text), None)


def _shown(item: str) -> str:
    return item if len(item) <= _LONGEST_ITEM else f"{item[:_LONGEST_ITEM]}…"
