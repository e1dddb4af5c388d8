"""What a conversation is about: its questions with their results, and the lists that answers gave, in their order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from assistant.asking.plan import Plan
from assistant.asking.questions.operation import Condition
from assistant.asking.questions.periods import BLANK, Period
from assistant.asking.questions.question import Question
from assistant.asking.result import Answer, AnswerFigure, Citation
from assistant.language.numerals import CHINESE, parse
from assistant.lexicon import phrase
from assistant.patterns import regex

__all__ = ["Exchange", "Memory", "Point", "Referents", "cells_of", "counted_in", "question_of", "resolve"]

Kind = Literal["units", "years", "metrics", "points", ""]

_BOTH = 2
_OF_A_LIST = ("apart", "portion")  # said of units that were listed
_RECKONED = (".change", ".yoy", ".times", ".sum", ".mean", ".apart", ".portion", ".parts")
_NUMBERED = regex(r"(?m)^\d+\. “(.+)”$")

_N = rf"(?:{CHINESE}|\d{{1,2}}|两)"
_END = r"(?:是(?:谁|哪个|哪家|哪一?[个家年条项]|什么))?"
_NTH = regex(
    rf"(?P<last>最后|末|倒数)?(?:第\s*(?P<nth>{_N})|(?<=最后)(?:一|1)|(?<=末)(?:一|1)?|头(?:一|1))\s*(?P<of>[个家名位条项点种类年]|处|段|份|大?问题)(?:问题|措施|情形|原因|方面|单位)?{_END}"
    rf"|倒数第\s*(?P<from_end>{_N}){_END}|(?:排名?)?第\s*(?P<bare>{_N})(?:的?是(?:谁|哪[个家]|哪一?[年项])|[多高](?:的?(?:原因|理由|情形|[一那]?[个项条种类])|(?=的?(?:呢|是|$)))|(?=的?(?:呢|[比和与跟、，,占加?？第]|相?差|[多少高低](?:[了出]|多少|几)|$)))"
)
_FIRST = regex(rf"(?:排名?)?前\s*(?P<count>{_N})\s*(?P<of>[个家名位条项点种])(?:单位)?")
_SEVERAL = regex(
    rf"(?:上面|刚才)?(?P<these>[这那]|前面|上述)?(?<![\d一二三四五六七八九十〇零近第过续哪])(?P<count>{_N}|几)(?P<of>个?年|[个家]单位|家)(?:里|中)?"
)


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a list that an answer quoted, with the passage it stands in."""

    text: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question as it was executed, and what came of it; no answer where only the question is known. ``aside`` is one
    about another (为什么): what is asked next goes on from that other."""

    question: Question
    answer: Answer | None = None
    aside: bool = False

    @property
    def has_figures(self) -> bool:
        return self.question.wants_figure and self.answer is not None and bool(cells_of(self.answer))


@dataclass(frozen=True, slots=True)
class Memory:
    """``units`` and ``period`` were last spoken of, ``earlier`` are the units before those. Lists are the newest of
    their kind, in the order in which they were told; ``newest`` is the kind told last."""

    exchanges: tuple[Exchange, ...] = ()
    units: tuple[str, ...] = ()
    period: Period | None = None
    earlier: tuple[str, ...] = ()
    unit_lists: tuple[tuple[str, ...], ...] = ()
    year_list: tuple[int, ...] = ()
    metric_list: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    newest: Kind = ""

    @property
    def unit_list(self) -> tuple[str, ...]:
        return self.unit_lists[-1] if self.unit_lists else ()

    @property
    def last(self) -> Question:
        """The question that is gone on from."""
        return self._main[-1].question

    @property
    def previous(self) -> Question | None:
        return self._main[-2].question if len(self._main) > 1 else None

    @property
    def answer(self) -> Answer | None:
        return self._main[-1].answer if self.exchanges else None

    @property
    def told_of_prose(self) -> tuple[Answer, ...]:
        """The last answers that are each one number of a report's prose, counted alike."""
        told: list[Answer] = []
        for one in reversed(self.exchanges):
            figures = one.answer.figures if one.answer else ()
            if one.answer is None or len(figures) != 1 or figures[0].metric != "prose":
                break
            if told and counted_in(figures[0]) != counted_in(told[0].figures[0]):
                break
            told.append(one.answer)
        return tuple(reversed(told))

    @property
    def _main(self) -> tuple[Exchange, ...]:
        return tuple(one for one in self.exchanges if not one.aside) or self.exchanges

    @property
    def years(self) -> tuple[int, ...]:
        """The years last spoken of: named, or those of the last figures."""
        if self.period and self.period.years:
            return tuple(sorted(self.period.years))
        held = {figure.year for figure in cells_of(self.answer) if figure.year} if self.answer else set[int]()
        return tuple(sorted(held))

    def after(
        self,
        question: Question,
        answer: Answer | None = None,
        held: Mapping[str, Sequence[int]] = MappingProxyType({}),
        *,
        aside: bool = False,
        listed: bool = True,
    ) -> Memory:
        """The memory once ``question`` was answered; a question about the regulation leaves units and years alone.
        ``listed`` says whether what the answer tells may be pointed at as a list."""
        refused = aside and answer is not None and answer.abstained
        if answer and answer.route == "library":  # of no figure, whatever its words are like
            question = replace(question, metrics=(), wants_figure=False, operation="value", over="")
        question = _without_unknown(question)
        own = question.period if question.period.told and not refused else self.period
        units = (() if refused else question.named.units) or self.units
        grown = replace(
            self, exchanges=(*self.exchanges, Exchange(question, answer, aside)), units=units, period=own,
            earlier=self.earlier if units == self.units else self.units,
        )  # fmt: skip
        return grown if answer is None or not listed else grown._with_results(question, answer, held)

    def _with_results(self, question: Question, answer: Answer, held: Mapping[str, Sequence[int]]) -> Memory:
        figures = cells_of(answer)
        units = tuple(dict.fromkeys(one.unit for one in figures if one.unit))
        years = tuple(dict.fromkeys(one.year for one in figures if one.year))
        points = _points(answer)
        if answer.route == "library":
            told = question.named.units or tuple(held)
            if len(told) == 1:  # 这几年, after 你有几年的年报
                return replace(self, year_list=tuple(sorted(held.get(told[0], ()))), newest="years")
            return replace(self, unit_lists=(*self.unit_lists, told), newest="units")
        if len(units) > 1:
            # How far two of a list lie apart, or what part one has, ranks nobody anew: 第三名 is of the list still.
            of_list = question.operation in _OF_A_LIST and set(units) <= set(self.unit_list)
            lists = self.unit_lists if of_list else (*self.unit_lists, units)
            first = replace(self, unit_lists=lists, newest="units")
            # 哪个区最多: whoever asks on about 它 means the one that came out.
            won = question.operation in ("highest", "lowest", "grew_most", "fell_most") and not question.named.units
            tied = len(figures) > 1 and figures[0].value == figures[1].value
            return replace(first, units=units[:1]) if won and not tied else first
        if len(units) == 1 and question.operation == "which" and not question.named.units:
            return replace(self, units=units)  # 哪几家有规章, and one alone has: 有几部 is asked of it
        if len(years) > 1:
            won = question.over == "years" and question.operation in ("highest", "lowest")
            best = _extreme(figures, highest=question.operation == "highest") if won else None
            listed = replace(self, year_list=years, newest="years")
            return replace(listed, period=_of_years((best.year,))) if best and best.year else listed
        most = question.operation in ("highest", "lowest") and question.over in ("parts", "applicants")
        if len(question.metrics) > 1 or question.operation == "parts" or most:
            metrics = tuple(dict.fromkeys(one.metric for one in figures))
            parts = metrics[1:] if len(question.metrics) == 1 and not most else metrics
            return replace(self, metric_list=parts, newest="metrics") if len(parts) > 1 else self
        return replace(self, points=points, newest="points") if len(points) > 1 else self

    @property
    def run(self) -> tuple[Exchange, ...]:
        """The last questions for a figure of one unit and one year each that go on about the same figure, or the same
        report."""
        told: list[Exchange] = []
        for one in reversed(self._main):
            question = one.question
            if question.how == "difference" or question.operation == "apart":
                continue  # said of those before it
            if not one.has_figures or len(question.named.units) != 1 or question.operation != "value":
                break
            first = told[0].question if told else question
            same_report = (question.named.units, question.period.years) == (first.named.units, first.period.years)
            same_figure = (question.metrics, question.period.years) == (first.metrics, first.period.years)
            over_units = len(told) > 1 and told[-1].question.named.units != first.named.units
            if not (same_figure if over_units else same_report or same_figure) or (
                len(told) > 1 and not over_units and not same_report
            ):
                break
            told.append(one)
        return tuple(reversed(told))

    @property
    def run_units(self) -> tuple[str, ...]:
        """The units that the same figure was told of, one after the other."""
        return tuple(dict.fromkeys(one.question.named.units[0] for one in self.run))

    @property
    def listed_units(self) -> tuple[str, ...]:
        """The units that the figure spoken of was told of side by side, or one after the other: what 合计 adds up."""
        for one in reversed(self._main):
            if one.question.metrics != self.last.metrics or one.question.period.years != self.last.period.years:
                break
            units = tuple(dict.fromkeys(figure.unit for figure in cells_of(one.answer))) if one.answer else ()
            if len(units) > 1 and one.question.operation not in _OF_A_LIST:
                return units
        return self.run_units if len(self.run_units) > 1 else ()

    @property
    def run_metrics(self) -> tuple[tuple[str, ...], ...]:
        """The figures that were told of the same report, one after the other."""
        return tuple(dict.fromkeys(readings for one in self.run for readings in one.question.metrics))

    @property
    def in_turn(self) -> tuple[Referents, ...]:
        """What was told one after the other, or in the newest list: what 前者 and 后者 point at."""
        if len(self.run_units) > 1:
            return tuple(Referents(units=(one,)) for one in self.run_units)
        added = (
            tuple((one,) for one in self.last.metrics[0][0].partition("/")[0].split("+")) if self.last.metrics else ()
        )
        metrics = next((one for one in (self.last.metrics, added, self.run_metrics) if len(one) > 1), ())
        if metrics:
            return tuple(Referents(metrics=one[:1]) for one in metrics)
        return tuple(_with(Referents(), self.newest, one) for one in _listed(self.newest, self))

    def extremes(self) -> tuple[AnswerFigure, AnswerFigure] | None:
        """The highest and the lowest of the figures that were last told side by side."""
        for one in reversed(self._main):
            figures = cells_of(one.answer) if one.answer else []
            high, low = _extreme(figures, highest=True), _extreme(figures, highest=False)
            if high and low and len(figures) > 1:
                return high, low
        return None

    def moved(self) -> tuple[tuple[tuple[str, ...], ...], tuple[int, ...]] | None:
        """The figures that were told last for more than one year of the same units, with those years: what 为什么涨了
        is asked of."""
        for place in range(len(self.exchanges) - 1, 0, -1):
            later, earlier = self.exchanges[place], self.exchanges[place - 1]
            one, other = later.question, earlier.question
            years = tuple(sorted({*one.period.years, *other.period.years}))
            same = one.metrics == other.metrics and one.named.units == other.named.units
            if later.has_figures and earlier.has_figures and same and len(years) > 1:
                return one.metrics, years
        return None

    @property
    def ranked_years(self) -> tuple[int, ...]:
        """The years that were last compared, the one that came out first; none where they were not."""
        last = self.last
        if self.answer is None or last.over != "years" or last.operation not in ("highest", "lowest"):
            return ()
        figures = sorted(cells_of(self.answer), key=lambda one: one.value, reverse=last.operation == "highest")
        same = [one for one in figures if one.metric == figures[0].metric]
        return tuple(dict.fromkeys(one.year for one in same if one.year))

    def some_years(self, count: int) -> tuple[int, ...]:
        """The last so many years: of the newest list, else as they were spoken of; none where there were fewer."""
        if len(self.year_list) == count and self.newest == "years":
            return tuple(sorted(self.year_list))
        told = (one for one in self.exchanges if one.answer is None or not one.answer.abstained)
        spoken = [year for one in told for year in reversed(one.question.period.years)]
        spoken += [figure.year for figure in cells_of(self.answer) if figure.year] if self.answer else []
        latest = list(dict.fromkeys(reversed(spoken)))[:count]
        return tuple(sorted(latest)) if len(latest) == count else ()

    def spoken_units(self, count: int) -> tuple[str, ...]:
        """The last so many units that were asked about, as they were spoken of."""
        spoken = [unit for one in reversed(self.exchanges) for unit in reversed(one.question.named.units)]
        return tuple(reversed(tuple(dict.fromkeys(spoken))[:count]))

    def spoken_metrics(self, count: int) -> tuple[str, ...]:
        """The last so many figures that were told of the units last spoken of, each asked for by itself."""
        told = [one.question for one in self._main if one.has_figures and one.question.named.units == self.units]
        spoken = dict.fromkeys(one.metrics[0][0] for one in reversed(told) if len(one.metrics) == 1)
        return tuple(reversed(tuple(spoken)[:count]))

    def asked_of_a_point(self) -> str:
        """What the last question asked about a point of the list: 后来怎么解决的, which 第三个呢 asks again."""
        words = self.exchanges[-1].question.period.rest
        behind = (words.removeprefix(f"{one.text}，") for one in self.points)
        return next((one for one in behind if one != words), "")


@dataclass(frozen=True, slots=True)
class Referents:
    """What words that point back mean: units, years, figures, a point of a list."""

    units: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    metrics: tuple[str, ...] = ()
    point: Point | None = None
    missing: str = ""


def resolve(text: str, memory: Memory) -> tuple[Referents, str]:
    """What the words of ``text`` that point back mean (第二名, 最后一条, 前两个, 那两年), and the text without them.

    ``missing`` says that a list has no such place.
    """
    found, reckoned = Referents(), phrase("questions", "sum_asked")
    for place in list(_NTH.finditer(text)):
        found, text = _nth(place, text, memory, found)
    words = {"highest": "the_row", "lowest": "the_row", "parts": "most_of_rows"} if memory.newest == "metrics" else {}
    pointed = words.get(memory.last.operation, "")
    if pointed and not found.metrics and (row := phrase("followups", pointed).search(text)):
        found, text = (
            replace(found, metrics=memory.metric_list[:1]),
            _without(text, row),
        )  # 这条理由, the one told first
    elif not pointed and phrase("followups", "most_of_rows").search(text):
        found = replace(found, missing="前面的回答里没有列出各项，请写明是哪一项。")
    winner, ends = phrase("followups", "the_winner").search(text), memory.extremes()
    if winner and ends and not phrase("followups", "highest_and_lowest").search(text):
        best = ends[0] if winner["high"] else ends[1]
        years = (best.year,) if best.year and "年" in winner[0] else ()
        found, text = replace(found, units=(best.unit,), years=years), _without(text, winner)
    of_two = phrase("followups", "of_two").search(text)
    if of_two and len(two := memory.in_turn) == len("前后"):
        found, text = two[0 if of_two["former"] else -1], _without(text, of_two)
    these = phrase("followups", "these_rows").search(text)
    if these and not reckoned.search(_without(text, these)):
        rows = tuple(one for each in memory.in_turn for one in each.metrics)
        said = these["count"] or "两"  # 哪个降得厉害
        if (count := _number(said)) and len(rows) != count:
            rows = memory.spoken_metrics(count)
        if len(rows) > 1 and (said == "几" or count == len(rows)):
            found, text = replace(found, metrics=rows), _without(text, these)
    if (few := _FIRST.search(text)) and (kind := _kind(few["of"], memory)):
        count = _number(few["count"])
        listed = _listed(kind, memory, count or 1)
        if count and 1 <= count <= len(listed):
            for one in listed[:count]:
                found = _with(found, kind, one)
            text = _without(text, few)
    for several in list(_SEVERAL.finditer(text)):
        chosen = _several(several, memory)
        if chosen.units or chosen.years:
            found = replace(found, units=chosen.units or found.units, years=chosen.years or found.years)
            text = _without(text, several)
    pronoun = phrase("followups", "the_one").search(text) if len(memory.units) == 1 else None
    if pronoun and (not found.units or phrase("followups", "beside_it").search(text)):
        # 它比第一名少多少: of both.
        found = replace(found, units=tuple(dict.fromkeys((*memory.units, *found.units))))
        text = _without(text, pronoun)
    # 他们一共多少: of those that were told one after the other, where no list was.
    summed = memory.run_units if phrase("questions", "sum_asked").search(text) else ()
    listed = memory.unit_list or (summed if len(summed) > 1 else ())
    if (everyone := phrase("followups", "everyone").search(text)) and not found.units and listed:
        found, text = replace(found, units=listed), _without(text, everyone)
    if memory.years and (year := phrase("followups", "that_year").search(text)) and not found.years:
        found, text = replace(found, years=memory.years[-1:]), _without(text, year)
    return found, _without_pronoun(text, found)


def question_of(plan: Plan, question: Question) -> Question:
    """``question``, as its words were read, with what ``plan`` says in its place: a conversation that is taken up again
    goes on from the plan that was executed."""
    names = [names[0] for names in plan.metrics]
    share, apart = any("/" in one for one in names), any("-" in one for one in names)
    bound = plan.bound
    condition = Condition(bound.test, bound.bound, bound.text) if bound else None
    period = Period(
        plan.years, plan.last_years, plan.every_year, question.period.rest, plan.since, question.period.relative
    )
    return replace(
        question,
        named=replace(question.named, units=plan.units, left_out=plan.left_out),
        period=period,
        metrics=plan.metrics or question.metrics,
        how="share" if share else question.how if apart else "each" if question.how == "share" else question.how,
        operation=plan.operation if plan.subject == "figures" else question.operation,  # type: ignore[arg-type]
        over=plan.over if plan.subject == "figures" else question.over,  # type: ignore[arg-type]
        wants_figure=plan.subject == "figures",
        condition=condition,
        all_units=plan.all_units,
        first_few=plan.first_few,
        article=plan.article,
        pairs=plan.pairs,
        own_years=plan.own_years,
    )


def _without_unknown(question: Question) -> Question:
    """``question`` without the place that is not held: whoever goes on asks the same of another (那宿迁呢)."""
    name = question.named.unknown
    if not name:
        return question
    period = replace(question.period, rest=question.period.rest.replace(name, BLANK * len(name)))
    return replace(question, period=period, narrowing=tuple(one for one in question.narrowing if one not in name))


def cells_of(answer: Answer) -> list[AnswerFigure]:
    """The figures of an answer that stand in a report, or are reckoned within one; not what compares several."""
    return [one for one in answer.figures if one.unit and one.year and not one.metric.endswith(_RECKONED)]


def counted_in(figure: AnswerFigure) -> str:
    """What stands behind a figure's number: 条, %."""
    return figure.text.lstrip("0123456789.,，")


def _points(answer: Answer) -> tuple[Point, ...]:
    """The points that an answer numbered; where it numbered none, what it quoted from several passages."""
    if answer.abstained or answer.route != "passages":
        return ()
    numbered = [found[1] for found in _NUMBERED.finditer(answer.answer)]
    by_text = [(text, next((one for one in answer.citations if _bare(text) in one.quote), None)) for text in numbered]
    points = tuple(Point(text, cited) for text, cited in by_text if cited)
    # Articles of the regulation go by numbers of their own.
    return points or tuple(Point(one.quote, one) for one in answer.citations if one.unit)


def _bare(text: str) -> str:
    return text.rstrip("…。；")


def _extreme(figures: Sequence[AnswerFigure], *, highest: bool) -> AnswerFigure | None:
    same = [one for one in figures if one.metric == figures[0].metric]

    def value(figure: AnswerFigure) -> Decimal:
        return figure.value

    return (max if highest else min)(same, key=value, default=None)


def _of_years(years: Sequence[int]) -> Period:
    return Period(tuple(years), None, False, "")


def _number(written: str) -> int | None:
    numeral = parse(written.replace("两", "二"))
    return int(numeral.value) if numeral else None


def _kind(measure: str, memory: Memory) -> Kind:
    """The kind of list that a measure word points into: 第二名 units, 第二条 points; 第二个 what was listed last."""
    if phrase("followups", "measure.units").search(measure):
        return "units" if memory.unit_list else ""
    if phrase("followups", "measure.points").search(measure):
        return "points" if memory.points and memory.newest == "points" else ""
    if "年" in measure:
        return "years" if memory.year_list else ""
    return memory.newest


def _listed(kind: Kind, memory: Memory, count: int = 1) -> Sequence[str | int | Point]:
    """The newest list of a kind; of units the newest that has so many: 第三名 after the first two were asked about."""
    if kind == "units":
        return next((one for one in reversed(memory.unit_lists) if len(one) >= count), memory.unit_list)
    lists: dict[Kind, Sequence[str | int | Point]] = {
        "units": memory.unit_list,
        "years": memory.year_list,
        "metrics": memory.metric_list,
        "points": memory.points,
        "": (),
    }
    return lists[kind]


def _nth(place: re.Match[str], text: str, memory: Memory, found: Referents) -> tuple[Referents, str]:
    kind = _kind(place["of"], memory) if place["of"] else memory.newest
    written = place["nth"] or place["from_end"] or place["bare"]
    number = _number(written) if written else 1
    listed = _listed(kind, memory, number or 1)
    if kind == "years" and not place["of"]:
        listed = memory.ranked_years  # 第二呢, of years: of those that were compared, by what they have
        if not listed:
            return replace(found, missing=f"前面的回答没有给各年排名次，请写明“{place[0]}”是哪一年。"), text
    if not listed or not number:
        return found, text
    if number > len(listed):
        return replace(
            found, missing=f"前面的回答里没有{place[0]}（上面只列出{len(listed)}{place['of'] or '个'}）。"
        ), text
    found = _with(found, kind, listed[-number] if place["last"] or place["from_end"] else listed[number - 1])
    return found, _without(text, place)


def _with(found: Referents, kind: Kind, one: str | int | Point) -> Referents:
    if isinstance(one, Point):
        return replace(found, point=one)
    if isinstance(one, int):
        return replace(found, years=(*found.years, one))
    if kind == "metrics":
        return replace(found, metrics=(*found.metrics, one))
    return replace(found, units=(*found.units, one))


def _several(said: re.Match[str], memory: Memory) -> Referents:
    """那两年, 四家: the years or the units that were told, where there are so many; 近两年 points at none."""
    count = None if said["count"] == "几" else _number(said["count"])
    if "年" in said["of"]:
        if phrase("followups", "no_year_told").search(said.string[: said.start()]) or count == 1:
            return Referents()
        if count is None:
            return Referents(years=tuple(sorted(memory.year_list))) if said["these"] else Referents()
        if not said["these"] and memory.newest != "years" and len(memory.some_years(count)) < count:
            return Referents()
        return Referents(years=memory.some_years(count))
    told = memory.run_units if len(memory.run_units) > 1 else ()
    lists = (told, *reversed(memory.unit_lists), memory.spoken_units(count or _BOTH))
    return Referents(units=next((one for one in lists if one and len(one) == (count or len(one))), ()))


def _without_pronoun(text: str, found: Referents) -> str:
    return phrase("followups", "the_one").sub("", text) if found.units else text


def _without(text: str, found: re.Match[str]) -> str:
    return text.replace(found[0], "", 1)
