"""Figures that stand in the prose alone (政府网站公开1950条, 培训3期), found by their sentence and said to be from
it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.asking.inquiry import Inquiry
from assistant.asking.questions.periods import BLANK, blanked
from assistant.asking.questions.question import Question
from assistant.asking.result import Answer, AnswerFigure, passage_citation
from assistant.figures.mentions import Mention, mentions_in
from assistant.lexicon import phrase, run_of, said
from assistant.library import Passage
from assistant.library.passages import sentences
from assistant.patterns import regex

__all__ = [
    "before_and_after_answer",
    "itself",
    "lacks_measure",
    "prose_figure_answer",
    "prose_sentence_answer",
    "subject_words",
]

_ENOUGH = 0.75  # of the words asked that the sentence and its heading must have
_FAR, _GAP_STEP = 20, 0.01  # what stands close to its number comes before what is told in between
_ITS_OWN_WORD = 0.5  # 保留多少个: of 原有46个…保留32个 the number that the word right before it tells
_AS_WELL = 0.05
_SEVERAL = 2  # numbers of a sentence that answers for several things
_FOLLOWS = 8  # characters behind a number that still tell what it counts
# What is counted by a measure word of its own kind; the others (件, 个, 条, 家 …) take each other's place.
_KINDS = (frozenset("人名位"), frozenset("场期班次"), frozenset(("元", "万元", "亿元")))
_LISTED = regex(r"(?m)^\d+\. “")


@dataclass(frozen=True, slots=True)
class _Candidate:
    passage: Passage
    sentence: str
    mention: Mention
    score: float


def prose_figure_answer(inquiry: Inquiry) -> Answer | None:
    """The number that one sentence of the report states for what is asked; ``None`` when no single one does."""
    question, held = inquiry.question, inquiry.held
    units = inquiry.units or (tuple(held) if len(held) == 1 else ())
    text = blanked(r"[?？!！。\s]", _number_asked_in(question.period.rest)).strip(BLANK)
    # 有没有人被追责 asks for no number that stands beside it.
    asks = (
        phrase("questions", "number_asked").search(blanked(phrase("questions", "yes_or_no"), text))
        or phrase("passages", "rate_asked").search(text)
        or phrase("passages", "a_number").search(text)
    )
    over_years = question.period.open and question.period.last != 1
    text = blanked(phrase("passages", "over_years"), text) if over_years else text
    if len(units) != 1 or question.explains or not asks or phrase("passages", "more_than_one").search(text):
        return None
    words = subject_words(text)
    if question.narrowing:
        # 网上申请: of the sentence, all of what was narrowed and what it was narrowed from.
        narrowing = [word for word in question.narrowing if not _repeated_by_none(word)]
        if len(narrowing) < len(question.narrowing):
            return None
        # 给企业开了几期政策简明问答: what several words name needs none of those for whom it was done.
        beside = phrase("passages", "object").findall(text) or (words if len(narrowing) < 2 else ())
        words = tuple(dict.fromkeys((*narrowing, *beside)))
    years = list(inquiry.years) or question.period.among(held[units[0]])[0 if over_years else -1 :]
    found = [best for year in years if words for best in _best(inquiry, units[0], year, text, words)]
    if not found or {one.passage.year for one in found} != set(years):
        return None
    note = (
        ""
        if inquiry.years or question.period.open or len(held[units[0]]) < 2
        else f"题中没有写明年份，按最近的{years[0]}年回答。"
    )
    if len(found) > len(years):
        note += "报告正文有两处说法，数字不同，请看是哪一处：\n"
    return Answer(
        question=question.text,
        answer=note + "\n".join(_said(one) for one in found),
        citations=tuple(passage_citation(one.passage, one.sentence) for one in found),
        figures=tuple(
            AnswerFigure(
                text=one.mention.text,
                value=one.mention.value,
                metric="prose",
                unit=one.passage.unit,
                year=one.passage.year,
            )
            for one in found
        ),
        route="passages",
    )


def prose_sentence_answer(inquiry: Inquiry) -> Answer | None:
    """The sentence that tells several numbers at once (备案的复议和诉讼各多少件), where one has all that was asked and
    narrowed; ``None`` where none does."""
    question, held = inquiry.question, inquiry.held
    units = inquiry.units or (tuple(held) if len(held) == 1 else ())
    narrowing = [word for word in question.narrowing if not _repeated_by_none(word)]
    text = question.period.rest
    things, asked = phrase("passages", "object").findall(text), len(phrase("passages", "numbers_asked").findall(text))
    if len(units) != 1 or max(len(question.metrics), asked) < _SEVERAL or not narrowing:
        return None
    if not things and len(narrowing) < _SEVERAL:
        return None
    if len(narrowing) < len(question.narrowing):
        return None
    words = (*narrowing, *things)
    years = list(inquiry.years) or question.period.among(held[units[0]])[-1:]
    found = [
        (passage, sentence)
        for passage, sentence in _sentences_of(inquiry, units[0], years)
        if all(word in sentence for word in words) and len(list(mentions_in(sentence))) >= _SEVERAL
    ]
    return _quoted(question, found) if len(found) == len(years) else None


def before_and_after_answer(inquiry: Inquiry) -> Answer | None:
    """The one sentence of each report that tells a number before and after something was done (账号清理前后各几个);
    ``None`` where that is not asked, the tables tell it, or not one sentence does."""
    question, held = inquiry.question, inquiry.held
    units = inquiry.units or (tuple(held) if len(held) == 1 else ())
    text = question.period.rest
    asked = phrase("passages", "before_and_after").search(text)
    if len(units) != 1 or not asked or question.explains or (question.wants_figure and not question.narrowing):
        return None
    act = asked["act"]  # 清理: the report may call it otherwise
    text = text.replace(asked[0], BLANK).replace(act, BLANK) if act else text.replace(asked[0], BLANK)
    words = subject_words(text)
    years = list(inquiry.years) or question.period.among(held[units[0]])[-1:]
    found = [
        (passage, sentence)
        for passage, sentence in _sentences_of(inquiry, units[0], years)
        if words and phrase("passages", "before_and_after_told").search(sentence)
        if _share(words, f"{passage.heading}{sentence}") >= _ENOUGH
    ]
    return _quoted(question, found) if len(found) == len(years) else None


def _sentences_of(inquiry: Inquiry, unit: str, years: Iterable[int]) -> Iterator[tuple[Passage, str]]:
    """Every sentence of the reports of a unit for these years, with its passage."""
    for year in years:
        entry = inquiry.library.entry(unit, year)
        for passage in inquiry.library.catalog.passages_of(entry.id) if entry else ():
            yield from ((passage, sentence) for sentence in sentences(passage.text))


def _quoted(question: Question, found: Sequence[tuple[Passage, str]]) -> Answer:
    return Answer(
        question=question.text,
        answer="\n".join(f"{one.unit}{one.year}年报告正文（{one.place}）：“{told}”" for one, told in found),
        citations=tuple(passage_citation(one, told) for one, told in found),
        route="passages",
    )


def _repeated_by_none(word: str) -> bool:
    """Whether no sentence that answers would repeat a word of the question: 除了, and what has one character."""
    return len(word) == 1 or bool(phrase("passages", "leaves_out").fullmatch(word))


def lacks_measure(question: Question, answer: Answer) -> bool:
    """Whether a number is asked for and a report's words are quoted that tell none of its kind: persons (几名), events
    (几场); a number of something else is no answer."""
    if any(figure.metric.startswith("prose.") for figure in answer.figures):
        return False  # reckoned out of the very parts that were asked about
    if _LISTED.search(answer.answer):
        return False  # 几条不足: they are listed
    text = question.period.rest
    told = "".join(citation.quote for citation in answer.citations)
    if (whose := phrase("passages", "share_of").search(text)) and answer.route == "passages" and whose[1] not in told:
        return not answer.abstained  # 女的占几成: what is told of others is no answer
    of_reports = answer.route == "passages" and any(one.unit for one in answer.citations)
    if of_reports and not answer.abstained and _counts_none_of_it(question, told):
        return True
    measure = phrase("passages", "measure_asked")
    asked = list(measure.finditer(text))
    reports = [citation.quote for citation in answer.citations if citation.unit]
    if not asked or answer.abstained or answer.route != "passages" or len(reports) < max(1, len(answer.citations)):
        return False
    if text[: asked[0].start()].endswith("第") or phrase("passages", "else_asked").search(blanked(measure, text)):
        return False
    kinds = {_kind(one[1]) for one in asked} - ({frozenset()} if len(asked) > 1 else set())
    told_kinds = {_kind(one.unit) for quote in reports for one in mentions_in(quote) if not one.percent}
    return not kinds & told_kinds if kinds else False


def _counts_none_of_it(question: Question, told: str) -> bool:
    """Whether what is quoted has nothing of whose number is asked (区教育局发了多少条), of what is counted (多少学员),
    or of what it is counted in (多少分)."""
    text = question.period.rest
    whose, unit, counted = (phrase("passages", id).search(text) for id in ("counted_of", "unit_asked", "counted_what"))
    if whose and (whose["who"] or whose["people"]) not in told:
        return True
    measure = "元" if question.measure else unit["unit"] if unit else ""  # 总投资是多少亿: in 亿元 it is money
    if measure and not re.search(rf"\d[\d.,多余]*[万亿]*{measure}", told):
        return True
    return bool(counted and _is_a_thing(counted["what"]) and counted["what"] not in told)


def _is_a_thing(words: str) -> bool:
    """Whether words are one noun that is no measure: 学员, 群众; not 条意见."""
    import rjieba

    return rjieba.has_word(words) and rjieba.tag(words)[0][1].startswith("n")


def _number_asked_in(text: str) -> str:
    """A question without its clauses that ask for something else: 收了多少文件，有没有被表扬."""
    clauses = re.split(r"([，,；;])", text)
    other = [
        bool(phrase("passages", "else_asked").search(one))
        and not phrase("questions", "number_asked").search(one)
        and not phrase("passages", "rate_asked").search(one)
        for one in clauses
    ]
    return "".join(one for one, is_other in zip(clauses, other, strict=True) if not is_other).strip("，,；;")


def _said(one: _Candidate) -> str:
    return (
        f"{one.passage.unit}{one.passage.year}年报告正文写的是{one.mention.text}（{one.passage.place}）：“{one.sentence}”"
        "这个数字出自正文的叙述，不是表格里的数字。"
    )


def subject_words(text: str) -> tuple[str, ...]:
    """The words of the question that tell what is counted."""
    import rjieba

    fee = ["处理费"] if "处理费" in text else []  # of which nothing would be left
    done, measure, money = (said("passages", id) for id in ("done", "measure_asked", "money_end"))
    left = blanked(rf"{done}(?:{measure}|{said('questions', 'number_asked')})|{done}$|{money}", text)
    small = run_of("questions", "filler", "of_asking")
    told = [
        word for word in _with_kind(rjieba.cut(left)) if re.search(r"[^\W\d_]{2}", word) and not small.fullmatch(word)
    ]
    return tuple(dict.fromkeys((*told, *fee)))


def _with_kind(words: Iterable[str]) -> Iterator[str]:
    """南山县 as one word, where the dictionary knows no such place: 南山, 县."""
    before = ""
    for word in words:
        if word in ("区", "县", "镇", "乡") and len(before) > 1:
            before += word
            continue
        yield before
        before = word
    yield before


def _best(inquiry: Inquiry, unit: str, year: int, text: str, words: tuple[str, ...]) -> tuple[_Candidate, ...]:
    """The number that fits best; that of another sentence beside it that fits as well but for a few characters between;
    none when more do."""
    entry = inquiry.library.entry(unit, year)
    ranked = sorted(_candidates(inquiry, entry.id, text, words), key=lambda one: -one.score) if entry else []
    if not ranked:
        return ()
    best = ranked[0]
    rivals = [one for one in ranked if one.mention.value != best.mention.value]
    # Two numbers of one sentence that fit equally well: which one is meant, it may tell a person, not us.
    if any(one.score == best.score and one.sentence == best.sentence for one in rivals):
        return ()
    near = [one for one in rivals if one.sentence != best.sentence and best.score - one.score < _AS_WELL]
    return (best, *near) if len(near) < 2 else ()


def _candidates(inquiry: Inquiry, document: int, text: str, words: tuple[str, ...]) -> Iterator[_Candidate]:
    narrowing = inquiry.question.narrowing
    enough = 1.0 if narrowing else _ENOUGH
    for passage in inquiry.library.catalog.passages_of(document):
        for sentence in sentences(passage.text):
            around = _share(words, f"{passage.heading}{sentence}")
            if around < enough:
                continue
            places = [word for word in words if phrase("passages", "place_named").search(word)]
            for mention, told in _counted_in(sentence):
                if not all(itself(place).search(told) for place in places):
                    continue  # 宿豫区17期 of 98期
                lone = _alone_of_its_kind(text, mention, sentence)
                if narrowing and not lone and not any(word in told for word in narrowing):
                    continue  # 撤回的几件: the number of all applications beside it is none
                near = _share((*words, *narrowing), told) / (
                    2 if phrase("passages", "of_these").search(sentence[: mention.start]) else 1
                )
                if not narrowing and words[-1] in told:
                    near += _ITS_OWN_WORD
                near = near or (_share(words, sentence) / 2 if lone else 0.0)
                if near > 0 and _fits(text, mention) and not _of_several(words, told):
                    gap = _gap(words, sentence[: mention.start], sentence[mention.end :]) * _GAP_STEP
                    yield _Candidate(passage, sentence, mention, 2 * near + _share(words, sentence) + around - gap)


def _alone_of_its_kind(text: str, mention: Mention, sentence: str) -> bool:
    """Whether a number is the only one of the kind that is asked for: 培训2期，214人次参加 has one of persons, though
    another number stands between it and the training."""
    asked = phrase("passages", "measure_asked").search(text)
    kind = _kind(asked[1]) if asked else frozenset()
    alike = [one for one in mentions_in(sentence) if not one.percent and _kind(one.unit) == kind]
    return bool(kind) and [one.start for one in alike] == [mention.start]


def _of_several(words: tuple[str, ...], told: str) -> bool:
    """Whether a number counts other things along with the one asked: 通知公告、人事信息等632条."""
    last = max(told.rfind(word) + len(word) for word in words if word in told) if any(w in told for w in words) else 0
    along, bracket = phrase("passages", "counted_along"), phrase("passages", "closes_bracket")
    return bool(along.search(told, last) or (last and bracket.match(told, last)))


def itself(name: str) -> re.Pattern[str]:
    """Where a place is named, and nobody whose name only begins alike: 沭阳县民政局1件 tells nothing of 沭阳县."""
    return re.compile(rf"{re.escape(name)}(?!{said('passages', 'someone_else')})")


def _counted_in(sentence: str) -> Iterator[tuple[Mention, str]]:
    """Each number of a sentence with the words that tell what it counts: back to the number before, and a little on."""
    before = 0
    for mention in mentions_in(sentence):
        behind = re.split(r"[，,、；;。：:（()）]", sentence[mention.end : mention.end + _FOLLOWS])[0]
        yield mention, sentence[before : mention.start] + behind
        before = mention.end


def _gap(words: tuple[str, ...], before: str, behind: str) -> int:
    """How many characters stand between a number and the nearest word asked (培训3期, 3期培训), up to ``_FAR``."""
    gaps = [len(before) - before.rfind(word) - len(word) for word in words if word in before]
    gaps += [behind.find(word) for word in words if word in behind[:_FOLLOWS]]
    return min(_FAR, *gaps) if gaps else _FAR


def _share(words: tuple[str, ...], text: str) -> float:
    return sum(word in text for word in words) / len(words)


def _fits(text: str, mention: Mention) -> bool:
    """Whether a number is of the kind that is asked for: its measure, an amount of money, a rate."""
    if mention.percent or phrase("passages", "rate_asked").search(text):
        return mention.percent and bool(phrase("passages", "rate_asked").search(text))
    asked = phrase("passages", "measure_asked").search(text)
    if not asked and phrase("passages", "money_asked").search(text):
        return mention.unit == "元"
    if not asked:
        return True
    measure = asked[1].removeprefix("万").removeprefix("亿")
    return measure in (mention.unit, mention.unit.removesuffix("次")) or (measure, mention.unit) == ("场", "次")


def _kind(measure: str) -> frozenset[str]:
    """The measure words that count what ``measure`` counts; none for those that count anything."""
    bare = measure.removesuffix("次") or measure  # 人次, 场次
    return next((kind for kind in _KINDS if bare in kind), frozenset())
