"""Y107, Y108: last year's problems and plans against this year's report."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from operator import add

from rapidfuzz import fuzz

from assistant.figures.dossier import Dossier
from assistant.language.prose import prose
from assistant.language.shortcomings import IMPROVEMENTS, PROBLEMS, items_of
from assistant.lexicon import phrase
from assistant.patterns import regex
from assistant.rules.base import Hit, rule

# Share of a plan's own words that this year's report must have. Offices answer in other words: of sound pairs some have 0.1,
# and a reader sees the answer. Only where next to nothing is left, of half of the plans, is it worth a look.
ANSWERED = 0.08
SAME_PROBLEM = 75  # percent of likeness; the page of Y108 names it
_COPIED, _LONG_ENOUGH = 95, 12  # percent of likeness, and characters, from which one problem alone is worth a word
_NO_WORDS = regex(r"\P{Han}+")


@rule("Y107", "上年提出的改进计划，本年没有回应", severity="warning", basis="《条例》第五十条", needs=("previous",))
def plans_are_followed_up(dossier: Dossier) -> Iterator[Hit]:
    """上年第五部分提出的改进措施，本年报告应看得出做了没有。按用词比对：一条计划的特有用词在本年报告中几乎都没有出现，这样的计划又有一半以上的，列出来请
    核对；换了说法的回应不报。

    依据：《条例》第五十条要求报告存在的主要问题及改进情况。
    违例：上年提出“为活动室配备手语翻译”，本年通篇没有提到活动室、手语、翻译。
    正例：上年提出“编印答复示范文本”，本年写了示范文本编印和讲评的情况。
    """
    assert dossier.previous is not None
    plans = [
        (plan, _pairs(plan.text))
        for plan in items_of(dossier.previous, IMPROVEMENTS, ahead=True)
        # a shortcoming that is listed among the plans, or what was done already
        if not phrase("section_five", "no_plan").search(plan.text)
    ]
    if not plans:
        return
    asked = set().union(*(pairs for _, pairs in plans))
    now = [_pairs(paragraph.text) & asked for paragraph in prose(dossier.report)]
    before = [_pairs(paragraph.text) & asked for paragraph in prose(dossier.previous)]
    if not now:
        return
    frequency = Counter(pair for pairs in (*now, *before) for pair in pairs)
    said = set().union(*now)
    open_plans = []
    for plan, pairs in plans:
        weights = {pair: math.log((len(now) + len(before)) / frequency[pair]) for pair in pairs}
        total = sum(weights.values())
        if total and sum(weight for pair, weight in weights.items() if pair in said) / total < ANSWERED:
            open_plans.append(plan)
    if open_plans and len(open_plans) * 2 >= len(plans):
        listed = "；".join(f"“{plan.shown}”" for plan in open_plans)
        yield Hit(
            "五、存在的主要问题及改进情况",
            f"上年提出的改进措施，本年报告中看不出下文：{listed}",
            "本年有回应",
            f"{len(open_plans)}条没有回应",
            anchor="|".join(plan.shown for plan in open_plans),
        )


def _pairs(text: str) -> set[str]:
    """Pairs of neighbouring characters: what is left of words without cutting them."""
    plain = _NO_WORDS.sub("", text)
    return set(map(add, plain, plain[1:]))


@rule("Y108", "问题清单与上年雷同", severity="warning", basis="《条例》第五十条", needs=("previous",))
def problems_are_not_last_years(dossier: Dossier) -> Iterator[Hit]:
    """问题年年一样，说明没有改进或没有认真查找。本年的问题有一半以上与上年某一条基本相同（相似度75以上）的，作警告并列出两年的文字；不到一半的，
    只报与上年几乎一字不差的那几条。

    依据：《条例》第五十条要求报告存在的主要问题及改进情况。
    违例：两年的三条问题只换了几个字。
    正例：本年的问题与上年不同，或说明上年问题的改进情况。
    """
    assert dossier.previous is not None
    problems, before = items_of(dossier.report, PROBLEMS), items_of(dossier.previous, PROBLEMS)
    if not before:
        return
    same = []
    for problem in problems:
        score, old = max(((fuzz.ratio(problem.shown, old.shown), old) for old in before), key=lambda pair: pair[0])
        if score >= SAME_PROBLEM:
            same.append((problem, old))
    if same and len(same) * 2 > len(problems):
        pairs, first = "；".join(f"“{problem.shown}”与上年“{old.shown}”" for problem, old in same), same[0][0]
        yield Hit(
            first.passage.where,
            f"本年{len(problems)}条问题有{len(same)}条与上年基本相同：{pairs}",
            "新的问题",
            f"{len(same)}条相同",
            first.shown,
            anchor="|".join(problem.shown for problem, _ in same),
            marks=tuple(problem.mark for problem, _ in same),
        )
        return
    for problem, old in same:
        if len(problem.text) >= _LONG_ENOUGH and fuzz.ratio(problem.text, old.text) >= _COPIED:
            message = f"“{problem.shown}”与上年的问题几乎一字不差；没有解决的，写明本年的新情况"
            yield Hit(
                problem.passage.where,
                message,
                "新的情况",
                "与上年相同",
                problem.shown,
                anchor=problem.shown,
                marks=(problem.mark,),
            )
