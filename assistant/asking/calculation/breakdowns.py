"""What a sentence of a report splits a number into (3607件（市政府349件、沭阳县477件…）), and what is asked of the
parts: how many some of them were, which was the most, what they come to together, what is left without one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.asking.calculation.prose_figures import subject_words
from assistant.asking.inquiry import Inquiry
from assistant.asking.questions.operation import Condition, find_condition
from assistant.asking.questions.periods import blanked
from assistant.asking.questions.tokens import figure_words
from assistant.asking.questions.vocabulary import operation_words
from assistant.asking.result import Answer, AnswerFigure, passage_citation
from assistant.figures.book import PERCENT_STEP
from assistant.figures.mentions import Mention, mentions_in
from assistant.language.numerals import rounded
from assistant.lexicon import phrase, said
from assistant.library import Passage
from assistant.library.passages import sentences
from assistant.patterns import regex

__all__ = ["breakdown_answer"]

_FEWEST = 2  # parts of a breakdown
_ALL = ("which_of_parts", "each_of_parts", "who_did")  # ask for all parts, the last two of a number that is split
_ENOUGH = 0.7  # of the words asked that the sentence and its heading must have
_QUOTED = regex(r"“([^”]{2,})”")
_ASKED = regex(
    lambda: "|".join(
        (
            *(said("passages", id) for id in ("kind_of_part", "which_of_parts", "who_did")),
            operation_words(),
            *(said("questions", id) for id in ("sum_asked", "share_asked", "taken_away")),
        )
    )
)
_CONNECTED = "其中其余为占有是共、，,；;（(：: ”“"


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    count: Mention


@dataclass(frozen=True, slots=True)
class _Breakdown:
    """``whole`` is the number that the parts come to; ``None`` where the sentence lists them without one."""

    passage: Passage
    sentence: str
    parts: tuple[_Part, ...]
    whole: Mention | None


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is asked of the parts of one breakdown: ``chosen`` are those that the question means, all where ``left`` are
    those that it leaves out."""

    of: _Breakdown
    chosen: tuple[_Part, ...]
    fit: float
    left: tuple[_Part, ...] = ()


def breakdown_answer(inquiry: Inquiry) -> Answer | None:
    """The answer out of the one sentence of each year's report that has the parts asked for; ``None`` where there is
    none, or the tables tell the figure."""
    question, held = inquiry.question, inquiry.held
    units = inquiry.units or (tuple(held) if len(held) == 1 else ())
    if len(units) != 1 or question.explains or (question.wants_figure and not question.narrowing):
        return None
    years = list(inquiry.years) or question.period.among(held[units[0]])[-1:]
    text = question.period.rest
    wishes = []
    for year in years:
        entry = inquiry.library.entry(units[0], year)
        fitting = sorted(_wishes(inquiry, entry.id, text), key=lambda one: -one.fit) if entry else []
        if not fitting or (len(fitting) > 1 and fitting[0].fit == fitting[1].fit):
            return None
        wishes.append(fitting[0])
    told = [_told(wish, text) for wish in wishes]
    if any(one is None for one in told):
        return None
    return Answer(
        question=question.text,
        answer="\n".join(one[0] for one in told if one),
        citations=tuple(passage_citation(wish.of.passage, wish.of.sentence) for wish in wishes),
        figures=tuple(figure for one in told if one for figure in one[1]),
        route="passages",
    )


def _wishes(inquiry: Inquiry, document: int, text: str) -> Iterator[_Wish]:
    for passage in inquiry.library.catalog.passages_of(document):
        for sentence in _with_what_they_are_made_of(sentences(passage.text)):
            for one in _breakdowns(passage, sentence):
                if wish := _wish(one, text):
                    yield wish


def _with_what_they_are_made_of(told: Sequence[str]) -> Iterator[str]:
    """Sentences, each with those behind it that say what its sum is made of (收取2230元。其中，沭阳县…；泗洪县…)."""
    joined, listing = "", False
    for one in told:
        opens = phrase("passages", "what_it_is_made_of").match(one)
        listing = bool(opens) or (listing and joined.endswith(("；", ";")))
        if joined and not listing:
            yield joined
        joined = joined + one if listing else one
    if joined:
        yield joined


def _breakdowns(passage: Passage, sentence: str) -> Iterator[_Breakdown]:
    """Of each measure a number and those behind it that come to it; where none do, all numbers of one measure."""
    counts = [one for one in mentions_in(sentence) if not one.percent]
    of_measure = [[one for one in counts if one.unit == unit] for unit in dict.fromkeys(one.unit for one in counts)]
    split = [one for alike in of_measure if (one := _split(passage, sentence, counts, alike))]
    if split:
        yield from split
        return
    for alike in of_measure:
        named = tuple(part for one in alike if (part := _Part(_before(sentence, counts, one, counts), one)).name)
        if len(named) >= _FEWEST:
            yield _Breakdown(passage, sentence, named, None)


def _split(passage: Passage, sentence: str, counts: Sequence[Mention], alike: Sequence[Mention]) -> _Breakdown | None:
    """The first of numbers of one measure that as many behind it come to; ``None`` where there is none."""
    for at, whole in enumerate(alike):
        total = Decimal(0)
        for end in range(at + 1, len(alike)):
            total += alike[end].value
            if total > whole.value:
                break
            if total == whole.value and end - at >= _FEWEST:
                listed = [_Part(_bare(_before(sentence, counts, one, alike)), one) for one in alike[at + 1 : end + 1]]
                return _Breakdown(passage, sentence, tuple(listed), whole)
    return None


def _before(sentence: str, counts: Sequence[Mention], of: Mention, alike: Sequence[Mention]) -> str:
    """What stands between a number and the one of ``alike`` before it, up to another one (民政局1件，收取880元); that
    other one where nothing else does (其中1件180元)."""
    start = max((one.end for one in alike if one.end <= of.start), default=0)
    start = max(start, 1 + max(sentence.rfind(mark, start, of.start) for mark in "。；;"))
    first = min((one.start for one in counts if start <= one.start), default=of.start)
    return sentence[start:first].strip(_CONNECTED) or sentence[start : of.start].strip(_CONNECTED)


def _bare(name: str) -> str:
    """What a part is called, without the words that lead to it: 年度考核，结果为优秀."""
    return phrase("passages", "opens_part").sub("", re.split("[，,]", name)[-1]).strip(_CONNECTED)


def _wish(of: _Breakdown, text: str) -> _Wish | None:
    """Which parts ``text`` means, where the sentence is about what it asks; ``None`` where it means none."""
    measure, counted = phrase("passages", "measure_asked").search(_without_kinds(text)), of.parts[0].count.unit
    of_money = phrase("passages", "money_asked").search(text)
    if (measure and measure[1] not in (counted, f"{counted}次")) or (of_money and not measure and counted != "元"):
        return None
    named = {part: keys for part in of.parts if (keys := _keys_in(part, of.parts, text))}
    kinds = phrase("passages", "kind_of_part").search(text)
    of_kind = tuple(part for part in of.parts if kinds and _is_of(part, kinds[0]))
    left = tuple(part for part in named if _left_out(named[part], text))
    chosen = tuple(part for part in named if part not in left) if len(named) > len(left) else of_kind
    if left:
        chosen = tuple(part for part in of_kind or of.parts if part not in left)
    elif not chosen and any(
        phrase("passages", id).search(text) for id in (_ALL if of.whole and not kinds else _ALL[:1])
    ):
        chosen = of.parts
    if not chosen or (len(chosen) == 1 and not (of.whole and phrase("questions", "share_asked").search(text))):
        return None
    asked = find_condition(text)[1] if _bound_in(text) else text
    for key in (key for keys in named.values() for key in keys):
        asked = blanked(re.escape(key), asked)
    asked = blanked(_ASKED, asked)
    words, figures = subject_words(asked), figure_words(asked)
    about = words or tuple(asked[hit.start : hit.end] for hit in figures if hit.end - hit.start > 1)
    told = f"{of.passage.heading}{of.sentence}"
    fit = sum(word.rstrip("量数") in told for word in about) / len(about) if about else 0
    if not words and figures and {hit.entry.says for hit in figures} <= {hit.entry.says for hit in figure_words(told)}:
        fit = 1.0  # 收办申请, of 收办政府信息公开申请案件
    if of.whole and of.whole.text in text:
        fit = 1.0  # 收办的3607件里
    # Without a word about what is counted, only parts that the question names tell which sentence is meant.
    elif (about and fit < _ENOUGH) or (not about and len(named) < _FEWEST):
        return None
    return _Wish(of, chosen, fit + len(named), left)


def _without_kinds(text: str) -> str:
    """``text`` without the words that count parts, not what is counted of them: 三县两区, 有哪几个."""
    return blanked(phrase("passages", "which_fit"), blanked(phrase("passages", "kind_of_part"), text))


def _keys_in(part: _Part, parts: Sequence[_Part], text: str) -> tuple[str, ...]:
    """The words of ``text`` that name a part and no other: 沭阳 of 沭阳县, 图解 of 制作图解."""
    import rjieba

    stem = phrase("passages", "area_end").sub("", part.name)
    keys = [part.name, stem, *rjieba.cut(part.name), *_QUOTED.findall(part.name)]
    keys = [key for key in dict.fromkeys(keys) if len(key) > 1]
    alone = [key for key in keys if not any(key in other.name for other in parts if other is not part)]
    return tuple(key for key in alone if key in text)


def _is_of(part: _Part, kinds: str) -> bool:
    end = phrase("passages", "area_end").search(part.name)
    return bool(end and end[0] in kinds)


def _left_out(keys: Sequence[str], text: str) -> bool:
    """Whether a part is named only to be left out: 去掉市级做的, 市级的不算."""
    words = "|".join(re.escape(key) for key in keys)
    away = phrase("questions", "taken_away").pattern
    return bool(re.search(rf"(?:{away})了?(?:{words})|(?:{words})[^，,。]{{0,4}}?(?:{away})", text))


def _bound_in(text: str) -> Condition | None:
    """What the parts to be named must come to: 过三百件的有哪几个."""
    condition = find_condition(text)[0] if phrase("passages", "which_fit").search(text) else None
    return condition if condition and condition.counted else None


def _told(wish: _Wish, text: str) -> tuple[str, list[AnswerFigure]] | None:
    """What is asked of the parts chosen, in words, and the figures that it states."""
    of, chosen = wish.of, wish.chosen
    unit, year, measure = of.passage.unit, of.passage.year, chosen[0].count.unit
    counts = [
        AnswerFigure(text=one.count.text, value=one.count.value, metric="prose", unit=unit, year=year) for one in chosen
    ]
    ordered = sorted(chosen, key=lambda one: -one.count.value)
    says = [f"{one.name}{one.count.text}" for one in chosen]
    most, least = (re.search(operation_words(one), text) for one in ("highest", "lowest"))
    together, share = (phrase("questions", id).search(text) for id in ("sum_asked", "share_asked"))
    if bound := _bound_in(text):
        fitting = [one for one in ordered if bound.holds(one.count.value, measure)]
        names = "、".join(f"{one.name}{one.count.text}" for one in fitting)
        words = f"符合所问的有{names}" if fitting else f"没有符合所问的（{'、'.join(says)}）"
    elif most or least:
        said = [f"{ordered[0].name}最多，为{ordered[0].count.text}"] if most else []
        said += [f"{ordered[-1].name}最少，为{ordered[-1].count.text}"] if least else []
        others = "、".join(f"{one.name}{one.count.text}" for one in ordered)
        words = f"{'；'.join(said)}（{others}）"
    elif together or share or wish.left:
        total = sum((one.count.value for one in chosen), Decimal(0))
        words = f"{'、'.join(says)}"
        if len(chosen) > 1:
            words += f"，合计{total:f}{measure}"
            counts.append(
                AnswerFigure(text=f"{total:f}{measure}", value=total, metric="prose.sum", unit=unit, year=year)
            )
        if share:
            if of.whole is None:
                return None
            part = rounded(total * 100 / of.whole.value, PERCENT_STEP)
            words += f"，占{of.whole.text}的{part:f}%"
            counts.append(AnswerFigure(text=f"{part:f}%", value=part, metric="prose.share", unit=unit, year=year))
    elif any(phrase("passages", id).search(text) for id in _ALL[1:]):
        words = "、".join(says)
    else:
        return None
    place = f"{unit}{year}年报告正文（{of.passage.place}）"
    return f"{place}所列：{words}。原文：“{of.sentence}”这些数字出自正文的叙述，不是表格里的数字。", counts
