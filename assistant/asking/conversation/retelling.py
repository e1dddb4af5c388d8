"""What was answered, told in another way: as a table, as a paragraph, in another unit of measure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.asking.calculation.report_figures import AnswerBuilder, Reports
from assistant.asking.conversation.memory import Exchange, Memory, cells_of
from assistant.asking.inquiry import holdings_text
from assistant.asking.questions.expressions import cells_in, label
from assistant.asking.questions.measures import Measure, converted, measure_in
from assistant.asking.questions.metrics import find_metrics
from assistant.asking.result import Answer, AnswerFigure, Citation
from assistant.lexicon import phrase
from assistant.library import Library
from assistant.patterns import regex

__all__ = ["Retelling", "as_paragraph", "as_table", "find_retelling", "in_measure"]

_MOST_TOLD = 8  # turns that go into one paragraph
_ROW_MARK = regex(r"(?m)^\d+\. ")
_LEAST_COLUMNS = 2
_RECKONED = {"apart": "相差", "change": "", "sum": "合计", "mean": "平均"}  # 减少21.54万元 says what it is itself


@dataclass(frozen=True, slots=True)
class Retelling:
    """How an answer is wanted: as a table, as a paragraph, in a ``measure``. ``rest`` is what else was said: the
    question that the table is to answer; empty where the last answers are meant."""

    form: Literal["table", "paragraph", "measure"]
    rest: str
    measure: Measure | None = None


def find_retelling(text: str) -> Retelling | None:
    """Whether ``text`` asks for what was told, or what it asks, in another form."""
    if found := phrase("followups", "as_table").search(text):
        return Retelling("table", _without(text, found))
    found = phrase("followups", "as_paragraph").search(text)
    if found:
        # 把许可这三年的变化写成一段话，我放材料里: the figures named are told; what it is for is nothing to tell.
        clauses = [
            one
            for one in re.split("[，,。；]", _without(text, found))
            if phrase("followups", "said_of_retelling").sub("", phrase("followups", "for_what").sub("", one))
        ]
        if all(find_metrics(one).metrics for one in clauses):
            return Retelling("paragraph", "，".join(clauses))
    found = phrase("followups", "in_measure").search(text)
    measure, _ = measure_in(text)
    if found and measure and not phrase("followups", "said_of_retelling").sub("", _without(text, found)):
        # 这个差额合多少元: it is reckoned first, where it was not told.
        apart = phrase("followups", "the_difference").search(text)
        return Retelling("measure", "相差多少" if apart else "", measure)
    return None


def _without(text: str, found: re.Match[str]) -> str:
    rest = (text[: found.start()] + text[found.end() :]).strip(" ，,。?？!！")
    return rest if phrase("followups", "said_of_retelling").sub("", rest) else ""


def as_table(library: Library, memory: Memory, question: str, *, units: Sequence[str], years: Sequence[int]) -> Answer:
    """The figures of the last questions as a table: a row for each unit and year that was told (or is named), a column
    for each figure. What no answer had told yet is looked up."""
    told = _topic(memory)
    figures = [figure for one in told if one.answer for figure in cells_of(one.answer)]
    metrics = list(dict.fromkeys(figure.metric for figure in figures))
    rows = list(dict.fromkeys((figure.unit, figure.year) for figure in figures if figure.year))
    if units or years:
        whose, when = units or dict.fromkeys(unit for unit, _ in rows), years or dict.fromkeys(year for _, year in rows)
        rows = [(unit, year) for unit in whose for year in when if year]
    if not rows or not metrics:
        return _nothing(library, question, "前面没有可以列成表的数字，请先问数字。")
    if len({unit for unit, _ in rows}) == 1:
        rows.sort(key=lambda row: row[1] or 0)
    return _tabulated(library, question, rows, metrics)


def _tabulated(
    library: Library, question: str, rows: Sequence[tuple[str, int | None]], metrics: Sequence[str]
) -> Answer:
    reports, answer = Reports(library), AnswerBuilder()
    one_unit, one_year = len({unit for unit, _ in rows}) == 1, len({year for _, year in rows}) == 1
    lines = [
        f"| {'年份' if one_unit else '单位' if one_year else '单位、年份'} | {' | '.join(map(label, metrics))} |",
        f"|{' --- |' * (len(metrics) + 1)}",
    ]
    missing: list[str] = []
    for unit, year in rows:
        report = reports.open(unit, year) if year else None
        told = []
        for metric in metrics:
            figure = report.figure((metric,)) if report else None
            if report and figure:
                answer.cite(metric, report)
            told.append(answer.state(figure, report) if report and figure else "—")
        if report is None:
            missing.append(f"{unit}{year}年")
        name = f"{year}年" if one_unit else unit if one_year else f"{unit}{year}年"
        lines.append(f"| {name} | {' | '.join(told)} |")
    place = "" if not one_unit else rows[0][0]
    opening = f"{place}{'' if not one_year else f'{rows[0][1]}年'}：" if one_unit or one_year else ""
    notes = [f"资料库中没有{'、'.join(missing)}的报告。"] if missing else []
    if any("—" in line for line in lines[2:]) and not missing:
        notes.append("“—”表示报告中没有这个数字，或是空白、没有读到；空白不等于零。")
    return Answer(
        question=question,
        answer="\n".join(filter(None, (opening, *lines, *notes))),
        citations=tuple(answer.citations),
        figures=tuple(answer.figures),
        abstained=not answer.figures,
        route="figures",
    )


def as_paragraph(library: Library, memory: Memory, question: str, *, only_last: bool) -> Answer:
    """The last answers about the same units (or the last alone) as one paragraph, each figure with the place it stands
    in."""
    meant = list(_same_units(memory))[-1:] if only_last else _same_units(memory)
    told = [one.answer for one in meant if one.answer and not one.answer.abstained]
    sentences = list(dict.fromkeys(_in_one_line(answer.answer) for answer in told[-_MOST_TOLD:]))
    if not sentences:
        return _nothing(library, question, "前面没有可以写成一段话的回答，请先提问。")
    citations = {citation.id + citation.quote: citation for one in told for citation in one.citations}
    figures = [figure for one in told for figure in one.figures]
    route: Literal["figures", "passages"] = "figures" if all(one.route == "figures" for one in told) else "passages"
    return _retold(question, "".join(sentences), list(citations.values()), figures, route)


def in_measure(library: Library, memory: Memory, question: str, measure: Measure) -> Answer:
    """The figures of the last answer in another measure (3525件, 0.3525万件); percentages have none."""
    last = next((one.answer for one in reversed(memory.exchanges) if one.has_figures), None)
    figures = [one for one in last.figures if one.year or one.metric.rpartition(".")[2] in _RECKONED] if last else []
    told = list(converted(figures, measure))
    if last is None or not told:
        return _nothing(library, question, f"上一个回答里没有可以换算成{measure.of(figures)}的数字。")
    lines = [f"{_named(one)}{one.text}，即{other.text}。" for one, other in told]
    wanted = {cell for one, _ in told for cell in cells_in(one.metric)}
    cited = [one for one in last.citations if any(one.id.endswith(f".{cell}") for cell in wanted)] or last.citations
    made = [figure for pair in told for figure in pair]
    return _retold(question, "\n".join(lines), list(cited), made, "figures")


def _named(figure: AnswerFigure) -> str:
    """What stands before a figure: what it is, or how it was reckoned."""
    reckoned = figure.metric.rpartition(".")[2]
    return _RECKONED.get(reckoned, f"{figure.unit}{figure.year}年{label(figure.metric)}为")


def _topic(memory: Memory) -> list[Exchange]:
    """The questions for figures that the last one goes on about: the last alone where it told several units or years;
    else those before it of the same figure, or of the same unit."""
    told = [one for one in memory.exchanges if one.has_figures]
    if not told:
        return []
    last = told[-1]
    if last.answer and len({(one.unit, one.year) for one in cells_of(last.answer)}) >= _LEAST_COLUMNS:
        return [last]
    units, metrics = _names(last)
    chosen = [last]
    for one in reversed(told[:-1]):
        its_units, its_metrics = _names(one)
        if not (its_units & units or its_metrics & metrics):
            break
        units, metrics = units | its_units, metrics | its_metrics
        chosen.append(one)
    return chosen[::-1]


def _names(one: Exchange) -> tuple[set[str], set[str]]:
    figures = cells_of(one.answer) if one.answer else []
    return {figure.unit for figure in figures}, {figure.metric for figure in figures}


def _same_units(memory: Memory) -> Iterator[Exchange]:
    """The exchanges since the units last changed."""
    last = next((one.question.named.units for one in reversed(memory.exchanges) if one.question.named.units), ())
    start = 0
    for place, one in enumerate(memory.exchanges):
        if one.question.named.units and not set(one.question.named.units) & set(last):
            start = place + 1
    yield from memory.exchanges[start:]


def _in_one_line(text: str) -> str:
    """An answer of several lines as one: rows follow each other behind a semicolon."""
    lines = [_ROW_MARK.sub("", line).strip() for line in text.split("\n") if line.strip()]
    told = ""
    for line in lines:
        told += line if not told or told.endswith(("：", "。", "；", "，")) else f"；{line}"
    return told if told.endswith(("。", "！", "？", "”")) else f"{told}。"


def _retold(
    question: str,
    text: str,
    citations: Sequence[Citation],
    figures: Sequence[AnswerFigure],
    route: Literal["figures", "passages"],
) -> Answer:
    return Answer(question=question, answer=text, citations=tuple(citations), figures=tuple(figures), route=route)


def _nothing(library: Library, question: str, why: str) -> Answer:
    return Answer(question=question, answer=f"{why}\n{holdings_text(library)}", abstained=True, route="figures")
