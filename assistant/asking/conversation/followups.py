"""What a follow-up leaves out (那2023年呢？, 法人的呢？, 占比呢？), taken from the question before it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from assistant.asking.questions.expressions import cells_in, label, may_be_added, spoken
from assistant.asking.questions.metrics import find_metrics
from assistant.asking.questions.periods import Period
from assistant.asking.questions.question import Question, parse_question
from assistant.asking.questions.vocabulary import Operation, Over, words_for
from assistant.asking.questions.wanted import SUM_ASKED
from assistant.language.numerals import CHINESE
from assistant.patterns import regex

__all__ = ["Context", "asks_for_sources", "complete_question", "is_courtesy"]

_FOLLOW_UP = regex(r"^(?:那么?|还有|再看看?|换成|如果是|换|改成|改为)|(?:呢|咋样)[?？。!！\s]*$")
_SMALL_WORDS = regex(r"那么?|还有|再看看?|换成|如果是|换|改成|改为|怎么样|咋样|呢|啊|吧|[的和与\s　，,。?？!！]")
# What points back at whom the question before was about.
_POINTS_BACK = regex(r"(?:该|这个|那个|上述|前述)(?:[省市区县州镇乡]|街道|单位|机关|报告|地方|年)|它们?|他们|两者")
_SOURCES = regex(
    r"(?:那|请问|给出|列出|看看?)?(?:它|这个|这|上面|刚才)?(?:的)?(?:答案|数字|数据|结论|话)?(?:的|是)?"
    r"(?:出处|来源|依据|根据|原文|引用|从?哪儿?里?(?:来|写|看到|查到|说)的?|(?:写)?在哪儿?里?)"
    r"(?:是)?(?:什么|哪里|哪|在哪里?)?[呢吗啊]?[?？。!！]*"
)
_COURTESY = regex(
    "(?:非常感谢|十分感谢|感谢|多谢|谢谢|谢了|再见|拜拜|回见|下次再[聊问]|好的?|行|可以了?|嗯+|哦+|知道了|明白了?|清楚了|收到|没[有]?(?:别的)?(?:问题|事)了?|辛苦|"
    "您好|你好|早上好|下午好|就这样|先这样|不用了|[您你]|了|啊|哈|啦|吧|呀)+"
)
_WHY = regex(r"为什么|为何|(?:什么|啥)?原因|怎么回事|咋回事|什么缘故")
_COMPARED_WITH = regex(r"[和与跟同]　+相?比|^(?:那么?)?比　+(?:呢|怎么样|多|少|高|低)|对比　+")
_APART = regex(r"(?:两[个家者])?相?差(?:了)?(?:多少|几|多大)[件个]?|(?:谁|哪个|哪家)更?[多少高低]|差距")
_TOGETHER = regex(rf"(?:这|那)?(?:两[个项者类]|它们)?(?:{SUM_ASKED})(?:有|是)?(?:多少|几)?[件个]?")
# 最少的呢 is of what 最多 was of.
_OVER = "|".join(map(words_for, ("which_unit", "which_year", "which_part", "applicants")))
_HOW_MANY = regex(r"(?:具体|究竟|到底)?(?:是|有)?(?:多少|几)[件个]?")
# Years told by the one that was spoken of: with 去年 people count from today, with 上一年 from there.
_NEIGHBOURS = (
    (
        regex(r"(?<![和与跟同比较])(?:再?往?前一年|再?上一年度?|上一个年度|(?<![\d年])上年度?(?=呢|的?[?？]|$))"),
        -1,
    ),
    (regex(r"再?往?后一年|再?下一年度?|次年|下一个年度"), 1),
)
# 第六项呢, 第二款呢: of the article spoken of; an item of its paragraph too, where one was named.
_NTH = rf"第?\s*[（(]?(?:{CHINESE}|\d{{1,2}})[）)]?\s*"
_ARTICLE = regex(rf"(?P<article>.*?第?\s*(?:{CHINESE}|\d{{1,3}})\s*条)(?P<paragraph>的?{_NTH}款)?")
_PARTS = regex(rf"(?:{_NTH}款)?(?:{_NTH}项)?(?:是什么|说的?什么|内容)?")
_OPEN = ("trend", "average", "which", "highest", "lowest", "grew_most", "fell_most")
# How an operation is asked for, after what it is done with.
_ASKED_FOR: dict[tuple[Operation, Over], str] = {
    ("value", ""): "多少",
    ("change", ""): "同比增长多少",
    ("trend", ""): "变化趋势",
    ("parts", "parts"): "有哪些情形，各多少",
    ("parts", ""): "有哪些情形，各多少",
    ("parts", "applicants"): "的申请人构成",
    ("highest", "years"): "哪一年最多",
    ("highest", "units"): "哪个单位最多",
    ("highest", "parts"): "哪种情形最多",
    ("highest", "applicants"): "哪类申请人最多",
    ("lowest", "years"): "哪一年最少",
    ("lowest", "units"): "哪个单位最少",
    ("lowest", "parts"): "哪种情形最少",
    ("lowest", "applicants"): "哪类申请人最少",
    ("average", "years"): "年均多少",
    ("average", "units"): "平均多少",
    ("total", "years"): "合计多少",
    ("total", "units"): "合计多少",
    ("rank", "units"): "排第几",
    ("apart", "units"): "相差多少",
    ("grew_most", "years"): "哪一年增长最快",
    ("grew_most", "units"): "哪个单位增长最快",
    ("fell_most", "years"): "哪一年下降最快",
    ("fell_most", "units"): "哪个单位下降最快",
}
_CASES = ("review", "litigation.direct", "litigation.after_review", "litigation")


@dataclass(frozen=True, slots=True)
class Context:
    """The question before, and the units and years last spoken of, which a question about the regulation leaves alone;
    ``earlier`` are the units spoken of before those, ``previous`` is the question before the question before."""

    question: Question
    units: tuple[str, ...]
    period: Period | None
    earlier: tuple[str, ...] = ()
    previous: Question | None = None

    @classmethod
    def after(cls, question: Question, before: Context | None) -> Context:
        """The context once ``question`` was asked."""
        own = question.period if _names_years(question.period) else before.period if before else None
        last, earlier = (before.units, before.earlier) if before else ((), ())
        units = question.named.units or last
        return cls(question, units, own, earlier if units == last else last, before.question if before else None)

    def last_two(self) -> tuple[str, ...]:
        """The figures of the last two questions, where both were of the same units and years: 加起来多少."""
        last, previous = self.question, self.previous
        if previous is None or (previous.named.units, previous.period.years) != (last.named.units, last.period.years):
            return ()
        both = tuple(dict.fromkeys(one[0] for question in (previous, last) for one in question.metrics))
        return both if may_be_added(both) else ()


def complete_question(text: str, before: Context, held: Iterable[str], today: date) -> str:
    """The question with unit, years, figure and operation of the one before, where it leaves them out and asks on.

    A question that stands on its own (names its unit, an article, or asks for an explanation) is left as it is.
    """
    asked = parse_question(_POINTS_BACK.sub("", _counted_from(text, before)), held, today)
    body, last = _words(asked), before.question
    core = _SMALL_WORDS.sub("", body)
    marked = bool(_FOLLOW_UP.search(asked.text))
    if asked.named.unknown and marked and last.wants_figure and asked.named.unknown == core.removesuffix("是"):
        return (
            f"{asked.named.unknown}{_when(before.period, 'value', '')}{_words(last)}"  # 武汉市呢: is not held, it says
        )
    if asked.article is not None or asked.named.unknown or (asked.named.candidates and not asked.named.units):
        return asked.text
    if last.article is not None and _PARTS.fullmatch(core) and (article := _ARTICLE.search(last.text)):
        return f"{article['article']}{(article['paragraph'] or '') if '款' not in core else ''}{core}"
    if _WHY.fullmatch(core.removesuffix("是").removeprefix("是")):
        return _opening(asked, before, asked.period) + _why(last)
    if not core:
        return _same_of(asked, before) if _says_who_or_when(asked) else asked.text
    if last.metrics and not asked.metrics and (units := _compared(asked, before, core)):
        return f"{'和'.join(units)}{_when(before.period, 'value', '')}{_figures(last)}相差多少"
    if asked.named.units and not marked:
        return asked.text
    if last.metrics and _HOW_MANY.fullmatch(core):
        return f"{_opening(asked, before, asked.period)}{_figures(last)}多少"
    if not asked.metrics and not _says_who_or_when(asked) and _TOGETHER.fullmatch(core) and (both := before.last_two()):
        return f"{_opening(asked, before, asked.period)}{spoken(both, 'value')}一共多少"
    figures = _metrics_meant(body, asked, last, asks_on=marked)
    operation, over, share = _operation(asked, last, inherits=marked and bool(figures))
    if figures or (last.metrics and (share or operation != last.operation or re.search(SUM_ASKED, body))):
        if not marked and asked.explains:
            return asked.text
        words = asked.title or spoken(figures, operation) if figures or asked.title else _figures(last)
        tail = "占比是多少" if share else _tail(asked, last, operation, over)
        return _opening(asked, before, asked.period, operation, over) + words + tail
    if not marked:
        return asked.text
    return _matter(core, asked, before)


def asks_for_sources(text: str) -> bool:
    """Whether all that is asked is where the answer before comes from: 出处呢？, 哪里写的？"""
    return bool(_SOURCES.fullmatch(re.sub(r"\s", "", text)))


def is_courtesy(text: str) -> bool:
    """Whether nothing is asked: 谢谢, 好的，再见."""
    return bool(_COURTESY.fullmatch(re.sub(r"[^\w]", "", text)))


def _compared(asked: Question, before: Context, core: str) -> tuple[str, ...]:
    """The units that are compared: 和咸安比呢 with those spoken of, 差多少 the last two of them."""
    if asked.named.units and _COMPARED_WITH.search(asked.named.rest):
        return tuple(dict.fromkeys((*before.units, *asked.named.units)))
    both = tuple(dict.fromkeys((*before.earlier, *before.units)))
    return both if len(both) == 2 and not asked.named.units and _APART.fullmatch(core) else ()


def _says_who_or_when(asked: Question) -> bool:
    return bool(asked.named.units or asked.all_units) or _names_years(asked.period)


def _words(question: Question) -> str:
    """The question without its unit and years."""
    return question.period.rest.replace("　", "").rstrip("?？。!！ ")


def _figures(question: Question) -> str:
    return question.title or spoken(tuple(readings[0] for readings in question.metrics), question.operation)


def _counted_from(text: str, before: Context) -> str:
    """上一年呢 as a year: the one before those that were spoken of."""
    years = before.period.years if before.period else ()
    for pattern, step in _NEIGHBOURS if years else ():
        year = (min(years) if step < 0 else max(years)) + step
        text = pattern.sub(f"{year}年", text)
    return text


def _operation(asked: Question, last: Question, *, inherits: bool) -> tuple[Operation, Over, bool]:
    """(operation, over, whether a share is wanted): the new question's own, else the one before's."""
    if asked.how == "share" and not asked.title and asked.operation not in ("highest", "lowest"):
        return "value", "", True
    if re.search(SUM_ASKED, _words(asked)) and not asked.metrics:
        return "total", "years", False
    if (
        asked.operation in ("highest", "lowest")
        and last.operation in ("highest", "lowest")
        and not re.search(_OVER, asked.text)
    ):
        return asked.operation, last.over, False
    if asked.operation != "value" or asked.title:
        return asked.operation, asked.over, False
    if not inherits or asked.how != "each":
        return "value", "", False
    return last.operation, last.over, last.how == "share" and not last.title


def _tail(asked: Question, last: Question, operation: Operation, over: Over) -> str:
    if asked.how == "difference" or operation == "which":
        return "多少"
    tail = _ASKED_FOR.get((operation, over), _ASKED_FOR.get((operation, ""), "多少"))
    kind = re.search(words_for("which_unit"), last.text)
    return tail.replace("哪个单位", kind[0]) if kind and kind[0].startswith("哪") else tail


def _same_of(asked: Question, before: Context) -> str:
    """The question before, of another unit or other years; a change over several years is a trend, and one year of a
    trend is a figure."""
    last, opening = before.question, _opening(asked, before, asked.period)
    if last.wants_figure and asked.period.open and last.operation == "change":
        return f"{opening}{_figures(last)}变化趋势"
    if last.wants_figure and len(asked.period.years) == 1 and last.operation in ("trend", "average"):
        return f"{opening}{_figures(last)}多少"
    return opening + _words(last)


def _opening(asked: Question, before: Context, period: Period, operation: Operation = "value", over: Over = "") -> str:
    """Unit and years: the question's own, else those last spoken of."""
    over_units = asked.all_units or over == "units"
    units = asked.named.units or (() if over_units and operation != "rank" else before.units)
    return "和".join(units) + _when(period if _names_years(period) else before.period, operation, over)


def _when(period: Period | None, operation: Operation, over: Over) -> str:
    """Years in words; an operation over years looks at all of them when one alone was spoken of."""
    several = operation in _OPEN and over in ("years", "")
    if period is None or (several and not period.open and len(period.years) < 2):
        return "历年" if several else ""
    if period.years:
        return "、".join(f"{year}年" for year in period.years)
    return f"近{period.last}年" if period.last else f"{period.since}年以来" if period.since else "历年"


def _why(last: Question) -> str:
    """The reasons that table 3 gives (why information was denied) are its rows; any other reason only prose can
    tell."""
    rows = ("denied", "unavailable", "not_processed", "otherwise_handled")
    groups = [m for readings in last.metrics for m in readings[:1] if m.split(".")[1:2] and m.split(".")[1] in rows]
    if groups and last.operation == "value" and last.how == "each" and groups[0].count(".") == 2:
        return f"{spoken(tuple(groups[:1]), 'value')}有哪些情形，各多少"
    if last.metrics:
        return f"{_figures(last)}为什么{'有这样的变化' if last.operation in ('change', 'trend') else '是这样'}"
    return f"{_words(last)}，为什么"


def _matter(core: str, asked: Question, before: Context) -> str:
    """A matter of the prose or the regulation: of the same report; of a rule, beside the question before."""
    last = before.question
    if last.wants_figure or last.named.units or _names_years(last.period):
        return f"{_opening(asked, before, asked.period)}{core}情况"
    return f"{_words(last)}，{core}"


def _names_years(period: Period) -> bool:
    """Whether a question names its years."""
    return bool(period.years or period.open)


def _metrics_meant(body: str, asked: Question, last: Question, *, asks_on: bool) -> tuple[str, ...]:
    """The metric ids (or expressions) that ``body`` means after ``last``; none when it names no figure.

    法人的呢 after 不予公开: its column in that row. 不予公开呢 after 自然人新收: its row in that column. 维持的呢 after
    复议, 废止的呢 after 规范性文件: of that kind. Without a word that asks on (``asks_on``) a row means its total.
    """
    found = find_metrics(body)
    named = tuple(readings[0] for readings in asked.metrics) if asked.metrics else ()
    before = tuple(cells_in(readings[0])[0] for readings in last.metrics)
    if not named:
        return _of_the_same_kind(body, before)
    if any(mark in one for one in named for mark in "+-/"):
        return named
    if found.bare and before and all(one.startswith("requests.") for one in before):
        columns = dict.fromkeys(one.rpartition(".")[2] for one in named)
        return tuple(dict.fromkeys(f"{one.rpartition('.')[0]}.{column}" for one in before for column in columns))
    if _kinds(before) == {"review"} and _kinds(named) == {"litigation"} and not re.search("诉|官司|法院", body):
        return tuple(f"review.{one.rpartition('.')[2]}" for one in named)  # 输了几件, of 复议
    if _kinds(named) == {"review", "litigation"} and len(_kinds(before)) == 1 and _kinds(before) & set(_CASES):
        kind = next(iter(_kinds(before)))
        return tuple(dict.fromkeys(f"{kind}.{one.rpartition('.')[2]}" for one in named))
    return tuple(_in_column(one, before) for one in named) if asks_on else named


def _kinds(metrics: tuple[str, ...]) -> set[str]:
    return {one.rpartition(".")[0] for one in metrics}


def _of_the_same_kind(body: str, before: tuple[str, ...]) -> tuple[str, ...]:
    """废止的呢 after 制发规范性文件: a stage says nothing by itself, beside its thing it does."""
    things = {one.rpartition(".")[0]: one for one in before if one.startswith("disclosure.")}
    if len(things) != 1:
        return ()
    thing = label(next(iter(things.values()))).removesuffix("件数")
    for stage in ("制发", "废止", "现行有效", "处理决定数量", "总金额"):
        thing = thing.replace(stage, "")
    found = tuple(readings[0] for readings in find_metrics(f"{thing}{body}").metrics)
    # All stages are what the thing alone means: the words beside it named none.
    alone = tuple(readings[0] for readings in find_metrics(thing).metrics)
    return () if found == alone else found


def _in_column(metric: str, before: tuple[str, ...]) -> str:
    """A row named alone is asked for in the column, or with the outcome, of the figures before."""
    tails = {one.rpartition(".")[2] for one in before}
    family = {one.partition(".")[0] for one in before}
    if len(tails) != 1 or not metric.endswith(".total") or metric.startswith("disclosure."):
        return metric
    own = metric.partition(".")[0]
    cases = own in ("review", "litigation") and family <= {"review", "litigation"}
    if cases or family == {"requests"} == {own}:
        return f"{metric.rpartition('.')[0]}.{tails.pop()}"
    return metric
