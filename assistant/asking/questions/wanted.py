"""What is wanted of each report: figures as they stand, or their sum, difference or share."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.asking.questions.exclusion import find_exclusion, what_is_left
from assistant.asking.questions.expressions import may_be_added, whole_of
from assistant.asking.questions.metrics import Asked, find_metrics
from assistant.asking.questions.periods import BLANK, blanked
from assistant.asking.questions.vocabulary import words_for
from assistant.lexicon import Entry, ranked
from assistant.patterns import regex

__all__ = ["SUM_ASKED", "How", "Wanted", "find_wanted"]

How = Literal["each", "sum", "difference", "share", "rest", "parts"]
Readings = tuple[str, ...]

_SHARE = (
    r"每(?:办结|收到|新收|答复)?(?:一?百|100)件[^。？]{0,20}?(?:有|是)?(?:几|多少)件|占(?:比|了|到|总数|全部|办结|所有)?[^，。？]{0,14}?(?:多少(?![件条起次份]|个(?!点|百分))|几成|比例|比重|百分|多大|几分之几|几个(?:百分)?点|[%％])|"
    r"占(?:总数|全部|总量|总的)|占比|比例|比率|比重|百分之(?:多少|几)|几成|百分比|占多大|(?:公开|提供|处理)率|"
    r"[占超过到足][^，。？]{0,4}?(?:[一二三四五六七八九]成|一半|半数)|过半|占[^，。？]{1,10}?(?:超过?|不到|不足|高于|低于|至少)"
)
SUM_ASKED = (
    r"加总|总加|累加|连同|总共|总供|一共|累计|总共|统共|拢共|合计|共计|加起来|合起来|加(?:到|在)?一[起块]|"
    r"合在一起|相加|加(?:一加|一下|个总)|求(?:个)?和|之和|总和|两项|两类|两者|三项|三类|"
    r"(?<=[和与跟、])[^，。？]{2,16}?共(?:有|计)?(?:多少|几)"
)
# 公开加部分公开: between figures, their words blanked out.
_PLUS = regex(r"(?<![增参追添附施更])加上?(?![强大快工班急重入油])|\+")
# What stands behind 占 and names no whole of its own: 占全部的多少, 占多大比例.
_NO_WHOLE = regex(
    rf"(?:{words_for('filler')}|多大|几成|几分之|百分之?|什么|一个|整体|整个|总体|[一二三四五六七八九]成[多半]?|一半|半数|没有?|[吗吧了])*"
)
_DOCUMENTS = regex("规范性文件|规章")
_MASK = "〓"
_QUOTED = regex(r"[“‘\"「『]([^”’\"」』]{2,30})[”’\"」』]")
_WITHIN = regex(
    r"^(?P<whole>[^，。；？]{2,24}?)(?:里面|当中|之中|里边|里头|里|中(?!小))(?:的|，|,|有|所)?(?P<part>.+)$"
)
_IN = regex(r"在(?P<whole>[^，。；？]{2,20}?)(?:里面|当中|之中|里|中(?!小))(?:的|所)?(?=占|比例|比重|百分)")
_OF = regex(
    r"占(?!比)(?:了|到|全部|所有|整个|总的)*(?P<whole>[^，。；？]{1,20}?)(?:的|总数|总量|数)*(?:多少|几成|比例|比重|百分|多大|几分之几|几个(?:百分)?点|[%％]|$)"
)
_RATIO = regex(r"(?:是|相当于|为)(?P<whole>[^，。；？]{2,16}?)的(?=百分之|几成|几分之|多少百分)")
_THAN = regex(
    r"^(?P<left>.+?)比(?P<right>.+?)(?:要)?(?:多|少|高|低)(?:出|了|申请|新?收到?|办结?|提|交)*(?:多少|几|$|[?？呢吗])"
)
_CHANGED = regex(
    r"^(?!.*(?:占|比重)).*(?:增长|下降|上升|减少|增加|升高|降低|同比|增幅|降幅|涨|跌|[升降减增]了|[多少高低][了出]?百分)"
)  # 增长百分之几 is no share
_CAME_OF_IT = regex(
    r"(?:最后|后来|到底|究竟)?(?:是)?(?:怎么|咋|如何|怎样)(?:样)?(?:(?:答复|处理|回复|了结)(?:它|他|的|了)*|办(?:的|了))|结果(?:是)?(?:怎样|怎么样|如何|什么|咋样)"
)
_WHO_ELSE = regex(
    r"(?:那)?(?:剩下|剩余|其余|余下)(?:的)?(?:\d+[件份个])?(?:申请)?(?:又|都|各)?(?:是|来自)?(?:谁|什么人|哪些人|哪几类人?|些?什么(?:单位|组织|机构))(?:提的|申请的)?"
)
_TO_EACH_OTHER = regex(
    r"(?P<one>[^，。；？、]{2,14}?)(?:和|与|跟|同|除以|比上)(?P<other>[^，。；？、]{2,14}?)(?:之比|的比值|的比例|的比率|的比)(?:值|例)?"
)
_PART_OF = regex(r"(?:不予?|未|部分)$")  # 不予公开率 is no 公开率
_APART = regex(r"^(?P<left>.+?)(?:和|与|跟|同)(?P<right>.+?)(?:之间)?(?:相)?差(?:了|值|额|距)?")


# What is said of which reading of 收到 is meant, and which row that is.
_READING_CHOSEN = (
    (
        regex(
            r"[（(，,]?(?:只算|只要|仅)?(?:当年|本年|今年)?(?:新收)?[，,]?(?:不含|不算|不包括|不计)(?:上年)?结转(?:的)?[）)]?"
        ),
        "received",
    ),
    (
        regex(
            r"[（(]新收[加和与跟＋+]上?(?:上年)?(?:的)?结转(?:的)?[）)]|[（(，,]?新收[加和＋+](?:上年)?结转的?口径[）)：:]?|[（(，,](?:含|包括|加上|连)(?:上年)?结转(?:的|过来的)?(?:都算)?[）)]?"
        ),
        "workload",
    ),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """``metrics``: each figure wanted, as its readings (expressions), likeliest first. ``title`` names a rate (公开率);
    ``cannot`` is a rate that the tables do not tell (按时办结率). ``rest`` is the text with what was understood
    blanked."""

    metrics: tuple[Readings, ...]
    how: How
    rest: str
    title: str = ""
    cannot: str = ""


def find_wanted(text: str) -> Wanted:
    """What ``text`` (units and years blanked out) wants to know of each report."""
    reading = next((word for pattern, word in _READING_CHOSEN if pattern.search(text)), "")
    if reading:
        # （只算当年新收，不含结转）: which of the two readings of 收到 is meant.
        plain = text
        for pattern, _ in _READING_CHOSEN:
            plain = blanked(pattern, plain)
        wanted = _find(plain)
        rows = {"received", "workload"}
        metrics = tuple(
            tuple(dict.fromkeys(_in_row(one, reading, rows) for one in readings)) for readings in wanted.metrics
        )
        return replace(wanted, metrics=metrics)
    return _find(text)


def _in_row(expression: str, row: str, rows: Collection[str]) -> str:
    """An expression with those of ``rows`` (of table 3) in it replaced by ``row``."""
    return re.sub(rf"\brequests\.(?:{'|'.join(sorted(rows))})\.", f"requests.{row}.", expression)


def _find(text: str) -> Wanted:
    masked = _QUOTED.sub(_without_titles, text)
    wanted = _wanted(masked)
    # What else is said in the quotation of a figure narrows nothing: “我们没有这个东西、不掌握”.
    for quoted in _QUOTED.finditer(masked):
        start, end = quoted.span()
        if BLANK in wanted.rest[start:end]:
            wanted = replace(wanted, rest=wanted.rest[:start] + BLANK * (end - start) + wanted.rest[end:])
    if masked == text:
        return wanted
    rest = "".join(
        own if hidden == _MASK else left for own, hidden, left in zip(text, masked, wanted.rest, strict=True)
    )
    return replace(wanted, rest=rest)


def _wanted(text: str) -> Wanted:
    if without := find_exclusion(text):
        if not re.search(_SHARE, text):
            return Wanted((without.expressions,), "rest", without.rest)
        if left := what_is_left(without.expressions[0]):
            share = f"{left}/{without.expressions[0].partition('-')[0]}"
            return Wanted(((share,),), "share", blanked(f"{_SHARE}|{SUM_ASKED}", without.rest))
    asked = find_metrics(text)
    if outcomes := _of_those(text, asked):
        return outcomes
    if others := _of_the_others(text, asked):
        return others
    if ratio := _ratio_of_two(text):
        return ratio
    if rates := tuple(_rates(text, asked)):
        return _together(rates)
    if (re.search(_SHARE, text) or f"{BLANK}率" in asked.rest) and not _CHANGED.search(text):
        return _share(text, asked)
    for pattern in (_THAN, _APART):
        found = pattern.search(text)
        if found and (apart := _difference(found["left"], found["right"])):
            return Wanted((apart,), "difference", blanked(r"比|相?差(?:了|值|额|距)?|之间", asked.rest))
    if re.search(f"{SUM_ASKED}|{_PLUS.pattern}", asked.rest) and (added := _added(asked) or _all_added(asked)):
        return Wanted((added,), "sum", blanked(_PLUS, blanked(SUM_ASKED, asked.rest)))
    return Wanted(asked.metrics, "each", asked.rest)


def _without_titles(quoted: re.Match[str]) -> str:
    """“如我申请” is what something is called, “三安全一稳定” is a figure: words in quotation marks that are no figure
    as a whole name none in part."""
    asked = find_metrics(quoted[1])
    whole = (
        not asked.metrics
        or re.fullmatch(rf"(?:{words_for('filler')}|{BLANK}|[、，,+＋])*", asked.rest)
        or _a_part(asked)
    )
    return quoted[0] if whole else _MASK * len(quoted[0])


def _a_part(asked: Asked) -> bool:
    """Whether quoted words name one outcome or reason among other words: “我们没有这个东西、不掌握”."""
    return len(asked.metrics) == 1 and asked.metrics[0][0].split(".")[1] not in ("received", "concluded", "total")


def _rates(text: str, asked: Asked) -> Iterator[Wanted]:
    """Each rate that ``text`` names: 维持率和纠错率."""
    taken: list[range] = []
    for words, rate in ranked("rates"):
        found = re.search(words, text)
        if not found or not found[0].endswith("率") or _PART_OF.search(text[: found.start()]):
            continue
        if not any(found.start() in span for span in taken):
            taken.append(range(*found.span()))
            yield _rate(rate, found, asked)


def _of_those(text: str, asked: Asked) -> Wanted | None:
    """What came of the applications of one kind of applicant: 有个科研机构来申请过，最后是怎么答复它的."""
    found = _CAME_OF_IT.search(text)
    rows = {one[0].rpartition(".")[0] for one in asked.metrics}
    columns = list(dict.fromkeys(one[0].rpartition(".")[2] for one in asked.metrics))
    if not found or not rows <= {"requests.received", "requests.concluded", "requests.workload"} or len(columns) != 1:
        return None
    if columns[0] == "total":
        return None
    rest = blanked(_CAME_OF_IT, asked.rest)
    return Wanted(((f"requests.concluded.{columns[0]}",),), "parts", rest)


def _of_the_others(text: str, asked: Asked) -> Wanted | None:
    """自然人3440件，剩下85件都是谁: who applied beside the kind of applicants that is named."""
    found = _WHO_ELSE.search(text)
    rows = {one[0].rpartition(".")[0] for one in asked.metrics if one[0].endswith(".natural_person")}
    if not found or len(rows) != 1:
        return None
    return Wanted(((f"{rows.pop()}.legal_person",),), "parts", blanked(_WHO_ELSE, asked.rest))


def _ratio_of_two(text: str) -> Wanted | None:
    """复议案件数与新收申请数之比: the first over the second."""
    found = _TO_EACH_OTHER.search(text)
    if not found:
        return None
    one, other = find_metrics(found["one"]), find_metrics(found["other"])
    if len(one.metrics) != 1 or len(other.metrics) != 1 or one.metrics == other.metrics:
        return None
    rest = text[: found.start()] + BLANK * len(found[0]) + text[found.end() :]
    return Wanted(((f"{one.metrics[0][0]}/{other.metrics[0][0]}",),), "share", blanked(_SHARE, rest))


def _together(rates: Sequence[Wanted]) -> Wanted:
    """Several rates as one wish; a title is for one alone."""
    if len(rates) == 1:
        return rates[0]
    rest = "".join(
        BLANK if BLANK in letters else letters[0] for letters in zip(*(one.rest for one in rates), strict=True)
    )
    cannot = next((one.cannot for one in rates if one.cannot), "")
    return Wanted(tuple(metric for one in rates for metric in one.metrics), "share", rest, cannot=cannot)


def _rate(rate: Entry, found: re.Match[str], asked: Asked) -> Wanted:
    """公开率 by its usual numerators over its usual whole; 纠错率 of the cases named, or of each kind."""
    rest = asked.rest[: found.start()] + "　" * len(found[0]) + asked.rest[found.end() :]
    if not rate.of:
        return Wanted((), "share", rest, cannot=found[0])
    kinds: tuple[str, ...] = ("requests",) if rate.of == "requests" else (rate.of,)
    if rate.of == "case":
        named = [
            reading[0].rpartition(".")[0] for reading in asked.metrics if not reading[0].startswith(("req", "dis"))
        ]
        kinds = tuple(dict.fromkeys(named)) or ("review", "litigation")
    # 法人的公开率: of the column that is named; else of all.
    columns = dict.fromkeys(one[0].rpartition(".")[2] for one in asked.metrics) if asked.bare else ("total",)
    metrics = tuple(
        tuple(_ratio(rate, part, kind).replace(".total", f".{column}") for part in rate.parts)
        for kind in kinds
        for column in columns
    )
    return Wanted(metrics, "share", rest, title=found[0])


def _ratio(rate: Entry, part: tuple[str, ...], kind: str) -> str:
    return f"{'+'.join(part)}/{'+'.join(rate.wholes[0])}".replace("case.", f"{kind}.")


def _share(text: str, asked: Asked) -> Wanted:
    rest = blanked(f"{_SHARE}|(?<={BLANK})率", asked.rest)
    for pattern in (_IN, _RATIO, _OF):
        # 不予公开占办结的比例: the whole is named behind 占, or in 在…中.
        found = pattern.search(text)
        whole = find_metrics(found["whole"]) if found else None
        if found and whole and not whole.metrics and not _NO_WHOLE.fullmatch(found["whole"]):
            return Wanted((), "share", rest)  # 占三年总量, 占咸安的: a whole that no one report has
        if found and whole and whole.metrics:
            part = find_metrics(text[: found.start("whole")] + "，" + text[found.end("whole") :])
            if part.metrics:
                return _of_whole(part, whole, text, rest)
            if "几成" not in found["whole"]:  # 占几成是自然人 names no whole; 占办结的比例 no part
                return Wanted((), "share", rest)
    if (found := _WITHIN.search(text)) and (whole := find_metrics(found["whole"])).metrics:
        part = find_metrics(found["part"])
        if part.metrics:
            return _of_whole(part, whole, text, rest)
    together = _added(asked) if re.search(f"{SUM_ASKED}|{_PLUS.pattern}", text) else None
    metrics = (together,) if together else asked.metrics
    return Wanted(tuple(_shares(readings) for readings in metrics), "share", rest)


def _of_whole(part: Asked, whole: Asked, text: str, rest: str) -> Wanted:
    over = whole.metrics[0][0]
    added = _added(part) if re.search(f"{SUM_ASKED}|{_PLUS.pattern}", text) else None
    metrics: tuple[Readings, ...] = (added,) if added else part.metrics
    if over.partition(".")[0] in ("review", "litigation"):
        # 复议里没审结的占多少: those of the lawsuits are none of it.
        metrics = tuple(one for one in metrics if one[0].startswith(over.rpartition(".")[0])) or metrics
    column = over.rpartition(".")[2]
    if whole.bare and not part.bare and column != "total" and all(one[0].endswith(".total") for one in metrics):
        # 自然人里予以公开占比: both are of the column; outcomes are shares of all outcomes.
        metrics = tuple((one[0].replace(".total", f".{column}"),) for one in metrics)
        row = whole_of(part.metrics[0][0]).rpartition(".")[0] or "requests.received"
        over = f"{row}.{column}"
    if part.bare:  # 办结的里面自然人占: applicants of the row that the whole is
        metrics = tuple((_same_row(readings[0], over),) for readings in metrics)
    return Wanted(tuple((f"{readings[0]}/{over}",) for readings in metrics), "share", rest)


def _shares(readings: Readings) -> Readings:
    """Each reading over its usual whole; as it is where it has none."""
    return tuple(f"{reading}/{whole}" if (whole := whole_of(reading)) else reading for reading in readings)


def _same_row(metric: str, like: str) -> str:
    """The cell of ``metric``'s column in the row of ``like``."""
    row = like.partition("+")[0].rpartition(".")[0]
    if not row.startswith("requests"):
        return metric
    return "+".join(f"{row}.{one.rpartition('.')[2]}" for one in metric.split("+"))


def _difference(left: str, right: str) -> Readings | None:
    """自然人比法人多多少: exactly one figure on each side, of the same unit."""
    first, second = find_metrics(re.split("[，。；]", left)[-1]), find_metrics(right)
    if not second.metrics and (thing := _DOCUMENTS.search(left)):
        second = find_metrics(f"{thing[0]}{right}")  # 废止规范性文件比制发
    if len(first.metrics) != 1 or len(second.metrics) != 1:
        return None
    one, other = first.metrics[0][0], second.metrics[0][0]
    if second.bare and not first.bare:
        other = _same_row(other, one)
    if first.bare and not second.bare:
        return None
    fees = [metric for metric in (one, other) if ".fees." in metric or ".procurement." in metric]
    return (f"{one}-{other}",) if one != other and not fees and "-" not in one + other else None


def _all_added(asked: Asked) -> Readings | None:
    """制发和废止的规章与规范性文件一共: of documents, every column named of every kind named, where the question lists
    both."""
    metrics = tuple(readings[0] for readings in asked.metrics)
    rows, columns = ({metric.split(".")[at] for metric in metrics} for at in (1, -1))
    documents = rows == {"rules", "normative_documents"} and columns < {"issued", "repealed", "produced", "in_force"}
    return ("+".join(metrics),) if documents and len(metrics) == len(rows) * len(columns) else None


def _added(asked: Asked) -> Readings | None:
    metrics = tuple(readings[0] for readings in asked.metrics)
    parts = tuple(part for metric in metrics for part in metric.split("+"))
    return ("+".join(parts),) if may_be_added(parts) and "-" not in "".join(parts) else None
