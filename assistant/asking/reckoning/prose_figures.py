"""Figures that stand in the prose alone (政府网站公开1950条, 培训3期), found by their sentence and said to be from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.asking.asker import Asker
from assistant.asking.questions.blanks import BLANK, blanked
from assistant.asking.questions.operations import FILLER, NUMBER_ASKED
from assistant.asking.result import Answer, AnswerFigure, Citation
from assistant.figures.mentions import Mention, mentions_in
from assistant.library import Passage
from assistant.library.passages import sentences

__all__ = ["prose_figure_answer"]

_MEASURE = re.compile(
    r"(?:多少|几)(?:个)?\s*(人次|件次|条次|场次|期次|班次|万元|亿元|[件条份宗起例次期个项篇场人名家户台部册批张种位处元])"
)
_MONEY = re.compile(r"(?:多少|几)\s*(?:钱|万?元|块)|处理费|费用|金额|收费")
_OF_THESE = re.compile(r"(?:中|其中|里)(?:的|有|只有|仅)?$")  # 5场新闻发布会中有3场: the second is a part
_RATE = re.compile(r"[满合好评及]?[意格评时结盖]率|比例|百分之")
# A change or a comparison needs more than one sentence's number; so does what is asked of several things at once.
_MORE = re.compile(r"同比|环比|增长|增加|减少|下降|变化|趋势|比[　\s]*(?:上年|去年)|最多|最少|平均|排名|合计|哪些|哪个")
_DONE = r"(?:收取?|发|搞|办|开|做|编|出|印|写|有|是|共|达)*(?:了|过|到)?"  # the little verb before 多少
_OBJECTS = r"申请|复议|诉讼|起诉|许可|处罚|强制|规范性文件|规章|收费"
_ENOUGH = 0.75  # of the words asked that the sentence and its heading must have
_FAR, _GAP_STEP = 20, 0.01  # what stands close to its number comes before what is told in between
_FOLLOWS = 8  # characters behind a number that still tell what it counts


@dataclass(frozen=True, slots=True)
class _Candidate:
    passage: Passage
    sentence: str
    mention: Mention
    score: float


def prose_figure_answer(asker: Asker) -> Answer | None:
    """The number that one sentence of the report states for what is asked; ``None`` when no single one does."""
    question, held = asker.question, asker.library.units()
    units = asker.units or (tuple(held) if len(held) == 1 else ())
    text = blanked(r"[?？!！。\s]", question.period.rest).strip(BLANK)
    if len(units) != 1 or question.explains or not re.search(NUMBER_ASKED, text) or _MORE.search(text):
        return None
    words = _words(text)
    if question.narrowing:
        # 网上申请: of the sentence, all of what was narrowed and what it was narrowed from.
        words = tuple(dict.fromkeys((*question.narrowing, *re.findall(_OBJECTS, text))))
    years = list(asker.years) or question.period.among(held[units[0]])[-1:]
    found = [best for year in years if words and (best := _best(asker, units[0], year, text, words))]
    if not found or len(found) < len(years):
        return None
    note = (
        ""
        if asker.years or question.period.open or len(held[units[0]]) < 2
        else f"题中没有写明年份，按最近的{years[0]}年回答。"
    )
    return Answer(
        question=question.text,
        answer=note + "\n".join(_said(one) for one in found),
        citations=tuple(
            Citation(id=f"P{one.passage.id}", unit=one.passage.unit, year=one.passage.year, where=one.passage.place, quote=one.sentence)
            for one in found
        ),
        figures=tuple(
            AnswerFigure(text=one.mention.text, value=one.mention.value, metric="prose", unit=one.passage.unit, year=one.passage.year)
            for one in found
        ),
        route="passages",
    )  # fmt: skip


def _said(one: _Candidate) -> str:
    return (
        f"{one.passage.unit}{one.passage.year}年报告正文写的是{one.mention.text}（{one.passage.place}）：“{one.sentence}”"
        "这个数字出自正文的叙述，不是表格里的数字。"
    )


def _words(text: str) -> tuple[str, ...]:
    """The words of the question that tell what is counted."""
    import rjieba

    left = blanked(rf"{_DONE}(?:{_MEASURE.pattern}|{NUMBER_ASKED})|{_DONE}$|(?:万?元|钱)$", text)
    small = re.compile(rf"(?:{FILLER})+")
    return tuple(
        dict.fromkeys(
            word
            for word in rjieba.cut(left)
            if re.search(r"[\u4e00-\u9fffA-Za-z]{2}", word) and not small.fullmatch(word)
        )
    )


def _best(asker: Asker, unit: str, year: int, text: str, words: tuple[str, ...]) -> _Candidate | None:
    entry = asker.library.entry(unit, year)
    if entry is None:
        return None
    ranked = sorted(_candidates(asker, entry.id, text, words), key=lambda one: -one.score)
    if not ranked:
        return None
    # Two numbers that fit equally well: which one is meant, the sentence may tell a person, not us.
    rivals = [
        one for one in ranked[1:] if one.score == ranked[0].score and one.mention.value != ranked[0].mention.value
    ]
    return None if rivals else ranked[0]


def _candidates(asker: Asker, document: int, text: str, words: tuple[str, ...]) -> Iterator[_Candidate]:
    enough = 1.0 if asker.question.narrowing else _ENOUGH
    for passage in asker.library.catalog.passages_of(document):
        for sentence in sentences(passage.text):
            around = _share(words, f"{passage.heading}{sentence}")
            if around < enough:
                continue
            for mention, told in _told(sentence):
                near = _share(words, told) / (2 if _OF_THESE.search(sentence[: mention.start]) else 1)
                if near > 0 and _fits(text, mention):
                    gap = _gap(words, sentence[: mention.start]) * _GAP_STEP
                    yield _Candidate(passage, sentence, mention, 2 * near + _share(words, sentence) + around - gap)


def _told(sentence: str) -> Iterator[tuple[Mention, str]]:
    """Each number of a sentence with the words that tell what it counts: back to the number before, and a little on."""
    before = 0
    for mention in mentions_in(sentence):
        behind = re.split(r"[，,、；;。：:（(]", sentence[mention.end : mention.end + _FOLLOWS])[0]
        yield mention, sentence[before : mention.start] + behind
        before = mention.end


def _gap(words: tuple[str, ...], before: str) -> int:
    """How many characters stand between the words asked and the number behind them, up to ``_FAR``."""
    ends = [before.rfind(word) + len(word) for word in words if word in before]
    return min(_FAR, len(before) - max(ends)) if ends else _FAR


def _share(words: tuple[str, ...], text: str) -> float:
    return sum(word in text for word in words) / len(words)


def _fits(text: str, mention: Mention) -> bool:
    """Whether a number is of the kind that is asked for: its measure, an amount of money, a rate."""
    if mention.percent or _RATE.search(text):
        return mention.percent and bool(_RATE.search(text))
    if _MONEY.search(text):
        return mention.unit == "元"
    asked = _MEASURE.search(text)
    if not asked:
        return True
    measure = asked[1].removeprefix("万").removeprefix("亿")
    return mention.unit == measure or (measure == "人" and mention.unit == "人次")
