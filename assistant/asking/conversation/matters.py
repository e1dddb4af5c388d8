"""Follow-ups about what stands in the prose: why a figure is as it is, whether a matter is told again in another year,
a point of a list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from assistant.asking.calculation.prose_figures import subject_words
from assistant.asking.conversation.memory import Memory, Point, counted_in
from assistant.asking.inquiry import holdings_text, years_text
from assistant.asking.questions.question import Question
from assistant.asking.result import Answer, AnswerFigure, Citation
from assistant.lexicon import phrase
from assistant.library import Library

__all__ = ["again_answer", "apart_answer", "each_year_answer", "point_answer", "reason_answer"]


_SHARED = 0.5  # of the words of a matter that a quotation must have to tell of it
Ask = Callable[[Question], Answer]


def reason_answer(library: Library, question: Question, ask: Ask) -> Answer:
    """The reason that the reports of the unit and the years give; an honest no where none gives one, with the figures
    that were asked about."""
    found = ask(replace(question, metrics=()))
    reasons = [one for one in found.citations if phrase("followups", "cause").search(one.quote)]
    if not found.abstained and reasons and all(one.unit in question.named.units for one in reasons):
        return found
    whose, years = "、".join(question.named.units), years_text(list(question.period.years))
    when = years if question.period.years else ""
    told = f"{whose or '资料库里'}{when}的报告没有写明原因。"
    figures = _figures(question, ask) if question.metrics and question.named.units else None
    if figures is None or figures.abstained:
        return found.model_copy(
            update={
                "answer": f"{told}\n{holdings_text(library)}", "citations": (), "figures": (), "abstained": True,
            }
        )  # fmt: skip
    return figures.model_copy(
        update={"answer": f"{told}数字是：{figures.answer}", "abstained": True, "plan": found.plan}
    )


def again_answer(question: Question, ask: Ask, memory: Memory, point: Point | None) -> Answer:
    """Whether a matter is told in another year: the figure of that year, where it is one, and what the report says on
    it; else the shortcomings that the report lists."""
    parts = []
    metrics = memory.last.metrics if point is None else ()
    if (metrics and memory.last.wants_figure) or (metrics and len(metrics) == 1):
        parts.append(_figures(replace(question, metrics=metrics), ask))
    matter = replace(question, metrics=())
    if point and question.period.years == ((point.citation.year or 0) + 1,):
        # 头一个24年改好了没: the report behind tells what became of the points together.
        redress = ask(_listing(matter, "上年问题的整改情况"))
        if not redress.abstained:
            return redress
    found = ask(matter)
    subject = subject_words(question.period.rest)
    quoted = "".join(one.quote for one in found.citations if one.unit in question.named.units)
    shared = sum(word in quoted for word in subject)
    if not found.abstained and quoted and shared >= len(subject) * _SHARED:
        parts.append(found)
    else:
        whose = "、".join(question.named.units) + years_text(list(question.period.years))
        listed = ask(_listing(matter, "存在的问题有哪些"))
        note = f"{whose}的报告里没有找到写这个问题的句子。"
        parts.append(listed.model_copy(update={"answer": f"{note}\n{listed.answer}"}))
    return _joined(question, [one for one in parts if one.answer])


def apart_answer(question: Question, memory: Memory) -> Answer:
    """What the last two numbers that were quoted of the prose lie apart, or the first and the last of them
    (从头到尾)."""
    told = memory.told_of_prose
    one, other = (told[0] if phrase("followups", "all_the_way").search(question.text) else told[-2]), told[-1]
    apart = abs(one.figures[0].value - other.figures[0].value)
    measure = counted_in(one.figures[0]).replace("%", "个百分点")
    figure = AnswerFigure(text=f"{apart:f}{measure}", value=apart, metric="prose.apart", unit="", year=None)
    first, second = one.figures[0].text, other.figures[0].text
    text = f"前面两个数是{first}和{second}，{f'相差{figure.text}' if apart else '相等'}。"
    found = _joined(question, [one, other])
    return found.model_copy(update={"answer": text, "figures": (*found.figures, figure)})


def each_year_answer(question: Question, ask: Ask) -> Answer:
    """What the reports of several years that were pointed at say on a matter, one after the other."""
    parts = [ask(replace(question, period=replace(question.period, years=(year,)))) for year in question.period.years]
    joined = _joined(question, parts)
    return joined.model_copy(update={"plan": ask(question).plan}) if len(parts) > 1 else joined


def point_answer(question: Question, point: Point, ask: Ask) -> Answer:
    """A point of a list word for word, and what the report says when more is asked about it."""
    cited: Citation = point.citation
    whose = f"{cited.unit}{cited.year}年报告" if cited.unit else ""
    quoted = Answer(
        question=question.text, answer=f"{whose}（{cited.where}）：“{point.text}”", citations=(cited,), route="passages"
    )
    if question.period.rest == point.text:
        return quoted.model_copy(update={"plan": ask(question).plan})
    more = ask(question)
    return quoted.model_copy(update={"plan": more.plan}) if more.abstained else _joined(question, [quoted, more])


def _figures(question: Question, ask: Ask) -> Answer:
    """The figures that a matter is about, for the units and years it names."""
    several = len(question.period.years) == 2 or not question.period.years or question.operation == "change"
    period = replace(question.period, rest="多少")
    return ask(
        replace(
            question, period=period, wants_figure=True, explains=False, operation="change" if several else "value",
            how="each", over="", set_aside=(), narrowing=(),
        )
    )  # fmt: skip


def _listing(question: Question, rest: str) -> Question:
    named = replace(question.named, rest=rest)
    return replace(question, named=named, period=replace(question.period, rest=rest), explains=False)


def _joined(question: Question, parts: list[Answer]) -> Answer:
    kept = [one for one in parts if not one.abstained] or parts
    citations = {f"{one.id}{one.quote}": one for part in kept for one in part.citations}
    return kept[0].model_copy(
        update={
            "question": question.text,
            "answer": "\n".join(one.answer for one in kept),
            "citations": tuple(citations.values()),
            "figures": tuple(figure for one in kept for figure in one.figures),
            "route": kept[-1].route,
            "plan": kept[-1].plan,
        }
    )
