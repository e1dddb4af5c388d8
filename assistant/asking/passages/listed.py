"""Questions for the problems or the improvements of one report: section five tells them point by point."""

from __future__ import annotations

import re

from assistant.asking.asker import Asker
from assistant.asking.passages.written import citation_of
from assistant.asking.result import Answer
from assistant.library import Passage
from assistant.rules.numbering import IMPROVEMENTS, PROBLEMS
from assistant.rules.plans import items_of

__all__ = ["listed_answer"]

_PROBLEMS = re.compile(r"问题|不足|短板|差距|薄弱")
_IMPROVEMENTS = re.compile(r"改进|整改|下一?步|打算|怎么改|措施|计划")
# What a question for all of them consists of; anything else asks for one of them.
_NOTHING_ELSE = re.compile(
    r"(?:问题|不足|短板|差距|薄弱(?:环节|之处)?|改进|整改|下一?步|打算|计划|措施|举措|情况|方向|政府信息公开|信息公开|政务公开|公开|工作|方面|报告|年报|第五部分|"
    r"存在|主要|哪些|哪几个|哪里|什么|怎么样?|如何|提出|列出|列了|说了?|写了?|查找|自查|有|没有|的|是|还|呢|吗|了|上|里|中|在|都|和|与|及|请问|一下|[\s　，,。？?：:、“”])*"
)
_LONGEST_ITEM = 200


def listed_answer(asker: Asker) -> Answer | None:
    """The points of section five, each with the passage it stands in; ``None`` where something else is asked or the report
    has no such list."""
    rest = asker.question.period.rest
    problems, improvements = _PROBLEMS.search(rest), _IMPROVEMENTS.search(rest)
    if len(asker.units) != 1 or not (problems or improvements) or not _NOTHING_ELSE.fullmatch(rest):
        return None
    unit = asker.units[0]
    years = asker.years or tuple(asker.library.units().get(unit, ())[-1:])
    report = asker.library.report(unit, years[0]) if len(years) == 1 else None
    entry = asker.library.entry(unit, years[0]) if report else None
    if report is None or entry is None:
        return None
    side = IMPROVEMENTS if improvements and not problems else PROBLEMS
    items = items_of(report, side)
    if not items:
        return None
    passages = asker.library.catalog.passages_of(entry.id)
    cited: dict[int, Passage] = {}
    lines = []
    for place, item in enumerate(items, start=1):
        text = item.text.strip("，,；;、 ")
        shown = text if len(text) <= _LONGEST_ITEM else f"{text[:_LONGEST_ITEM]}…"
        passage = next((passage for passage in passages if text[:_LONGEST_ITEM] in passage.text), None)
        if passage is None:
            return None  # what cannot be cited is not told
        cited[passage.id] = passage
        lines.append(f"{place}. “{shown}”")
    head = f"{unit}{years[0]}年报告第五部分列出的{'改进' if side == IMPROVEMENTS else '问题'}："
    citations = tuple(citation_of(passage, passage.text) for passage in cited.values())
    return Answer(question=asker.question.text, answer="\n".join((head, *lines)), citations=citations, route="passages")
