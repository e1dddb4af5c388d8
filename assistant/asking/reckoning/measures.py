"""Whether the words quoted for a number tell a number of the kind that is asked for."""

from __future__ import annotations

from assistant.asking.questions.blanks import blanked
from assistant.asking.questions.question import Question
from assistant.asking.reckoning.prose_figures import ELSE_ASKED, MEASURE
from assistant.asking.result import Answer
from assistant.figures.mentions import mentions_in

__all__ = ["lacks_its_measure"]

# What is counted by a measure word of its own kind; the others (件, 个, 条, 家 …) take each other's place.
_KINDS = (frozenset("人名位"), frozenset("场期班次"), frozenset(("元", "万元", "亿元")))


def lacks_its_measure(question: Question, given: Answer) -> bool:
    """Whether a number is asked for and a report's words are quoted that tell none of its kind: persons (几名), events
    (几场); a number of something else is no answer."""
    text = question.period.rest
    asked = MEASURE.search(text)
    reports = [citation.quote for citation in given.citations if citation.unit]
    if not asked or given.abstained or given.route != "passages" or len(reports) < max(1, len(given.citations)):
        return False
    if text[: asked.start()].endswith("第") or ELSE_ASKED.search(blanked(MEASURE, text)):
        return False
    kind = _kind(asked[1])
    return not any(_kind(one.unit) == kind for quote in reports for one in mentions_in(quote) if not one.percent)


def _kind(measure: str) -> frozenset[str]:
    """The measure words that count what ``measure`` counts; none for those that count anything."""
    bare = measure.removesuffix("次") or measure  # 人次, 场次
    return next((kind for kind in _KINDS if bare in kind), frozenset())
